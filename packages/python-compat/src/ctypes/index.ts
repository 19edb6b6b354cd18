// @cfunc/python-compat/ctypes: Python's ctypes, with its names and rules. Exports, nothing else; importing it gives
// compiled functions their `ctypes` member.
import "./cfunc-member.ts";

export { ARRAY, ArrayData, type ArrayObject, type ArrayType, type CharArray, type WideArray } from "./array.ts";
export {
  type Address,
  create_string_buffer,
  create_unicode_buffer,
  memmove,
  memset,
  string_at,
  wstring_at,
} from "./buffers.ts";
export { CFUNCTYPE, type FunctionSource, type FunctionType, type NativeFunction } from "./callback.ts";
export { type CArgument, CData } from "./cdata.ts";
export { CDLL, type CDLLType, cdll } from "./cdll.ts";
export { RTLD_GLOBAL, RTLD_LOCAL } from "./dynamic-loader.ts";
export {
  ArgumentError,
  AttributeError,
  IndexError,
  NotImplementedError,
  OSError,
  OverflowError,
  RuntimeError,
  ValueError,
} from "./errors.ts";
export { classOf, functionTypeOf } from "./from-signature.ts";
export { CFuncPtr, type FuncPtr } from "./function.ts";
export type { ErrorCheck, ParameterType, ResultType } from "./function-state.ts";
export { addressof, alignment, byref, cast, sizeof } from "./introspection.ts";
export { POINTER, Pointer, type PointerType, pointer } from "./pointer.ts";
export { b, bool } from "./python-values.ts";
export * from "./simple-types.ts";
export {
  Field,
  type FieldDeclaration,
  fieldsOf,
  type StructInit,
  type StructObject,
  type StructType,
  Structure,
  struct,
} from "./structure.ts";
export type { CDataType } from "./type-info.ts";
export type { ArgumentOf, ArgumentsOf, AsParameter, ClassOf, InitOf, InstanceOf, ValueOf, ValuesOf } from "./values.ts";
