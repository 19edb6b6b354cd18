// Callbacks over the caller's buffers and on many threads.
import { checkCount } from "./arguments.ts";
import { BridgeError } from "./bridge-error.ts";
import { addressOfCallback, type NativeFunction } from "./callback-argument.ts";
import { library } from "./library.ts";
import { checked } from "./status.ts";

/**
 * Rust calls `fn`, a `void(double *, double *, int, int)`, once with `input`, an output buffer of the same length, and
 * `m` and `n`; the result is what `fn` left in the output. A Float64Array is passed without a copy. Throws BridgeError
 * `wrong_length` unless `input` has `m * n` elements.
 */
export function computeFromRust(fn: NativeFunction, input: ArrayLike<number>, m: number, n: number): number[] {
  const site = "compute_from_rust";
  const address = addressOfCallback(site, fn);
  checkCount(site, "m", m);
  checkCount(site, "n", n);
  if (input.length !== m * n) {
    const message = `${site}: input has ${input.length} elements, ${m} x ${n} needs ${m * n}`;
    throw new BridgeError("wrong_length", message);
  }
  const from = input instanceof Float64Array ? input : Float64Array.from(input);
  const output = new Float64Array(m * n);
  checked((status) => library().bridge_compute_from_rust(address, from, output, m, n, status));
  return Array.from(output);
}

export interface ThreadOptions {
  /** How many threads, at most 1024. */
  readonly threads: number;
  /** How often each thread calls: with 0, 1, ... `calls - 1`. */
  readonly calls: number;
}

/** Calls `fn`, a `double(int)`, from many native threads at once; element t is the sum of what thread t got. */
export function callOnThreads(fn: NativeFunction, { threads, calls }: ThreadOptions): number[] {
  const site = "call_on_threads";
  const address = addressOfCallback(site, fn);
  checkCount(site, "threads", threads);
  checkCount(site, "calls", calls);
  const out = new Float64Array(Math.min(threads, 2 ** 16));
  checked((status) => library().bridge_call_on_threads(address, threads, calls, out, status));
  return Array.from(out);
}
