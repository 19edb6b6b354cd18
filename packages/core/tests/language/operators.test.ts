// Every operator on every pair of number types, at the edges.
import { describe, it } from "vitest";
import { bigintTypes, numberTypes } from "../fuzz/inputs.ts";
import { agreeOn, pairs } from "./oracle.ts";

const arithmetic = ["+", "-", "*", "/", "%"];
const bitwise = ["&", "|", "^", "<<", ">>", ">>>"];
const comparisons = ["<", "<=", ">", ">=", "==", "!=", "===", "!=="];
const types = ["int32", "uint32", "float64", "int8", "size_t"] as const;

describe.each(types.flatMap((a) => types.map((b) => [a, b] as const)))("%s and %s", (a, b) => {
  const calls = pairs(numberTypes[a].values, numberTypes[b].values);
  it("arithmetic", () => {
    for (const op of arithmetic) agreeOn(`float64(${a}, ${b})`, `(x, y) => x ${op} y`, calls);
  });
  it("bitwise", () => {
    for (const op of bitwise) agreeOn(`float64(${a}, ${b})`, `(x, y) => x ${op} y`, calls);
  });
  it("comparison", () => {
    for (const op of comparisons) agreeOn(`bool(${a}, ${b})`, `(x, y) => x ${op} y`, calls);
  });
  it("as int32", () => {
    for (const op of arithmetic) agreeOn(`int32(${a}, ${b})`, `(x, y) => x ${op} y`, calls);
  });
});

describe.each(types)("on %s", (type) => {
  const calls = numberTypes[type].values.map((x) => [x]);
  it("unary", () => {
    for (const op of ["-", "+", "~"]) agreeOn(`float64(${type})`, `(x) => ${op}x`, calls);
    agreeOn(`bool(${type})`, "(x) => !x", calls);
  });
  it("compound assignment and update", () => {
    for (const op of [...arithmetic, ...bitwise]) {
      agreeOn(`float64(${type})`, `(x) => { let s = 5; s ${op}= x; x ${op}= 3; return s - x; }`, calls);
    }
    agreeOn(
      `float64(${type})`,
      "(x) => { const a = x++; const b = ++x; const c = x--; return a + b * 3 + c * 7 - --x; }",
      calls,
    );
  });
  it("logical", () => {
    agreeOn(`float64(${type})`, "(x) => (x || 7) + (x && 3)", calls);
  });
});

describe("exponentiation", () => {
  const { values } = numberTypes.float64;
  it("float64 ** float64", () => agreeOn("float64(float64, float64)", "(x, y) => x ** y", pairs(values, values), 4));
  it("int32 ** 2", () =>
    agreeOn(
      "float64(int32)",
      "(x) => x ** 2",
      numberTypes.int32.values.map((x) => [x]),
      1,
    ));
});

describe.each(["int64", "uint64"] as const)("bigint operators on %s", (type) => {
  const calls = pairs(bigintTypes[type], bigintTypes[type]);
  it("wrap modulo 2^64", () => {
    for (const op of ["+", "-", "*", "&", "|", "^"]) agreeOn(`${type}(${type}, ${type})`, `(x, y) => x ${op} y`, calls);
  });
  it("compare", () => {
    for (const op of comparisons) agreeOn(`bool(${type}, ${type})`, `(x, y) => x ${op} y`, calls);
  });
  it("divide by what is above zero", () => {
    for (const op of ["/", "%"]) agreeOn(`${type}(${type}, ${type})`, `(x, y) => (y > 0n ? x ${op} y : 0n)`, calls);
  });
  it("shift", () => {
    const ones = bigintTypes[type].map((x) => [x]);
    for (const by of [0, 1, 31, 63, 64, 90]) agreeOn(`${type}(${type})`, `(x) => x >> ${by}n`, ones);
    for (const by of [0, 1, 31, 63]) agreeOn(`${type}(${type})`, `(x) => x << ${by}n`, ones);
  });
  it("negate and complement", () => {
    agreeOn(
      `${type}(${type})`,
      "(x) => -x + ~x",
      bigintTypes[type].map((x) => [x]),
    );
  });
});
