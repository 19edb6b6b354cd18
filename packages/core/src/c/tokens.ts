// C source text as tokens with positions. Knows words, decimal numbers, punctuation and comments; no preprocessor.
// Never decides what a word means. Pure.

export interface Token {
  readonly kind: "word" | "number" | "punctuation" | "unknown" | "end";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const tokenPattern =
  /(?<space>(?:\s|\/\*[\s\S]*?\*\/|\/\/.*)+)|(?<word>[A-Za-z_]\w*)|(?<number>\d+)|(?<punctuation>\.\.\.|[()[\]{},;*])/uy;

/** Always ends with a token of kind `end`. A character that starts no token is a token of kind `unknown`. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    tokenPattern.lastIndex = at;
    const match = tokenPattern.exec(text);
    const groups = match?.groups;
    const found = match?.[0] ?? String.fromCodePoint(text.codePointAt(at) ?? 0);
    const start = at;
    at += found.length;
    if (groups?.space !== undefined) continue;
    const kind = groups?.word ? "word" : groups?.number ? "number" : groups?.punctuation ? "punctuation" : "unknown";
    tokens.push({ kind, text: found, start, end: at });
  }
  tokens.push({ kind: "end", text: "", start: text.length, end: text.length });
  return tokens;
}
