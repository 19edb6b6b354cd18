// `f.ctypes` of a compiled function: the same C function as a ctypes function pointer, as Numba has it.
import { addCFuncMember } from "@cfunc/core/extend";
import { functionTypeOf } from "./from-signature.ts";
import type { FuncPtr } from "./function.ts";

declare module "@cfunc/core" {
  interface CFuncMembers<F> {
    /**
     * The compiled function as a ctypes function pointer: callable with ctypes' conversions, and of the class
     * `CFUNCTYPE(...)` that its signature makes. It keeps the compiled function alive.
     */
    readonly ctypes: FuncPtr;
  }
}

const made = new WeakMap<object, FuncPtr>();

addCFuncMember("ctypes", (f) => {
  const known = made.get(f);
  if (known !== undefined) return known;
  const pointer = new (functionTypeOf(f.signature))(f) as FuncPtr;
  made.set(f, pointer);
  return pointer;
});
