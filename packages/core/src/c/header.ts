// Headers: the declarations of a fragment, of cffi's `cdef`, or of a whole header after `gcc -E`. Reads text and opens no
// file; bodies of functions are skipped. What cannot cross is kept out, and said where it is asked for. Pure.
import type { Code } from "../diagnostics/codes.ts";
import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import { CFuncError } from "../diagnostics/error.ts";
import { sourceText } from "../diagnostics/source-text.ts";
import type { CType, Signature } from "../types/ctype.ts";
import { resolved } from "../types/forward.ts";
import { nearNames, orList } from "../types/suggest.ts";
import { type TypeObject, typeOfObject } from "../types/type-object.ts";
import { skippedHere } from "./aggregates.ts";
import { conditional } from "./constants.ts";
import { type Declaration, DeclarationParser } from "./declarations.ts";
import { readDirective } from "./directives.ts";
import { HeaderScope } from "./header-scope.ts";
import type { CNumber } from "./literals.ts";
import { modified, readSpecifiers, type Specified } from "./type-specifiers.ts";

/** The value of a constant: an integer is a bigint where a number could not hold it. */
export type ConstantValue = number | bigint | string;

export interface HeaderOptions {
  /** The name in messages: `sqlite3.h`. */
  readonly name?: string;
  /** Types that the header may name without declaring them. */
  readonly types?: Readonly<Record<string, TypeObject>>;
  /** A header whose names this one may use, as if it stood above. */
  readonly after?: Header;
}

interface Symbol {
  /** The name in C. */
  readonly name: string;
  /** The name in the library, which `__asm__` changes. */
  readonly symbol: string;
}
export interface FunctionDeclaration extends Symbol {
  readonly kind: "function";
  readonly signature: Signature;
}
export interface VariableDeclaration extends Symbol {
  readonly kind: "variable";
  readonly type: CType;
  readonly constant: boolean;
}
export interface TypeDeclaration {
  readonly kind: "type";
  readonly name: string;
  readonly type: CType;
}
export interface ConstantDeclaration {
  readonly kind: "constant";
  readonly name: string;
  readonly value: ConstantValue;
}
/** What is in the text and cannot be had: a type that does not cross, a function that is only there to be inlined. */
export interface UnavailableDeclaration {
  readonly kind: "unavailable";
  readonly name: string;
  readonly reason: Diagnostic;
}
export type HeaderDeclaration =
  | FunctionDeclaration
  | VariableDeclaration
  | TypeDeclaration
  | ConstantDeclaration
  | UnavailableDeclaration;

/** What a header declares, by name. */
export class Header {
  /** Functions, variables, typedefs and constants, in the order of the text; the last declaration of a name counts. */
  readonly declarations: ReadonlyMap<string, HeaderDeclaration>;
  readonly #scope: HeaderScope;
  readonly #name: string;

  constructor(name: string, declarations: ReadonlyMap<string, HeaderDeclaration>, scope: HeaderScope) {
    this.#name = name;
    this.declarations = declarations;
    this.#scope = scope;
  }

  /** The names that a later header builds on. */
  static scopeOf(header: Header): HeaderScope {
    return header.#scope;
  }

  /** A function. Throws CF1103 with its reason where its types cannot cross, CF1102 where there is none. */
  function(name: string): FunctionDeclaration {
    return this.#find(name, "function");
  }

  /** A variable, which a library exports as data. Throws like `function`. */
  variable(name: string): VariableDeclaration {
    return this.#find(name, "variable");
  }

  /** The value of an enumeration's constant, a `#define`, or a constant integer. Throws like `function`. */
  constant(name: string): ConstantValue {
    return this.#find(name, "constant").value;
  }

