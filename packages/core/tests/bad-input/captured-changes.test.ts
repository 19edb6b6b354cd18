// Captured values that change. What counts is the value at the first use, even where it was another one when the function
// was defined; later changes change nothing. A getter, which could give another value each time, is never run.
import { expect, test } from "vitest";
import { cfunc } from "../../src/index.ts";
import { refusal } from "../language/constructs/agree.ts";

test("a number", () => {
  let scale = 2;
  const f = cfunc("float64(float64)", (x) => x * scale);
  scale = 10;
  expect(f(3)).toBe(30);
  scale = 100;
  expect(f(3)).toBe(30);
  expect(f.wrapped(3)).toBe(300);
});

test("a bigint, through an address instead of a call", () => {
  let offset = 1n;
  const f = cfunc("int64(int64)", (x) => x + offset);
  offset = 5n;
  expect(f.address).not.toBe(0n);
  offset = 7n;
  expect(f(1n)).toBe(6n);
});

test("a member of an object, and the object itself", () => {
  let options = { scale: 2, inner: { bias: 1 } };
  const f = cfunc("float64(float64)", (x) => x * options.scale + options.inner.bias);
  options.scale = 3;
  options = { ...options, inner: { bias: 4 } };
  expect(f(2)).toBe(10);
  options.scale = 50;
  options.inner.bias = 60;
  options = { scale: 70, inner: { bias: 80 } };
  expect(f(2)).toBe(10);
  expect(f.wrapped(2)).toBe(220);
});

test.each([
  ["an array", (values: number[]) => values],
  ["a typed array", (values: number[]) => Float64Array.from(values)],
])("%s", (_, make) => {
  const table = make([1, 2, 3]);
  const f = cfunc("float64(int32)", (i) => table[i] ?? 0);
  table[1] = 20;
  expect([f(0), f(1), f(2)]).toEqual([1, 20, 3]);
  table[1] = 30;
  table[2] = 40;
  expect([f(0), f(1), f(2)]).toEqual([1, 20, 3]);
  expect(f.wrapped(2)).toBe(40);
});

test("an array that grew before the first use", () => {
  const values = [1];
  const f = cfunc("float64()", () => {
    let sum = 0;
    for (const value of values) sum += value;
    return sum + values.length * 100;
  });
  values.push(2, 3);
  expect(f()).toBe(306);
  values.length = 0;
  expect(f()).toBe(306);
});

test("a captured function", () => {
  let step = (x: number): number => x + 1;
  const f = cfunc("float64(float64)", (x) => step(x) * 2);
  step = (x) => x + 10;
  expect(f(1)).toBe(22);
  step = (x) => x + 100;
  expect(f(1)).toBe(22);
});

test("from a number into what native code cannot use", () => {
  let limit: unknown = 3;
  const f = cfunc("float64(float64)", (x) => x + (limit as number));
  limit = "three";
  expect(refusal(() => ({ address: f.address }))).toMatchObject({ code: "CF2004", at: "limit" });
});

test("a getter is refused, and not run", () => {
  let runs = 0;
  const source = {
    get next(): number {
      runs += 1;
      return runs;
    },
  };
  const f = cfunc("float64(float64)", (x) => x + source.next);
  expect(refusal(() => ({ address: f.address })).code).toBe("CF2004");
  expect(runs).toBe(0);
});
