// The names that tested functions see, and the memory they are given: what the package exports, by name, and `filled`.
// Texts are evaluated as they are, so that no tool rewrites a function before it is compiled.
import { runInThisContext } from "node:vm";
import * as core from "../../src/index.ts";
import { show } from "../fuzz/inputs.ts";
import { ulps } from "../fuzz/ulps.ts";

/** Evaluates statements that end in a `return`. `replaced` are names that mean something else than the package's. */
export function evaluateWithCore(statements: string, replaced: Readonly<Record<string, unknown>> = {}): unknown {
  const names: Readonly<Record<string, unknown>> = { ...core, filled, ...replaced };
  const make = runInThisContext(`(({ ${Object.keys(names).join(", ")} }) => (() => { ${statements}\n})())`);
  return make(names);
}

/** The structures that a text declares, which a signature can name. */
export const structNames = (text: string): string[] =>
  [...text.matchAll(/^const (\w+) = struct\(/gm)].map(([, name = ""]) => name);

type Cells = Record<number, unknown> & { readonly length: number; readonly type: core.CType; release(): void };
const allocated = new WeakSet<object>();

/** A pointer to as many structures as values, in native memory: `filled(Point, [{ x: 1, y: 2 }])`. */
function filled(type: core.TypeObject, values: readonly unknown[]): Cells {
  const memory = core.alloc(type, values.length) as unknown as Cells;
  for (const [i, value] of values.entries()) memory[i] = value;
  allocated.add(memory);
  return memory;
}

const isFilled = (value: unknown): value is Cells =>
  typeof value === "object" && value !== null && allocated.has(value);

/** Gives back what `filled` made. */
export function release(args: readonly unknown[]): void {
  for (const value of args) if (isFilled(value)) value.release();
}

/** Every value in memory, in a fixed order; undefined for what is no memory. Padding and the bits of NaNs are left out. */
export function contentsOf(value: unknown): readonly unknown[] | undefined {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (!isFilled(value)) return undefined;
  return Array.from({ length: value.length }, (_, i) => flat(value.type, value[i])).flat();
}

function flat(type: core.CType, value: unknown): readonly unknown[] {
  if (type.kind === "struct")
    return type.fields.flatMap((field) => flat(field.type, Reflect.get(value as object, field.name)));
  if (type.kind === "complex") return ["re", "im"].map((part) => Reflect.get(value as object, part));
  if (type.kind === "array") return [...(value as Iterable<unknown>)].flatMap((element) => flat(type.of, element));
  return [value];
}

/** What a run gives: a value, or an exception as text. */
export type Ending = { readonly value: unknown } | { readonly thrown: string };
export function endingOf(run: () => unknown): Ending {
  try {
    return { value: run() };
  } catch (error) {
    return { thrown: String(error) };
  }
}

export const showEnding = (ending: Ending): string =>
  "value" in ending ? show(ending.value) : `throws ${ending.thrown}`;

/** @param tolerance units in the last place by which numbers may differ */
export function sameEnding(expected: Ending, actual: Ending, tolerance: number): boolean {
  if ("value" in expected && "value" in actual) return close(expected.value, actual.value, tolerance);
  return "thrown" in expected && "thrown" in actual && expected.thrown === actual.thrown;
}

/** `Object.is`, or for tolerant checks within some units in the last place. */
export function close(expected: unknown, actual: unknown, tolerance: number): boolean {
  if (Object.is(expected, actual)) return true;
  if (tolerance === 0 || typeof expected !== "number" || typeof actual !== "number") return false;
  return ulps(expected, actual) <= tolerance;
}
