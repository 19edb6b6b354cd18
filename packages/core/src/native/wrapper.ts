// Builds the JavaScript function that a native call looks like: checks, conversions, writes to the slots, the thunk,
// and the result. Specialised per signature by generating its source; where a process forbids that, the same steps run
// one by one. Every check and conversion comes before the first write, because a conversion may call native code itself.
import type { Parameter, Signature } from "../types/ctype.ts";
import { wrongArity, wrongScalar } from "./argument-error.ts";
import type { Crossing, Crossings } from "./crossing.ts";
import { env } from "./environment.ts";
import { throwPending } from "./pending-error.ts";
import { pointerConverter, takesString } from "./pointers.ts";
import { type PointerBits, slot, stateIndex } from "./slots.ts";
import { strings } from "./strings.ts";
import type { Thunk } from "./thunk.ts";
import { wrapWord } from "./wrap.ts";

export interface WrapperParts {
  readonly name: string;
  readonly signature: Signature;
  readonly crossings: Crossings;
  readonly thunk: Thunk;
  /** For a shared thunk: the address it calls, as bits. */
  readonly target: number | undefined;
  /** Numbers wrap modulo 2^n instead of being range-checked. */
  readonly wrap: boolean;
  readonly pointerResult: (address: bigint) => unknown;
}

export interface Wrapper {
  call(...args: unknown[]): unknown;
  /** Puts another thunk in place: one that throws, when the native code is gone. */
  replaceThunk(thunk: Thunk): void;
  /** `errno` after the last call, where the crossings ask for it; else 0. */
  errno(): number;
}

type ParamCrossing = Crossings["params"][number];

/** What generated source refers to by name. */
interface Context {
  readonly [name: string]: unknown;
}

export function buildWrapper(parts: WrapperParts): Wrapper {
  const { name, signature, crossings, thunk, target, wrap } = parts;
  const parameter = (index: number): Parameter => signature.params[index] ?? { type: { kind: "void" } };
  const { i32, u32, f64, i64, u64 } = env();
  const context: Context = {
    ...{ i32, u32, f64, i64, u64, target, wrapWord, throwPending },
    initialThunk: thunk,
    arity: (got: number) => wrongArity(name, signature, got),
    bad: (index: number, got: unknown) => wrongScalar(name, parameter(index), index, got),
    converters: crossings.params.map((crossing, i) =>
      crossing.kind === "pointer" ? pointerConverter(name, parameter(i), i, crossing.type) : undefined,
    ),
    pointerResult: parts.pointerResult,
    strings: crossings.params.some((p) => p.kind === "pointer" && takesString(p.type)) ? strings() : undefined,
  };
  const source = wrapperSource(crossings, wrap, target !== undefined, context.strings !== undefined);
  try {
    return new Function(...Object.keys(context), source)(...Object.values(context)) as Wrapper;
  } catch (error) {
    if (!(error instanceof EvalError)) throw error;
    return interpretedWrapper(parts, context.converters as Converter[], context.strings !== undefined);
  }
}

/** The body of the function that makes the wrapper. It depends on the types only, never on names or values. */
export function wrapperSource(crossings: Crossings, wrap: boolean, shared: boolean, hasStrings: boolean): string {
  const { params } = crossings;
  const names = params.map((_, i) => `a${i}`);
  const kept = names.filter((_, i) => params[i]?.kind === "pointer");
  const lines = params.map((crossing, i) => checkSource(crossing, i, wrap));
  lines.push(...params.map((crossing, i) => writeSource(crossing, i, wrap)));
  if (shared) lines.push(`f64[${slot.target}] = target;`);
  // Pointers are passed on so that their buffers stay alive until the call returns.
  lines.push(`thunk(${kept.join(", ")});`);
  if (crossings.errno) lines.push(`errno = i32[${2 * slot.errno}];`);
  lines.push(`if (i32[${stateIndex.failed}] !== 0) throwPending();`);
  lines.push(resultSource(crossings.result));
  const body = lines.filter((line) => line !== "").join("\n    ");
  const guarded = hasStrings
    ? `const mark = strings.mark();\n    try {\n    ${body}\n    } finally { strings.release(mark); }`
    : body;
  const converters = params.map((p, i) => (p.kind === "pointer" ? `const c${i} = converters[${i}];` : "")).join("");
  return `"use strict";
  let thunk = initialThunk, errno = 0;
  ${converters}
  const call = function (${names.join(", ")}) {
    if (arguments.length !== ${params.length}) throw arity(arguments.length);
    ${guarded}
  };
  return { call, replaceThunk(other) { thunk = other; }, errno() { return errno; } };`;
}

function checkSource(crossing: ParamCrossing, i: number, wrap: boolean): string {
  const refuse = (condition: string) => `if (${condition}) throw bad(${i}, a${i});`;
  const notNumber = `typeof a${i} !== "number"`;
  switch (crossing.kind) {
    case "bool":
      return wrap ? "" : refuse(`typeof a${i} !== "boolean"`);
    case "float":
      return refuse(notNumber);
    case "int32": {
      if (wrap) return refuse(notNumber);
      const { bits, signed } = crossing.type;
      if (bits === 32) return refuse(`${notNumber} || (a${i} ${signed ? "|" : ">>>"} 0) !== a${i}`);
      const low = signed ? -(2 ** (bits - 1)) : 0;
      const high = 2 ** (signed ? bits - 1 : bits) - 1;
      return refuse(`${notNumber} || (a${i} | 0) !== a${i} || a${i} < ${low} || a${i} > ${high}`);
    }
    case "word":
      if (wrap) return refuse(notNumber);
      return refuse(`${notNumber} || !Number.isSafeInteger(a${i})${crossing.type.signed ? "" : ` || a${i} < 0`}`);
    case "int64": {
      if (wrap) return refuse(`typeof a${i} !== "bigint"`);
      const fold = crossing.type.signed ? "asIntN" : "asUintN";
      return refuse(`typeof a${i} !== "bigint" || BigInt.${fold}(64, a${i}) !== a${i}`);
    }
    case "pointer":
      return `const p${i} = c${i}(a${i});`;
  }
}

