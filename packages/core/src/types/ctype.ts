// The data model of C types: plain, immutable descriptions that every stage reads. Layout is in layout.ts, the
// callable type objects that users hold in objects.ts, the string syntax in signature-parser.ts. Pure.

/** How a C integer appears in TypeScript: up to 32 bits, `size_t` and `intp` as number, other 64-bit ones as bigint. */
export type JsInteger = "number" | "bigint";

export interface VoidType {
  readonly kind: "void";
}
export interface BoolType {
  readonly kind: "bool";
}
export interface IntType {
  readonly kind: "int";
  /** Canonical name, as printed: `int32`, `uint8`, `size_t`, `long`, ... Types with other names are other types. */
  readonly name: string;
  readonly bits: 8 | 16 | 32 | 64;
  readonly signed: boolean;
  readonly js: JsInteger;
}
export interface FloatType {
  readonly kind: "float";
  readonly bits: 32 | 64;
}
export interface PointerType {
  readonly kind: "pointer";
  readonly to: CType;
  /** `const T *`: the callee promises not to write through it. */
  readonly constant: boolean;
}
export interface ArrayType {
  readonly kind: "array";
  readonly of: CType;
  readonly length: number;
}
export interface FieldType {
  readonly name: string;
  readonly type: CType;
  /** Bytes from the start of the structure. */
  readonly offset: number;
}
export interface StructType {
  readonly kind: "struct";
  readonly name: string;
  readonly fields: readonly FieldType[];
  readonly size: number;
  readonly align: number;
}
export interface FunctionType {
  readonly kind: "function";
  readonly signature: Signature;
}
export type CType = VoidType | BoolType | IntType | FloatType | PointerType | ArrayType | StructType | FunctionType;
export type ScalarType = BoolType | IntType | FloatType | PointerType;

export interface Parameter {
  /** Present where the signature was written as a C prototype with names. */
  readonly name?: string;
  readonly type: CType;
}

/** A C function's type: what it returns and takes. */
export interface Signature {
  readonly result: CType;
  readonly params: readonly Parameter[];
  readonly variadic: boolean;
}

/** Makes the end of an exhaustive `switch` a type error when a kind is added. */
export function assertNever(value: never): never {
  throw new Error(`internal error: unexpected ${JSON.stringify(value)}`);
}
