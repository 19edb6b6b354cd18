// The oracle: CPython's own ctypes evaluates the Python half of each scenario, and its results and errors are compared
// with those of the TypeScript half. Messages are compared with Python 3.11 only: other versions word some differently.
import { spawnSync } from "node:child_process";
import { expect, vi } from "vitest";
import { CData } from "../src/index.ts";

// Other processes are started, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const python = process.env.PYTHON ?? "python3";

const version = spawnSync(python, ["-c", "import sys, ctypes; print(*sys.version_info[:2])"], { encoding: "utf8" });

/** Why there is no oracle, or undefined where there is one. */
export const noPython: string | undefined =
  version.status === 0 ? undefined : `no ${python} with ctypes: ${version.error?.message ?? version.stderr}`;
const sameMessages = version.stdout?.trim() === "3 11";

const encoder = `
import json, struct, sys

from math import inf, nan
from ctypes import *
def encode(v):
    if v is None or isinstance(v, (bool, str)): return v
    if isinstance(v, int): return {"int": str(v)}
    if isinstance(v, float): return {"float": struct.pack("<d", v).hex()}
    if isinstance(v, bytes): return {"bytes": v.hex()}
    if isinstance(v, (list, tuple)): return [encode(x) for x in v]
    return {"object": type(v).__name__}
`;

export interface Scenario {
  readonly python: string;
  readonly typescript: () => unknown;
}

type Outcome = { readonly value: unknown } | { readonly error: string; readonly message: string };

/** Evaluates Python expressions, each on its own, after `setup`. */
export function evaluate(expressions: readonly string[], setup = ""): readonly Outcome[] {
  const program = `${encoder}\n${setup}
results = []
for text in json.load(sys.stdin):
    try: results.append({"value": encode(eval(text))})
    except Exception as e: results.append({"error": type(e).__name__, "message": str(e)})
print(json.dumps(results))
`;
  const run = spawnSync(python, ["-c", program], { input: JSON.stringify(expressions), encoding: "utf8" });
  if (run.status !== 0) throw new Error(`${python} failed: ${run.stderr}`);
  return JSON.parse(run.stdout) as readonly Outcome[];
}

/** Runs every scenario on both sides and compares them one by one. */
export function compare(scenarios: readonly Scenario[], setup = ""): void {
  const expected = evaluate(
    scenarios.map((one) => one.python),
    setup,
  );
  const rows = scenarios.map(({ python: text, typescript }, i) => ({
    text,
    python: comparable(expected[i]),
    typescript: comparable(outcomeOf(typescript)),
  }));
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.map(({ text, typescript }) => ({ text, outcome: typescript }))).toEqual(
    rows.map(({ text, python: outcome }) => ({ text, outcome })),
  );
}

function comparable(outcome: Outcome | undefined): unknown {
  if (outcome === undefined) return undefined;
  if ("value" in outcome) return outcome;
  return sameMessages ? { error: outcome.error, message: outcome.message } : { error: outcome.error };
}

function outcomeOf(run: () => unknown): Outcome {
  try {
    return { value: encode(run()) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { error: error.name, message: error.message };
  }
}

function encode(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "bigint") return { int: String(value) };
  if (typeof value === "number") return { int: String(value) };
  if (value instanceof Float) return { float: Buffer.from(Float64Array.of(value.value).buffer).toString("hex") };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("hex") };
  if (Array.isArray(value)) return value.map(encode);
  if (value instanceof CData) return { object: value.constructor.name };
  throw new Error(`a test gave ${String(value)}, which has no Python value`);
}

/** A double as Python encodes it: TypeScript's numbers do not say that they are doubles. */
export class Float {
  readonly value: number;
  constructor(value: unknown) {
    if (typeof value !== "number") throw new Error(`${String(value)} is no double`);
    this.value = value;
  }
}
