// How C values look in TypeScript, as types only: pointers, arrays, structures, and the mapping from a C type to what
// a callback sees, what memory holds and what a caller may pass. memory/ makes the values. Pure.
import type {
  ArrayType,
  BoolType,
  ComplexType,
  CType,
  FieldTypes,
  FloatType,
  FunctionType,
  IntType,
  OpaqueType,
  Parameter,
  PointerType,
  Signature,
  StructType,
  UnionType,
  VoidType,
} from "./ctype.ts";
import type { TypeObject } from "./type-object.ts";

declare const structBrand: unique symbol;

/** A pointer to whatever. */
export interface AnyPointer {
  readonly address: bigint;
  /** The type pointed to. */
  readonly type: CType;
}

/** A pointer to `T` values in native memory; `Ptr<void>` is a pointer without an element type. Null is `null`. */
export interface PointerTo<T> extends AnyPointer {
  [index: number]: T;
  get(index: number): T;
  set(index: number, value: T): void;
  /** The pointer `count` elements further. */
  add(count: number): Ptr<T>;
  /** The same address, read as another type. */
  cast<C extends CType>(type: TypeObject<C>): Ptr<ValueOf<C>>;
}
/** A pointer. The fields of a structure or union can be reached directly: `p.x` is `p[0].x`. */
export type Ptr<T> = PointerTo<T> &
  (typeof structBrand extends keyof T
    ? Omit<T, keyof PointerTo<T>>
    : typeof unionBrand extends keyof T
      ? Omit<T, keyof PointerTo<T>>
      : unknown);

/** A structure, or a view of one in memory: its fields as properties. */
export type StructValue<F> = F & { readonly [structBrand]?: true };

declare const unionBrand: unique symbol;

/** A union in memory: its fields as properties, over one another. */
export type UnionValue<F> = F & { readonly [unionBrand]: true };

declare const opaqueBrand: unique symbol;

/** What a pointer to an incomplete type points to: nothing that can be read. */
export interface Opaque<Name extends string> {
  readonly [opaqueBrand]: Name;
}

/** A complex number: a value that never changes. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** Something that owns native memory. After `release` every use throws CF5502; a second release throws too. */
export interface OwnsMemory {
  readonly address: bigint;
  release(): void;
  [Symbol.dispose](): void;
}

/** A structure in native memory of its own. A field with the name of one of these members hides the member. */
export type OwnedStruct<F extends FieldTypes> = StructValue<Fields<F>> & Omit<OwnsMemory, keyof F>;

/** A union in native memory of its own. */
export type OwnedUnion<F extends FieldTypes> = UnionValue<Fields<F>> & Omit<OwnsMemory, keyof F>;

/** Native memory of its own for `length` values; out of bounds throws. */
export type OwnedPtr<T> = Ptr<T> & OwnsMemory & { readonly length: number };

/** A C function pointer as TypeScript holds it: callable, and with an address. */
export type FunctionPointer<F> = F & { readonly address: bigint };

/** What a variadic function takes after its parameters: a value with its type. */
export interface TypedArgument {
  readonly type: CType;
  readonly value: unknown;
}
/** What may stand after the named parameters of a variadic function: strings and pointers have one type in C. */
export type FurtherArgument = TypedArgument | AnyPointer | string;
/** An argument of a variadic function: `as(int32, 3)`. */
export interface VariadicArgument<C extends CType = CType> extends TypedArgument {
  readonly type: C;
  readonly value: ArgumentOf<C>;
}

type Indices<Rank extends number, All extends number[] = []> = number extends Rank
  ? number[]
  : All["length"] extends Rank
    ? All
    : Indices<Rank, [...All, number]>;
type Lower = [never, 0, 1, 2, 3, 4, 5, 6, 7];
/** What one index gives: an element where the rank is 1, else a view of one dimension less. */
export type Row<T, Rank extends number> = Rank extends 1
  ? T
  : NDArray<T, number extends Rank ? number : Rank extends keyof Lower ? Lower[Rank] & number : number>;

/** A view of memory as an array of `Rank` dimensions. */
export interface NDArray<T, Rank extends number = 1> extends Iterable<Row<T, Rank>> {
  [index: number]: Row<T, Rank>;
  /** The first dimension. */
  readonly length: number;
  /** All elements: the product of the shape. */
  readonly size: number;
  readonly shape: Readonly<Indices<Rank>>;
  readonly ndim: Rank;
  get(...indices: Indices<Rank>): T;
  set(...indicesAndValue: [...indices: Indices<Rank>, value: T]): void;
}

type Nothing = ReturnType<() => void>;

/** The value of a type where memory holds it or a function returns it. */
export type ValueOf<C extends CType> = CType extends C
  ? unknown
  : C extends VoidType
    ? Nothing
    : C extends BoolType
      ? boolean
      : C extends IntType<string, 8 | 16 | 32 | 64, boolean, infer Js>
        ? Js extends "bigint"
          ? bigint
          : number
        : C extends FloatType
          ? number
          : C extends PointerType<infer To>
            ? To extends FunctionType<infer S>
              ? FunctionPointer<NativeFunction<S>> | null
              : Ptr<ValueOf<To>> | null
            : C extends ArrayType<infer Of, infer Length>
              ? [Length] extends [0]
                ? Ptr<ValueOf<Of>>
                : ArrayValue<C>
              : C extends StructType<infer F>
                ? StructValue<Fields<F>>
                : C extends ComplexType
                  ? Complex
                  : C extends UnionType<infer F>
                    ? UnionValue<Fields<F>>
                    : C extends OpaqueType<infer Name>
                      ? Opaque<Name>
                      : never;

