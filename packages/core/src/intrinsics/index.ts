// The intrinsics: functions that the compiler replaces and that plain JavaScript can call. The compiler knows them by
// identity, never by name. They come through the global object, so that a bundler cannot look inside and fold a call
// of one into a constant, and so that two copies of the package share them.
import { makeIntrinsics } from "./make.ts";
import type { IntrinsicName, Intrinsics } from "./types.ts";

const key = Symbol.for("cfunc.intrinsics");
const host = globalThis as { [key]?: Intrinsics };
host[key] ??= makeIntrinsics();
const shared: Intrinsics = host[key];

export const carray: Intrinsics["carray"] = shared.carray;
export const farray: Intrinsics["farray"] = shared.farray;
export const cast: Intrinsics["cast"] = shared.cast;
export const as: Intrinsics["as"] = shared.as;

/** The name of an intrinsic, or undefined for every other value. */
export function intrinsicName(value: unknown): IntrinsicName | undefined {
  switch (value) {
    case shared.carray:
      return "carray";
    case shared.farray:
      return "farray";
    case shared.cast:
      return "cast";
    case shared.as:
      return "as";
    default:
      return undefined;
  }
}

export { complex } from "./complex.ts";
export type { IntrinsicName, Intrinsics, MakeArray } from "./types.ts";
