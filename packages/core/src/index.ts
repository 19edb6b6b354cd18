// @cfunc/core: TypeScript functions as native C callbacks, and native calls from TypeScript. Exports, nothing else.
export {
  type ConstantDeclaration,
  type ConstantValue,
  type FunctionDeclaration,
  Header,
  type HeaderDeclaration,
  type HeaderOptions,
  parseHeader,
  type TypeDeclaration,
  type UnavailableDeclaration,
  type VariableDeclaration,
} from "./c/index.ts";
export { type CFunc, type CFuncMembers, type CFuncOptions, cfunc } from "./cfunc.ts";
export type { Diagnostic, Label, Position } from "./diagnostics/diagnostic.ts";
export { CFuncError } from "./diagnostics/error.ts";
export { renderDiagnostics } from "./diagnostics/render.ts";
export { as, carray, cast, complex, farray } from "./intrinsics/index.ts";
export { alloc, copy, cstring, fill, stringAt, type ViewOf, view } from "./memory/index.ts";
export type { Closure, ClosureOptions } from "./native/closure.ts";
export type { NativeFailure } from "./native/failure.ts";
export {
  closure,
  type ForeignFunction,
  type LibraryHandle,
  type LoadOptions,
  libraryOf,
  load,
  type WithErrno,
} from "./native/load.ts";
export type { HeaderLibrary, HeaderLoadOptions, LooseFunction } from "./native/load-header.ts";
export type { Found } from "./native/load-types.ts";
export { unsafeFunction, unsafePointer } from "./native/unsafe.ts";
export { type Variable, variable } from "./native/variable.ts";
export type * from "./types/ctype.ts";
export type { Itself } from "./types/fields.ts";
export {
  aligned,
  alignOf,
  alignof,
  anonymous,
  array,
  asType,
  bits,
  CFunction,
  CPointer,
  type FieldDeclaration,
  flexible,
  isTypeObject,
  layoutStruct,
  layoutUnion,
  offsetof,
  opaque,
  padding,
  parseSignature,
  parseType,
  printSignature,
  printType,
  type StructObject,
  sameSignature,
  sameType,
  sizeOf,
  sizeof,
  struct,
  type TypeObject,
  typeNames,
  typeObject,
  type UnionObject,
  union,
} from "./types/index.ts";
export type { CallableOf, Declared, FnOf } from "./types/signature-types.ts";
export * from "./types/type-constants.ts";
export type {
  Complex,
  FurtherArgument,
  NDArray,
  OwnedPtr,
  OwnedStruct,
  OwnedUnion,
  Ptr,
  StructValue,
  UnionValue,
  ValueOf,
  VariadicArgument,
} from "./types/values.ts";
