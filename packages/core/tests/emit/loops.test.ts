// What LLVM is told about loops: which ones stay rolled, which ones take one vector an iteration, and that both show.
import { describe, expect, it } from "vitest";
import { cfunc } from "../../src/cfunc.ts";

const rolled = "!0";
const oneVector = "!1";

/** The properties of each loop, in the order of their ends. */
function loops(f: { inspectLLVM(options: { optimized: boolean }): string }): string[][] {
  const text = f.inspectLLVM({ optimized: false });
  return [...text.matchAll(/^!\d+ = distinct !\{!\d+(.*)\}$/gm)].map((m) => (m[1] ?? "").split(", ").slice(1));
}

describe("loop hints", () => {
  it("leaves the remainder of a loop over neighbours rolled", () => {
    const f = cfunc("void(CPointer(float64), CPointer(float64), intc)", (x, y, n) => {
      for (let i = 0; i < n; i++) y[i] = 2 * x[i + 1] + x[3 * i];
    });
    expect(loops(f)).toEqual([[rolled]]);
  });

  it("lets LLVM unroll a loop whose elements are a variable distance apart", () => {
    const f = cfunc("void(CPointer(float64), CPointer(float64), intc, intc)", (x, y, n, stride) => {
      for (let i = 0; i < n; i++) y[i] = x[i * stride];
    });
    expect(loops(f)).toEqual([[]]);
    // the body is repeated
    expect(f.inspectLLVM().match(/load double/g)?.length).toBeGreaterThan(4);
  });

  it("judges only the innermost loop's own counter", () => {
    const f = cfunc("void(CPointer(float64), CPointer(float64), intc, intc)", (x, y, m, n) => {
      for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) y[i * n + j] = x[i * n + j];
    });
    expect(loops(f)).toEqual([[rolled], [rolled]]);
  });

  it("sums integers inside of another loop one vector at a time", () => {
    const f = cfunc("void(CPointer(int16), CPointer(int32), intc, intc)", (x, y, n, taps) => {
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let k = 0; k < taps; k++) sum = (sum + x[i + k] * x[k]) | 0;
        y[i] = sum;
      }
    });
    expect(loops(f)).toEqual([[rolled, oneVector], [rolled]]);
    const x = Int16Array.from({ length: 200 }, (_, i) => i * 331);
    const y = new Int32Array(100);
    f(x, y, 100, 100);
    const expected = y.map((_, i) => x.slice(0, 100).reduce((sum, h, k) => (sum + (x[i + k] ?? 0) * h) | 0, 0));
    expect(y).toEqual(expected);
  });

  it("takes several vectors in a sum on its own, and where nothing but counters grows", () => {
    const sum = cfunc("int32(CPointer(int32), intc)", (x, n) => {
      let total = 0;
      for (let i = 0; i < n; i++) total = (total + x[i]) | 0;
      return total;
    });
    expect(loops(sum)).toEqual([[rolled]]);
    const count = cfunc("void(CPointer(int32), intc, intc)", (x, m, n) => {
      for (let i = 0; i < m; i++) {
        let positive = 0;
        for (let j = 0; j < n; j++) if (x[j] > i) positive++;
        x[i] = positive;
      }
    });
    expect(loops(count)).toEqual([[rolled], [rolled]]);
  });
});
