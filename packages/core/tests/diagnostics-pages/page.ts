// The pages of docs/diagnostics as data. A page has a title, a block "```ts fail", a block "```text" with what that
// prints, and a block "```ts ok". After the mark may stand flags of Node and variables of the environment.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Block, blocksOf, repository } from "../docs/documents.ts";

export const folder = "docs/diagnostics";

/** An example, and what its process must be like; `undefined` where any process will do. */
export interface Example {
  readonly block: Block;
  readonly process: ProcessNeeds | undefined;
}

export interface ProcessNeeds {
  readonly flags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface Page {
  readonly code: string;
  /** Path from the top of the repository. */
  readonly document: string;
  readonly title: string;
  readonly fail: readonly Example[];
  readonly ok: readonly Example[];
  /** What the failing example prints, as the page says. */
  readonly printed: readonly Block[];
}

export function readPages(): readonly Page[] {
  return readdirSync(join(repository, folder))
    .filter((file) => /^CF\d{4}\.md$/.test(file))
    .map((file) => readPage(file.slice(0, -3), `${folder}/${file}`));
}

function readPage(code: string, document: string): Page {
  const blocks = blocksOf(document);
  const examples = (kind: string): Example[] =>
    blocks
      .filter(({ language, mark }) => language === "ts" && mark.split(" ")[0] === kind)
      .map((block) => ({ block, process: processNeeds(block.mark.split(" ").slice(1)) }));
  const title = /^# (.*)$/m.exec(readFileSync(join(repository, document), "utf8"))?.[1] ?? "";
  const printed = blocks.filter(({ language }) => language === "text");
  return { code, document, title, fail: examples("fail"), ok: examples("ok"), printed };
}

/** `alone`, `--no-addons`, `CFUNC_LLVM=/nowhere`. */
function processNeeds(words: readonly string[]): ProcessNeeds | undefined {
  if (words.length === 0) return undefined;
  const env = words.flatMap((word) => {
    const [, name, value = ""] = /^([A-Z_]+)=(.*)$/.exec(word) ?? [];
    return name === undefined ? [] : [[name, value] as const];
  });
  return { flags: words.filter((word) => word.startsWith("-")), env: Object.fromEntries(env) };
}

/** Puts what the failing example prints into a page. */
export function writePrinted(page: Page, printed: string): void {
  const file = join(repository, page.document);
  const text = readFileSync(file, "utf8");
  const block = `\`\`\`text\n${printed}\n\`\`\``;
  writeFileSync(
    file,
    text.replace(/^```text\n[\s\S]*?^```$/m, () => block),
  );
}
