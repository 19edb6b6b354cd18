// What the tests of constructs share: a function given as text, compiled and run by V8 on copies of the same arguments;
// and what a refusal must be. Text, so that no tool rewrites a construct before it is tested. The results of V8 are
// coerced to the C type by typed arrays, not by the compiler's rules.
import { expect } from "vitest";
import { CFuncError } from "../../../src/diagnostics/error.ts";
import * as core from "../../../src/index.ts";
import { printType } from "../../../src/types/print.ts";
import { asResult, type ScalarType } from "../../fuzz/inputs.ts";

export type Run = (...args: unknown[]) => unknown;

export interface Compiled extends Run {
  readonly wrapped: Run;
  readonly address: bigint;
  readonly signature: { readonly result: Parameters<typeof printType>[0] };
  lastError(): core.NativeFailure | undefined;
  dispose(): void;
}

/** Names that a function captures, besides what the package exports. */
export type Scope = Readonly<Record<string, unknown>>;

/** The function that a text denotes; `prelude` are statements before it, whose names it can capture. */
export function evaluate(source: string, scope: Scope = {}, prelude = ""): Run {
  const names: Scope = { ...core, ...scope };
  const make = new Function(...Object.keys(names), `"use strict"; ${prelude}\nreturn ${source};`);
  return make(...Object.values(names)) as Run;
}

export function compile(signature: string, fn: Run, types?: Scope): Compiled {
  return core.cfunc(signature as never, fn as never, (types === undefined ? {} : { types }) as never) as never;
}

const copied = (value: unknown): unknown => (ArrayBuffer.isView(value) ? structuredClone(value) : value);

/** What a run gives: a value, or an exception as text. */
function outcome(run: Run, args: readonly unknown[], coerce = (value: unknown) => value): unknown {
  try {
    return { value: coerce(run(...args)) };
  } catch (error) {
    if (error instanceof CFuncError) throw error;
    return { thrown: String(error) };
  }
}

/** The C value of what V8 returns. */
function coercion(f: Compiled): (value: unknown) => unknown {
  const result = printType(f.signature.result);
  return (value) => (result === "void" ? undefined : asResult(result as ScalarType, value));
}

/** Calls both with every list of arguments: same result, same exception, same memory afterwards; -0 is not 0. */
export function agree(f: Compiled, calls: readonly (readonly unknown[])[]): void {
  for (const args of calls) {
    const [theirs, ours] = [args.map(copied), args.map(copied)];
    const expected = { outcome: outcome(f.wrapped, theirs, coercion(f)), memory: theirs };
    expect({ outcome: outcome(f, ours), memory: ours }, `of ${args.join("; ")}`).toStrictEqual(expected);
  }
}

/** As `agree`, on arguments in native memory filled anew for each run; `look` reads what they hold afterwards. */
export function agreeOn<A extends readonly unknown[]>(f: Compiled, make: () => A, look: (args: A) => unknown): void {
  const ran = (run: Run, coerce?: (value: unknown) => unknown) => {
    const args = make();
    return { outcome: outcome(run, args, coerce), memory: look(args) };
  };
  const expected = ran(f.wrapped, coercion(f));
  expect(ran(f)).toStrictEqual(expected);
}

/** The first diagnostic of what does not compile; fails where it compiles, or where anything else is thrown. */
export function refusal(make: () => { readonly address: bigint }): { code: string; message: string; at: string } {
  try {
    const { address } = make();
    throw new Error(`this compiles, at ${address}, but should be refused`);
  } catch (error) {
    if (!(error instanceof CFuncError)) throw error;
    const [first] = error.diagnostics;
    const { code = "", message = "", primary, help } = first ?? {};
    expect(code).toMatch(/^CF[12]/);
    expect(primary, `${code} has a position`).toBeDefined();
    expect(help, `${code} "${message}" has a hint`).toBeTruthy();
    const at = primary === undefined ? "" : primary.source.text.slice(primary.span.start, primary.span.end);
    return { code, message, at };
  }
}

/** The code and the place of the refusal of a text. */
export function refused(signature: string, source: string, scope: Scope = {}, types?: Scope): string {
  const { code, at } = refusal(() => compile(signature, evaluate(source, scope), types));
  return `${code} ${at}`;
}

const ints = [0, 1, 2, 3, 5, -1, 100, 2147483647, -2147483648];
const floats = [0, -0, 1, 1.5, -2.5, 3, NaN, Infinity, -Infinity, 1e10, 2 ** 53];
/** Arguments for one parameter of a type. */
export const some = {
  int32: ints.map((x) => [x]),
  float64: floats.map((x) => [x]),
  int64: [0n, 1n, 2n, -1n, 2n ** 63n - 1n, -(2n ** 63n)].map((x) => [x]),
  bool: [[true], [false]],
} as const;
