// The way from a function's text back to the original file: a source map of its own, token by token.
import { encode, type SourceMapSegment } from "@jridgewell/sourcemap-codec";
import { type TraceMap, traceSegment } from "@jridgewell/trace-mapping";
import { tokenizer } from "acorn";
import { LineIndex } from "../diagnostics/source-text.ts";
import type { BuildOrigin } from "../source/metadata.ts";

/** A token: its 0-based places in the text and in the original. */
interface Place {
  readonly line: number;
  readonly column: number;
  readonly originalLine: number;
  readonly originalColumn: number;
}

/**
 * @param start where the text starts in `code`
 * @param before from `code` back to the original; undefined where `code` is the original
 */
export function originOfText(
  text: string,
  start: number,
  lines: LineIndex,
  code: string,
  file: string,
  before: TraceMap | undefined,
): BuildOrigin | undefined {
  const places = before === undefined ? placesInCode(text, start, lines) : tracedPlaces(text, start, lines, before);
  const [first] = places;
  if (first === undefined) return undefined;
  const numbers = places.map(({ originalLine }) => originalLine);
  const [from, to] = [Math.min(...numbers), Math.max(...numbers)];
  const original = before === undefined ? lines : linesOf(before, code);
  const excerpt = Array.from({ length: to - from + 1 }, (_, i) => original.lineText(from + i)).join("\n");
  return { file, line: from + 1, lines: excerpt, mappings: encodePlaces(places, from) };
}

function* tokensOf(text: string): Generator<number> {
  yield 0;
  // A tokenizer without a parser may take a division for a regular expression; what follows is then mapped by what
  // came before it.
  try {
    for (const { start } of tokenizer(text, { ecmaVersion: "latest" })) if (start > 0) yield start;
  } catch {}
}

function placesInCode(text: string, start: number, lines: LineIndex): Place[] {
  const inText = new LineIndex(text);
  return [...tokensOf(text)].map((offset) => {
    const { line, column } = lines.at(start + offset);
    return { ...inText.at(offset), originalLine: line, originalColumn: column };
  });
}

/** Of the tokens, those that the map names, in the file that the function starts in. */
function tracedPlaces(text: string, start: number, lines: LineIndex, before: TraceMap): Place[] {
  const inText = new LineIndex(text);
  const places: Place[] = [];
  let file: number | undefined;
  for (const offset of tokensOf(text)) {
    const { line, column } = lines.at(start + offset);
    const [found, source, originalLine, originalColumn] = traceSegment(before, line, column) ?? [];
    if (source === undefined || originalLine === undefined || originalColumn === undefined) continue;
    if (offset > 0 && found !== column) continue;
    file ??= source;
    if (source === file) places.push({ ...inText.at(offset), originalLine, originalColumn });
  }
  return places;
}

function linesOf({ sourcesContent }: TraceMap, code: string): LineIndex {
  return new LineIndex(sourcesContent?.[0] ?? code);
}

function encodePlaces(places: readonly Place[], from: number): string {
  const lines: SourceMapSegment[][] = [];
  for (const { line, column, originalLine, originalColumn } of places) {
    while (lines.length <= line) lines.push([]);
    lines[line]?.push([column, 0, originalLine - from, originalColumn]);
  }
  return encode(lines);
}
