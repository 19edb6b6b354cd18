// The parser of C declarations: specifiers and declarators (C11 sections 6.7.2 and 6.7.6), for prototypes, type names and,
// through header.ts, headers. One pass over the tokens, errors with positions in the text. Reads no bodies. Pure.
import type { Code } from "../diagnostics/codes.ts";
import type { SourceText, Span } from "../diagnostics/diagnostic.ts";
import type { CType, Signature } from "../types/ctype.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import { printType } from "../types/print.ts";
import { hasSize } from "../types/records.ts";
import { type Attributes, isAttributeWord, noAttributes, readAttributes } from "./attributes.ts";
import type { TypeReader } from "./constants.ts";
import { TokenCursor } from "./cursor.ts";
import { readDeclarator } from "./declarators.ts";
import type { CNumber } from "./literals.ts";
import type { NamedType, TypeScope } from "./scope.ts";
import { isTypeWord, readSpecifiers, type Specified } from "./type-specifiers.ts";

/** A type, and whether what it describes is `const`. */
export interface Qualified extends NamedType {
  /** Of an array that was written `a[static 3]`. */
  readonly atLeast?: number;
}

export interface Declaration extends Qualified {
  readonly name?: string;
  readonly attributes: Attributes;
}

export class DeclarationParser extends TokenCursor implements TypeReader {
  readonly scope: TypeScope;
  /** Whether the parser is within a list of parameters, where arrays need no length. */
  inParameters = false;

  constructor(source: SourceText, scope: TypeScope) {
    super(source);
    this.scope = scope;
  }

  /** Fails unless all of the text was read; a `;` may close it. */
  end(): void {
    this.accept(";");
    if (!this.atEnd) this.fail("CF1101", this.token, `unexpected \`${this.token.text}\` after the signature`);
  }

  /** A function declaration: `double f(const struct Point *p, size_t n)`, with or without the names. */
  prototype(): { readonly name?: string; readonly signature: Signature } {
    const first = this.token;
    const { type, name } = this.declaration();
    if (type.kind === "function")
      return name === undefined ? { signature: type.signature } : { name, signature: type.signature };
    const isPointer = type.kind === "pointer" && type.to.kind === "function";
    return this.fail(
      "CF1101",
      isPointer ? this.since(first) : this.token,
      isPointer
        ? "this is a pointer to a function, not a function"
        : `expected \`(\` and the parameter types ${this.before()}`,
      isPointer
        ? "write the function itself, as in `double f(double)`"
        : "a signature is written like `float64(float64, int32)`",
    );
  }

  /** Specifiers and one declarator. */
  declaration(): Declaration {
    return this.nested(() => this.declarator(readSpecifiers(this)));
  }

  /** One declarator after its specifiers, with what attributes stand around it. */
  declarator(base: Specified): Declaration {
    const { attributes: before, ...qualified } = base;
    const attributes = { ...before };
    const declarator = readDeclarator(this, attributes);
    this.attributes(attributes);
    const built = declarator.build(qualified);
    return declarator.name === undefined
      ? { ...built, attributes }
      : { ...built, name: declarator.name.text, attributes };
  }

  attributes(into: Attributes = noAttributes()): Attributes {
    readAttributes(this, this, into);
    return into;
  }

  /** A type without a name: `const double *`. */
  typeName(): Qualified {
    const start = this.token;
    const { name, attributes: _, ...qualified } = this.declaration();
    if (name === undefined) return qualified;
    return this.fail("CF1101", this.since(start), `expected a type without the name \`${name}\``);
  }

  /** Whether a type begins here, rather than a name or an expression. */
  atType(): boolean {
    const { kind, text } = this.token;
    return kind === "word" && (isTypeWord(text) || isAttributeWord(text) || this.typeOfWord(text) !== undefined);
  }

  optionalType(): CType | undefined {
    return this.atType() ? this.typeName().type : undefined;
  }

  constant(name: string): CNumber | undefined {
    return this.scope.definitions?.constant(name);
  }

  layoutOf(type: CType, at: Span): { readonly size: number; readonly align: number } {
    const refused = this.scope.definitions?.layoutOf(type);
    if (refused !== undefined) return refused;
    if (hasSize(type)) return { size: sizeOf(type), align: alignOf(type) };
    return this.fail("CF1104", at, `a value of type ${printType(type)} has no size`, "its members are not known here");
  }

  typeOfWord(name: string): NamedType | undefined {
    const defined = this.scope.definitions?.typedef(name);
    if (defined !== undefined) return defined;
    const type = this.scope.type(name);
    return type === undefined ? undefined : { type, constant: false };
  }

  /** A type that is refused by name: at once, or in a header where it is used. */
  refuse(code: Code, at: Span, name: string, message: string, help?: string): CType {
    const diagnostic = this.diagnostic(code, at, message, help);
    return this.scope.definitions?.refuse(name, diagnostic) ?? this.fail(code, at, message, help);
  }
}