type Fields<F extends FieldTypes> = { -readonly [K in keyof F]: ValueOf<F[K]> };
/** Nested arrays are one view of as many dimensions. The first line ends the recursion for a type that is not known. */
type ArrayValue<C extends CType, Rank extends number = 0> = CType extends C
  ? NDArray<unknown, number>
  : C extends ArrayType<infer Of>
    ? ArrayValue<Of, Raise[Rank & keyof Raise & number]>
    : NDArray<ValueOf<C>, Rank>;
type Raise = [1, 2, 3, 4, 5, 6, 7, 8];

/** The value of a type as a parameter of a callback: pointers are taken to be not null, unless the callback asks. */
export type ParameterOf<C extends CType> = C extends PointerType ? NonNullable<ValueOf<C>> : ValueOf<C>;

/** What TypeScript may pass where C takes this type. */
export type ArgumentOf<C extends CType> =
  C extends PointerType<infer To, infer Constant>
    ? To extends FunctionType
      ? { readonly address: bigint } | null
      : PointerArgument<To> | (To extends IntType<"char"> ? (Constant extends true ? string : never) : never)
    : ByValue<C>;

/** What a callback returns. */
type ReturnedBy<C extends CType> = C extends StructType | UnionType ? ByValue<C> : ValueOf<C>;

/** What is passed and returned by value: structures as objects with every field, unions as objects with one. */
export type ByValue<C extends CType> =
  C extends StructType<infer F>
    ? { readonly [K in keyof F]: ByValue<F[K]> }
    : C extends UnionType
      ? InitOf<C>
      : C extends ArrayType<infer Of>
        ? ArrayLike<ByValue<Of>>
        : C extends PointerType
          ? { readonly address: bigint } | null
          : ValueOf<C>;

/** Besides a pointer: null, the matching TypedArray, raw bytes, or the structure that is pointed to. */
type PointerArgument<To extends CType> =
  | null
  | PointerTo<ValueOf<To>>
  | ElementsOf<To>
  | ArrayBuffer
  | DataView
  | (To extends VoidType ? ArrayBufferView | { readonly address: bigint } : never)
  | (To extends StructType | UnionType ? ValueOf<To> & { readonly address: bigint } : never);

/** The TypedArrays whose elements have the layout of the type; a complex number is two elements. */
export type ElementsOf<C extends CType> = C extends BoolType | IntType<"char">
  ? Uint8Array | Int8Array
  : C extends FloatType<32> | ComplexType<64>
    ? Float32Array
    : C extends FloatType<64> | ComplexType<128>
      ? Float64Array
      : C extends IntType<string, infer Bits, infer Signed>
        ? Signed extends true
          ? { 8: Int8Array; 16: Int16Array; 32: Int32Array; 64: BigInt64Array }[Bits]
          : { 8: Uint8Array | Uint8ClampedArray; 16: Uint16Array; 32: Uint32Array; 64: BigUint64Array }[Bits]
        : never;

/** An object with one of the fields and no other. */
type OneOf<F extends FieldTypes> = {
  [K in keyof F]: { readonly [P in K]: InitOf<F[P]> } & { readonly [Q in Exclude<keyof F, K>]?: never };
}[keyof F];

/**
 * What fills a value of the type in memory: structures from objects, unions from objects with one member, arrays from
 * arrays, pointers from addresses.
 */
export type InitOf<C extends CType> =
  C extends StructType<infer F>
    ? { readonly [K in keyof F]?: InitOf<F[K]> }
    : C extends UnionType<infer F>
      ? OneOf<F> | UnionValue<Fields<F>>
      : C extends ArrayType<infer Of>
        ? ArrayLike<InitOf<Of>>
        : C extends PointerType
          ? { readonly address: bigint } | null
          : ValueOf<C>;

type CallbackParameters<P extends readonly Parameter[]> = {
  -readonly [K in keyof P]: P[K] extends Parameter<infer C> ? ParameterOf<C> : never;
};
type CallArguments<P extends readonly Parameter[]> = {
  -readonly [K in keyof P]: P[K] extends Parameter<infer C> ? ArgumentOf<C> : never;
};

/** The TypeScript function that implements a signature. */
export type CallbackFunction<S extends Signature> =
  CallbackParameters<S["params"]> extends infer A extends unknown[] ? (...args: A) => ReturnedBy<S["result"]> : never;

/** How TypeScript calls a native function of a signature. */
export type NativeFunction<S extends Signature> =
  CallArguments<S["params"]> extends infer A extends unknown[]
    ? S["variadic"] extends true
      ? (...args: [...A, ...FurtherArgument[]]) => ValueOf<S["result"]>
      : (...args: A) => ValueOf<S["result"]>
    : never;
