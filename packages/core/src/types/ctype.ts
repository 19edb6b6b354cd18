// The data model of C types: plain, immutable descriptions that every stage reads. Layout is in layout.ts, the
// callable type objects that users hold in objects.ts, the string syntax in signature-parser.ts. Pure.
// The type parameters let TypeScript see the same description that the program holds: the type of a parsed
// signature literal is the type of its run-time value. Code that does not care leaves them out.

/** How a C integer appears in TypeScript: up to 32 bits, `size_t` and `intp` as number, other 64-bit ones as bigint. */
export type JsInteger = "number" | "bigint";
export type IntBits = 8 | 16 | 32 | 64;

export interface VoidType {
  readonly kind: "void";
}
export interface BoolType {
  readonly kind: "bool";
}
export interface IntType<
  Name extends string = string,
  Bits extends IntBits = IntBits,
  Signed extends boolean = boolean,
  Js extends JsInteger = JsInteger,
> {
  readonly kind: "int";
  /** Canonical name, as printed: `int32`, `uint8`, `size_t`, `long`, ... Types with other names are other types. */
  readonly name: Name;
  readonly bits: Bits;
  readonly signed: Signed;
  readonly js: Js;
}
export interface FloatType<Bits extends 32 | 64 = 32 | 64> {
  readonly kind: "float";
  readonly bits: Bits;
}
/** A complex number: the real part and the imaginary part, floats of half the bits each. */
export interface ComplexType<Bits extends 64 | 128 = 64 | 128> {
  readonly kind: "complex";
  readonly bits: Bits;
}
/** A pointer. A function pointer, `CFunction(...)`, is a pointer to a `FunctionType`. */
export interface PointerType<To extends CType = CType, Constant extends boolean = boolean> {
  readonly kind: "pointer";
  readonly to: To;
  /** `const T *`: the callee promises not to write through it. */
  readonly constant: Constant;
}
export interface ArrayType<Of extends CType = CType, Length extends number = number> {
  readonly kind: "array";
  readonly of: Of;
  /** 0 for a flexible array, the last member of a structure. */
  readonly length: Length;
}
export interface FieldType {
  /** Empty for an anonymous structure or union, whose members `membersOf` finds. */
  readonly name: string;
  readonly type: CType;
  /** Bytes from the start of the structure; 0 in a union. Packed members may lie at any offset. */
  readonly offset: number;
  /** Present for a bit-field, whose first byte is at `offset`. */
  readonly bits?: BitRange;
}
/** Which bits, counted from the least significant one of the first byte: `at` is 0 to 7. They may span several bytes. */
export interface BitRange {
  readonly at: number;
  readonly width: number;
}
/** Bits of a structure or union; `offset` is that of the first byte. */
export interface PlacedBits {
  readonly offset: number;
  readonly bits: BitRange;
}
/** Only in the type system: the fields of a structure or union by name. */
export declare const fieldTypes: unique symbol;
export type FieldTypes = Readonly<Record<string, CType>>;

/** What structures and unions have in common: named members at offsets. */
interface RecordLayout<Fields extends FieldTypes> {
  readonly name: string;
  readonly fields: readonly FieldType[];
  readonly size: number;
  readonly align: number;
  /** What the members ask for, where `aligned(n)` on the whole asks for more: AAPCS64 looks at that. */
  readonly memberAlign?: number;
  /** Bit-fields without a name: no values, but calling conventions know them. */
  readonly unnamed?: readonly PlacedBits[];
  readonly [fieldTypes]?: Fields;
}
export interface StructType<Fields extends FieldTypes = FieldTypes> extends RecordLayout<Fields> {
  readonly kind: "struct";
}
/** A union: its fields lie over one another. */
export interface UnionType<Fields extends FieldTypes = FieldTypes> extends RecordLayout<Fields> {
  readonly kind: "union";
}
/** A type that has a name and no layout: `struct sqlite3;`. Only pointers to it exist. */
export interface OpaqueType<Name extends string = string> {
  readonly kind: "opaque";
  readonly name: Name;
}
export interface FunctionType<Of extends Signature = Signature> {
  readonly kind: "function";
  readonly signature: Of;
}
export type CType =
  | VoidType
  | BoolType
  | IntType
  | FloatType
  | ComplexType
  | PointerType
  | ArrayType
  | StructType
  | UnionType
  | OpaqueType
  | FunctionType;
export type ScalarType = BoolType | IntType | FloatType | PointerType;
/** Types whose values are made of several: C passes them by rules of their own. */
export type AggregateType = ComplexType | ArrayType | StructType | UnionType;

export interface Parameter<Type extends CType = CType> {
  /** Present where the signature was written as a C prototype with names. */
  readonly name?: string;
  readonly type: Type;
  /** Of a pointer written as `double a[static 3]`: it is not null, and that many values are there (C17 6.7.6.3). */
  readonly atLeast?: number;
}

/** A C function's type: what it returns and takes. */
export interface Signature<
  Params extends readonly CType[] = readonly CType[],
  Result extends CType = CType,
  Variadic extends boolean = boolean,
> {
  readonly result: Result;
  readonly params: { readonly [K in keyof Params]: Parameter<Params[K]> };
  readonly variadic: Variadic;
}

export const isAggregate = (type: CType): type is AggregateType =>
  type.kind === "struct" || type.kind === "union" || type.kind === "complex" || type.kind === "array";

/** Makes the end of an exhaustive `switch` a type error when a kind is added. */
export function assertNever(value: never): never {
  throw new Error(`internal error: unexpected ${JSON.stringify(value)}`);
}
