// C types: the model, names, layout, signatures as text and at type level, type objects. Exports, nothing else.
export * from "./ctype.ts";
export {
  aligned,
  anonymous,
  asType,
  bits,
  type FieldDeclaration,
  type FieldDeclarations,
  type FieldObject,
  padding,
} from "./fields.ts";
export { complete, opaqueType, pointerType, resolved } from "./forward.ts";
export { alignOf, alignUp, pointerSize, sizeOf } from "./layout.ts";
export { memberOf, membersOf } from "./members.ts";
export { refusedNames, type TypeName, type TypeNames, typeNames, typeOfName } from "./names.ts";
export {
  alignof,
  array,
  CFunction,
  CPointer,
  flexible,
  installStructs,
  offsetof,
  opaque,
  type RecordOptions,
  type StructObject,
  sizeof,
  struct,
  typeObject,
  type UnionObject,
  union,
} from "./objects.ts";
export { printSignature, printType, sameSignature, sameType } from "./print.ts";
export type { LayoutOptions, Member } from "./record-layout.ts";
export { layoutStruct, layoutUnion, makeRecord } from "./records.ts";
export { type DeclaredTypes, parsePrototype, parseSignature, parseType } from "./signature-parser.ts";
export type { CallableOf, CheckedSignature, Declared, FnOf, ParseSignature } from "./signature-types.ts";
export * from "./type-constants.ts";
export { isTypeObject, type TypeObject, type TypesOf, typeBrand, typeOfObject } from "./type-object.ts";
export type {
  AnyPointer,
  ArgumentOf,
  CallbackFunction,
  Complex,
  ElementsOf,
  FunctionPointer,
  InitOf,
  NativeFunction,
  NDArray,
  Opaque,
  OwnedPtr,
  OwnedStruct,
  OwnedUnion,
  OwnsMemory,
  ParameterOf,
  PointerTo,
  Ptr,
  Row,
  StructValue,
  TypedArgument,
  UnionValue,
  ValueOf,
  VariadicArgument,
} from "./values.ts";
