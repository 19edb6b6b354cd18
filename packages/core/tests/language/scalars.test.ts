// Every integer and float type as parameter and result: its extremes pass unchanged, everything else wraps modulo 2^n
// as a typed array's element does.
import { describe, expect, it } from "vitest";
import { type IntType, parseType, typeNames } from "../../src/index.ts";
import { numberTypes } from "../fuzz/inputs.ts";
import { agreeOn, compileText } from "./oracle.ts";

const types = Object.keys(typeNames).map((name) => ({ name, type: parseType(name) }));
const integers = types.filter((t): t is { name: string; type: IntType } => t.type.kind === "int");
const doubles = numberTypes.float64.values;

it("there are integers of every size, both signs", () => {
  expect(new Set(integers.map(({ type }) => `${type.signed ? "i" : "u"}${type.bits}`)).size).toBe(8);
});

describe.each(integers)("$name", ({ name, type }) => {
  const bits = BigInt(type.bits);
  const [lo, hi] = type.signed ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n];
  const wraps = (value: bigint) => (type.signed ? BigInt.asIntN(type.bits, value) : BigInt.asUintN(type.bits, value));

  if (type.js === "bigint") {
    it("passes its extremes", () => {
      const f = compileText(`${name}(${name})`, "(x) => x");
      for (const value of [lo, lo + 1n, 0n, 1n, hi - 1n, hi]) expect(f(value)).toBe(value);
    });
    it("wraps its results", () => {
      const f = compileText(`${name}(${name}, int64)`, "(x, y) => x * 3n + y");
      for (const x of [lo, hi, 5n]) for (const y of [-1n, 2n ** 63n - 1n]) expect(f(x, y)).toBe(wraps(x * 3n + y));
    });
    return;
  }
  // 64-bit integers that are numbers are exact to 2^53 by contract
  const safe = type.bits === 64 ? [type.signed ? Number.MIN_SAFE_INTEGER : 0, Number.MAX_SAFE_INTEGER] : [lo, hi];
  const [least = 0, most = 0] = safe.map(Number);

  it("passes its extremes", () => {
    const f = compileText(`${name}(${name})`, "(x) => x");
    for (const value of [least, least + 1, 0, 1, most - 1, most]) expect(f(value)).toBe(value);
  });
  it("wraps its results", () => {
    const f = compileText(`${name}(float64)`, "(x) => x");
    for (const x of [...doubles, 3.99, -3.99, 2 ** 31, -(2 ** 31) - 1, 2 ** 40 + 17]) {
      const whole = Number.isFinite(x) ? wraps(BigInt(Math.trunc(x))) : 0n;
      expect(f(x), String(x)).toBe(Number(whole));
    }
  });
  it("computes at its extremes", () => {
    const f = compileText(`float64(${name}, ${name})`, "(x, y) => x * y - y + (x | 0)");
    const original = (x: number, y: number) => x * y - y + (x | 0);
    for (const x of [least, 0, most]) for (const y of [least, 1, most]) expect(f(x, y)).toBe(original(x, y));
  });
});

describe("float32 and float64", () => {
  it("round as Math.fround does", () =>
    agreeOn(
      "float32(float64)",
      "(x) => x",
      doubles.map((x) => [x]),
    ));
  it("compute in double precision", () => {
    const values = doubles.map(Math.fround);
    agreeOn(
      "float32(float32, float32)",
      "(x, y) => x * y + 0.1",
      values.flatMap((x) => values.map((y) => [x, y])),
    );
    agreeOn(
      "float64(float32)",
      "(x) => x + 0.1",
      values.map((x) => [x]),
    );
  });
});

describe("bool", () => {
  it("passes and negates", () => {
    agreeOn("bool(bool)", "(b) => b", [[true], [false]]);
    agreeOn("bool(bool, bool)", "(a, b) => a !== b", [
      [true, false],
      [true, true],
      [false, false],
    ]);
    agreeOn("int32(bool)", "(b) => (b ? 5 : -5)", [[true], [false]]);
  });
  it("is the truth of what is returned", () => {
    agreeOn(
      "bool(float64)",
      "(x) => x",
      doubles.map((x) => [x]),
    );
    agreeOn("bool(int64)", "(x) => x", [[0n], [1n], [-(2n ** 63n)], [2n ** 40n]]);
    agreeOn("bool(int32)", "(n) => n", [[0], [256], [-1]]);
  });
});
