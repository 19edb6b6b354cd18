// Captured arrays of numbers: constants of the compiled code, of every kind of array and with every kind of value.
import { describe, expect, test } from "vitest";
import { agree, compile, evaluate, refused } from "./agree.ts";

const indices = (length: number) => Array.from({ length }, (_, i) => [i]);

describe("every element is what it was", () => {
  const huge = [
    1e308,
    -5e-324,
    2 ** 53,
    -(2 ** 63),
    0.1,
    1 / 3,
    Number.MAX_VALUE,
    Number.MIN_VALUE,
    Infinity,
    -Infinity,
  ];
  const arrays = {
    zeros: [0, -0, 5],
    minusZeros: [-0, -0],
    nans: [NaN, 1, NaN],
    huge,
    one: [7],
    oneFraction: [0.5],
    integers: [3, -1, 2147483647, -2147483648],
    beyondInt32: [2147483648, 1],
    int8: Int8Array.of(-128, 127, 0),
    uint8: Uint8Array.of(0, 255),
    clamped: Uint8ClampedArray.of(0, 300, -5),
    int16: Int16Array.of(-32768, 32767),
    uint16: Uint16Array.of(65535, 1),
    int32: Int32Array.of(-(2 ** 31), 2 ** 31 - 1),
    uint32: Uint32Array.of(2 ** 32 - 1, 0),
    float32: Float32Array.of(0.1, 3e38, -0, NaN, 1e-45, Infinity),
    float64: Float64Array.of(...huge, -0, NaN),
    part: new Int16Array(Int16Array.of(9, 8, 7, 6).buffer, 2, 2),
    frozen: Object.freeze([4, 5]),
  } as const;
  test.each(Object.entries(arrays))("%s", (_, a) => {
    for (const source of [
      "(i) => a[i]",
      "(i) => 1 / a[i]",
      "(i) => a[i] * 2 + a.length",
      "(i) => (a[i] === a[i] ? a[i] | 0 : -1)",
    ])
      agree(compile("float64(int32)", evaluate(source, { a })), indices(a.length));
    agree(compile("uint8(int32)", evaluate("(i) => a[i]", { a })), indices(a.length));
  });

  const bigints = {
    big64: BigInt64Array.of(1n, -(2n ** 63n), 2n ** 63n - 1n),
    bigU64: BigUint64Array.of(2n ** 64n - 1n, 3n),
    plain: [1n, -(2n ** 63n)],
    wide: [2n ** 64n - 1n, 0n],
  } as const;
  test.each(Object.entries(bigints))("%s", (_, a) => {
    agree(compile("int64(int32)", evaluate("(i) => a[i]", { a })), indices(a.length));
    agree(compile("uint64(int32)", evaluate("(i) => a[i] + 1n", { a })), indices(a.length));
    agree(compile("float64(int32)", evaluate("(i) => (a[i] > 0n ? 1 : 2)", { a })), indices(a.length));
  });
});

test("are views: length, constants, destructuring, in inner functions", () => {
  const a = [5, 6.5, 7];
  const scope = { a, table: { weights: a } };
  for (const source of [
    "(i) => a.length * 100 + a[i]",
    "(i) => { const b = a; return b[i] + a[0] + b.length; }",
    "(i) => { const [x, , z] = a; return x * z + i; }",
    "(i) => { const dot = (v, w) => { let s = 0; for (let k = 0; k < v.length; k++) s += v[k] * w[k]; return s; }; return dot(a, a) + i; }",
    "(i) => table.weights[i] * 2",
  ])
    agree(compile("float64(int32)", evaluate(source, scope)), indices(3));
});

test("they are frozen when the function is compiled", () => {
  const a = [1, 2, 3];
  const typed = Float64Array.of(1, 2);
  const f = compile(
    "float64()",
    evaluate(
      "() => { let s = 0; for (const x of a) s += x; for (const x of typed) s += x; return s * 10 + a.length; }",
      { a, typed },
    ),
  );
  expect(f()).toBe(93);
  a[0] = 100;
  a.push(7);
  typed[0] = 50;
  expect(f()).toBe(93);
});

test("one array under two names, and through another compiled function", () => {
  const a = [1, 2, 3];
  const inner = compile("float64(int32)", evaluate("(i) => b[i] * 10", { b: a }));
  const f = compile("float64(int32)", evaluate("(i) => a[i] + alias[i] + inner(i)", { a, alias: a, inner }));
  agree(f, indices(3));
});

test("empty arrays", () => {
  const scope = { none: [], typed: new Float64Array(0), big: new BigInt64Array(0) };
  agree(
    compile(
      "float64()",
      evaluate(
        "() => { let s = 1; for (let i = 0; i < none.length; i++) s += none[i]; for (const x of typed) s += x; return s; }",
        scope,
      ),
    ),
    [[]],
  );
  agree(
    compile(
      "int64()",
      evaluate("() => { let s = 1n; for (let i = 0; i < big.length; i++) s += big[i]; return s; }", scope),
    ),
    [[]],
  );
});

test("large ones, in little time", () => {
  const a = Float64Array.from({ length: 20_000 }, (_, i) => i * 0.5);
  const f = compile(
    "float64()",
    evaluate(
      "() => { let s = 0; for (let k = 0; k < 3; k++) for (let i = 0; i < a.length; i++) for (let j = 0; j < 2; j++) s += a[i] * j; return s; }",
      { a },
    ),
  );
  agree(f, [[]]);
});

test.each([
  ["writing", "(i) => { a[0] = i; return 0; }", "CF2018 a[0]"],
  ["writing by a method", "(i) => { a.set(0, i); return 0; }", "CF2018 a.set(0, i)"],
  ["assigning", "(i) => { a = i; return 0; }", "CF1303 a"],
  ["other methods", "(i) => a.push(i)", "CF2008 a.push(i)"],
  ["mixed arrays", "(i) => mixed[i]", "CF2004 mixed"],
  ["arrays of texts", "(i) => texts[i]", "CF2004 texts"],
  ["arrays with holes", "(i) => holes[i]", "CF2004 holes"],
  ["arrays of booleans", "(i) => flags[i]", "CF2004 flags"],
  ["arrays of arrays", "(i) => nested[0][i]", "CF2004 nested"],
  ["bigints as indices", "(i) => a[1n]", "CF2011 1n"],
  ["arrays as numbers", "(i) => a + 1", "CF2011 a + 1"],
  ["arrays as conditions", "(i) => (a ? 1 : 2)", "CF2011 a"],
  ["views of arrays", "(i) => carray(a, 2)[i]", "CF2014 a"],
  ["arrays for captured functions", "(i) => first(a)", "CF2011 a"],
])("refuses %s", (_, source, expected) => {
  const first = evaluate("(list) => list[0]");
  const holes = new Array(2);
  const scope = { a: [1, 2], mixed: [1, 2n], texts: ["a"], holes, flags: [true], nested: [[1], [2]], first };
  expect(refused("float64(int32)", source, scope)).toBe(expected);
});
