// `carray` and `farray` of rank 1 to 4: compiled code writes where C's index arithmetic says, and the same function in
// plain JavaScript over the same kind of memory does too.
import { describe, expect, it } from "vitest";
import { alloc, carray, cfunc, farray, float64, int32, uint8 } from "../../src/index.ts";

/** The element of `memory` that holds [i, j, k, l], by the definition of the two orders. */
function position(indices: readonly number[], shape: readonly number[], order: "row" | "column"): number {
  const dims = indices.map((index, d) => ({ index, extent: shape[d] ?? 1 }));
  const fastestLast = order === "row" ? dims : dims.toReversed();
  return fastestLast.reduce((at, { index, extent }) => at * extent + index, 0);
}

const value = (i: number, j = 0, k = 0, l = 0) => i * 1000 + j * 100 + k * 10 + l + 0.5;

describe("rank 1 to 4, written and read", () => {
  const c1 = cfunc("void(CPointer(float64), intc)", (p, n) => {
    const a = carray(p, [n]);
    for (let i = 0; i < a.length; i++) a[i] = i * 1000 + 0.5;
  });
  const c2 = cfunc("void(CPointer(float64), intc, intc)", (p, m, n) => {
    const a = carray(p, [m, n]);
    for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) a[i][j] = i * 1000 + j * 100 + 0.5;
  });
  const c3 = cfunc("void(CPointer(float64), intc, intc, intc)", (p, m, n, o) => {
    const a = carray(p, [m, n, o]);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) for (let k = 0; k < o; k++) a.set(i, j, k, i * 1000 + j * 100 + k * 10 + 0.5);
    }
  });
  const c4 = cfunc("void(CPointer(float64), intc, intc, intc, intc)", (p, m, n, o, q) => {
    const a = carray(p, [m, n, o, q]);
    for (let i = 0; i < a.shape[0]; i++) {
      for (let j = 0; j < a.shape[1]; j++) {
        const row = a[i][j];
        for (let k = 0; k < row.length; k++)
          for (let l = 0; l < q; l++) row[k][l] = i * 1000 + j * 100 + k * 10 + l + 0.5;
      }
    }
  });
  const f2 = cfunc("void(CPointer(float64), intc, intc)", (p, m, n) => {
    const a = farray(p, [m, n]);
    for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) a[i][j] = i * 1000 + j * 100 + 0.5;
  });
  const f3 = cfunc("void(CPointer(float64), intc, intc, intc)", (p, m, n, o) => {
    const a = farray(p, [m, n, o]);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        const row = a[i][j];
        for (let k = 0; k < o; k++) row[k] = i * 1000 + j * 100 + k * 10 + 0.5;
      }
    }
  });
  const f4 = cfunc("void(CPointer(float64), intc, intc, intc, intc)", (p, m, n, o, q) => {
    const a = farray(p, [m, n, o, q]);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        for (let k = 0; k < o; k++)
          for (let l = 0; l < q; l++) a.set(i, j, k, l, i * 1000 + j * 100 + k * 10 + l + 0.5);
      }
    }
  });

  type Fill = ((...args: never[]) => void) & { readonly wrapped: (...args: never[]) => void };
  it.each([
    ["carray 1", c1, [7], "row"],
    ["carray 2", c2, [3, 5], "row"],
    ["carray 3", c3, [2, 3, 4], "row"],
    ["carray 4", c4, [2, 3, 2, 3], "row"],
    ["farray 2", f2, [3, 5], "column"],
    ["farray 3", f3, [2, 3, 4], "column"],
    ["farray 4", f4, [2, 3, 2, 3], "column"],
  ] as const)("%s", (_name, fill, shape, order) => {
    const size = shape.reduce((a: number, b) => a * b, 1);
    const memory = new Float64Array(size + 2).fill(-1);
    const inner = memory.subarray(1, size + 1);
    (fill as unknown as Fill)(...([inner, ...shape] as never[]));
    const expected = new Float64Array(size);
    const each = (indices: number[]): void => {
      if (indices.length < shape.length) for (let i = 0; i < (shape[indices.length] ?? 0); i++) each([...indices, i]);
      else expected[position(indices, shape, order)] = value(...(indices as [number]));
    };
    each([]);
    expect([...inner]).toEqual([...expected]);
    expect([memory[0], memory.at(-1)]).toEqual([-1, -1]);
    // the same function, uncompiled, over native memory
    using plain = alloc(float64, size);
    (fill as unknown as Fill).wrapped(...([plain, ...shape] as never[]));
    expect(Array.from({ length: size }, (_, i) => plain[i])).toEqual([...expected]);
  });
});

describe("element types", () => {
  it("are the pointer's, or the ones that are named", () => {
    const bytes = cfunc("int32(CPointer(uint8), intc)", (p, n) => {
      const a = carray(p, n);
      let s = 0;
      for (const x of a) s += x;
      a[0] = 300;
      return s;
    });
    const memory = new Uint8Array([250, 251, 252]);
    expect(bytes(memory, 3)).toBe(753);
    expect(memory[0]).toBe(300 & 255);
    const named = cfunc(
      "float64(voidptr, intc)",
      (p, n) => carray(p, [n], "float64")[n - 1] + carray(p, n, float64)[0],
    );
    expect(named(new Float64Array([1.5, 2.5]), 2)).toBe(4);
    const ints = cfunc("int32(voidptr)", (p) => carray(p, 4, int32)[3] + carray(p, 4, uint8).length);
    expect(ints(new Int32Array([1, 2, 3, -9]))).toBe(-5);
  });

  it("compound assignments evaluate their index once", () => {
    const f = cfunc("int32(CPointer(int32))", (p) => {
      const a = carray(p, [2, 2]);
      let i = 0;
      a[i++][i++] += 5;
      a[1][0] ^= 7;
      a[1][1]++;
      return i;
    });
    const memory = new Int32Array([1, 2, 3, 4]);
    expect(f(memory)).toBe(2);
    expect([...memory]).toEqual([1, 7, 4, 5]);
  });
});

it("a view is not chosen by a condition", () => {
  const f = cfunc(
    "float64(CPointer(float64), CPointer(float64), bool)",
    (p, q, b) => (b ? carray(p, 1) : carray(q, 1))[0],
  );
  expect(() => f.address).toThrow(/CF2011.*cannot be chosen/s);
  const chosen = cfunc("float64(CPointer(float64), CPointer(float64), bool)", (p, q, b) => carray(b ? p : q, 1)[0]);
  expect(chosen(new Float64Array([1]), new Float64Array([2]), false)).toBe(2);
});

it("a view in a loop may change its length from round to round", () => {
  const f = cfunc("float64(CPointer(float64), intc)", (p, n) => {
    let s = 0;
    for (let k = 1; k <= n; k++) {
      const a = carray(p, k);
      s += a[a.length - 1] * k;
    }
    return s;
  });
  expect(f(new Float64Array([1, 2, 3]), 3)).toBe(1 + 4 + 9);
});
