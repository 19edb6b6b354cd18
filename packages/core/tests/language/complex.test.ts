// Complex arithmetic: compiled against the same functions in V8, and both against gcc's complex numbers.
import { describe, expect, test } from "vitest";
import { alloc, cfunc, complex, complex128, load } from "../../src/index.ts";
import { compileC, hasCompiler } from "../native/c-compiler.ts";

type Complex = { readonly re: number; readonly im: number };
const parts = [0, -0, 1, -1, 0.1, -2.5, 3e200, -1e-200, 5e-324, Number.MAX_VALUE, Infinity, -Infinity, NaN];
const values: readonly Complex[] = parts.flatMap((re) => parts.map((im) => ({ re, im })));
const some: readonly Complex[] = values.filter((_, i) => i % 5 === 0);

/** Objects with -0 apart from 0, for messages. */
const show = ({ re, im }: Complex) => [re, im].map((x) => (Object.is(x, -0) ? "-0" : String(x))).join(" ");

/** libm and V8 differ in the last places of hypot, exp and their like; a logarithm of almost 1 shows more of that. */
const close = (a: number, b: number): boolean => Object.is(a, b) || Math.abs(a - b) <= 1e-15 + 1e-13 * Math.abs(b);

describe("compiled functions give what V8 gives", () => {
  const exact = {
    add: cfunc("complex128(complex128, complex128)", (a, b) => complex.add(a, b)),
    sub: cfunc("complex128(complex128, complex128)", (a, b) => complex.sub(a, b)),
    mul: cfunc("complex128(complex128, complex128)", (a, b) => complex.mul(a, b)),
    div: cfunc("complex128(complex128, complex128)", (a, b) => complex.div(a, b)),
  };
  test.each(Object.entries(exact))("%s, bit by bit", (_, f) => {
    for (const a of values)
      for (const b of some) expect(show(f(a, b)), `${show(a)}; ${show(b)}`).toBe(show(f.wrapped(a, b)));
  });

  const unary = {
    neg: cfunc("complex128(complex128)", (a) => complex.neg(a)),
    conj: cfunc("complex128(complex128)", (a) => complex.conj(a)),
    sqrt: cfunc("complex128(complex128)", (a) => complex.sqrt(a)),
    exp: cfunc("complex128(complex128)", (a) => complex.exp(a)),
    log: cfunc("complex128(complex128)", (a) => complex.log(a)),
    scale: cfunc("complex128(complex128)", (a) => complex.scale(a, -0.3)),
    polar: cfunc("complex128(complex128)", (a) => complex.polar(a.re, a.im)),
    rest: cfunc("complex128(complex128)", (a) => complex.of(complex.abs(a), complex.arg(a))),
  };
  test.each(Object.entries(unary))("%s, as near as the functions of Math", (_, f) => {
    for (const a of values) {
      const [ours, theirs] = [f(a), f.wrapped(a)];
      const near = close(ours.re, theirs.re) && close(ours.im, theirs.im);
      expect(near, `${show(a)}: ${show(ours)}, not ${show(theirs)}`).toBe(true);
    }
  });

  test("equals", () => {
    const f = cfunc("bool(complex128, complex128)", (a, b) => complex.equals(a, b));
    for (const a of some) for (const b of some) expect(f(a, b)).toBe(f.wrapped(a, b));
  });

  test("complex64 rounds when it is stored, passed and returned", () => {
    const f = cfunc("complex64(complex64, complex64)", (a, b) => complex.mul(a, b));
    const round = ({ re, im }: Complex) => ({ re: Math.fround(re), im: Math.fround(im) });
    for (const a of some) for (const b of some) expect(show(f(a, b))).toBe(show(round(f.wrapped(round(a), round(b)))));
  });
});

test.skipIf(!hasCompiler)("gcc gives the same product, but for NaN, and the same quotient within rounding", () => {
  const c = load(
    compileC(`double _Complex mul(double _Complex a, double _Complex b) { return a * b; }
      double _Complex quo(double _Complex a, double _Complex b) { return a / b; }`),
    { mul: "complex128(complex128, complex128)", quo: "complex128(complex128, complex128)" },
  );
  for (const a of values) {
    for (const b of some) {
      const product = complex.mul(a, b);
      if (!(Number.isNaN(product.re) && Number.isNaN(product.im))) expect(show(c.mul(a, b))).toBe(show(product));
    }
  }
  const moderate = [0.1, -2.5, 3, 1e10, -1e-10];
  for (const x of moderate) {
    for (const y of moderate) {
      const [ours, theirs] = [
        complex.div({ re: x, im: y }, { re: y, im: 0.7 }),
        c.quo({ re: x, im: y }, { re: y, im: 0.7 }),
      ];
      const error = complex.abs(complex.sub(ours, theirs)) / complex.abs(theirs);
      expect(error).toBeLessThan(1e-15);
    }
  }
});

test("Mandelbrot costs what it costs without complex numbers", () => {
  const written = cfunc("int32(float64, float64, int32)", (x, y, most) => {
    let [re, im, count] = [0, 0, 0];
    while (count < most && re * re + im * im <= 4) {
      [re, im] = [re * re - im * im + x, re * im + im * re + y];
      count++;
    }
    return count;
  });
  const complexly = cfunc("int32(complex128, int32)", (c, most) => {
    let z = complex.of(0, 0);
    let count = 0;
    while (count < most && z.re * z.re + z.im * z.im <= 4) {
      z = complex.add(complex.mul(z, z), c);
      count++;
    }
    return count;
  });
  /** How often each operation stands in the optimised text. */
  const operations = (text: string) => {
    const counts = new Map<string, number>();
    for (const [, name = ""] of text.matchAll(/ = (?:tail )?([a-z]+)/g)) counts.set(name, (counts.get(name) ?? 0) + 1);
    return Object.fromEntries([...counts].filter(([name]) => name !== "distinct").sort());
  };
  expect(operations(complexly.inspectLLVM())).toEqual(operations(written.inspectLLVM()));
  for (const [x, y] of [
    [0, 0],
    [-0.5, 0.5],
    [0.3, 0.6],
    [-2, 0],
    [1, 1],
  ] as const) {
    expect(complexly({ re: x, im: y }, 500)).toBe(written(x, y, 500));
  }
});

test("elements of views, and loops over them", () => {
  const f = cfunc("complex128(CPointer(complex128), size_t)", (p, n) => {
    let sum = complex.of(0, 0);
    for (let i = 0; i < n; i++) sum = complex.add(sum, complex.scale(p[i], i));
    p[0] = sum;
    return { re: p[1].im, im: sum.re };
  });
  using numbers = alloc(complex128, 3);
  numbers[1] = { re: 1, im: 2 };
  numbers[2] = { re: 3, im: -4 };
  expect([f(numbers, 3), numbers[0]]).toEqual([
    { re: 2, im: 7 },
    { re: 7, im: -6 },
  ]);
});
