// The language's own functions and objects, by identity: what `Math.exp` is stays the same wherever it was stored.
// Knows names, not meanings: which of them compile is for the check stage.
import type { CapturedValue } from "./captured-value.ts";

const globalNames = ["isNaN", "isFinite", "parseInt", "parseFloat", "globalThis"] as const;
const constructorNames = [
  "Number",
  "BigInt",
  "Boolean",
  "String",
  "Symbol",
  "Object",
  "Array",
  "Date",
  "Error",
  "RangeError",
  "TypeError",
] as const;
/** Their static functions count too: `Number.isNaN`, `BigInt.asIntN`. */
const withStatics = ["Number", "BigInt"] as const;

let table: ReadonlyMap<unknown, CapturedValue> | undefined;

function makeTable(): ReadonlyMap<unknown, CapturedValue> {
  const entries = new Map<unknown, CapturedValue>([[Math, { kind: "math" }]]);
  for (const [name, fn] of functionsOf(Math)) entries.set(fn, { kind: "math-function", name });
  // `Number.parseFloat` is `parseFloat`: the global's name, set last, is the one that stays.
  for (const owner of withStatics) {
    for (const [name, fn] of functionsOf(globalThis[owner])) entries.set(fn, builtin(`${owner}.${name}`));
  }
  for (const name of [...globalNames, ...constructorNames]) entries.set(globalThis[name], builtin(name));
  return entries;
}

function functionsOf(owner: object): [string, unknown][] {
  return Object.entries(Object.getOwnPropertyDescriptors(owner))
    .filter(([name, { value }]) => typeof value === "function" && name !== "prototype")
    .map(([name, { value }]) => [name, value]);
}

function builtin(name: string): CapturedValue {
  return { kind: "builtin", name };
}

/** What a value is if it belongs to the language, or is the console or one of its methods. */
export function builtinOf(value: unknown): CapturedValue | undefined {
  table ??= makeTable();
  return table.get(value) ?? consolePart(value);
}

/** Test runners exchange the console, so it is compared as it is now. */
function consolePart(value: unknown): CapturedValue | undefined {
  if (value === globalThis.console) return builtin("console");
  if (typeof value !== "function") return undefined;
  for (const method of ["log", "info", "warn", "error", "debug"] as const) {
    if (value === globalThis.console[method]) return builtin(`console.${method}`);
  }
  return undefined;
}
