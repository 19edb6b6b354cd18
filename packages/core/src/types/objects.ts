// The type objects that users hold and call: `float64(CPointer(Point), intp)`. Makes descriptions only; what needs
// memory, `Point.new(...)`, is installed by memory/. Pure.
import { CFuncError } from "../diagnostics/error.ts";
import type {
  ArrayType,
  CType,
  FieldTypes,
  FunctionType,
  PointerType,
  Signature,
  StructType,
  UnionType,
} from "./ctype.ts";
import { alignOf, layoutStruct, layoutUnion, sizeOf } from "./layout.ts";
import type { TypeName, TypeNames } from "./names.ts";
import { printType } from "./print.ts";
import { parseSignature, parseType } from "./signature-parser.ts";
import type { CheckedSignature, ParseSignature } from "./signature-types.ts";
import { isTypeObject, type TypeObject, type TypesOf, typeBrand, typeOfObject } from "./type-object.ts";
import type { InitOf, OwnedStruct, OwnedUnion } from "./values.ts";

const hasSize = (type: CType): boolean => type.kind !== "void" && type.kind !== "function";

/** The type object of a C type. */
export function typeObject<T extends CType>(type: T): TypeObject<T> {
  const make = <const P extends readonly TypeObject[]>(...params: P): Signature<TypesOf<P>, T, false> =>
    makeSignature(type, params);
  return Object.freeze(
    Object.assign(make, {
      [typeBrand]: 1 as const,
      type,
      size: hasSize(type) ? sizeOf(type) : 0,
      align: hasSize(type) ? alignOf(type) : 1,
      toString: () => printType(type),
    }),
  );
}

function makeSignature<const P extends readonly TypeObject[], T extends CType>(
  result: T,
  params: P,
): Signature<TypesOf<P>, T, false> {
  if (result.kind === "array" || result.kind === "function") {
    throw misplaced(`a C function cannot return ${printType(result)}`, "return a pointer");
  }
  const types = params.map((param, i) => {
    const type = typeOfObject(param, `parameter ${i + 1}`);
    if (type.kind === "void") throw misplaced("a parameter cannot be void", "an empty list is `float64()`");
    if (type.kind === "array") {
      throw misplaced("C does not pass arrays by value", `use CPointer(${printType(type.of)})`);
    }
    return Object.freeze({ type });
  });
  const signature: Signature = Object.freeze({ result, params: Object.freeze(types), variadic: false });
  // The run-time list was made from `params` one by one, which TypeScript cannot follow.
  return signature as Signature<TypesOf<P>, T, false>;
}

/** A pointer to values of the type. The callee promises not to write where `constant` is asked for. */
export function CPointer<T extends CType>(to: TypeObject<T>): TypeObject<PointerType<T, false>>;
export function CPointer<T extends CType>(
  to: TypeObject<T>,
  options: { readonly constant: true },
): TypeObject<PointerType<T, true>>;
export function CPointer(to: TypeObject, options: { readonly constant?: boolean } = {}): TypeObject<PointerType> {
  const type = typeOfObject(to, "what CPointer points to");
  return typeObject({ kind: "pointer", to: type, constant: options.constant ?? false });
}

/** A function pointer, from a signature: `CFunction(float64(float64))` or `CFunction("float64(float64)")`. */
export function CFunction<S extends Signature>(signature: S): TypeObject<PointerType<FunctionType<S>, false>>;
export function CFunction<const S extends string>(
  signature: CheckedSignature<S>,
): TypeObject<PointerType<FunctionType<ParseSignature<S> & Signature>, false>>;
export function CFunction(signature: string | Signature): TypeObject {
  const parsed = typeof signature === "string" ? parseSignature(signature) : signature;
  if (!isSignature(parsed))
    throw notAType("what CFunction was given is not a signature", "write CFunction(float64(float64))");
  return typeObject({ kind: "pointer", to: { kind: "function", signature: parsed }, constant: false });
}

