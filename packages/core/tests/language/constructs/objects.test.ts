// Objects as values: literals, variables, joins, nesting, functions that take and give them, and what is refused.
import { expect, test } from "vitest";
import { alloc, float64, int32, struct } from "../../../src/index.ts";
import { agree, agreeOn, compile, evaluate, refused, some } from "./agree.ts";

const floats = [0, -0, 1, 1.5, -2.5, NaN, Infinity, -Infinity, 1e308];
const pairs = floats.flatMap((x) => floats.map((y) => [x, y]));

test.each([
  ["made and read", "(x, y) => { const p = { a: x, b: y }; return p.a - p.b; }"],
  ["in another order", "(x, y) => { let p = { a: x, b: y }; p = { b: p.a, a: p.b }; return p.a / p.b; }"],
  [
    "swapping its own fields",
    "(x, y) => { let p = { a: x, b: y }; for (let i = 0; i < 3; i++) p = { a: p.b, b: p.a }; return p.a - 2 * p.b; }",
  ],
  ["chosen by a condition", "(x, y) => { const p = x < y ? { a: x, b: y } : { a: y, b: x }; return p.a + 2 * p.b; }"],
  ["joined after branches", "(x, y) => { let p; if (x < y) p = { a: x }; else p = { a: 3 }; return 1 / p.a; }"],
  ["nested", "(x, y) => { const p = { at: { x, y }, n: 2 }; return p.at.x * p.n + p.at.y; }"],
  [
    "nested and replaced",
    "(x, y) => { let p = { at: { x, y }, n: 1 }; p = { at: { x: p.at.y, y: p.n }, n: p.at.x }; return p.at.x - p.at.y / p.n; }",
  ],
  ["taken apart", "(x, y) => { const p = { a: x, b: { c: y } }; const { a, b: { c } } = p; return a - c; }"],
  [
    "kept while the variable changes",
    "(x, y) => { let p = { a: x }; const before = p; p = { a: y }; return before.a - 2 * p.a; }",
  ],
  ["with strings for names", "(x, y) => { const p = { 'a': x, \"b\": y }; return p.a - p.b; }"],
  [
    "given by an inner function",
    "(x, y) => { const f = (t) => { if (t > 0) return { v: t }; return { v: -t * y }; }; return f(x).v; }",
  ],
  [
    "given by a recursive inner function",
    "(x, y) => { const f = (n) => n <= 0 ? { s: y, p: 1 } : (() => { const r = f(n - 1); return { s: r.s + x, p: r.p * 2 }; })(); const r = f(5); return r.s / r.p; }",
  ],
  ["as an assignment's value", "(x, y) => { let p = { a: 0 }; const q = (p = { a: x }); return q.a + p.a * y; }"],
  ["after a comma", "(x, y) => { let n = 0; const p = (n++, { a: x }); return p.a + n * y; }"],
  [
    "evaluated in order",
    "(x, y) => { let n = 1; const p = { b: (n *= 2), a: (n += 3) }; return p.a * 10 + p.b + x * 0 * y; }",
  ],
  [
    "with integers that grow",
    "(x, y) => { let p = { i: 0, s: 0 }; while (p.i < 10) p = { i: p.i + 1, s: p.s + p.i * p.i }; return p.s + p.i; }",
  ],
  ["with booleans", "(x, y) => { const p = { less: x < y, same: x === y }; return p.less ? 1 : p.same ? 2 : 3; }"],
  ["unused, for what its parts do", "(x, y) => { let n = 0; ({ a: n++ }); return n + x * 0; }"],
])("are %s", (_, source) => {
  agree(compile("float64(float64, float64)", evaluate(source)), pairs);
});

const prelude = `
  const make = (a, b) => ({ a, b });
  const swap = (p) => ({ a: p.b, b: p.a });
  const sum = (p) => { const { a, b } = p; return a + b; };
  const fold = (p, n) => n <= 0 ? p : fold({ a: p.a + n, b: p.b - n }, n - 1);
  const constant = { a: 2.5, b: -0, inner: { n: 3, flag: true } };
`;
test.each([
  ["taken and given", "(x, y) => { const p = swap(make(x, y)); return p.a - 2 * p.b; }"],
  ["taken apart", "(x, y) => sum(make(x, y)) - sum(swap({ a: y, b: 1 }))"],
  ["of integers and of doubles", "(x, y) => sum(make(1, 2)) + sum(make(x, 2)) + sum(make(x, y))"],
  ["given by a recursive function", "(x, y) => { const p = fold({ a: x, b: y }, 4); return p.a - p.b; }"],
  [
    "captured",
    "(x, y) => { let p = { a: constant.a, b: constant.b }; if (x < y) p = swap(p); return 1 / p.b + constant.inner.n; }",
  ],
  [
    "captured and passed",
    "(x, y) => 1 / swap({ a: constant.b, b: x }).b + sum(x < y ? { a: 1, b: 2 } : { a: x, b: y })",
  ],
])("plain functions: %s", (_, source) => {
  agree(compile("float64(float64, float64)", evaluate(source, {}, prelude)), pairs);
});

