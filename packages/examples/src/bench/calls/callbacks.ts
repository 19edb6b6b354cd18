// The callbacks that the benchmark and the demo compile.
import { carray, cfunc } from "@cfunc/core";

export const makeIntegrand = () => cfunc("float64(float64)", (t) => Math.exp(-t) / (t * t), { name: "integrand" });

export const makeDoubling = () =>
  cfunc(
    "void(CPointer(double), CPointer(double), intc, intc)",
    (input, output, m, n) => {
      const a = carray(input, [m, n]);
      const b = carray(output, [m, n]);
      for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) b[i][j] = 2 * a[i][j];
    },
    { name: "doubling" },
  );

/** exp(-x) / x^2 for every element, with `fastmath`: the loop calls libmvec's vector functions. */
export const makeFastIntegrands = () =>
  cfunc(
    "void(CPointer(double), CPointer(double), intc)",
    (input, output, n) => {
      const x = carray(input, n);
      const y = carray(output, n);
      for (let i = 0; i < n; i++) y[i] = Math.exp(-x[i]) / (x[i] * x[i]);
    },
    { name: "integrands", fastmath: true },
  );

export const makeAdd = () => cfunc("int32(int32, int32)", (a, b) => a + b, { name: "add" });

/** A comparison for qsort. */
export const makeAscending = () =>
  cfunc("intc(CPointer(const int32), CPointer(const int32))", (a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0), {
    name: "ascending",
  });
