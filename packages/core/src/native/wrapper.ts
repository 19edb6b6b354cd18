// Builds the JavaScript function that a native call looks like: checks, conversions, writes to the slots, the thunk,
// and the result. Specialised per signature by generating its source; where a process forbids that, the same steps run
// one by one. Every check and conversion comes before the first write, because a conversion may call native code itself.
import type { AggregateType, Parameter, Signature } from "../types/ctype.ts";
import { sizeOf } from "../types/layout.ts";
import { aggregateBytes, aggregateValue } from "./aggregates.ts";
import { position, wrongArity, wrongScalar } from "./argument-error.ts";
import { type Crossing, type Crossings, isPassedOn, placesOf, takesString } from "./crossing.ts";
import { env } from "./environment.ts";
import { flatLeaves, writeSource as flatWrite, readSource } from "./flat-aggregates.ts";
import { throwPending } from "./pending-error.ts";
import { pointerConverter } from "./pointers.ts";
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
  const { i32, u32, f64, i64, u64, u8, dv } = env();
  const context: Context = {
    ...{ i32, u32, f64, i64, u64, u8, dv, target, wrapWord, throwPending },
    initialThunk: thunk,
    arity: (got: number) => wrongArity(name, signature, got),
    bad: (index: number, got: unknown) => wrongScalar(name, parameter(index), index, got),
    converters: crossings.params.map((crossing, i) => converterFor(parts, crossing, parameter(i), i)),
    aggregateResult: () => readAggregate(crossings.result),
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
  const kept = names.filter((_, i) => isPassedOn(params[i] ?? { kind: "void" }));
  const places = placesOf(params);
  const lines = params.map((crossing, i) => checkSource(crossing, i, wrap));
  lines.push(...params.map((crossing, i) => writeSource(crossing, i, places[i] ?? 0, wrap)));
  if (shared) lines.push(`f64[${slot.target}] = target;`);
  // Pointers are passed on so that their buffers stay alive until the call returns, and strings to be encoded.
  lines.push(`thunk(${kept.join(", ")});`);
  if (crossings.errno) lines.push(`errno = i32[${2 * slot.errno}];`);
  lines.push(`if (i32[${stateIndex.failed}] !== 0) throwPending();`);
  lines.push(resultSource(crossings.result));
  const body = lines.filter((line) => line !== "").join("\n    ");
  const guarded = hasStrings
    ? `const mark = strings.mark();\n    try {\n    ${body}\n    } finally { strings.release(mark); }`
    : body;
  const converters = params
    .map((p, i) => (p.kind === "pointer" || p.kind === "aggregate" ? `const c${i} = converters[${i}];` : ""))
    .join("");
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
  if (crossing.kind === "pointer") return `const p${i} = c${i}(a${i});`;
  if (crossing.kind === "aggregate") return checkAggregate(crossing.type, i, wrap);
  const refused = refusal(crossing, `a${i}`, wrap);
  return refused === "false" ? "" : `if (${refused}) throw bad(${i}, a${i});`;
}

/** The fields of a flat aggregate, each in a constant; `p0` has the bytes of what is not, and throws what is wrong. */
function checkAggregate(type: AggregateType, i: number, wrap: boolean): string {
  const leaves = flatLeaves(type);
  if (leaves === undefined) return `const p${i} = c${i}(a${i});`;
  const reads = leaves.map(({ path }, k) => `v${i}_${k} = a${i}?.${path.join("?.")}`);
  const refused = leaves.map(({ crossing }, k) => refusal(crossing, `v${i}_${k}`, wrap));
  return `const ${reads.join(", ")};\n    const p${i} = ${refused.join(" || ")} ? c${i}(a${i}) : undefined;`;
}

