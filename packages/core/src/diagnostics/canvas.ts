// Rows of styled text for terminals, and how wide a source line is on them. Knows nothing of diagnostics. Pure.

/** What a run of text is; a palette gives each its escape sequence. */
export type Style = "plain" | "bold" | "error" | "warning" | "note" | "gutter" | "related";

const escapes: Readonly<Record<Style, string>> = {
  plain: "",
  bold: "\x1b[1m",
  error: "\x1b[1;31m",
  warning: "\x1b[1;33m",
  note: "\x1b[1;36m",
  gutter: "\x1b[1;34m",
  related: "\x1b[1;34m",
};

interface Cell {
  readonly char: string;
  readonly style: Style;
}

/** One row, written at any column in any order; what is written later covers what was there. */
export class Row {
  readonly #cells: Cell[] = [];

  put(column: number, text: string, style: Style = "plain"): this {
    let at = column;
    while (this.#cells.length < at) this.#cells.push({ char: " ", style: "plain" });
    for (const char of text) this.#cells[at++] = { char, style };
    return this;
  }

  append(text: string, style: Style = "plain"): this {
    return this.put(this.#cells.length, text, style);
  }

  toString(color: boolean): string {
    let out = "";
    let current: Style = "plain";
    const cells = this.#cells.slice(0, this.#cells.findLastIndex((cell) => cell.char !== " ") + 1);
    for (const { char, style } of cells) {
      if (color && style !== current) {
        if (current !== "plain") out += "\x1b[0m";
        out += escapes[style];
        current = style;
      }
      out += char;
    }
    return current === "plain" ? out : `${out}\x1b[0m`;
  }
}

const tabWidth = 4;
const longestLine = 160;

/** A source line as shown: tabs expanded, control characters replaced, a very long line cut around what matters. */
export interface DisplayLine {
  readonly text: string;
  /** The column of the screen at which a 1-based UTF-16 column of the line is shown. */
  column(column: number): number;
}

/** @param from,to the 1-based columns (`to` exclusive) that must stay visible */
export function displayLine(line: string, from: number, to: number): DisplayLine {
  const columns: number[] = [];
  let text = "";
  let width = 0;
  for (const char of line) {
    for (let i = 0; i < char.length; i++) columns.push(width);
    const shown = char === "\t" ? " ".repeat(tabWidth) : printable(char);
    text += shown;
    width += char === "\t" ? tabWidth : charWidth(char);
  }
  // Past the end of the line a label may still point, one column for each character.
  const column = (n: number) => columns[n - 1] ?? width + Math.max(n - 1 - line.length, 0);
  if (width <= longestLine) return { text, column };
  return cut(text, column, column(from), column(to));
}

/** Cuts a line of a minified file to a window. Characters count as one column there: precise enough for the purpose. */
function cut(text: string, column: (n: number) => number, from: number, to: number): DisplayLine {
  const low = Math.max(Math.min(from - 40, text.length - longestLine), 0);
  const high = Math.min(Math.max(low + longestLine, Math.min(to, low + 2 * longestLine)), text.length);
  const before = low > 0 ? "..." : "";
  return {
    text: before + text.slice(low, high) + (high < text.length ? "..." : ""),
    column: (n) => Math.min(Math.max(column(n) - low, 0), high - low) + before.length,
  };
}

function printable(char: string): string {
  return /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(char) ? "\ufffd" : char;
}

/** Columns a character takes: none for combining marks, two for ideographs and emoji. */
function charWidth(char: string): number {
  if (char < "\u0300") return 1;
  if (/\p{M}/u.test(char)) return 0;
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/u.test(char)
    ? 2
    : 1;
}

/** Text from users (messages, names, file names) on one terminal line: no escape sequences get through. */
export function safe(text: string): string {
  return text.replace(/[^\n\P{Cc}]/gu, "\ufffd");
}
