// Assignments as expressions: logical assignment, the order of evaluation, var, and labels.
import { describe, expect, test } from "vitest";
import { agree, compile, evaluate, refused, some } from "./agree.ts";

describe("logical assignment", () => {
  test.each([
    "(x) => { let y = x; y ||= 5; return y; }",
    "(x) => { let y = x; y &&= 0.5; return 1 / y; }",
    "(x) => { let n = 0; let y = x; const f = () => { n++; return 7; }; y ||= f(); y &&= f(); return y * 100 + n; }",
    "(x) => { let y = x; const r = (y ||= 3) + (y &&= x - 1) + (y ??= 9); return r * 10 + y; }",
    "(x) => { let y = 0.5; if (x > 1) y &&= -0; return 1 / y; }",
    "(x) => { let b = x > 1; b ||= x < 0; b &&= x !== 5; return b ? 1 : 2; }",
  ])("%s", (source) => {
    agree(compile("float64(int32)", evaluate(source)), some.int32);
    agree(compile("float64(float64)", evaluate(source)), some.float64);
  });

  test("of elements and pointers", () => {
    const memory = () => Float64Array.of(0, -0, NaN, 2.5);
    const source =
      "(p) => { let n = 0; for (let i = 0; i < 4; i++) { p[i] ||= ++n; p[i & 1] &&= p[i] + 0.5; p[i] ??= 100; } return n; }";
    agree(compile("float64(CPointer(float64))", evaluate(source)), [[memory()]]);
    agree(
      compile(
        "int32(CPointer(uint8))",
        evaluate("(p) => { const a = (p[0] ||= 300); const b = (p[1] &&= 300); return a * 1000 + b; }"),
      ),
      [[Uint8Array.of(0, 1)], [Uint8Array.of(9, 0)]],
    );
    agree(
      compile(
        "float64(CPointer(float64), CPointer(float64))",
        evaluate("(p, q) => { let r = p; r ??= q; return r[0]; }"),
      ),
      [
        [Float64Array.of(1), Float64Array.of(2)],
        [null, Float64Array.of(2)],
      ],
    );
    agree(compile("int64(int64)", evaluate("(a) => { let b = a; b ||= 5n; b &&= b + 1n; return b; }")), some.int64);
  });
});

describe("the order of evaluation", () => {
  test.each([
    ["an index before the value", "(p) => { let i = 0; p[i] = i = 3; return i; }"],
    ["an index before a sequence", "(p, n) => { let i = n; p[i] = (i = 1, 9); return i; }"],
    ["chains", "(p, n) => { let i = n; p[i++] = p[i++] = i; return i; }"],
    [
      "an element is read before the value is computed",
      "(p) => { p[0] += p[0] = 5; p[1] -= (p[1] = 7, p[1]); return 0; }",
    ],
    [
      "a variable is read before it is assigned",
      "(p) => { let x = 2; x += x = 5; const y = x + (x = 1) + x; return y; }",
    ],
    ["updates", "(p) => { let i = 1; const a = i++ + ++i; p[i--] = --i; return a * 10 + i; }"],
    ["arguments", "(p) => { let i = 1; return Math.imul(i, i = 7) + Math.max(i, i = 9, i); }"],
    [
      "conditions narrow what they read, not what comes after",
      "(p) => { let i = 5; if (i > (i = 2)) return i; return -1; }",
    ],
    ["both sides of a comparison", "(p) => { let i = 0; return (i++ < i ? 1 : 2) + (i === i++ ? 10 : 20) + i * 100; }"],
    ["rows", "(p) => { let i = 0; const a = carray(p, [2, 2]); a[i++][i++] = i; a[--i][i = 0] += i + 9; return i; }"],
    [
      "views that stand alone",
      "(p) => { let i = 0; const a = carray(p, [2, 2]); a[i++]; a[i--]; carray(p, i++); return i; }",
    ],
  ])("%s", (_, source) => {
    agree(compile("float64(CPointer(float64), int32)", evaluate(source)), [[Float64Array.of(1, 2, 3, 4, 5, 6), 2]]);
    agree(compile("int32(CPointer(int32), int32)", evaluate(source)), [[Int32Array.of(1, 2, 3, 4, 5, 6), 2]]);
  });
});

