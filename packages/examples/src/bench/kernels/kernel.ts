// What a kernel is: one TypeScript function, its C signature, and arguments to run it on. The same text runs three
// times: compiled, in V8, and, written again by hand, in C.

import { carray, cfunc, type FnOf } from "@cfunc/core";
import { rows } from "./rows.ts";

/** What a kernel is given: numbers, and arrays that it may write to. */
export type Argument =
  | number
  | Int8Array
  | Uint8Array
  | Int16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

export interface Kernel {
  /** The C function is called `gcc_<name>`. */
  readonly name: string;
  readonly what: string;
  readonly signature: string;
  readonly native: { readonly address: bigint; (...args: Argument[]): unknown };
  readonly javascript: (...args: Argument[]) => unknown;
  readonly args: readonly Argument[];
}

/**
 * Describes a kernel. `make` is called twice: with `carray` for the compiled function, and with arrays of rows for V8,
 * so that V8 runs the code that a JavaScript programmer would write and not checked views.
 */
export function kernel<const S extends string>(
  name: string,
  what: string,
  signature: S,
  make: (view: typeof carray) => NoInfer<FnOf<S>>,
  args: readonly Argument[],
): Kernel {
  const compile = cfunc as unknown as (signature: string, fn: unknown, options: { name: string }) => Kernel["native"];
  const native = compile(signature, make(carray), { name });
  const javascript = make(rows as unknown as typeof carray) as unknown as Kernel["javascript"];
  return { name, what, signature, native, javascript, args };
}