function writeSource(crossing: ParamCrossing, i: number, wrap: boolean): string {
  const at = slot.arguments + i;
  switch (crossing.kind) {
    case "bool":
      return `i32[${2 * at}] = a${i} ? 1 : 0;`;
    case "int32":
      return `i32[${2 * at}] = a${i};`;
    case "word":
      return wrap ? `f64[${at}] = wrapWord(a${i}, ${crossing.type.signed});` : `f64[${at}] = a${i};`;
    case "int64":
      return `i64[${at}] = a${i};`;
    case "float":
      return `f64[${at}] = a${i};`;
    case "pointer":
      return `if (typeof p${i} === "number") f64[${at}] = p${i}; else u64[${at}] = p${i};`;
  }
}

function resultSource(crossing: Crossing): string {
  switch (crossing.kind) {
    case "void":
      return "";
    case "bool":
      return `return i32[${2 * slot.result}] !== 0;`;
    case "int32":
      return `return ${crossing.type.signed ? "i32" : "u32"}[${2 * slot.result}];`;
    case "word":
    case "float":
      return `return f64[${slot.result}];`;
    case "int64":
      return `return ${crossing.type.signed ? "i64" : "u64"}[${slot.result}];`;
    case "pointer":
      return `return pointerResult(u64[${slot.result}]);`;
  }
}

type Converter = ((value: unknown) => PointerBits) | undefined;

/** The same steps without generated source, for processes with `--disallow-code-generation-from-strings`. */
function interpretedWrapper(parts: WrapperParts, converters: readonly Converter[], hasStrings: boolean): Wrapper {
  const { name, signature, crossings, target, wrap } = parts;
  const { f64, i32 } = env();
  let { thunk } = parts;
  let errno = 0;
  const run = (args: readonly unknown[]) => {
    const values = crossings.params.map((crossing, i) => {
      const value = args[i];
      if (!accepts(crossing, value, wrap)) throw wrongScalar(name, signature.params[i] as Parameter, i, value);
      return converters[i]?.(value) ?? value;
    });
    for (const [i, crossing] of crossings.params.entries()) write(crossing, slot.arguments + i, values[i], wrap);
    if (target !== undefined) f64[slot.target] = target;
    thunk(...args);
    errno = i32[2 * slot.errno] ?? 0;
    if (i32[stateIndex.failed] !== 0) throwPending();
    return readResult(crossings.result, parts.pointerResult);
  };
  return {
    call: (...args) => {
      if (args.length !== crossings.params.length) throw wrongArity(name, signature, args.length);
      if (!hasStrings) return run(args);
      const mark = strings().mark();
      try {
        return run(args);
      } finally {
        strings().release(mark);
      }
    },
    replaceThunk: (other) => {
      thunk = other;
    },
    errno: () => errno,
  };
}

/** Whether a value may stand for a parameter; pointers are looked at when they are converted. */
export function accepts(crossing: ParamCrossing, value: unknown, wrap: boolean): boolean {
  switch (crossing.kind) {
    case "pointer":
      return true;
    case "bool":
      return wrap || typeof value === "boolean";
    case "float":
      return typeof value === "number";
    case "int32": {
      if (typeof value !== "number" || wrap) return typeof value === "number";
      const { bits, signed } = crossing.type;
      const low = signed ? -(2 ** (bits - 1)) : 0;
      return Number.isInteger(value) && value >= low && value < low + 2 ** bits;
    }
    case "word":
      if (typeof value !== "number" || wrap) return typeof value === "number";
      return Number.isSafeInteger(value) && (crossing.type.signed || value >= 0);
    case "int64":
      if (typeof value !== "bigint" || wrap) return typeof value === "bigint";
      return BigInt[crossing.type.signed ? "asIntN" : "asUintN"](64, value) === value;
  }
}

/** Writes an accepted value to a slot. */
export function write(crossing: ParamCrossing, at: number, value: unknown, wrap: boolean): void {
  const { i32, f64, i64, u64 } = env();
  if (crossing.kind === "bool") i32[2 * at] = value ? 1 : 0;
  else if (crossing.kind === "int32") i32[2 * at] = Number(value);
  else if (crossing.kind === "word" && wrap) f64[at] = wrapWord(Number(value), crossing.type.signed);
  else if (crossing.kind === "int64") i64[at] = value as bigint;
  else if (typeof value === "bigint") u64[at] = value;
  else f64[at] = value as number;
}

/** What the result slot holds, as JavaScript has it. */
export function readResult(crossing: Crossing, pointerResult: (address: bigint) => unknown): unknown {
  const { i32, u32, f64, i64, u64 } = env();
  switch (crossing.kind) {
    case "void":
      return undefined;
    case "bool":
      return i32[2 * slot.result] !== 0;
    case "int32":
      return (crossing.type.signed ? i32 : u32)[2 * slot.result];
    case "word":
    case "float":
      return f64[slot.result];
    case "int64":
      return (crossing.type.signed ? i64 : u64)[slot.result];
    case "pointer":
      return pointerResult(u64[slot.result] ?? 0n);
  }
}