describe("var", () => {
  test.each([
    "(x) => { if (x > 1) { var y = x; } else { y = 2; } return y; }",
    "(x) => { for (var i = 0; i < 5; i++) {} return i + x; }",
    "(x) => { var x; var x = x + 1; return x; }",
    "(x) => { y = x; var y; { var y; } return y; }",
    "(x) => { switch (x) { case 1: var a = 5; break; default: a = 6; } return a; }",
    "(x) => { var s = 0; for (var i = 0; i < 3; i++) { var t = i * x; s += t; } t = 1; return s + t; }",
  ])("%s", (source) => agree(compile("float64(int32)", evaluate(source)), some.int32));
});

describe("labels", () => {
  test.each([
    ["blocks", "(x) => { let s = 0; out: { s = 1; if (x > 1) break out; s = 2; } return s; }"],
    [
      "nested blocks",
      "(x) => { let s = 0; a: { b: { if (x === 1) break a; if (x === 2) break b; s += 1; } s += 10; } return s; }",
    ],
    [
      "a block in a loop, whose break is the loop's",
      "(x) => { let s = 0; for (let i = 0; i < 9; i++) { skip: { if (i === x) break; if (i & 1) break skip; if (i === 4) continue; s += i; } s += 100; } return s; }",
    ],
    [
      "a block around loops",
      "(x) => { let s = 0; done: { for (let i = 0; i < 5; i++) for (let j = 0; j < 5; j++) { s++; if (i * j === x) break done; } s = -s; } return s; }",
    ],
    ["conditions", "(x) => { let s = 0; test: if (x > 1) { if (x === 3) break test; s = 5; } else s = 7; return s; }"],
    [
      "two labels",
      "(x) => { let s = 0; a: b: for (let i = 0; i < 5; i++) { s += i; if (i === x) break a; if (s > 5) continue b; } return s; }",
    ],
    [
      "the same one twice",
      "(x) => { let s = 0; l: for (let i = 0; i < 3; i++) { if (i === 1) continue l; s += i; } l: for (let i = 0; i < 3; i++) { if (i === x) break l; s += 10; } return s; }",
    ],
    [
      "the same one in an inner function",
      "(x) => { const f = (n) => { l: for (let i = 0; ; i++) { if (i > n) break l; } return n; }; let s = 0; l: for (let i = 0; i < 4; i++) { s += f(i); if (i === x) break l; } return s; }",
    ],
    [
      "while and do",
      "(x) => { let i = 0, s = 0; a: while (true) { b: do { if (i++ > 7) break a; if (i % 3 === 0) continue a; if (i % 3 === 1) continue b; s += i; } while (i < x); s += 100; } return s; }",
    ],
  ])("%s", (_, source) => agree(compile("float64(int32)", evaluate(source)), some.int32));
});

test.each([
  ["constants", "(x) => { const y = 1; y = x; return y; }", "CF1303 y"],
  ["logical assignment to constants", "(x) => { const y = 1; y ||= x; return y; }", "CF1303 y"],
  ["captured names", "(x) => { outside = x; return x; }", "CF1303 outside"],
  ["members of captured objects", "(x) => { settings.top = x; return x; }", "CF1303 settings.top"],
  ["inner functions", "(x) => { function f() {} f = x; return x; }", "CF1302 f"],
  ["kinds that change", "(x) => { let y = 1; y = x > 1; return 1; }", "CF2011 y = x > 1"],
  ["a logical assignment of another kind", "(x) => { let y = x; y ||= x > 1; return 1; }", "CF2011 y ||= x > 1"],
  ["a name before its let", "(x) => { const y = z + 1; let z = x; return y; }", "CF2009 z"],
  ["a name in its own value", "(x) => { let x2 = x2 + x; return x2; }", "CF2009 x2"],
  ["a var without a value", "(x) => { if (x) { var y = 1; } return y; }", "CF2009 y"],
])("refuses %s", (_, source, expected) => {
  expect(refused("float64(int32)", source, { outside: 1, settings: { top: 1 } })).toBe(expected);
});
