// Signatures from strings: Numba's grammar, `float64(CPointer(Point), intp)`, and C prototypes, which are one grammar
// here, C's with three type-building words more. Parsed by the C declaration parser, never evaluated. Pure.
import { DeclarationParser } from "../c/declarations.ts";
import { type Prototype, parsePrototype as parseC } from "../c/prototype.ts";
import type { TypeScope } from "../c/scope.ts";
import { sourceText } from "../diagnostics/source-text.ts";
import type { CType, Signature } from "./ctype.ts";
import { typeNames, typeOfName } from "./names.ts";
import { printType } from "./print.ts";
import { type TypeObject, typeOfObject } from "./type-object.ts";

/** The types that a signature may name besides those of the table: `{ Point }`. */
export type DeclaredTypes = Readonly<Record<string, TypeObject>>;

/** `CPointer(T)`: a pointer to T; `CPointer(const T)` where the callee does not write through it. */
function pointer(parser: DeclarationParser): CType {
  parser.expect("(");
  const start = parser.token;
  const { type, constant } = parser.typeName();
  if (type.kind === "function") {
    parser.fail("CF1104", { start: start.start, end: parser.token.start }, "a pointer to a function is CFunction(...)");
  }
  parser.expect(")");
  return { kind: "pointer", to: type, constant };
}

/** `CFunction(float64(float64))`: a function pointer. */
function functionPointer(parser: DeclarationParser): CType {
  parser.expect("(");
  const { signature } = parser.prototype();
  parser.expect(")");
  return { kind: "pointer", to: { kind: "function", signature }, constant: false };
}

/** `array(float64, 3)`: an array inside a structure or behind a pointer. */
function array(parser: DeclarationParser): CType {
  parser.expect("(");
  const start = parser.token;
  const { type } = parser.typeName();
  if (type.kind === "void" || type.kind === "function") {
    parser.fail("CF1104", { start: start.start, end: parser.token.start }, `C has no array of ${printType(type)}`);
  }
  parser.expect(",", "an array is written array(float64, 3)");
  const length = parser.token;
  if (length.kind !== "number" || Number(length.text) < 1 || !Number.isSafeInteger(Number(length.text))) {
    parser.fail("CF1101", length, "the length of an array is a whole number, at least 1");
  }
  parser.next();
  parser.expect(")");
  return { kind: "array", of: type, length: Number(length.text) };
}

const constructors: ReadonlyMap<string, (parser: DeclarationParser) => CType> = new Map([
  ["CPointer", pointer],
  ["CFunction", functionPointer],
  ["array", array],
]);

function scopeOf(types: DeclaredTypes): TypeScope {
  const declared = (name: string): CType | undefined =>
    Object.hasOwn(types, name) ? typeOfObject(types[name], `\`${name}\` in the option types`) : undefined;
  return {
    type: (name) => typeOfName(name) ?? declared(name),
    tagged: (kind, tag) => {
      const type = declared(tag);
      return type?.kind === kind ? type : undefined;
    },
    names: () => [...Object.keys(types), ...Object.keys(typeNames)],
    constructors,
  };
}

/**
 * Reads a signature. Throws a CFuncError whose span points into the text: CF1101 for syntax, CF1102 for an unknown
 * name, CF1103 for a type that is refused by name, CF1104 for a type that cannot stand where it does.
 */
export function parseSignature(text: string, types: DeclaredTypes = {}): Signature {
  return parseC(text, scopeOf(types)).signature;
}

/** Like `parseSignature`, with the name of the function where the text is a C prototype that has one. */
export function parsePrototype(text: string, types: DeclaredTypes = {}): Prototype {
  return parseC(text, scopeOf(types));
}

/** Reads one type: `float64`, `CPointer(const char)`, `struct Point *`. Throws like `parseSignature`. */
export function parseType(text: string, types: DeclaredTypes = {}): CType {
  const parser = new DeclarationParser(sourceText("type", text), scopeOf(types));
  const { type } = parser.typeName();
  parser.end();
  return type;
}
