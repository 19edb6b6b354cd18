// Numba in the same run, where a Python with it is given: CFUNC_NUMBA=/path/to/python npm run bench
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Row } from "../report.ts";

export function numbaTimes(library: string): Row[] {
  const python = process.env.CFUNC_NUMBA;
  if (python === undefined || python === "") {
    console.error("Numba is not measured: set CFUNC_NUMBA to a Python that has it");
    return [];
  }
  const script = fileURLToPath(new URL("../../../src/bench/calls/numba-side.py", import.meta.url));
  const times = JSON.parse(execFileSync(python, [script, library], { encoding: "utf8" })) as Record<string, number>;
  return Object.entries(times).map(
    ([what, value]): Row => ({ what: `Numba: ${what}`, unit: what.includes("pointer") ? "ms" : "ns", value }),
  );
}
