// Calls with known types: the conversions of the arguments, core's call and the conversion of the result, put together
// once for a function's `argtypes` and `restype`. What the conversions hold stays alive until the call has returned.
import type { CType } from "@cfunc/core";
import { makeCallable, type NativeCall } from "@cfunc/core/native";
import { ArgumentError, errorName } from "./errors.ts";
import { holding, release } from "./storage.ts";

/** How one argument is converted, and what it is to core. */
export interface Conversion {
  readonly crossing: CType;
  pass(value: unknown): unknown;
  /** Which numbers are passed as they are. */
  readonly plain?: "int" | "float" | undefined;
}

/** What a call returns to core, and what becomes of it. */
export interface Outcome {
  readonly crossing: CType;
  receive(native: unknown): unknown;
  /** Whether `receive` changes nothing. */
  readonly plain?: boolean;
}

export type Call = (...args: unknown[]) => unknown;

/** Core's call: integers wrap modulo 2^n, as in CPython. */
export function nativeCall(name: string, address: bigint, params: readonly CType[], result: CType): NativeCall {
  const signature = { result, params: params.map((type) => ({ type })), variadic: false } as const;
  return makeCallable(address, signature, { name, wrap: true });
}

/** A call that takes exactly as many arguments as there are conversions. Throws ArgumentError before anything is called. */
export function planCall(name: string, address: bigint, params: readonly Conversion[], outcome: Outcome): Call {
  const crossings = params.map(({ crossing }) => crossing);
  const native = nativeCall(name, address, crossings, outcome.crossing);
  const receive = (value: unknown) => outcome.receive(value);
  const [first, second] = params;
  if (first === undefined) return () => receive(native());
  if (second === undefined) return quickOne(native, first, outcome, one(native, first, receive));
  if (params.length > 2) return many(native, params, receive);
  return quickTwo(native, first, second, outcome, two(native, first, second, receive));
}

/** Numbers to numbers need no conversion; all else goes the long way. */
function quickOne(native: NativeCall, first: Conversion, outcome: Outcome, call: Call): Call {
  const { plain } = first;
  if (plain === undefined || outcome.plain !== true) return call;
  return (a) => {
    if (!isPlain(plain, a)) return call(a);
    const mark = holding();
    const result = native(a);
    // Only a callback's result can have been held meanwhile.
    if (holding() !== mark) release(mark);
    return result;
  };
}

function quickTwo(native: NativeCall, first: Conversion, second: Conversion, outcome: Outcome, call: Call): Call {
  const [plainA, plainB] = [first.plain, second.plain];
  if (plainA === undefined || plainB === undefined || outcome.plain !== true) return call;
  return (a, b) => {
    if (!isPlain(plainA, a) || !isPlain(plainB, b)) return call(a, b);
    const mark = holding();
    const result = native(a, b);
    if (holding() !== mark) release(mark);
    return result;
  };
}

function isPlain(plain: "int" | "float", value: unknown): boolean {
  return typeof value === "number" && (plain === "float" || (value | 0) === value);
}

type Receive = Outcome["receive"];

function one(native: NativeCall, first: Conversion, receive: Receive): Call {
  return (a) => {
    const mark = holding();
    try {
      let passed: unknown;
      try {
        passed = first.pass(a);
      } catch (error) {
        throw argumentError(error, 1);
      }
      return receive(native(passed));
    } finally {
      release(mark);
    }
  };
}

function two(native: NativeCall, first: Conversion, second: Conversion, receive: Receive): Call {
  return (a, b) => {
    const mark = holding();
    try {
      let passedA: unknown;
      let passedB: unknown;
      let position = 1;
      try {
        passedA = first.pass(a);
        position = 2;
        passedB = second.pass(b);
      } catch (error) {
        throw argumentError(error, position);
      }
      return receive(native(passedA, passedB));
    } finally {
      release(mark);
    }
  };
}

function many(native: NativeCall, params: readonly Conversion[], receive: Receive): Call {
  return (...args) => {
    const mark = holding();
    try {
      return receive(native(...params.map((param, i) => passOne(param, args[i], i))));
    } finally {
      release(mark);
    }
  };
}

function passOne(param: Conversion, value: unknown, index: number): unknown {
  try {
    return param.pass(value);
  } catch (error) {
    throw argumentError(error, index + 1);
  }
}

/** What went wrong with an argument, as CPython words it. */
export function argumentError(error: unknown, position: number): ArgumentError {
  const message = error instanceof Error ? error.message : String(error);
  return new ArgumentError(`argument ${position}: ${errorName(error)}: ${message}`, { cause: error });
}