/** An array inside a structure or behind a pointer. `length` is a whole number, at least 1. */
export function array<T extends CType, const N extends number>(
  of: TypeObject<T>,
  length: N,
): TypeObject<ArrayType<T, N>> {
  const type: CType = typeOfObject(of, "what an array is made of");
  if (!hasSize(type)) throw misplaced(`C has no array of ${printType(type)}`, "use an array of pointers");
  if (!Number.isSafeInteger(length) || length < 1) {
    throw misplaced(`an array cannot have ${length} elements`, "the length of an array is a whole number, at least 1");
  }
  return typeObject({ kind: "array", of: of.type, length });
}

/** What a field may be declared as: a type object, or a name of the table. */
export type FieldDeclaration = TypeObject | TypeName;
type DeclaredType<D> = D extends TypeObject<infer T extends CType> ? T : D extends TypeName ? TypeNames[D] : never;
type FieldsOf<F extends Readonly<Record<string, FieldDeclaration>>> = {
  readonly [K in keyof F]: DeclaredType<F[K]>;
};

/** A structure type: also makes structures in native memory. */
export interface StructObject<F extends FieldTypes = FieldTypes> extends TypeObject<StructType<F>> {
  /** A new structure in native memory of its own, zeroed where `init` says nothing. Release it, or say `using`. */
  new: (init?: InitOf<StructType<F>>) => OwnedStruct<F>;
}

/** A union type: also makes unions in native memory. */
export interface UnionObject<F extends FieldTypes = FieldTypes> extends TypeObject<UnionType<F>> {
  /** A new union in native memory of its own, zeroed but for the one member of `init`. Release it, or say `using`. */
  new: (init?: InitOf<UnionType<F>>) => OwnedUnion<F>;
}

type MakeStruct = (type: StructType | UnionType, init: object | undefined) => object;
let makeStruct: MakeStruct = () => {
  throw new CFuncError([
    {
      code: "CF5506",
      severity: "error",
      message: "native memory is not available here",
      help: "import @cfunc/core, not @cfunc/core/frontend",
    },
  ]);
};

/** For memory/: what `Point.new(...)` does. */
export function installStructs(make: MakeStruct): void {
  makeStruct = make;
}

/** A structure, its fields laid out as C does: `struct("Point", { x: float64, y: float64 })`. */
export function struct<const F extends Readonly<Record<string, FieldDeclaration>>>(
  name: string,
  fields: F,
): StructObject<FieldsOf<F>> {
  // The fields are read one by one from `fields`, which TypeScript cannot follow.
  return maker(layoutStruct(name, fieldTypes(fields))) as unknown as StructObject<FieldsOf<F>>;
}

/** A union, its fields laid over one another: `union("Value", { i: int64, f: float64 })`. */
export function union<const F extends Readonly<Record<string, FieldDeclaration>>>(
  name: string,
  fields: F,
): UnionObject<FieldsOf<F>> {
  return maker(layoutUnion(name, fieldTypes(fields))) as unknown as UnionObject<FieldsOf<F>>;
}

function fieldTypes(fields: Readonly<Record<string, FieldDeclaration>>): Record<string, CType> {
  const types: Record<string, CType> = {};
  for (const [field, declared] of Object.entries(fields)) {
    types[field] = typeof declared === "string" ? parseType(declared) : typeOfObject(declared, `field \`${field}\``);
  }
  return types;
}

function maker(type: StructType | UnionType): object {
  const base = typeObject(type);
  return Object.freeze(
    Object.assign((...params: TypeObject[]): Signature => base(...params), {
      [typeBrand]: 1 as const,
      type,
      size: base.size,
      align: base.align,
      toString: () => base.toString(),
      new: (init?: object) => makeStruct(type, init),
    }),
  );
}

/** The C type of a type object or of the name of a type. Throws CF1106 or CF1102. */
export function asType(type: TypeObject | string): CType {
  return typeof type === "string" ? parseType(type) : typeOfObject(type, "what stands for a type");
}

export function isSignature(value: unknown): value is Signature {
  return typeof value === "object" && value !== null && "result" in value && "params" in value && !isTypeObject(value);
}

function misplaced(message: string, help: string): CFuncError {
  return new CFuncError([{ code: "CF1104", severity: "error", message, help }]);
}

function notAType(message: string, help: string): CFuncError {
  return new CFuncError([{ code: "CF1106", severity: "error", message, help }]);
}
