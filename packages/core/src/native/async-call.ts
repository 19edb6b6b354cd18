// Asynchronous calls: `f.async(...args)` runs the C function on a thread of its own and gives a promise. Arguments are
// checked and copied before it starts, so that no JavaScript memory is touched while it runs; what it wrote is copied
// back when it is done. Native memory is passed as it is, and cannot be released meanwhile.
import type { Parameter, Signature } from "../types/ctype.ts";
import { sizeOf } from "../types/layout.ts";
import { aggregateBytes } from "./aggregates.ts";
import { nativeError, position, wrongArity, wrongScalar } from "./argument-error.ts";
import { AsyncArguments } from "./async-arguments.ts";
import { type Crossings, endOf, placesOf } from "./crossing.ts";
import { env } from "./environment.ts";
import { mailbox } from "./mailbox.ts";
import { item } from "./mailbox-layout.ts";
import { slot } from "./slots.ts";
import { jobFor } from "./thunk.ts";
import { accepts, readResult, write } from "./wrapper.ts";

/** How many threads one JavaScript thread has at a time; further calls wait for one of them to end. */
export const mostThreads = 64;

export interface AsyncParts {
  readonly name: string;
  readonly signature: Signature;
  readonly crossings: Crossings;
  readonly target: number;
  readonly wrap: boolean;
  readonly pointerResult: (address: bigint) => unknown;
}

/** What an asynchronous call gives where `errno` was asked for. */
export interface AsyncResult {
  readonly value: unknown;
  readonly errno: number;
}

let running = 0;
const waiting: (() => void)[] = [];

/** Calls off this thread. Everything that is wrong rejects the promise; nothing throws. */
export async function callAsync(parts: AsyncParts, args: readonly unknown[]): Promise<unknown> {
  const { name, signature, crossings, wrap } = parts;
  if (args.length !== crossings.params.length) throw wrongArity(name, signature, args.length);
  const copied = new AsyncArguments(name);
  env().beginAsync();
  try {
    const values = crossings.params.map((crossing, i) => {
      const [value, param] = [args[i], signature.params[i] as Parameter];
      if (crossing.kind === "pointer") return copied.pointer(value, param, i, crossing.type);
      if (!accepts(crossing, value, wrap)) throw wrongScalar(name, param, i, value);
      if (crossing.kind === "aggregate") {
        const bytes = aggregateBytes(crossing.type, `${name}: ${position(param, i)}`, wrap)(value);
        return () => bytes;
      }
      return () => value;
    });
    if (running >= mostThreads) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await run(parts, values, copied);
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  } finally {
    copied.letGo();
    env().endAsync();
  }
}

function run(parts: AsyncParts, values: readonly (() => unknown)[], copied: AsyncArguments): Promise<unknown> {
  const { name, crossings, target, wrap } = parts;
  return new Promise((resolve, reject) => {
    const payload = copied.allocate();
    const ready = values.map((value) => value());
    // Before the first slot is written: both may run native code when they are made.
    const body = jobFor(crossings);
    const box = mailbox();
    const places = placesOf(crossings.params);
    const { result } = crossings;
    const size = result.kind === "aggregate" ? sizeOf(result.type) : 0;
    for (const [i, crossing] of crossings.params.entries()) write(crossing, places[i] ?? 0, ready[i], wrap);
    let thrown: { readonly error: unknown } | undefined;
    const done = (job: bigint) => {
      try {
        const errno = env().i32[2 * slot.errno] ?? 0;
        if (size > 0)
          env().u8.set(new Uint8Array(env().viewAt(job + BigInt(item.arguments), size)), 8 * slot.arguments);
        const value = readResult(crossings.result, (address) => {
          copied.refuseInside(address);
          return parts.pointerResult(address);
        });
        copied.copyBack();
        if (thrown !== undefined) throw thrown.error;
        resolve(crossings.errno ? { value, errno } : value);
      } catch (error) {
        reject(error);
      }
    };
    const failed = (error: unknown) => {
      thrown ??= { error };
    };
    if (
      box.start(
        { body, target, payload, count: Math.max(endOf(crossings.params) - slot.arguments, Math.ceil(size / 8)) },
        { done, failed },
      )
    )
      return;
    reject(nativeError("CF5040", `${name}: the system gives no thread for an asynchronous call`));
  });
}
