// Failures of compiled functions, as JavaScript sees them: exceptions from calls made here, and the last report of
// calls that native code made on any thread.
import type { Position } from "../diagnostics/diagnostic.ts";
import type { FailureSite } from "../ir/ir.ts";
import type { NativeCall } from "./call.ts";
import { memory } from "./memory.ts";

/** Addresses of the words that compiled code writes, and what the numbers in them mean. */
export interface FailureReport {
  /** Set after a call from TypeScript that failed, else zero. */
  readonly status: bigint;
  /** The last failure: thread in the high half, place in the low one. */
  readonly error: bigint;
  readonly sites: readonly FailureSite[];
}

/** What a failing run reported. */
export interface NativeFailure {
  /** The class of the error that was thrown: `RangeError`. */
  readonly name: string;
  readonly message: string;
  /** Where the `throw` stands in the original file. */
  readonly position: Position;
  /** The operating system's number of the thread, as debuggers show it. */
  readonly thread: number;
}

/** A call that throws what the native code reported. */
export function throwing(call: NativeCall, { status, sites }: FailureReport): NativeCall {
  const word = new Int32Array(memory.view(status, 8));
  return (...args) => {
    const result = call(...args);
    const number = word[0] ?? 0;
    if (number === 0) return result;
    word[0] = 0;
    throw errorOf(sites[number - 1]);
  };
}

const errorClasses = { Error, RangeError, TypeError, EvalError, SyntaxError, ReferenceError, URIError } as const;
const isErrorClass = (name: string): name is keyof typeof errorClasses => name in errorClasses;

function errorOf(site: FailureSite | undefined): Error {
  if (site === undefined) return new Error("internal error: a compiled function failed at an unknown place");
  const error = new errorClasses[isErrorClass(site.errorName) ? site.errorName : "Error"](site.message);
  const { file, line, column } = site.source.locate(site.span.start);
  // the place in the compiled function comes first, as if it had been a frame of JavaScript
  error.stack = (error.stack ?? "").replace("\n", `\n    at native code (${file}:${line}:${column})\n`);
  return error;
}

/** The last report of any thread, or undefined. */
export function lastFailure({ error, sites }: FailureReport): NativeFailure | undefined {
  const report = Atomics.load(new BigInt64Array(memory.view(error, 8)), 0);
  const site = sites[Number(BigInt.asUintN(32, report)) - 1];
  if (site === undefined) return undefined;
  const { errorName: name, message } = site;
  return { name, message, position: site.source.locate(site.span.start), thread: Number(report >> 32n) };
}
