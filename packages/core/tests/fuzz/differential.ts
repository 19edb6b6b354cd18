// One program, compiled and as V8 runs it, on the same arguments and the same memory: every difference is a mistake of
// the compiler. Also what is no refusal with a diagnostic: an internal error.
import { runInThisContext } from "node:vm";
import { cfunc } from "../../src/cfunc.ts";
import { CFuncError } from "../../src/diagnostics/error.ts";
import { anyValue, asResult, type Value } from "./inputs.ts";
import type { Program } from "./number-programs.ts";
import type { Random } from "./random.ts";
import { render, tick } from "./tree.ts";

export type Outcome =
  | { readonly kind: "same" }
  /** It runs for too long in V8. */
  | { readonly kind: "skipped" }
  | { readonly kind: "refused"; readonly code: string; readonly message: string }
  | { readonly kind: "internal"; readonly message: string }
  | {
      readonly kind: "different";
      readonly args: readonly Value[];
      readonly expected: unknown;
      readonly actual: unknown;
    };

/** Memory that programs read and write: `p`, `q` and `r` in the order of the parameters. */
const memories = {
  number: {
    types: ["CPointer(float64)", "CPointer(int32)", "CPointer(uint8)"],
    names: ["p", "q", "r"],
    texts: [
      "new Float64Array([0, -0, 1.5, NaN, Infinity, -7, 2 ** 53, 1e10])",
      "new Int32Array([0, 1, -1, 2147483647, -2147483648, 46341, 255, -65536])",
      "new Uint8Array([0, 1, 2, 127, 128, 255, 200, 3])",
    ],
  },
  bigint: {
    types: ["CPointer(int64)"],
    names: ["p"],
    texts: ["new BigInt64Array([0n, -1n, 2n ** 63n - 1n, 12345n])"],
  },
} as const;

type Memory = Float64Array | Int32Array | Uint8Array | BigInt64Array;

/** Fresh memory for one run. */
const make = (program: Program): Memory[] => runInThisContext(`[${memoryOf(program).texts.join(", ")}]`) as Memory[];

/** A call with these arguments and fresh memory, as a filetest writes it. */
export const callText = (program: Program, name: string, args: readonly Value[]): string =>
  `${name}(${[...args.map(show), ...memoryOf(program).texts].join(", ")})`;

export const show = (value: unknown): string =>
  Object.is(value, -0) ? "-0" : typeof value === "bigint" ? `${value}n` : String(value);

const memoryOf = (program: Program) =>
  memories[program.params.some((p) => p.type.endsWith("int64")) ? "bigint" : "number"];

type Run = (...args: unknown[]) => unknown;

export function signatureOf(program: Program): string {
  return `${program.result}(${[...program.params.map((p) => p.type), ...memoryOf(program).types].join(", ")})`;
}

/** The function's text. */
export function textOf(program: Program): string {
  const names = [...program.params.map((p) => p.name), ...memoryOf(program).names];
  return `(${names.join(", ")}) => { ${render(program.body).replaceAll(tick, "")} }`;
}

/** The function to compile; a SyntaxError where the text is none. */
export function functionOf(program: Program): Run {
  // the function sees the declarations around it and globals, nothing of this module
  return runInThisContext(`(() => { ${program.outside} return ${textOf(program)}; })()`) as Run;
}

const mostTicks = 50_000;
const tooLong = "this runs for too long";

/** The function as V8 runs it: it throws where a loop does not end. */
function oracleOf(program: Program): Run {
  const counted = { ...program, body: { ...program.body, parts: [`let ticks = ${mostTicks};\n`, program.body] } };
  const names = [...program.params.map((p) => p.name), ...memoryOf(program).names];
  const body = render(counted.body).replaceAll(tick, `if (ticks-- === 0) throw new Error("${tooLong}");`);
  return runInThisContext(`(() => { ${program.outside} return (${names.join(", ")}) => { ${body} }; })()`) as Run;
}

export function compare(program: Program, random: Random, runs: number): Outcome {
  const args = Array.from({ length: runs }, () => program.params.map((p) => anyValue(random, p.type)));
  try {
    return compareOn(program, args);
  } catch (error) {
    if (!(error instanceof Error) || error.message !== tooLong) throw error;
    return { kind: "skipped" };
  }
}

/** @throws SyntaxError, ReferenceError and the like where the program is none; an Error where it does not end */
export function compareOn(program: Program, inputs: readonly (readonly Value[])[]): Outcome {
  const original = oracleOf(program);
  const expectations = inputs.map((args) => {
    const memory = make(program);
    const raw = original(...args, ...memory);
    return { args, memory, expected: program.result === "void" ? undefined : asResult(program.result, raw) };
  });
  let compiled: Run & { address: bigint; dispose(): void };
  try {
    compiled = cfunc(signatureOf(program) as never, functionOf(program) as never) as never;
    if (compiled.address === 0n) return { kind: "internal", message: "no address" };
  } catch (error) {
    if (!(error instanceof CFuncError))
      return { kind: "internal", message: String(error instanceof Error ? error.stack : error) };
    const [first] = error.diagnostics;
    if (first === undefined || first.code === "CF4010") return { kind: "internal", message: error.message };
    return { kind: "refused", code: first.code, message: first.message };
  }
  try {
    for (const { args, memory: theirs, expected } of expectations) {
      const ours = make(program);
      const actual = compiled(...args, ...ours);
      if (!close(expected, actual, program.tolerance)) return { kind: "different", args, expected, actual };
      for (const [k, memory] of theirs.entries()) {
        const other = ours[k];
        const at = Array.from<unknown>(memory).findIndex((value, i) => !Object.is(value, other?.[i]));
        if (at >= 0) {
          const where = `${memoryOf(program).names[k]}[${at}]`;
          return { kind: "different", args, expected: `${where} = ${memory[at]}`, actual: `${where} = ${other?.[at]}` };
        }
      }
    }
    return { kind: "same" };
  } finally {
    compiled.dispose();
  }
}

/** `Object.is`, or for tolerant programs within some units in the last place. */
export function close(expected: unknown, actual: unknown, tolerance: number): boolean {
  if (Object.is(expected, actual)) return true;
  if (tolerance === 0 || typeof expected !== "number" || typeof actual !== "number") return false;
  return ulps(expected, actual) <= tolerance;
}

const view = new DataView(new ArrayBuffer(8));
/** How many doubles lie between two; the sign of zero and NaN count. */
export function ulps(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b) || (a === 0 && b === 0)) return Object.is(a, b) ? 0 : Infinity;
  const ordinal = (x: number): bigint => {
    view.setFloat64(0, x);
    const bits = view.getBigInt64(0);
    return bits < 0n ? -(2n ** 63n) - bits : bits;
  };
  const distance = ordinal(a) - ordinal(b);
  return Number(distance < 0n ? -distance : distance);
}
