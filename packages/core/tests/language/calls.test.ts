// Calls: recursion, captured functions and constants, other compiled functions (inlined), function pointers, C functions.
import { describe, expect, it } from "vitest";
import { cfunc, closure, load } from "../../src/index.ts";
import * as constants from "./constants.ts";

const SCALE = 2.5;
const FLAG = true;
const BIG = 10n ** 15n;
const Color = { Red: 1, Green: 2, deep: { Blue: 4 } } as const;
const square = (x: number): number => x * x;
const clamp = (x: number, lo: number, hi: number): number => Math.min(Math.max(x, lo), hi);
const isEven = (n: number): boolean => (n === 0 ? true : isOdd(n - 1));
const isOdd = (n: number): boolean => (n === 0 ? false : isEven(n - 1));
const { sqrt, PI } = Math;

/** The calls in LLVM text that are not intrinsics. */
const callsIn = (text: string) =>
  [...text.matchAll(/\bcall [^\n]*?@"?([\w.]+)/g)].map(([, name]) => name).filter((name) => !name?.startsWith("llvm."));

describe("captured values", () => {
  it("are constants", () => {
    const f = cfunc("float64(float64)", (x) => (FLAG ? x * SCALE + constants.offset + Color.deep.Blue : -1));
    expect(f(2)).toBe(2 * SCALE + constants.offset + 4);
    expect(cfunc("int64(int64)", (n) => n + BIG)(1n)).toBe(10n ** 15n + 1n);
    expect(cfunc("int32(int32)", (n) => (n === Color.Green ? 1 : 0))(2)).toBe(1);
    expect(cfunc("float64(float64)", (x) => sqrt(x) * PI)(4)).toBe(2 * Math.PI);
  });

  it("are frozen when the function is compiled", () => {
    let factor = 2;
    const f = cfunc("int32(int32)", (n) => n * factor);
    factor = 3;
    expect(f(5)).toBe(15);
    factor = 4;
    expect(f(5)).toBe(15);
  });

  it("come from `externals` first", () => {
    const f = cfunc("float64(float64)", (x) => x * SCALE, { externals: { SCALE: 100 } });
    expect(f(2)).toBe(200);
  });
});

describe("recursion", () => {
  it("by name", () => {
    const f = cfunc("float64(int32)", function factorial(n: number): number {
      return n <= 1 ? 1 : n * factorial(n - 1);
    });
    expect(f(20)).toBe(2432902008176640000);
  });
  it("through the CFunc", () => {
    const fibonacci = cfunc("int32(int32)", (n): number => (n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2)));
    expect(fibonacci(20)).toBe(6765);
  });
  it("of two captured functions", () => {
    const f = cfunc("bool(int32)", (n) => isEven(n));
    expect([f(10), f(7), f(0)]).toEqual([true, false, true]);
  });
  it("of two compiled functions", () => {
    const even = cfunc("bool(int32)", (n): boolean => n === 0 || odd(n - 1));
    const odd = cfunc("bool(int32)", (n): boolean => n !== 0 && even(n - 1));
    expect([even(10), even(7), odd(7)]).toEqual([true, false, true]);
  });
});

describe("calls of captured functions", () => {
  it("plain ones, for each kind of arguments", () => {
    const f = cfunc("float64(int32, float64)", (n, x) => square(n) + square(x) + clamp(x, 0, 1));
    expect(f(46341, 0.5)).toBe(46341 ** 2 + 0.25 + 0.5);
    expect(callsIn(f.inspectLLVM())).toEqual([]);
  });
  it("compiled ones, which follow their own signatures", () => {
    const narrow = cfunc("uint8(int32)", (n) => n);
    const f = cfunc("float64(int32)", (n) => narrow(n) + 0.5);
    expect(f(257)).toBe(1.5);
    expect(callsIn(f.inspectLLVM())).toEqual([]);
    narrow.dispose();
    expect(f(258)).toBe(2.5);
  });
  it("at the address of another one", () => {
    const inner = cfunc("float64(float64)", (x) => x + 1);
    const outer = cfunc("float64(CFunction(float64(float64)), float64)", (g, x) => g(g(x)) * 10);
    expect(outer(inner, 1)).toBe(30);
    const closed = closure("float64(float64)", (x) => x * 100);
    expect(outer(closed, 1)).toBe(100_000);
    closed.dispose();
  });
  it("function pointers of several types through one plain function", () => {
    const apply = (g: (x: number) => number, x: number): number => g(x);
    const f = cfunc(
      "float64(CFunction(float64(float64)), CFunction(int32(int32)), float64)",
      (g, h, x) => apply(g, x) + apply(h, x),
    );
    const half = cfunc("float64(float64)", (x) => x / 2);
    const next = cfunc("int32(int32)", (n) => n + 1);
    expect(f(half, next, 3)).toBe(1.5 + 4);
  });
  it("pointers to several types through one plain function", () => {
    const first = (p: { [i: number]: number }): number => p[0] ?? 0;
    const f = cfunc(
      "float64(CPointer(float64), CPointer(int32), CPointer(uint8))",
      (p, q, r) => first(p) + first(q) + first(r),
    );
    expect(f(new Float64Array([0.5]), new Int32Array([-7]), new Uint8Array([200]))).toBe(193.5);
  });
});

describe("C functions", () => {
  const { cbrt, abs, strlen } = load("libm.so.6", {
    cbrt: "float64(float64)",
    abs: "int32(int32)",
    strlen: "size_t(CPointer(const char))",
  });
  it("are called from compiled code", () => {
    const f = cfunc("float64(float64, int32)", (x, n) => cbrt(x) + abs(n));
    expect(f(27, -4)).toBe(7);
    expect(f.inspectLLVM()).toContain("inttoptr");
  });
  it("take pointers", () => {
    const f = cfunc("size_t(CPointer(const char))", (s) => strlen(s) * 2);
    expect(f("four")).toBe(8);
  });
});
