// Where a label lies in the original files: the step between a span of offsets and a drawn frame. Pure; the only
// place which calls `SourceText.locate`.
import type { Label, Position } from "./diagnostic.ts";

/** A label in lines and columns of an original file. Columns are 1-based; `endColumn` is exclusive. */
export interface PlacedLabel {
  readonly primary: boolean;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The text of every line that is known: both ends, and what lies between where the text keeps its lines. */
  readonly lines: ReadonlyMap<number, string>;
}

export function placeLabel(label: Label, primary: boolean): PlacedLabel {
  const { source, span } = label;
  const start = source.locate(span.start);
  const lines = new Map([[start.line, start.lineText]]);
  const end = endOf(label, start, lines);
  return {
    primary,
    message: label.message ?? "",
    file: start.file,
    line: start.line,
    column: start.column,
    ...end,
    lines,
  };
}

/**
 * A span's end. A source map knows where tokens start, not where they end, so the last character inside of the span
 * is located, and a span whose text stands unchanged in the original needs no second look.
 */
function endOf({ source, span }: Label, start: Position, lines: Map<number, string>) {
  const text = source.text.slice(span.start, span.end);
  const oneLine = { endLine: start.line, endColumn: start.column + Math.max(text.length, 1) };
  if (start.lineText.startsWith(text, start.column - 1)) return oneLine;

  const last = source.locate(Math.max(span.end - 1, span.start));
  if (last.file !== start.file || last.line < start.line) return endOfWord(start);
  if (last.line === start.line) {
    return last.column < start.column ? endOfWord(start) : { endLine: last.line, endColumn: last.column + 1 };
  }
  for (const { index } of text.matchAll(/\n/g)) {
    const inner = source.locate(span.start + index + 1);
    if (inner.file === start.file && inner.line < last.line) lines.set(inner.line, inner.lineText);
  }
  lines.set(last.line, last.lineText);
  return { endLine: last.line, endColumn: last.column + 1 };
}

/** The fallback where the end was lost on the way: the word that the start lies on. */
function endOfWord(start: Position) {
  const word = /^[\p{ID_Continue}$]+/u.exec(start.lineText.slice(start.column - 1))?.[0] ?? " ";
  return { endLine: start.line, endColumn: start.column + word.length };
}
