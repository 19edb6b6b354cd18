// A position in the tokens of a C text: looking ahead, taking, complaining about the place. What every part of the parser
// stands on; knows no grammar. Pure.
import type { Code } from "../diagnostics/codes.ts";
import type { Diagnostic, SourceText, Span } from "../diagnostics/diagnostic.ts";
import { CFuncError } from "../diagnostics/error.ts";
import { type Token, tokenize } from "./tokens.ts";

/** Nesting in a text that is deeper is refused: parentheses, declarators, structures in structures. */
const deepest = 64;

const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

export class TokenCursor {
  readonly source: SourceText;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(source: SourceText) {
    this.source = source;
    this.#tokens = tokenize(source.text);
  }

  get token(): Token {
    return this.peek(0);
  }

  /** The token so many further; the end, past it. `peek(-1)` is the one that was taken last. */
  peek(ahead: number): Token {
    const token = this.#tokens[Math.max(0, Math.min(this.#at + ahead, this.#tokens.length - 1))];
    if (token === undefined) throw new Error("internal error: no end token");
    return token;
  }

  next(): Token {
    const token = this.token;
    this.#at++;
    return token;
  }

  /** A place to come back to with `reset`. */
  mark(): number {
    return this.#at;
  }

  reset(mark: number): void {
    this.#at = mark;
  }

  get atEnd(): boolean {
    return this.token.kind === "end";
  }

  /** Whether the token's text is `text`. */
  at(text: string): boolean {
    return this.token.text === text && !this.atEnd;
  }

  /** Takes a line of the preprocessor, if one is here. */
  acceptDirective(): boolean {
    const found = this.token.kind === "directive";
    if (found) this.#at++;
    return found;
  }

  /** Takes the token if its text is `text`. */
  accept(text: string): boolean {
    const found = this.at(text);
    if (found) this.#at++;
    return found;
  }

  expect(text: string, help?: string): Token {
    if (this.token.text === text) return this.next();
    return this.fail("CF1101", this.token, `expected \`${text}\` ${this.before()}`, help);
  }

  diagnostic(code: Code, at: Span, message: string, help?: string): Diagnostic {
    const primary = { source: this.source, span: { start: at.start, end: at.end } };
    return { code, severity: "error", message, primary, ...(help === undefined ? {} : { help }) };
  }

  fail(code: Code, at: Span, message: string, help?: string): never {
    throw new CFuncError([this.diagnostic(code, at, message, help)]);
  }

  /** Where the parser is, as the end of a message. */
  before(): string {
    return this.atEnd ? "at the end" : `before \`${shortened(this.token.text)}\``;
  }

  /** What was read since `start`. */
  since(start: Token): Span {
    return { start: start.start, end: Math.max(start.end, this.peek(-1).end) };
  }

  /** Runs `read` one level deeper. Hostile text meets a diagnostic here instead of the end of the stack. */
  nested<T>(read: () => T): T {
    if (++this.#depth > deepest) this.fail("CF1101", this.token, "this is nested too deeply");
    const result = read();
    this.#depth--;
    return result;
  }

  /** Forgets the nesting, after a complaint that was caught. */
  recover(): void {
    this.#depth = 0;
  }

  /** Skips from the bracket here to the one that closes it. */
  skipBalanced(): void {
    const first = this.token;
    const open: string[] = [];
    do {
      const token = this.next();
      if (token.kind === "end") this.fail("CF1101", first, `this \`${first.text}\` is never closed`);
      const close = token.kind === "punctuation" ? closing[token.text] : undefined;
      if (close !== undefined) open.push(close);
      else if (token.text === open.at(-1) && token.kind === "punctuation") open.pop();
    } while (open.length > 0);
  }

  /** Skips what precedes the next of `stops` outside of brackets, which stays. */
  skipTo(stops: readonly string[]): void {
    while (!this.atEnd && !(this.token.kind === "punctuation" && stops.includes(this.token.text))) {
      if (this.token.kind === "punctuation" && closing[this.token.text] !== undefined) this.skipBalanced();
      else this.next();
    }
  }
}

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
