// Calls from C: compiled callbacks against the same functions in C, called through a pointer by the same loops.
import { load } from "@cfunc/core";
import { makeAscending, makeDoubling, makeFastIntegrands, makeIntegrand } from "./callbacks.ts";
import type { Contest, Turn } from "./contest.ts";

interface NativeFunction {
  readonly address: bigint;
}

export function callsFromC(library: string): Contest[] {
  const c = load(library, {
    bench_integrand: "float64(CFunction(float64(float64)), int64, CPointer(float64))",
    bench_doubling:
      "float64(CFunction(void(CPointer(float64), CPointer(float64), intc, intc)), CPointer(float64), CPointer(float64), intc, intc, int64)",
    bench_vector:
      "float64(CFunction(void(CPointer(float64), CPointer(float64), intc)), CPointer(float64), CPointer(float64), intc, int64)",
    gcc_integrand: "float64(float64)",
    gcc_doubling: "void(CPointer(float64), CPointer(float64), intc, intc)",
    gcc_fast_integrands: "void(CPointer(float64), CPointer(float64), intc)",
    gcc_ascending: "intc(CPointer(const int32), CPointer(const int32))",
  });
  const against = (
    what: string,
    unit: Contest["unit"],
    ours: NativeFunction,
    gcc: NativeFunction,
    run: (f: NativeFunction) => Turn,
    target: number,
    name = "gcc -O3",
  ): Contest => ({ what, unit, cfunc: run(ours), peers: [{ name, turn: run(gcc), target }] });

  const sum = new Float64Array(1);
  const integrate =
    (f: NativeFunction): Turn =>
    () =>
      c.bench_integrand(f, 5_000_000n, sum);
  const doubling = makeDoubling();
  const sizes = [
    [2, 3, 5_000_000n],
    [32, 32, 500_000n],
    [1000, 1000, 200n],
  ] as const;
  const matrices = sizes.map(([m, n, repeat]) => {
    const input = new Float64Array(m * n).fill(1.5);
    const output = new Float64Array(m * n);
    const run =
      (f: NativeFunction): Turn =>
      () =>
        c.bench_doubling(f, input, output, m, n, repeat);
    return against(`matrix doubling ${m}x${n}`, "ns", doubling, c.gcc_doubling, run, 1.1);
  });
  const from = Float64Array.from({ length: 1e5 }, (_, i) => 1 + i / 1e5);
  const to = new Float64Array(from.length);
  const overElements =
    (f: NativeFunction): Turn =>
    () =>
      c.bench_vector(f, from, to, from.length, 100n);
  return [
    against("C calling the integrand", "ns", makeIntegrand(), c.gcc_integrand, integrate, 1.05),
    ...matrices,
    against(
      "exp(-x)/x^2 over 1e5 elements, fastmath",
      "ns",
      makeFastIntegrands(),
      c.gcc_fast_integrands,
      overElements,
      1.3,
      "gcc -ffast-math",
    ),
    against("qsort of 1e6 int32", "ms", makeAscending(), c.gcc_ascending, sorter(), 1.05),
  ];
}

/** libc's qsort of the same million numbers, every time. */
function sorter(): (compare: NativeFunction) => Turn {
  const libc = load("libc.so.6", {
    qsort: "void(voidptr, size_t, size_t, CFunction(intc(CPointer(const int32), CPointer(const int32))))",
  });
  let seed = 1;
  const unsorted = Int32Array.from({ length: 1e6 }, () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
    return seed;
  });
  const sorted = unsorted.slice().sort();
  const numbers = new Int32Array(unsorted.length);
  return (compare) => () => {
    numbers.set(unsorted);
    const start = performance.now();
    libc.qsort(numbers, numbers.length, numbers.BYTES_PER_ELEMENT, compare);
    const time = performance.now() - start;
    if (Buffer.compare(Buffer.from(numbers.buffer), Buffer.from(sorted.buffer)) !== 0) throw new Error("not sorted");
    return time;
  };
}