/** A condition under which a value is not taken. */
function refusal(
  crossing: Exclude<ParamCrossing, { kind: "pointer" | "aggregate" }>,
  a: string,
  wrap: boolean,
): string {
  const notNumber = `typeof ${a} !== "number"`;
  switch (crossing.kind) {
    case "bool":
      return wrap ? "false" : `typeof ${a} !== "boolean"`;
    case "float":
      return notNumber;
    case "int32": {
      if (wrap) return notNumber;
      const { bits, signed } = crossing.type;
      if (bits === 32) return `${notNumber} || (${a} ${signed ? "|" : ">>>"} 0) !== ${a}`;
      const low = signed ? -(2 ** (bits - 1)) : 0;
      const high = 2 ** (signed ? bits - 1 : bits) - 1;
      return `${notNumber} || (${a} | 0) !== ${a} || ${a} < ${low} || ${a} > ${high}`;
    }
    case "word":
      if (wrap) return notNumber;
      return `${notNumber} || !Number.isSafeInteger(${a})${crossing.type.signed ? "" : ` || ${a} < 0`}`;
    case "int64": {
      if (wrap) return `typeof ${a} !== "bigint"`;
      const fold = crossing.type.signed ? "asIntN" : "asUintN";
      return `typeof ${a} !== "bigint" || BigInt.${fold}(64, ${a}) !== ${a}`;
    }
  }
}

function writeSource(crossing: ParamCrossing, i: number, at: number, wrap: boolean): string {
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
    case "aggregate": {
      const leaves = flatLeaves(crossing.type);
      const bytes = `u8.set(p${i}, ${8 * at});`;
      if (leaves === undefined) return bytes;
      const writes = leaves.map((leaf, k) => flatWrite(leaf.crossing, 8 * at + leaf.offset, `v${i}_${k}`));
      return `if (p${i} !== undefined) ${bytes} else { ${writes.join(" ")} }`;
    }
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
    case "aggregate": {
      const isFlat = flatLeaves(crossing.type) !== undefined;
      return `return ${isFlat ? readSource(crossing.type, 8 * slot.arguments) : "aggregateResult()"};`;
    }
  }
}

type Converter = ((value: unknown) => PointerBits | Uint8Array) | undefined;

function converterFor({ name, wrap }: WrapperParts, crossing: ParamCrossing, param: Parameter, i: number): Converter {
  if (crossing.kind === "pointer") return pointerConverter(name, param, i, crossing.type, true);
  if (crossing.kind !== "aggregate") return undefined;
  return aggregateBytes(crossing.type, `${name}: ${position(param, i)}`, wrap);
}

/** The result that the thunk left where the arguments were. */
function readAggregate(crossing: Crossing): unknown {
  if (crossing.kind !== "aggregate") throw new Error("internal error: the result is no aggregate");
  const at = 8 * slot.arguments;
  return aggregateValue(crossing.type, env().u8.slice(at, at + sizeOf(crossing.type)));
}

/** The same steps without generated source, for processes with `--disallow-code-generation-from-strings`. */
function interpretedWrapper(parts: WrapperParts, converters: readonly Converter[], hasStrings: boolean): Wrapper {
  const { name, signature, crossings, target, wrap } = parts;
  const { f64, i32 } = env();
  const places = placesOf(crossings.params);
  let { thunk } = parts;
  let errno = 0;
  const run = (args: readonly unknown[]) => {
    const values = crossings.params.map((crossing, i) => {
      const value = args[i];
      if (!accepts(crossing, value, wrap)) throw wrongScalar(name, signature.params[i] as Parameter, i, value);
      return converters[i]?.(value) ?? value;
    });
    for (const [i, crossing] of crossings.params.entries()) write(crossing, places[i] ?? 0, values[i], wrap);
    if (target !== undefined) f64[slot.target] = target;
    thunk(...args.filter((_, i) => isPassedOn(crossings.params[i] ?? { kind: "void" })));
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
    case "aggregate":
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
  const { i32, f64, i64, u64, u8 } = env();
  if (crossing.kind === "aggregate") u8.set(value as Uint8Array, 8 * at);
  else if (crossing.kind === "bool") i32[2 * at] = value ? 1 : 0;
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
    case "aggregate":
      return readAggregate(crossing);
  }
}
