// C types: the model, names, layout, signatures as text and at type level, type objects. Exports, nothing else.
export * from "./ctype.ts";
export { alignOf, alignUp, layoutStruct, layoutUnion, pointerSize, sizeOf } from "./layout.ts";
export { refusedNames, type TypeName, type TypeNames, typeNames, typeOfName } from "./names.ts";
export {
  array,
  asType,
  CFunction,
  CPointer,
  type FieldDeclaration,
  installStructs,
  type StructObject,
  struct,
  typeObject,
  type UnionObject,
  union,
} from "./objects.ts";
export { printSignature, printType, sameSignature, sameType } from "./print.ts";
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
