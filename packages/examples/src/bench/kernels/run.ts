// `npm run bench kernels [name ...]`: every kernel against gcc and V8, as a table and as bench-kernels.json.
import { writeFileSync } from "node:fs";
import { document } from "../document.ts";
import { machine } from "../machine.ts";
import { floats } from "./floats.ts";
import { integers } from "./integers.ts";
import { matrices } from "./matrices.ts";
import { measure } from "./measure.ts";
import { openCSide } from "./peers.ts";
import { signals } from "./signals.ts";
import { markdown, target } from "./table.ts";

export function runKernels(names: readonly string[], docs: boolean): void {
  const all = [...matrices(), ...signals(), ...integers(), ...floats()];
  const unknown = names.filter((name) => !all.some((kernel) => kernel.name === name));
  if (unknown.length > 0) {
    throw new Error(`no kernel ${unknown.join(", ")}; there are ${all.map((k) => k.name).join(", ")}`);
  }
  const kernels = names.length === 0 ? all : all.filter((kernel) => names.includes(kernel.name));
  process.stderr.write(`measuring ${kernels.length} kernels ...\n`);
  const times = measure(kernels, openCSide(kernels));
  console.log(markdown(times));
  const missed = times.filter((t) => t.cfunc / t.gcc > target).map((t) => t.name);
  const reached = `${times.length - missed.length} of ${times.length} within ${target} x gcc`;
  console.log(missed.length === 0 ? reached : `${reached}; missed: ${missed.join(", ")}`);
  if (docs && names.length === 0) document("kernels", markdown(times));
  if (names.length === 0)
    writeFileSync("bench-kernels.json", `${JSON.stringify({ machine: machine(), times }, null, 2)}\n`);
}
