// The type objects that users hold and call: `float64(CPointer(Point), intp)`. Makes descriptions only; what needs
// memory, `Point.new(...)`, is installed by memory/. Pure.
import { CFuncError } from "../diagnostics/error.ts";
import type {
  ArrayType,
  CType,
  FieldTypes,
  FunctionType,
  fieldTypes,
  OpaqueType,
  PointerType,
  Signature,
  StructType,
  UnionType,
} from "./ctype.ts";
import { asType, type FieldDeclarations, type FieldsOf, type Itself, memberOfField } from "./fields.ts";
import { complete, lazyPointer, opaqueType, pointerType } from "./forward.ts";
import { alignOf, sizeOf } from "./layout.ts";
import { memberOf } from "./members.ts";
import { printType } from "./print.ts";
import type { LayoutOptions } from "./record-layout.ts";
import { hasSize, makeRecord } from "./records.ts";
import { parseSignature } from "./signature-parser.ts";
import type { CheckedSignature, ParseSignature } from "./signature-types.ts";
import { isTypeObject, type TypeObject, type TypesOf, typeBrand, typeOfObject } from "./type-object.ts";
import type { InitOf, OwnedStruct, OwnedUnion } from "./values.ts";

type Target<T extends CType = CType> = TypeObject<T> | (() => TypeObject<T>);

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

/**
 * A pointer to values of the type. The callee promises not to write where `constant` is asked for. A type that is
 * declared further down is given by a function: `CPointer((): StructObject => Node)`.
 */
export function CPointer<T extends CType>(to: Target<T>): TypeObject<PointerType<T, false>>;
export function CPointer<T extends CType>(
  to: Target<T>,
  options: { readonly constant: true },
): TypeObject<PointerType<T, true>>;
export function CPointer(to: Target, options: { readonly constant?: boolean } = {}): TypeObject<PointerType> {
  const constant = options.constant ?? false;
  const what = "what CPointer points to";
  // An arrow function: a class such as `Number` has a prototype, and is a mistake.
  const isLater = typeof to === "function" && !isTypeObject(to) && !Object.hasOwn(to, "prototype");
  if (isLater) return typeObject(lazyPointer(() => typeOfObject(to(), what), constant));
  return typeObject(pointerType(typeOfObject(to, what), constant));
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

/** An array without a length, the last field of a structure: as many elements as the memory behind it has. */
export function flexible<T extends CType>(of: TypeObject<T>): TypeObject<ArrayType<T, 0>> {
  const type: CType = typeOfObject(of, "what an array is made of");
  if (!hasSize(type)) throw misplaced(`C has no array of ${printType(type)}`, "use an array of pointers");
  return typeObject({ kind: "array", of: of.type, length: 0 });
}

/** A type whose members are not known, such as `sqlite3`: only pointers to it are of use. */
export function opaque<const Name extends string>(name: Name): TypeObject<OpaqueType<Name>> {
  return typeObject(opaqueType(name));
}

/** Bytes of a value of the type, padding included, as C's `sizeof`. Throws CF1104 for types without values. */
export function sizeof(type: TypeObject | string): number {
  return sizeOf(asType(type));
}

/** The alignment of the type in bytes, as C's `_Alignof`. Throws CF1104 for types without values. */
export function alignof(type: TypeObject | string): number {
  return alignOf(asType(type));
}

/** Bytes from the start of a structure or union to a field, as C's `offsetof`. Throws CF1105 for a bit-field or no field. */
export function offsetof<T extends StructType | UnionType>(
  type: TypeObject<T>,
  field: T extends { readonly [fieldTypes]?: infer F } ? keyof F & string : string,
): number {
  const record = asType(type);
  const found = memberOf(record, field);
  if (found !== undefined && found.bits === undefined) return found.offset;
  const why = found === undefined ? "is no field of it" : "is a bit-field, which has no address";
  throw new CFuncError([
    {
      code: "CF1105",
      severity: "error",
      message: `${printType(record)} has no offset of \`${field}\`: it ${why}`,
      help: "ask for a field of a structure or union",
    },
  ]);
}

/** How a structure or union is laid out: `packed`, at least `align` bytes aligned, under `#pragma pack(pack)`. */
export type RecordOptions = LayoutOptions;

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

/**
 * A structure, its fields laid out as C does: `struct("Point", { x: float64, y: float64 })`. One that points to itself
 * is given as a function: `struct("Node", (Node) => ({ value: int32, next: CPointer(Node) }))`.
 */
export function struct<const Name extends string, const F extends FieldDeclarations>(
  name: Name,
  fields: F | ((self: TypeObject<OpaqueType<Name>>) => F),
  options: RecordOptions = {},
): StructObject<Itself<FieldsOf<F>, Name>> {
  // The fields are read one by one from `fields`, which TypeScript cannot follow.
  return maker(record("struct", name, fields, options)) as unknown as StructObject<Itself<FieldsOf<F>, Name>>;
}

/** A union, its fields laid over one another: `union("Value", { i: int64, f: float64 })`. */
export function union<const Name extends string, const F extends FieldDeclarations>(
  name: Name,
  fields: F | ((self: TypeObject<OpaqueType<Name>>) => F),
  options: RecordOptions = {},
): UnionObject<Itself<FieldsOf<F>, Name>> {
  return maker(record("union", name, fields, options)) as unknown as UnionObject<Itself<FieldsOf<F>, Name>>;
}

function record<Name extends string>(
  kind: "struct" | "union",
  name: Name,
  fields: FieldDeclarations | ((self: TypeObject<OpaqueType<Name>>) => FieldDeclarations),
  options: RecordOptions,
): StructType | UnionType {
  const self = opaqueType(name);
  const declared = typeof fields === "function" ? fields(typeObject(self)) : fields;
  const type = makeRecord(
    kind,
    name,
    Object.entries(declared).map(([field, one]) => memberOfField(field, one)),
    options,
  );
  complete(self, type);
  return type;
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

export function isSignature(value: unknown): value is Signature {
  return typeof value === "object" && value !== null && "result" in value && "params" in value && !isTypeObject(value);
}

function misplaced(message: string, help: string): CFuncError {
  return new CFuncError([{ code: "CF1104", severity: "error", message, help }]);
}

function notAType(message: string, help: string): CFuncError {
  return new CFuncError([{ code: "CF1106", severity: "error", message, help }]);
}
