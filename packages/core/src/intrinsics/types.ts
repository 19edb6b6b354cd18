// The types of the intrinsics: rank follows from the shape, elements from the pointer. Types only.
import type { CType, PointerType } from "../types/ctype.ts";
import type { TypeName, TypeNames } from "../types/names.ts";
import type { TypeObject } from "../types/type-object.ts";
import type { AnyPointer, ArgumentOf, NDArray, PointerTo, Ptr, ValueOf, VariadicArgument } from "../types/values.ts";

type NumberArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;
type BigIntArray = BigInt64Array | BigUint64Array;
type Memory = AnyPointer | NumberArray | BigIntArray;

/** `carray(p, n)`, `carray(p, [m, n])`, `carray(p, [m, n], float64)`: a view of memory as an array. */
export interface MakeArray {
  <C extends CType>(memory: Memory | null, length: number, dtype: TypeObject<C>): NDArray<ValueOf<C>, 1>;
  <N extends TypeName>(memory: Memory | null, length: number, dtype: N): NDArray<ValueOf<TypeNames[N]>, 1>;
  <C extends CType, const S extends readonly number[]>(
    memory: Memory | null,
    shape: S,
    dtype: TypeObject<C>,
  ): NDArray<ValueOf<C>, S["length"]>;
  <N extends TypeName, const S extends readonly number[]>(
    memory: Memory | null,
    shape: S,
    dtype: N,
  ): NDArray<ValueOf<TypeNames[N]>, S["length"]>;
  (memory: NumberArray, length: number): NDArray<number, 1>;
  (memory: BigIntArray, length: number): NDArray<bigint, 1>;
  <T>(memory: PointerTo<T> | null, length: number): NDArray<T, 1>;
  <const S extends readonly number[]>(memory: NumberArray, shape: S): NDArray<number, S["length"]>;
  <const S extends readonly number[]>(memory: BigIntArray, shape: S): NDArray<bigint, S["length"]>;
  <T, const S extends readonly number[]>(memory: PointerTo<T> | null, shape: S): NDArray<T, S["length"]>;
}

export interface Intrinsics {
  /** A row-major view: the last index is contiguous, as in C. */
  readonly carray: MakeArray;
  /** A column-major view: the first index is contiguous, as in Fortran. */
  readonly farray: MakeArray;
  /** The same address as a pointer to another type: `cast(p, CPointer(int32))`. Null stays null. */
  readonly cast: {
    <C extends CType>(pointer: AnyPointer, type: TypeObject<PointerType<C>>): Ptr<ValueOf<C>>;
    <C extends CType>(pointer: AnyPointer | null, type: TypeObject<PointerType<C>>): Ptr<ValueOf<C>> | null;
  };
  /** An argument of a variadic function, with its C type: `as(int32, 3)`. */
  readonly as: <C extends CType>(type: TypeObject<C>, value: ArgumentOf<C>) => VariadicArgument<C>;
}

export type IntrinsicName = keyof Intrinsics;
