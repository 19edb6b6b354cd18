// Fast math: off by default, on by flags, with libmvec's vector functions, within a few units in the last place.
import { expect, test } from "vitest";
import { everyFlag, fastMathFlags, vectorForms } from "../../src/emit/fastmath.ts";
import { carray, cfunc } from "../../src/index.ts";

const over = (fastmath: boolean) =>
  cfunc(
    "void(CPointer(float64), CPointer(float64), int32)",
    (x, y, n) => {
      const a = carray(x, n);
      const b = carray(y, n);
      for (let i = 0; i < n; i++) b[i] = Math.exp(-a[i]) / (a[i] * a[i]);
    },
    { fastmath },
  );

test("is off by default: no operation carries a flag", () => {
  const f = cfunc("float64(float64)", (x) => Math.exp(-x) / (x * x) + 1);
  expect(f.inspectLLVM({ optimized: false })).not.toMatch(/\b(nnan|reassoc|afn|fast)\b/);
});

test("`true` sets exactly the flags of the table", () => {
  const f = cfunc("float64(float64, float64)", (x, y) => x * y + 1, { fastmath: true });
  expect(f.inspectLLVM({ optimized: false })).toContain(`fmul ${everyFlag.join(" ")} double`);
  expect(Object.keys(fastMathFlags)).toEqual(["nnan", "ninf", "nsz", "arcp", "contract", "afn", "reassoc"]);
});

test("an array sets the flags it names", () => {
  const f = cfunc("float64(float64)", (x) => x / 3, { fastmath: ["arcp"] });
  expect(f.inspectLLVM({ optimized: false })).toContain("fdiv arcp double");
  expect(f(6)).toBeCloseTo(2, 14);
});

test("a compiled callee keeps its own rules", () => {
  const exact = cfunc("float64(float64)", (x) => x / 3);
  const f = cfunc("float64(float64)", (x) => exact(x) / 7, { fastmath: ["arcp"] });
  const divisions = f.inspectLLVM({ optimized: false }).match(/fdiv[a-z ]*double/g);
  expect(divisions?.sort()).toEqual(["fdiv arcp double", "fdiv double"]);
});

test("a vectorised loop agrees with the exact one within 4 units in the last place", () => {
  const n = 1003;
  const x = Float64Array.from({ length: n }, (_, i) => 0.5 + i / 100);
  const [fast, exact] = [new Float64Array(n), new Float64Array(n)];
  over(true)(x, fast, n);
  over(false)(x, exact, n);
  for (let i = 0; i < n; i++) {
    const ulp = Math.abs(exact[i] ?? 0) * Number.EPSILON;
    expect(Math.abs((fast[i] ?? 0) - (exact[i] ?? 0))).toBeLessThanOrEqual(8 * ulp);
  }
});

test("vector forms follow the processor", () => {
  expect(vectorForms("exp", "+sse4.2")).toBeUndefined();
  expect(vectorForms("floor", "+avx2")).toBeUndefined();
  expect(vectorForms("exp", "+avx2")?.symbols).toEqual(["_ZGVdN4v_exp"]);
  expect(vectorForms("pow", "+avx2,+avx512f")?.symbols).toEqual(["_ZGVdN4vv_pow", "_ZGVeN8vv_pow"]);
});

test("an unknown flag is refused", () => {
  expect(() => cfunc("float64(float64)", (x) => x, { fastmath: ["fast" as "afn"] })).toThrow(
    /CF5060.*the flags are nnan/s,
  );
});
