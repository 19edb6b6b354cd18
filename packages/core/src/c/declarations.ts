// The C declaration parser: specifiers and declarators (C11 sections 6.7.2 and 6.7.6) for function prototypes and type
// names. One pass over the tokens, errors with positions in the text. Never evaluates anything, reads no bodies. Pure.
import type { Code } from "../diagnostics/codes.ts";
import type { SourceText } from "../diagnostics/diagnostic.ts";
import { CFuncError } from "../diagnostics/error.ts";
import type { CType, Parameter, Signature } from "../types/ctype.ts";
import { refusalOf } from "../types/names.ts";
import { printType } from "../types/print.ts";
import { nearNames, orList } from "../types/suggest.ts";
import type { TagKind, TypeScope } from "./scope.ts";
import { canonicalSpecifiers, isSpecifierWord, typeOfSpecifiers } from "./specifiers.ts";
import { type Token, tokenize } from "./tokens.ts";

/** A type, and whether what it describes is `const`. */
export interface Qualified {
  readonly type: CType;
  readonly constant: boolean;
}

export interface Declaration extends Qualified {
  readonly name?: string;
}

/** A declarator, read inside out: what it makes of the type that its specifiers named. */
interface Declarator {
  readonly name?: Token;
  readonly build: (base: Qualified) => Qualified;
}

type Wrap = (base: Qualified) => Qualified;

const qualifiers: ReadonlySet<string> = new Set(["volatile", "restrict", "__restrict", "__restrict__", "register"]);
const storage: ReadonlySet<string> = new Set(["static", "extern", "inline", "typedef"]);
/** What people who think in TypeScript or Python write. */
const habits: Readonly<Record<string, string>> = {
  number: "float64 or int32",
  bigint: "int64",
  boolean: "bool",
  string: "const char*",
  str: "const char*",
  None: "void",
};
const deepest = 64;

