// What calls cost, and the two callbacks, in one run, side by side, as medians and ratios. Writes bench.json.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { cfunc, load } from "@cfunc/core";
import koffi from "koffi";
import { makeAdd, makeDoubling, makeFastIntegrands, makeIntegrand } from "./callbacks.ts";
import { buildC } from "./compiler.ts";
import { machine } from "./machine.ts";
import { numbaTimes } from "./numba.ts";
import { printRows, type Row } from "./report.ts";
import { median, nanosecondsPerCall, sideBySide } from "./statistics.ts";

const rows: Row[] = [];
const progress = (what: string): void => void process.stderr.write(`measuring ${what} ...\n`);

const library = buildC();
const c = load(library, {
  bench_integrand: "float64(CFunction(float64(float64)), int64, CPointer(float64))",
  bench_doubling:
    "float64(CFunction(void(CPointer(float64), CPointer(float64), intc, intc)), CPointer(float64), CPointer(float64), intc, intc, int64)",
  gcc_integrand: "float64(float64)",
  gcc_doubling: "void(CPointer(float64), CPointer(float64), intc, intc)",
  bench_vector:
    "float64(CFunction(void(CPointer(float64), CPointer(float64), intc)), CPointer(float64), CPointer(float64), intc, int64)",
  gcc_fast_integrands: "void(CPointer(float64), CPointer(float64), intc)",
  gcc_add: "int32(int32, int32)",
});

progress("cold start");
const coldStart = fileURLToPath(new URL("./cold-start.js", import.meta.url));
const starts = Array.from({ length: 9 }, () =>
  JSON.parse(execFileSync(process.execPath, [coldStart], { encoding: "utf8" })),
);
rows.push({
  what: "cold start: import to first pointer",
  unit: "ms",
  value: median(starts.map((s) => s.total)),
  target: 150,
});
rows.push({ what: "  of which import", unit: "ms", value: median(starts.map((s) => s.import)) });

progress("further functions");
const further = Array.from({ length: 40 }, (_, i) => {
  const start = performance.now();
  const f = cfunc("float64(float64)", (t) => Math.exp(-t) / (t * t) + i, { externals: { i } });
  if (f.address === 0n) throw new Error("no address");
  return performance.now() - start;
});
rows.push({ what: "each further small function", unit: "ms", value: median(further), target: 4 });

progress("calls from TypeScript");
const add = makeAdd();
const koffiAdd = koffi.load(library).func("gcc_add", "int32_t", ["int32_t", "int32_t"]);
const addJs = (a: number, b: number): number => (a + b) | 0;
const calls = 2_000_000;
const loop = (f: (a: number, b: number) => number) => () =>
  nanosecondsPerCall(calls, () => {
    let x = 0;
    for (let i = 0; i < calls; i++) x = f(x, i & 1);
    if (x !== calls / 2) throw new Error(`wrong sum ${x}`);
  });
const perCall = sideBySide(
  { cfunc: loop(add), loaded: loop(c.gcc_add), koffi: loop(koffiAdd), javascript: loop(addJs) },
  7,
);
rows.push({
  what: "call from TypeScript, int32(int32, int32)",
  unit: "ns",
  value: perCall.cfunc,
  peer: "koffi",
  peerValue: perCall.koffi,
  target: 1,
});
rows.push({
  what: "the same through load",
  unit: "ns",
  value: perCall.loaded,
  peer: "koffi",
  peerValue: perCall.koffi,
  target: 1,
});

progress("C calling the integrand 1e8 times");
const integrand = makeIntegrand();
const sum = new Float64Array(1);
const integrate = (f: { readonly address: bigint }) => () => c.bench_integrand(f as never, 10_000_000n, sum);
const native = sideBySide({ cfunc: integrate(integrand), gcc: integrate(c.gcc_integrand) }, 10);
rows.push({
  what: "C calling the integrand",
  unit: "ns",
  value: native.cfunc,
  peer: "gcc -O3",
  peerValue: native.gcc,
  target: 1.05,
});

const doubling = makeDoubling();
for (const [m, n, repeat] of [
  [2, 3, 20_000_000n],
  [32, 32, 2_000_000n],
  [1000, 1000, 300n],
] as const) {
  progress(`matrix doubling ${m}x${n}`);
  const input = new Float64Array(m * n).fill(1.5);
  const output = new Float64Array(m * n);
  const run = (f: { readonly address: bigint }) => () => c.bench_doubling(f as never, input, output, m, n, repeat);
  const times = sideBySide({ cfunc: run(doubling), gcc: run(c.gcc_doubling) }, 7);
  rows.push({
    what: `matrix doubling ${m}x${n}`,
    unit: "ns",
    value: times.cfunc,
    peer: "gcc -O3",
    peerValue: times.gcc,
    target: 1.1,
  });
}
progress("fast math on 1e5 elements");
const integrands = makeFastIntegrands();
const from = Float64Array.from({ length: 1e5 }, (_, i) => 1 + i / 1e5);
const to = new Float64Array(from.length);
const overElements = (f: { readonly address: bigint }) => () => c.bench_vector(f as never, from, to, from.length, 200n);
const fast = sideBySide({ cfunc: overElements(integrands), gcc: overElements(c.gcc_fast_integrands) }, 9);
rows.push({
  what: "exp(-x)/x^2 over 1e5 elements, fastmath",
  unit: "ns",
  value: fast.cfunc,
  peer: "gcc -ffast-math",
  peerValue: fast.gcc,
  target: 1.3,
});
rows.push(...numbaTimes(library));

printRows(rows);
writeFileSync("bench.json", `${JSON.stringify({ machine: machine(), rows }, null, 2)}\n`);