test("bigints and wide results", () => {
  const source =
    "(n) => { let p = { a: 1n, b: 1n }; for (let i = 0n; i < 60n; i++) p = { a: p.b, b: BigInt.asIntN(64, p.a + p.b * n) }; return p.b; }";
  agree(compile("int64(int64)", evaluate(source)), some.int64);
});

const Point = struct("Point", { x: float64, n: int32 });
const Line = struct("Line", { from: Point, to: Point });
const types = { Point, Line };
const read = (p: { x: number; n: number }) => [p.x, p.n];

test.each([
  ["objects to elements", "(p, x) => { p[0] = { x, n: 2.9 }; p[1] = { n: 2 ** 32 + 7, x: p[0].n }; return 0; }"],
  ["structures to elements", "(p, x) => { p[2] = p[0]; p[0] = p[1]; p[1] = p[2]; return p[2].x + x; }"],
  ["by set", "(p, x) => { p.set(1, { x, n: 3 }); p.set(2, p.get(1)); return 0; }"],
  ["chosen objects", "(p, x) => { p[0] = x > 0 ? { x, n: 1 } : { x: -x, n: 2 }; return 0; }"],
  ["its own fields exchanged", "(p, x) => { p[0] = { x: p[0].n, n: p[0].x }; return x; }"],
  ["and the assignment has a value", "(p, x) => { const q = (p[1] = { x, n: 9.5 }); return q.n + p[1].n; }"],
])("stores %s", (_, source) => {
  const f = compile("float64(CPointer(Point), float64)", evaluate(source), { Point });
  for (const x of [1, -2.5, NaN]) {
    agreeOn(
      f,
      () => {
        const points = alloc(Point, 3);
        for (let i = 0; i < 3; i++) points[i] = { x: i + 0.5, n: 10 * i };
        return [points, x] as const;
      },
      ([p]) => {
        const points = [0, 1, 2].map((i) => read(p[i] as never));
        p.release();
        return points;
      },
    );
  }
});

test("objects that refer to structures where they are stored are put together first", () => {
  const source =
    "(p) => { p[0] = { from: p[0].to, to: p[0].from }; p[1] = { from: p[0].from, to: { x: 9, n: p[1].to.n } }; }";
  agreeOn(
    compile("void(CPointer(Line))", evaluate(source), types),
    () => {
      const lines = alloc(Line, 2);
      for (const i of [0, 1]) lines[i] = { from: { x: i, n: 2 }, to: { x: 3, n: i + 4 } };
      return [lines] as const;
    },
    ([lines]) => {
      const points = [0, 1].map((i) => [read(lines[i]?.from as never), read(lines[i]?.to as never)]);
      lines.release();
      return points;
    },
  );
});

test.each([
  ["a field that changes", "(x) => { const p = { a: x }; p.a = 1; return p.a; }", "CF1303 p.a"],
  ["a field that is not there", "(x) => { const p = { a: x }; return p.b; }", "CF2008 b"],
  [
    "other fields on another path",
    "(x) => { const p = x > 0 ? { a: x } : { b: x }; return 1; }",
    "CF2011 x > 0 ? { a: x } : { b: x }",
  ],
  [
    "other fields in a variable",
    "(x) => { let p = { a: x }; p = { a: x, b: 1 }; return 1; }",
    "CF2011 p = { a: x, b: 1 }",
  ],
  ["comparing", "(x) => ({ a: x }) === ({ a: x }) ? 1 : 2", "CF2011 ({ a: x }) === ({ a: x })"],
  ["adding", "(x) => ({ a: x }) + 1", "CF2011 ({ a: x }) + 1"],
  ["testing", "(x) => { const p = { a: x }; return p ? 1 : 2; }", "CF2011 p"],
  ["returning", "(x) => ({ a: x })", "CF2017 { a: x }"],
  ["spreading", "(x) => { const p = { a: x }; return { ...p, b: 1 }.a; }", "CF1302 ...p"],
  ["a name that is computed", "(x) => ({ ['a' + 1]: x }).a1", "CF1302 ['a' + 1]: x"],
  ["a method", "(x) => ({ f() { return x; } }).f()", "CF1302 f() { return x; }"],
  ["a getter", "(x) => ({ get a() { return x; } }).a", "CF1302 get a() { return x; }"],
  ["a field twice", "(x) => ({ a: 1, a: x }).a", "CF1302 a: x"],
  ["a function as a field", "(x) => ({ f: Math.abs }).f(x)", "CF2011 Math.abs"],
  ["printing", "(x) => { console.log({ a: x }); return 0; }", "CF2011 { a: x }"],
])("refuses %s", (_, source, expected) => {
  expect(refused("float64(float64)", source)).toBe(expected);
});

test.each([
  ["a field too many", "(p) => { p[0] = { x: 1, n: 2, z: 3 }; }", "CF2017 p[0] = { x: 1, n: 2, z: 3 }"],
  ["a field of another kind", "(p) => { p[0] = { x: 1n, n: 2 }; }", "CF2017 p[0] = { x: 1n, n: 2 }"],
])("refuses to store %s", (_, source, expected) => {
  expect(refused("void(CPointer(Point))", source, {}, types)).toBe(expected);
});