export class DeclarationParser {
  readonly #source: SourceText;
  readonly #scope: TypeScope;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(source: SourceText, scope: TypeScope) {
    this.#source = source;
    this.#scope = scope;
    this.#tokens = tokenize(source.text);
  }

  get token(): Token {
    return this.#peek(0);
  }

  #peek(ahead: number): Token {
    const token = this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)];
    if (token === undefined) throw new Error("internal error: no end token");
    return token;
  }

  next(): Token {
    const token = this.token;
    this.#at++;
    return token;
  }

  /** Takes the token if its text is `text`. */
  accept(text: string): boolean {
    const found = this.token.text === text && this.token.kind !== "end";
    if (found) this.#at++;
    return found;
  }

  expect(text: string, help?: string): Token {
    if (this.token.text === text) return this.next();
    return this.fail("CF1101", this.token, `expected \`${text}\` ${this.#before()}`, help);
  }

  fail(code: Code, at: { start: number; end: number }, message: string, help?: string): never {
    const primary = { source: this.#source, span: { start: at.start, end: at.end } };
    throw new CFuncError([{ code, severity: "error", message, primary, ...(help === undefined ? {} : { help }) }]);
  }

  #before(): string {
    return this.token.kind === "end" ? "at the end" : `before \`${this.token.text}\``;
  }

  /** Fails unless all of the text was read; a `;` may close it. */
  end(): void {
    this.accept(";");
    if (this.token.kind !== "end") {
      this.fail("CF1101", this.token, `unexpected \`${this.token.text}\` after the signature`);
    }
  }

  /** A function declaration: `double f(const struct Point *p, size_t n)`, with or without the names. */
  prototype(): { readonly name?: string; readonly signature: Signature } {
    const first = this.token;
    const { type, name } = this.declaration();
    if (type.kind === "function")
      return name === undefined ? { signature: type.signature } : { name, signature: type.signature };
    const last = this.#peek(-1);
    const isPointer = type.kind === "pointer" && type.to.kind === "function";
    return this.fail(
      "CF1101",
      isPointer ? { start: first.start, end: last.end } : this.token,
      isPointer
        ? "this is a pointer to a function, not a function"
        : `expected \`(\` and the parameter types ${this.#before()}`,
      isPointer
        ? "write the function itself, as in `double f(double)`"
        : "a signature is written like `float64(float64, int32)`",
    );
  }

  /** Specifiers and one declarator. */
  declaration(): Declaration {
    if (++this.#depth > deepest) this.fail("CF1101", this.token, "types are nested too deeply");
    const base = this.#specifiers();
    const declarator = this.#declarator();
    const built = declarator.build(base);
    this.#depth--;
    return declarator.name === undefined ? built : { ...built, name: declarator.name.text };
  }

  /** A type without a name: `const double *`. */
  typeName(): Qualified {
    const start = this.token;
    const { name, ...qualified } = this.declaration();
    if (name === undefined) return qualified;
    return this.fail(
      "CF1101",
      { start: start.start, end: this.#peek(-1).end },
      `expected a type without the name \`${name}\``,
    );
  }

  #specifiers(): Qualified {
    const words: Token[] = [];
    let base: CType | undefined;
    let constant = false;
    for (;;) {
      const token = this.token;
      if (token.kind !== "word") break;
      if (token.text === "const") constant = true;
      else if ((token.text === "struct" || token.text === "union") && base === undefined && words.length === 0) {
        this.next();
        base = this.#tagged(token.text);
        continue;
      } else if (isSpecifierWord(token.text) && base === undefined) words.push(token);
      else if (!qualifiers.has(token.text) && !storage.has(token.text)) {
        if (base !== undefined || words.length > 0) break;
        base = this.#namedType(token);
        continue;
      }
      this.next();
    }
    if (base !== undefined) return { type: base, constant };
    const [first, last] = [words[0], words.at(-1)];
    if (first === undefined || last === undefined) {
      return this.fail("CF1101", this.token, `expected a type ${this.#before()}`);
    }
    const spelling = words.map((word) => word.text);
    const refusal = refusalOf(canonicalSpecifiers(spelling) ?? "");
    const span = { start: first.start, end: last.end };
    if (refusal !== undefined) this.fail("CF1103", span, `\`${spelling.join(" ")}\` is not supported`, refusal);
    const type = typeOfSpecifiers(spelling);
    return type === undefined
      ? this.fail("CF1101", span, `\`${spelling.join(" ")}\` is not a C type`)
      : { type, constant };
  }

  #tagged(kind: TagKind): CType {
    const tag = this.token;
    const what = kind === "struct" ? "structure" : "union";
    if (tag.kind !== "word") this.fail("CF1101", tag, `expected the name of a ${what} ${this.#before()}`);
    this.next();
    return this.#scope.tagged(kind, tag.text) ?? this.#unknown(tag, `unknown ${what} \`${tag.text}\``);
  }

  #namedType(token: Token): CType {
    this.next();
    const make = this.#scope.constructors?.get(token.text);
    if (make !== undefined && this.token.text === "(") {
      if (++this.#depth > deepest) this.fail("CF1101", token, "types are nested too deeply");
      const type = make(this);
      this.#depth--;
      return type;
    }
    const refusal = refusalOf(token.text);
    if (refusal !== undefined) this.fail("CF1103", token, `\`${token.text}\` is not supported`, refusal);
    if (token.text === "enum")
      this.fail("CF1103", token, "enum types are not supported", "a C enum is passed as int32");
    return this.#scope.type(token.text) ?? this.#unknown(token, `unknown type \`${token.text}\``);
  }

  #unknown(token: Token, message: string): never {
    const near = nearNames(token.text, [...this.#scope.names(), ...(this.#scope.constructors?.keys() ?? [])]);
    const habit = Object.hasOwn(habits, token.text) ? habits[token.text] : undefined;
    const list = habit ?? orList(near.map((name) => `\`${name}\``));
    return this.fail(
      "CF1102",
      token,
      message,
      list === "" ? `declare it in the options: { types: { ${token.text} } }` : `did you mean ${list}?`,
    );
  }

  #declarator(): Declarator {
    if (++this.#depth > deepest) this.fail("CF1101", this.token, "types are nested too deeply");
    const start = this.token;
    const stars: boolean[] = [];
    while (this.accept("*")) {
      let constant = false;
      while (this.token.text === "const" || qualifiers.has(this.token.text))
        constant = this.next().text === "const" || constant;
      stars.push(constant);
    }
    let inner: Declarator = { build: (base) => base };
    if (this.token.kind === "word" && !isSpecifierWord(this.token.text)) {
      inner = { name: this.next(), build: inner.build };
    } else if (this.token.text === "(" && this.#opensDeclarator()) {
      this.next();
      inner = this.#declarator();
      this.expect(")");
    }
    const suffixes: Wrap[] = [];
    while (this.token.text === "(" || this.token.text === "[") {
      suffixes.push(this.token.text === "(" ? this.#parameters() : this.#bounds(suffixes.length === 0));
    }
    this.#depth--;
    const build: Wrap = (base) => {
      let result = base;
      for (const constant of stars) {
        if (result.type.kind === "array" && result.type.length === 0) {
          this.fail("CF1101", start, "a pointer to an array needs the length of the array");
        }
        result = { type: { kind: "pointer", to: result.type, constant: result.constant }, constant };
      }
      for (const wrap of suffixes.reverse()) result = wrap(result);
      return inner.build(result);
    };
    return { ...inner, build };
  }

  /** Whether the `(` here opens a nested declarator, `(*f)`, and not a parameter list, `(double)`. */
  #opensDeclarator(): boolean {
    const inside = this.#peek(1);
    if (inside.text === "*" || inside.text === "(") return true;
    const isType = isSpecifierWord(inside.text) || this.#scope.type(inside.text) !== undefined;
    return inside.kind === "word" && !isType && this.#peek(2).text === ")" && this.#peek(3).text === "(";
  }

  #bounds(outermost: boolean): Wrap {
    const open = this.expect("[");
    while (this.token.text === "static" || this.token.text === "const" || qualifiers.has(this.token.text)) this.next();
    const bound = this.token.kind === "number" || this.token.kind === "word" ? this.next() : undefined;
    const close = this.expect("]");
    // A bound that is missing or a name is allowed where the array decays to a pointer; 0 stands for it.
    const length = bound?.kind === "number" ? Number(bound.text) : 0;
    if (length === 0 && !outermost) {
      this.fail("CF1101", { start: open.start, end: close.end }, "an inner dimension of an array needs its length");
    }
    return (base) => {
      if (base.type.kind === "void" || base.type.kind === "function") {
        this.fail("CF1104", { start: open.start, end: close.end }, `C has no array of ${printType(base.type)}`);
      }
      return { type: { kind: "array", of: base.type, length }, constant: base.constant };
    };
  }

  #parameters(): Wrap {
    const open = this.expect("(");
    const params: Parameter[] = [];
    let variadic = false;
    if (this.token.text === "void" && this.#peek(1).text === ")") this.next();
    while (this.token.text !== ")") {
      if (params.length > 0 && !this.accept(",")) {
        this.fail("CF1101", this.token, `expected \`,\` or \`)\` ${this.#before()}`);
      }
      if (this.accept("...")) {
        variadic = true;
        if (this.token.text !== ")") this.fail("CF1101", this.token, "`...` must come last");
        if (params.length === 0)
          this.fail("CF1101", open, "`...` needs a parameter before it", "C17 asks for a named parameter first");
        break;
      }
      params.push(this.#parameter());
    }
    const close = this.expect(")");
    return (base) => {
      if (base.type.kind === "array" || base.type.kind === "function") {
        this.fail(
          "CF1104",
          { start: open.start, end: close.end },
          `a C function cannot return ${printType(base.type)}`,
          "return a pointer",
        );
      }
      return { type: { kind: "function", signature: { result: base.type, params, variadic } }, constant: false };
    };
  }

  /** One parameter; arrays and functions become pointers, as C adjusts them (C11 section 6.7.6.3). */
  #parameter(): Parameter {
    const start = this.token;
    const { name, type, constant } = this.declaration();
    const span = { start: start.start, end: this.#peek(-1).end };
    const spelled = this.#peek(-1).text === "]";
    if (type.kind === "void")
      this.fail("CF1104", span, "a parameter cannot be void", "an empty list is `()` or `(void)`");
    if (type.kind === "array" && !spelled) {
      this.fail("CF1104", span, "C does not pass arrays by value", `use CPointer(${printType(type.of)})`);
    }
    const adjusted: CType =
      type.kind === "array"
        ? { kind: "pointer", to: type.of, constant }
        : type.kind === "function"
          ? { kind: "pointer", to: type, constant: false }
          : type;
    return name === undefined ? { type: adjusted } : { name, type: adjusted };
  }
}
