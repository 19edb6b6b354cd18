// All of Math: exact functions to the last bit, transcendental ones within 4 units in the last place of V8's.
import { describe, expect, it } from "vitest";
import { mathFunctions } from "../../src/check/math.ts";
import { inexactMath } from "../fuzz/generate/literals.ts";
import { numberTypes } from "../fuzz/inputs.ts";
import { agreeOn, pairs } from "./oracle.ts";

const exact = ["abs", "ceil", "floor", "round", "trunc", "sign", "sqrt", "fround", "clz32"];
const values = [
  ...numberTypes.float64.values,
  ...Array.from({ length: 400 }, (_, i) => (i - 200) * 0.37),
  ...Array.from({ length: 60 }, (_, i) => 1.7 ** (i - 30)),
  ...[0.5, -0.5, 2.5, -1.5, 0.9999999999999999, 4503599627370495.5, 2 ** 52 + 1, -(2 ** 52) - 1],
];
const calls = values.map((x) => [x]);
const ints = numberTypes.int32.values.map((x) => [x]);

it("every function of this V8 is compiled, or its absence has a reason", () => {
  const known = Object.getOwnPropertyNames(Math).filter((name) => typeof Reflect.get(Math, name) === "function");
  const reasons: Readonly<Record<string, string>> = {
    random: "keeps a state",
    f16round: "newer than the oldest Node",
    sumPrecise: "takes an iterable",
  };
  expect(known.filter((name) => !Object.hasOwn(mathFunctions, name) && !Object.hasOwn(reasons, name))).toEqual([]);
});

describe("exact", () => {
  it.each(exact)("%s", (name) => {
    agreeOn("float64(float64)", `(x) => Math.${name}(x)`, calls);
    agreeOn("float64(int32)", `(n) => Math.${name}(n)`, ints);
    agreeOn("int32(float64)", `(x) => Math.${name}(x)`, calls);
    agreeOn("float64(int32)", `(n) => Math.${name}(n / 4)`, ints);
  });
  it.each(["min", "max", "imul"])("%s", (name) => {
    const floats = pairs(numberTypes.float64.values, numberTypes.float64.values);
    agreeOn("float64(float64, float64)", `(x, y) => Math.${name}(x, y)`, floats);
    agreeOn(
      "float64(int32, float64)",
      `(x, y) => Math.${name}(x, y)`,
      pairs(numberTypes.int32.values, values.slice(0, 30)),
    );
    agreeOn(
      "float64(int32, uint32)",
      `(x, y) => Math.${name}(x, y)`,
      pairs(numberTypes.int32.values, numberTypes.uint32.values),
    );
  });
  it("any number of arguments", () => {
    agreeOn("float64(float64)", "(x) => Math.min() + Math.max(x) + Math.min(x, 3, x * 2, -1)", calls);
    agreeOn("float64(float64)", "(x) => Math.hypot() + Math.hypot(x)", calls);
  });
});

describe("within 4 units in the last place", () => {
  it.each(inexactMath)("%s", (name) => agreeOn("float64(float64)", `(x) => Math.${name}(x)`, calls, 4));
  it.each(["atan2", "hypot", "pow"])("%s", (name) => {
    const some = values.filter((_, i) => i % 7 === 0 || i < 26);
    agreeOn("float64(float64, float64)", `(x, y) => Math.${name}(x, y)`, pairs(some, some), 4);
  });
});

it("constants", () => {
  const names = ["E", "LN10", "LN2", "LOG10E", "LOG2E", "PI", "SQRT1_2", "SQRT2"];
  for (const name of names) agreeOn("float64()", `() => Math.${name}`, [[]]);
  for (const name of [
    "EPSILON",
    "MAX_SAFE_INTEGER",
    "MIN_SAFE_INTEGER",
    "MAX_VALUE",
    "MIN_VALUE",
    "NaN",
    "POSITIVE_INFINITY",
    "NEGATIVE_INFINITY",
  ])
    agreeOn("float64()", `() => Number.${name}`, [[]]);
});

it("Number's predicates", () => {
  for (const name of ["isNaN", "isFinite", "isInteger", "isSafeInteger"]) {
    agreeOn("bool(float64)", `(x) => Number.${name}(x)`, calls);
    agreeOn("bool(int32)", `(n) => Number.${name}(n / 2)`, ints);
  }
});