  /** The type of a typedef, or of `struct tag`, `union tag`, `enum tag`. Throws like `function`. */
  type(name: string): CType {
    const tagged = /^(struct|union|enum)\s+(\w+)$/.exec(name);
    if (tagged === null) return resolved(this.#find(name, "type").type);
    const [, kind, tag = ""] = tagged;
    const type = kind === "enum" ? this.#scope.enumerated(tag) : this.tags.get(`${kind} ${tag}`);
    if (type === undefined) throw this.#missing(name, "type");
    const refusal = this.#scope.refusalIn(type);
    if (refusal !== undefined) throw new CFuncError([refusal]);
    return type;
  }

  /** Structures and unions by `struct tag` and `union tag`; opaque where the header does not say what is in them. */
  get tags(): ReadonlyMap<string, CType> {
    return new Map(this.#scope.tags());
  }

  #find<K extends HeaderDeclaration["kind"]>(name: string, kind: K): Extract<HeaderDeclaration, { kind: K }> {
    const found = this.declarations.get(name);
    if (found?.kind === "unavailable") throw new CFuncError([found.reason]);
    if (found === undefined || found.kind !== kind) throw this.#missing(name, kind);
    return found as Extract<HeaderDeclaration, { kind: K }>;
  }

  #missing(name: string, kind: string): CFuncError {
    const other = this.declarations.get(name)?.kind;
    const message =
      other === undefined
        ? `${this.#name} declares no ${kind} \`${name}\``
        : `\`${name}\` in ${this.#name} is a ${other}, not a ${kind}`;
    const near = nearNames(
      name,
      [...this.declarations].filter(([, one]) => one.kind === kind).map(([key]) => key),
    );
    const help = near.length === 0 ? {} : { help: `did you mean ${orList(near.map((one) => `\`${one}\``))}?` };
    return new CFuncError([{ code: "CF1102", severity: "error", message, ...help }]);
  }
}

/**
 * Reads the declarations of a header. Throws a CFuncError with the position of the first mistake: CF1101 for syntax,
 * CF1102 for an unknown name, CF1104 and CF1105 for types that C does not have. A type that cannot cross (CF1103) is no
 * mistake of the header: what needs it is `unavailable`.
 */
export function parseHeader(text: string, options: HeaderOptions = {}): Header {
  const name = options.name ?? "header";
  const given = Object.fromEntries(
    Object.entries(options.types ?? {}).map(([key, type]) => [
      key,
      typeOfObject(type, `\`${key}\` in the option types`),
    ]),
  );
  const scope = options.after === undefined ? new HeaderScope(given) : Header.scopeOf(options.after);
  const reader = new HeaderReader(new DeclarationParser(sourceText(name, text), scope), scope);
  for (const [key, declaration] of options.after?.declarations ?? []) reader.declarations.set(key, declaration);
  reader.all();
  for (const [key, value] of scope.constants()) {
    if (!reader.declarations.has(key))
      reader.declarations.set(key, { kind: "constant", name: key, value: numberOrBigint(value) });
  }
  return new Header(name, reader.declarations, scope);
}

class HeaderReader {
  readonly declarations = new Map<string, HeaderDeclaration>();
  readonly #parser: DeclarationParser;
  readonly #scope: HeaderScope;
  readonly #packs: number[] = [];

  constructor(parser: DeclarationParser, scope: HeaderScope) {
    this.#parser = parser;
    this.#scope = scope;
  }

  all(): void {
    const parser = this.#parser;
    while (!parser.atEnd) {
      if (parser.token.kind === "directive") this.#directive();
      else if (!parser.accept(";") && !skippedHere(parser) && !this.#linkage()) this.#declaration();
    }
  }

  /** `extern "C" {`, which a header for both languages has; its brace is skipped where it closes. */
  #linkage(): boolean {
    const parser = this.#parser;
    if (parser.token.text === "extern" && parser.peek(1).kind === "string") {
      parser.next();
      parser.next();
      if (parser.accept("{")) {
        while (!parser.at("}") && !parser.atEnd) {
          if (parser.token.kind === "directive") this.#directive();
          else if (!parser.accept(";") && !skippedHere(parser)) this.#declaration();
        }
        parser.expect("}");
      }
      return true;
    }
    return false;
  }

  #directive(): void {
    const token = this.#parser.next();
    const read = readDirective(token.text, this.#scope);
    switch (read.kind) {
      case "pack":
        this.#pack(read);
        return;
      case "number":
        this.#scope.addConstant(read.name, read.value);
        this.declarations.set(read.name, { kind: "constant", name: read.name, value: numberOrBigint(read.value) });
        return;
      case "text":
        this.declarations.set(read.name, { kind: "constant", name: read.name, value: read.value });
        return;
      case "unavailable":
        this.#unavailable(read.name, "CF1101", token, read.why);
        return;
    }
  }

