// @cfunc/core: TypeScript functions as native C callbacks, and native calls from TypeScript. Exports, nothing else.
export { type CFunc, type CFuncMembers, type CFuncOptions, cfunc } from "./cfunc.ts";
export type { Diagnostic, Label, Position } from "./diagnostics/diagnostic.ts";
export { CFuncError } from "./diagnostics/error.ts";
export { carray, farray } from "./intrinsics/index.ts";
export * from "./memory/index.ts";
export type { Closure } from "./native/closure.ts";
export type { NativeFailure } from "./native/failure.ts";
export { closure, type ForeignFunction, libraryOf, load } from "./native/load.ts";
export * from "./types/index.ts";
