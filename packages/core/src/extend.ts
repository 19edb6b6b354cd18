// @cfunc/core/extend: how other packages add to core. `@cfunc/python-compat` adds `f.ctypes` this way.
import { members } from "./cfunc.ts";
import type { Signature } from "./types/ctype.ts";

/** What an extension sees of a compiled function. */
export interface CompiledFunctionLike {
  readonly address: bigint;
  readonly nativeName: string;
  readonly signature: Signature;
}

/** Adds a getter to every CFunc. The package that does so declares the member by augmenting `CFuncMembers`. */
export function addCFuncMember(name: string, get: (f: CompiledFunctionLike) => unknown): void {
  Object.defineProperty(members, name, {
    get(this: CompiledFunctionLike) {
      return get(this);
    },
    enumerable: true,
    configurable: true,
  });
}
