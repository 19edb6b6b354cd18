// What each ctypes class is to TypeScript: the values it reads as, accepts and is passed. Types only.
import type { ArrayData, ArrayType } from "./array.ts";
import type { CArgument, CData } from "./cdata.ts";
import type { FuncPtr } from "./function.ts";
import type { Pointer, PointerType } from "./pointer.ts";
import type { Simple, SimpleType, valueTypes } from "./simple-types.ts";
import type { CDataType } from "./type-info.ts";

interface SimpleClass<In = unknown, Out = unknown> {
  readonly [valueTypes]: { readonly name: string; readonly in: In; readonly out: Out };
}
interface ClassNamed<N extends string> {
  readonly [valueTypes]: { readonly name: N };
}

/** The objects of a class. */
export type InstanceOf<T> = T extends CDataType<infer I> ? I : CData;

/** The class of an object. */
export type ClassOf<T extends CData> =
  T extends Simple<infer In, infer Out, infer Name> ? SimpleType<In, Out, Name> : CDataType<T>;

/** What a field, an element or a call's result of this class reads as. Python's None is null, a void result undefined. */
export type ValueOf<T> = T extends null
  ? undefined
  : T extends SimpleClass<unknown, infer Out>
    ? Out
    : T extends ArrayType<infer E>
      ? E extends ClassNamed<"c_char">
        ? Buffer
        : E extends ClassNamed<"c_wchar">
          ? string
          : InstanceOf<T>
      : InstanceOf<T>;

/** What may be stored in a field or element of this class, and be an initial value. */
export type InitOf<T> =
  T extends SimpleClass<infer In, unknown>
    ? In | InstanceOf<T>
    : T extends PointerType<infer E>
      ? Pointer<E> | ArrayData<E> | null
      : ValueOf<T> | InstanceOf<T> | readonly unknown[] | Readonly<Record<string, unknown>>;

/** An object that says itself what it is passed as. */
export interface AsParameter {
  readonly _as_parameter_: unknown;
}

/** What may be passed where `argtypes` has this class. */
export type ArgumentOf<T> =
  | AsParameter
  | CArgument
  | InstanceOf<T>
  | (T extends ClassNamed<"c_void_p">
      ?
          | number
          | bigint
          | Uint8Array
          | string
          | null
          | Pointer<CDataType>
          | ArrayData<CDataType>
          | FuncPtr<never, unknown>
      : T extends ClassNamed<"c_char_p">
        ? Uint8Array | null | Pointer<CDataType> | ArrayData<CDataType>
        : T extends ClassNamed<"c_wchar_p">
          ? string | null | Pointer<CDataType> | ArrayData<CDataType>
          : T extends SimpleClass<infer In, unknown>
            ? In
            : T extends PointerType<infer E>
              ? InstanceOf<E> | ArrayData<E> | null
              : never);

export type ArgumentsOf<A extends readonly unknown[]> = { -readonly [K in keyof A]: ArgumentOf<A[K]> };
export type ValuesOf<A extends readonly unknown[]> = { -readonly [K in keyof A]: ValueOf<A[K]> };
