// Errors raised inside closures while native code is running. They cannot unwind through C, so they wait here until
// the call from TypeScript that the closure ran under has returned. Nothing is ever dropped silently.
import { nativeError } from "./argument-error.ts";
import { env } from "./environment.ts";
import type { JobListener } from "./mailbox.ts";
import { stateIndex } from "./slots.ts";

/** Values of the `failed` half of the state slot. Generated code sets all but `thrown`. */
export const failure = { none: 0, thrown: 1, otherThread: 2, disposed: 3, refused: 4 } as const;

let pending: { readonly error: unknown } | undefined;

/**
 * Called inside a closure: keeps the error for the native call it ran under, synchronous or asynchronous, or reports it
 * as uncaught if there is none.
 */
export function recordError(error: unknown, caller: JobListener | undefined): void {
  const { i32 } = env();
  if (i32[stateIndex.depth] !== 0) {
    pending ??= { error };
    i32[stateIndex.failed] = failure.thrown;
  } else if (caller !== undefined) caller.failed(error);
  else
    queueMicrotask(() => {
      throw error;
    });
}

/** Called after a native call that left the state slot non-zero: throws what happened. */
export function throwPending(): never {
  const { i32 } = env();
  const kind = i32[stateIndex.failed];
  i32[stateIndex.failed] = failure.none;
  if (pending !== undefined) {
    const { error } = pending;
    pending = undefined;
    throw error;
  }
  throw refusal(kind ?? failure.refused);
}

/** Why a closure did not run: what generated code noted, as an error. */
export function refusal(kind: number): Error {
  if (kind === failure.disposed)
    return nativeError("CF5003", "native code called a closure after it was disposed of; it got the default result");
  if (kind === failure.otherThread)
    return nativeError(
      "CF5030",
      "native code called a closure from another thread, while the closure's own thread did not return from a native call; it got the default result",
      "make the call with `.async`, so that its thread stays free to answer; or compile the callback with cfunc",
    );
  return nativeError(
    "CF5003",
    "a closure could not run: its thread has ended or is about to; native code got the default result",
  );
}
