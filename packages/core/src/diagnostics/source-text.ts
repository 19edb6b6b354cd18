// A text that is itself the file: offsets become lines and columns by counting. Captured functions have a text of
// their own with another `locate` (source/function-text.ts). Pure.
import type { Position, SourceText } from "./diagnostic.ts";

/** The lines of a text: where each starts, and what it says. Line breaks are LF, CRLF and CR. */
export class LineIndex {
  readonly #text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#text = text;
    const starts = [0];
    for (const { index, 0: lineBreak } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + lineBreak.length);
    this.#starts = starts;
  }

  get count(): number {
    return this.#starts.length;
  }

  /** The offset at which a 0-based line starts; past the last line, the length of the text. */
  startOf(line: number): number {
    return this.#starts[line] ?? this.#text.length;
  }

  /** A 0-based line, without its line break; empty past the last line. */
  lineText(line: number): string {
    return this.#text.slice(this.startOf(line), this.startOf(line + 1)).replace(/[\r\n]+$/, "");
  }

  /** The 0-based line and column of an offset. An offset outside of the text counts as its nearest end. */
  at(offset: number): { readonly line: number; readonly column: number } {
    const inside = Math.min(Math.max(offset, 0), this.#text.length);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.startOf(middle) <= inside) low = middle;
      else high = middle - 1;
    }
    return { line: low, column: inside - this.startOf(low) };
  }
}

/** A `SourceText` for a text that is the file (or signature) `name` itself. */
export function sourceText(name: string, text: string): SourceText {
  let lines: LineIndex | undefined;
  return {
    name,
    text,
    locate(offset): Position {
      lines ??= new LineIndex(text);
      const { line, column } = lines.at(offset);
      return { file: name, line: line + 1, column: column + 1, lineText: lines.lineText(line) };
    },
  };
}
