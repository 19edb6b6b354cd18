// C source text as tokens with positions: words, numbers, text in quotes, punctuation, whole preprocessor lines. Comments
// and spliced lines are space. Expands nothing, and never decides what a word means. Linear in the text. Pure.

export type TokenKind =
  | "word"
  | "number"
  | "character"
  | "string"
  | "punctuation"
  /** A line that starts with `#`: a line marker of `gcc -E`, a `#pragma`, a `#define`. */
  | "directive"
  | "unknown"
  | "end";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const word = /[A-Za-z_]\w*/y;
/** What the preprocessor takes for a number (C11 section 6.4.8). */
const number = /\.?\d(?:[eEpP][+-]|[\w.])*/y;
const punctuation = /\.\.\.|<<=|>>=|->|\+\+|--|<<|>>|&&|\|\||[-+*/%&|^!<>=]=|[-+*/%&|^!<>=?:~.,;()[\]{}]/y;
const blank = /[ \t\r\f\v]+/y;
const quote = /(?:u8|[uUL])?["']/y;

/** Always ends with a token of kind `end`. A character that starts no token is a token of kind `unknown`. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const add = (kind: TokenKind, start: number, end: number) =>
    tokens.push({ kind, text: text.slice(start, end), start, end });
  let lineStart = true;
  for (let at = 0; at < text.length; ) {
    const space = spaceAt(text, at);
    if (space > at) {
      lineStart ||= text[at] === "\n";
      at = space;
      continue;
    }
    const kind = lineStart && text[at] === "#" ? "directive" : kindAt(text, at);
    const end = kind === "directive" ? lineEnd(text, at) : endOf(kind, text, at);
    add(kind, at, end);
    lineStart = false;
    at = end;
  }
  add("end", text.length, text.length);
  return tokens;
}

/** Where the space that begins here ends: blanks, one line break, a comment, or a spliced line. */
function spaceAt(text: string, at: number): number {
  const first = text[at];
  if (first === "\n") return at + 1;
  if (first === "/" && text[at + 1] === "/") return lineEnd(text, at);
  if (first === "/" && text[at + 1] === "*") {
    const close = text.indexOf("*/", at + 2);
    // Left to the parser, as one token to complain about: what follows is comment.
    return close < 0 ? at : close + 2;
  }
  if (first === "\\" && /^\r?\n/.test(text.slice(at + 1, at + 3))) return text.indexOf("\n", at) + 1;
  return matchEnd(blank, text, at);
}

/** The end of a logical line, which a backslash before the line break continues. */
function lineEnd(text: string, start: number): number {
  for (let at = start; ; ) {
    const end = text.indexOf("\n", at);
    if (end < 0) return text.length;
    if (
      !text
        .slice(Math.max(start, end - 2), end)
        .trimEnd()
        .endsWith("\\")
    )
      return end;
    at = end + 1;
  }
}

function kindAt(text: string, at: number): TokenKind {
  const afterQuote = matchEnd(quote, text, at);
  if (afterQuote > at) return text[afterQuote - 1] === '"' ? "string" : "character";
  if (text.startsWith("/*", at)) return "unknown";
  if (matchEnd(word, text, at) > at) return "word";
  if (matchEnd(number, text, at) > at) return "number";
  return matchEnd(punctuation, text, at) > at ? "punctuation" : "unknown";
}

function endOf(kind: TokenKind, text: string, at: number): number {
  switch (kind) {
    case "word":
      return matchEnd(word, text, at);
    case "number":
      return matchEnd(number, text, at);
    case "punctuation":
      return matchEnd(punctuation, text, at);
    case "string":
    case "character":
      return quoteEnd(text, at);
    default:
      return text.startsWith("/*", at) ? text.length : at + String.fromCodePoint(text.codePointAt(at) ?? 0).length;
  }
}

/** Text in quotes ends at its quote, or with the line, where it lacks one. */
function quoteEnd(text: string, start: number): number {
  const open = matchEnd(quote, text, start) - 1;
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === text[open]) return at + 1;
    if (text[at] === "\n") return at;
    if (text[at] === "\\") at++;
  }
  return text.length;
}

/** Where a match that starts here ends; `at` where there is none. */
function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
