// Native code from TypeScript and back: libraries, calls, closures, memory. Exports, nothing else; importing it opens
// nothing, so that it succeeds where native code is not supported.
export {
  asyncOf,
  type CallOptions,
  errnoOf,
  makeCallable,
  makeCallableFromThunk,
  type NativeCall,
  prepare,
  revoke,
  whenIdle,
} from "./call.ts";
export { type Closure, type ClosureOptions, makeClosure } from "./closure.ts";
export { type FoundSymbol, type Library, openLibrary } from "./library.ts";
export { closure, type ForeignFunction, type LibraryHandle, type LoadOptions, libraryOf, load } from "./load.ts";
export { addressOf, memory } from "./memory.ts";
export { thunkText } from "./thunk.ts";
export { type Variable, variable } from "./variable.ts";
