// Destructuring: what is read and in which order, and what takes it.
import { describe, expect, test } from "vitest";
import { alloc, array, float64, int32, struct } from "../../../src/index.ts";
import { agree, agreeOn, compile, evaluate, refused, some } from "./agree.ts";

describe("of literals", () => {
  test.each([
    [
      "rotates",
      "(x) => { let a = x, b = 2, c = 3; [a, b, c] = [c, a, b]; [a, b] = [b, a]; return a * 100 + b * 10 + c; }",
    ],
    ["swaps var declarations", "(x) => { var a = x, b = 2; var [a, b] = [b, a]; return a * 100 + b; }"],
    [
      "computes what nothing takes",
      "(x) => { let i = 0; const [a] = [1, i++]; const [, b] = [i++, 2]; const { c } = { d: i++, c: i }; return i * 1000 + a * 100 + b * 10 + c; }",
    ],
    [
      "reads properties in the literal's order",
      "(x) => { let i = 3; const { a, b } = { b: i++, a: i * 10 }; return a * 100 + b; }",
    ],
    ["gives the last of two equal names", "(x) => { let i = 0; const { a } = { a: i++, a: x + i }; return a; }"],
    ["gives one property twice", "(x) => { let i = 0; const { a, a: b } = { a: x + i++ }; return a * 10 + b + i; }"],
    [
      "takes apart nested literals",
      "(x) => { const [[a, [b]], { c: { d }, e }] = [[x, [2]], { c: { d: 4 }, e: 5 }]; return a + b * 10 + d * 100 + e * 1000; }",
    ],
    ["has quoted names", "(x) => { const { 'a': b, c } = { a: x, 'c': 2 }; return b + c; }"],
    [
      "has values that read other parts' old values",
      "(x) => { let a = x, b = 1; for (let i = 0; i < 10; i++) [a, b] = [b, (a + b) | 0]; return a; }",
    ],
    ["declares in a for", "(x) => { let s = 0; for (let [i, j] = [0, x & 7]; i < j; i++, j--) s += i * j; return s; }"],
    ["makes variables of different kinds", "(x) => { let [a, b] = [x > 0, x * 0.5]; if (a) b += 1; return b; }"],
    ["is nothing for nothing", "(x) => { const [] = [x++]; const {} = { a: x++ }; return x; }"],
  ])("%s", (_, source) => {
    agree(compile("float64(int32)", evaluate(source)), some.int32);
  });

  test("an exception in one value", () => {
    const source =
      "(x) => { const die = (v) => { if (v > 1) throw new Error('big'); return v; }; let a = 0; const [b, c] = [a++, die(x)]; return a + b + c; }";
    agree(compile("float64(int32)", evaluate(source)), some.int32);
  });
});

describe("into elements", () => {
  test.each([
    ["swaps", "(p) => { [p[0], p[1]] = [p[1], p[0]]; return 0; }"],
    ["places are found when their turn comes", "(p) => { let i = 0; [p[i++], p[i++], i] = [i, p[1], 7]; return i; }"],
    ["the last of two equal places wins", "(p) => { [p[2], p[2]] = [p[0], p[1] + 10]; return p[2]; }"],
    ["a row into itself, one after the other", "(p) => { [p[1], p[0]] = carray(p, 2); return 0; }"],
    ["a row into an index that it changes", "(p) => { let i = 1; [i, p[i]] = carray(p, 2); return i; }"],
    [
      "nested rows",
      "(p) => { const [[a, b], row] = carray(p, [2, 2]); const [c] = row; p[3] = a; return a * 100 + b * 10 + c + row[1]; }",
    ],
    [
      "elements of different types",
      "(p, q) => { [p[0], q[0]] = [q[0], p[0]]; [q[1], p[1]] = [300.7, 0.1]; return p[0] + q[1]; }",
    ],
  ])("%s", (_, source) => {
    const f = compile("float64(CPointer(float64), CPointer(uint8))", evaluate(source));
    agree(f, [
      [Float64Array.of(1, 2, 3, 4), Uint8Array.of(200, 1)],
      [Float64Array.of(-0, 1, NaN, 2.5), Uint8Array.of(0, 255)],
    ]);
  });

  test("fields", () => {
    const Point = struct("Point", { x: float64, y: float64, tail: array(int32, 2) });
    const source =
      "(p) => { [p.x, p.y] = [p.y, p.x]; [p[1].x, p.tail[0], p.x] = [p.tail[1], p.x, p[1].y]; const { x, tail: [a, b], y: z } = p[1]; ({ x: p.y, tail: [p.tail[1]] } = p[1]); return x + a + b * z; }";
    const f = compile("float64(CPointer(Point))", evaluate(source), { Point });
    using points = alloc(Point, 2);
    agreeOn(
      f,
      () => {
        fill(points[0], { x: 1.5, y: -2 }, [3, 4]);
        fill(points[1], { x: 5, y: 6 }, [7, 8]);
        return [points] as const;
      },
      () => [0, 1].map((i) => [points[i]?.x, points[i]?.y, [...(points[i]?.tail ?? [])]]),
    );
  });
});

function fill(point: { tail: { [i: number]: number } }, fields: object, tail: readonly number[]): void {
  Object.assign(point, fields);
  for (const [i, value] of tail.entries()) point.tail[i] = value;
}

test("captured arrays", () => {
  const scope = { numbers: [2, -0, NaN], bigs: [5n, 7n] };
  agree(compile("float64()", evaluate("() => { const [a, b] = numbers; return a / b; }", scope)), [[]]);
  agree(compile("int64()", evaluate("() => { const [, b] = bigs; return b; }", scope)), [[]]);
});

test.each([
  ["defaults", "(x) => { const [a = 1] = [x]; return a; }", "CF1302 a = 1"],
  ["rests", "(x) => { const [a, ...b] = [x, 1]; return a; }", "CF1302 ...b"],
  ["rests of objects", "(x) => { const { a, ...b } = { a: x }; return a; }", "CF1302 ...b"],
  ["spread", "(x) => { const { a } = { a: 1, ...{ a: x } }; return a; }", "CF1302 ...{ a: x }"],
  ["computed names", "(x) => { const { x: a } = { [x]: 1, x: 2 }; return a; }", "CF1302 [x]: 1"],
  ["too few values", "(x) => { const [a, b] = [x]; return a; }", "CF1302 [a, b]"],
  ["holes in the literal", "(x) => { const [a, b] = [x, , 2]; return a; }", "CF1302 [x, , 2]"],
  ["a property that is not there", "(x) => { const { a, b } = { a: x }; return a; }", "CF1302 b"],
  ["functions as values", "(x) => { const [f] = [() => x]; return f(); }", "CF1302 () => x"],
  ["methods", "(x) => { const { f } = { f() { return 1; } }; return 1; }", "CF1302 () { return 1; }"],
  ["constants as targets", "(x) => { const a = 1; [a] = [x]; return a; }", "CF1303 a"],
  ["numbers", "(x) => { const [a] = x; return a; }", "CF2011 a"],
  ["numbers as objects", "(x) => { const { a } = x; return a; }", "CF2008 a"],
  ["it as an expression", "(x) => { let a = 0; return ([a] = [x])[0]; }", "CF1302 [a]"],
  ["a value that it declares", "(x) => { let [a, b] = [x, a]; return b; }", "CF2009 a"],
  [
    "a declaration without a value",
    "(x) => { const f = (y) => { let a = y; return a }; const [q] = [f]; return q; }",
    "CF1302 f",
  ],
])("refuses %s", (_, source, expected) => {
  expect(refused("float64(int32)", source)).toBe(expected);
});