  #pack({ action, bytes }: { readonly action: "push" | "pop" | "set"; readonly bytes: number | undefined }): void {
    if (action === "push") this.#packs.push(this.#scope.pack);
    this.#scope.pack = action === "pop" ? (this.#packs.pop() ?? 0) : (bytes ?? this.#scope.pack);
  }

  #declaration(): void {
    const parser = this.#parser;
    const start = parser.token;
    const base = readSpecifiers(parser);
    if (parser.accept(";")) return;
    for (;;) {
      const one = parser.token;
      const declared = parser.declarator(base);
      const name = declared.name ?? this.#nameless(one);
      const span = parser.since(start);
      if (declared.type.kind === "function" && parser.at("{")) {
        this.#defined(declared, name, base, span);
        return;
      }
      const value = parser.at("=") ? this.#initializer(declared) : undefined;
      this.#declare(declared, name, base, span, value);
      if (!parser.accept(",")) break;
    }
    parser.expect(";");
  }

  #nameless(at: Span): never {
    const message = `expected a name ${this.#parser.before()}`;
    return this.#parser.fail("CF1101", at, message, "a declaration names what it declares");
  }

  /** A function with a body: only what is not `static` is a symbol too. */
  #defined(declared: Declaration, name: string, base: Specified, span: Span): void {
    this.#parser.skipBalanced();
    if (!base.storage.has("static") && !base.storage.has("inline"))
      this.#declare(declared, name, base, span, undefined);
    else if (this.declarations.get(name)?.kind !== "function") {
      this.#unavailable(name, "CF1103", span, `\`${name}\` is an inline function, which no library exports`);
    }
  }

  /** `= 42`: the value of a constant integer, where it is one; skipped. */
  #initializer(declared: Declaration): CNumber | undefined {
    const parser = this.#parser;
    parser.expect("=");
    const mark = parser.mark();
    const isNumber = declared.type.kind === "int" || declared.type.kind === "bool" || declared.type.kind === "float";
    let value: CNumber | undefined;
    if (declared.constant && isNumber) {
      try {
        value = conditional(parser, parser);
      } catch (error) {
        if (!(error instanceof CFuncError)) throw error;
        parser.recover();
      }
      if (![",", ";"].includes(parser.token.text)) value = undefined;
    }
    parser.reset(mark);
    parser.skipTo([",", ";"]);
    return value;
  }

  #declare(declared: Declaration, name: string, base: Specified, span: Span, value: CNumber | undefined): void {
    const { constant, attributes } = declared;
    const isFunction = declared.type.kind === "function";
    const type = isFunction ? declared.type : modified(this.#parser, declared.type, attributes);
    const symbol = attributes.symbol ?? name;
    if (base.storage.has("typedef")) {
      const align = attributes.align ?? declared.align;
      this.#scope.addTypedef(name, { type, constant, ...(align === undefined ? {} : { align }) });
    }
    const refusal = this.#scope.refusalIn(type);
    if (refusal !== undefined) this.declarations.set(name, { kind: "unavailable", name, reason: needs(name, refusal) });
    else if (base.storage.has("typedef"))
      this.declarations.set(name, { kind: "type", name, type: this.#scope.type(name) ?? type });
    else if (type.kind === "function")
      this.declarations.set(name, { kind: "function", name, symbol, signature: type.signature });
    else if (value !== undefined) {
      this.#scope.addConstant(name, value);
      this.declarations.set(name, { kind: "constant", name, value: numberOrBigint(value) });
    } else if (base.storage.has("static")) {
      this.#unavailable(name, "CF1103", span, `\`${name}\` is static, and no library exports it`);
    } else this.declarations.set(name, { kind: "variable", name, symbol, type, constant });
  }

  #unavailable(name: string, code: Code, at: Span, message: string): void {
    const reason = this.#parser.diagnostic(code, at, message);
    this.declarations.set(name, { kind: "unavailable", name, reason });
  }
}

/** The refusal of a type as the refusal of what is declared with it. */
function needs(name: string, refusal: Diagnostic): Diagnostic {
  return { ...refusal, message: `\`${name}\` cannot be used: ${refusal.message}` };
}

function numberOrBigint(value: CNumber): number | bigint {
  const asNumber = Number(value.value);
  return value.kind === "floating" || Number.isSafeInteger(asNumber) ? asNumber : value.value;
}
