// Errors raised inside closures while native code is running. They cannot unwind through C, so they wait here until
// the call from TypeScript that the closure ran under has returned. Nothing is ever dropped silently.
import { nativeError } from "./argument-error.ts";
import { env } from "./environment.ts";
import { stateIndex } from "./slots.ts";

/** Values of the `failed` half of the state slot. Generated code sets all but `thrown`. */
export const failure = { none: 0, thrown: 1, otherThread: 2, disposed: 3, refused: 4 } as const;

let pending: { readonly error: unknown } | undefined;

/** Called inside a closure: keeps the error for the enclosing native call, or reports it as uncaught if there is none. */
export function recordError(error: unknown): void {
  const { i32 } = env();
  if (i32[stateIndex.depth] === 0) {
    queueMicrotask(() => {
      throw error;
    });
    return;
  }
  pending ??= { error };
  i32[stateIndex.failed] = failure.thrown;
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
  if (kind === failure.disposed) throw disposedError();
  if (kind === failure.otherThread) throw otherThreadError();
  throw nativeError("CF5003", "a closure could not run: JavaScript is shutting down in this thread");
}

export const otherThreadError = () =>
  nativeError(
    "CF5030",
    "native code called a closure from another thread; it returned zero",
    "a closure runs on the thread that made it; compile the callback with cfunc to run it on any thread",
  );

export const disposedError = () =>
  nativeError("CF5003", "native code called a closure after it was disposed of; it returned zero");
