// A compiled function against the same function run by V8, on copies of the same arguments.
import { runInThisContext } from "node:vm";
import { expect } from "vitest";
import { cfunc } from "../../src/index.ts";
import { close } from "../filetests/evaluation.ts";
import { asResult, type ScalarType } from "../fuzz/inputs.ts";

export interface Compiled {
  (...args: unknown[]): unknown;
  readonly address: bigint;
  inspectLLVM(options?: { readonly optimized?: boolean }): string;
  dispose(): void;
}

/** A function from its text: for tables of operators and types. */
export const functionOf = (text: string) => runInThisContext(`(${text})`) as (...args: unknown[]) => unknown;
export const compileText = (signature: string, text: string): Compiled =>
  (cfunc as unknown as (signature: string, fn: unknown) => Compiled)(signature, functionOf(text));

/** Compares on every list of arguments; results may differ by `ulps` units in the last place. */
export function agreeOn(signature: string, text: string, calls: readonly (readonly unknown[])[], ulps = 0): void {
  const compiled = compileText(signature, text);
  const original = functionOf(text);
  const result = signature.slice(0, signature.indexOf("(")) as ScalarType;
  const differences: string[] = [];
  for (const args of calls) {
    const expected = asResult(result, original(...args));
    const actual = compiled(...args);
    if (!close(expected, actual, ulps)) {
      differences.push(`f(${args.map(show).join(", ")}): V8 gives ${show(expected)}, compiled code ${show(actual)}`);
    }
  }
  compiled.dispose();
  expect(differences, `${signature} ${text}`).toEqual([]);
}

export const show = (value: unknown): string =>
  Object.is(value, -0) ? "-0" : typeof value === "bigint" ? `${value}n` : String(value);

/** All pairs. */
export const pairs = (a: readonly unknown[], b: readonly unknown[]) => a.flatMap((x) => b.map((y) => [x, y]));
