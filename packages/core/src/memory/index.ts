// The TypeScript face of native memory: pointers, structures, arrays, owned memory. Exports, nothing else.
export { alloc, placeOf, type ViewOf, view } from "./alloc.ts";
export { type NativeMemory, nativeMemory, useNativeMemory } from "./backing.ts";
export { copy, fill } from "./bulk.ts";
export { cstring } from "./cstring.ts";
export { makeArrayView, type Order } from "./nd-array.ts";
export {
  addressFor,
  installFunctionPointers,
  type MakeFunctionPointer,
  makePointer,
  PointerView,
  pointerTo,
} from "./ptr.ts";
export { Region } from "./region.ts";
export { stringAt } from "./string-at.ts";
export { makeOwnedStruct, makeStructView, structAddress } from "./struct-view.ts";
