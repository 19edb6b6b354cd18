// The documents of the repository as data: their text, their fenced blocks, their links. Reads files, runs nothing.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../../../../", import.meta.url));

/** A fenced block: "```ts run" has the language `ts` and the mark `run`. */
export interface Block {
  /** Path of the document, from the top of the repository. */
  readonly document: string;
  /** Line of the opening fence, counted from 1. */
  readonly line: number;
  readonly language: string;
  readonly mark: string;
  readonly text: string;
}

export interface Link {
  readonly document: string;
  readonly line: number;
  readonly target: string;
}

export const read = (document: string): string => readFileSync(join(repository, document), "utf8");

const fence = /^```(\w*)[ \t]*(.*)\n([\s\S]*?)^```$/gm;

export function blocksOf(document: string): readonly Block[] {
  const text = read(document);
  return [...text.matchAll(fence)].map((match) => {
    const [, language = "", mark = "", body = ""] = match;
    return { document, line: lineAt(text, match.index), language, mark: mark.trim(), text: body };
  });
}

/** Links and images outside of fenced blocks. */
export function linksOf(document: string): readonly Link[] {
  const text = withoutBlocks(read(document));
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => ({
    document,
    line: lineAt(text, match.index),
    target: match[1] ?? "",
  }));
}

/** Paths in code spans, such as `packages/core/src/compile.ts`: whatever starts with a folder of the repository. */
export function pathsOf(document: string): readonly Link[] {
  const text = withoutBlocks(read(document));
  const path = /`((?:packages|conformance|docs|scripts)\/[\w./-]+|[A-Z]+\.md|turbo\.json|package\.json|biome\.json)`/g;
  return [...text.matchAll(path)].map((match) => ({
    document,
    line: lineAt(text, match.index),
    target: match[1] ?? "",
  }));
}

/** The anchors of a document's headings, made as GitHub makes them. */
export function anchorsOf(document: string): readonly string[] {
  return [...withoutBlocks(read(document)).matchAll(/^#{1,6} +(.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .trim()
      .replaceAll(" ", "-"),
  );
}

/** Every Markdown file below a folder, from the top of the repository. */
export function markdownIn(folder: string): readonly string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = relative(repository, join(repository, folder, entry.name));
    if (entry.isDirectory()) return markdownIn(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

/** Blanks out fenced blocks and keeps their lines, so that positions stay right. */
const withoutBlocks = (text: string): string => text.replaceAll(fence, (block) => block.replaceAll(/[^\n]/g, ""));

const lineAt = (text: string, index: number): number => text.slice(0, index).split("\n").length;
