// Inner functions that call themselves and each other: what they see and change of the variables around them, in every
// activation its own. V8 is the witness.
import { describe, expect, test } from "vitest";
import { agree, compile, evaluate, refused, some } from "./agree.ts";

const small = [[0], [1], [2], [5], [10], [-3], [17]];

describe("recursion", () => {
  test.each([
    ["a declaration", "(x) => { function f(y) { return y < 2 ? 1 : y * f(y - 1); } return f(x); }"],
    ["an arrow function", "(x) => { const f = (y) => (y < 2 ? y : f(y - 1) + f(y - 2)); return f(x) + 1; }"],
    ["a function expression", "(x) => { const f = function (y) { return y < 2 ? y : f(y - 1) + 1; }; return f(x); }"],
    [
      "a function expression by its own name",
      "(x) => { const f = function g(y) { return y < 2 ? y : g(y - 1) + 1; }; return f(x) + f(3); }",
    ],
    [
      "two declarations",
      "(x) => { function even(n) { return n === 0 ? 1 : odd(n - 1); } function odd(n) { return n === 0 ? 0 : even(n - 1); } return even(x * x) * 10 + odd(x * x); }",
    ],
    [
      "two arrow functions",
      "(x) => { const even = (n) => n === 0 || odd(n - 1); const odd = (n) => n !== 0 && even(n - 1); return (even(x * x) ? 2 : 0) + (odd(x * x) ? 1 : 0); }",
    ],
    [
      "three, with one that is expanded",
      "(x) => { const a = (n) => (n <= 0 ? 1 : b(n - 1) + half(n)); const b = (n) => (n <= 0 ? 2 : c(n - 2) * 2); const half = (n) => (n / 2) | 0; const c = (n) => (n <= 0 ? 3 : a(n - 1) + b(n - 3)); return a(x) * 100 + b(x) * 10 + c(half(x)); }",
    ],
    [
      "Ackermann",
      "(x) => { const a = (m, n) => (m === 0 ? n + 1 : n === 0 ? a(m - 1, 1) : a(m - 1, a(m, n - 1))); return a(2, x & 3); }",
    ],
    [
      "in expressions",
      "(x) => { const f = (n) => (n <= 0 ? 0.5 : 1 + f(n - 1) * (f(n - 2) - 0.25)); return f(x & 7) + f(3) / f(1); }",
    ],
    [
      "in conditions and indices of a switch",
      "(x) => { const f = (n) => { switch (n & 3) { case 0: return n; case f(0): return 5; default: return f(n - 1) + 1; } }; return f(x & 31); }",
    ],
    [
      "without a value",
      "(x) => { let s = 0; const f = (n) => { if (n <= 0) return; s += n; f(n - 1); }; f(x); f(3); return s; }",
    ],
    [
      "with a loop",
      "(x) => { const f = (n) => { let s = 1; for (let i = 1; i < n; i++) s += f(n - i); return s; }; return f(x & 7); }",
    ],
    [
      "of fractions and integers",
      "(x) => { const f = (n, v) => (n <= 0 ? v : f(n - 1, v / 2)); return f(x, 8) + f(0, x); }",
    ],
    ["the sign of zero", "(x) => { const f = (n, v) => (n <= 0 ? v : f(n - 1, v * -1)); return 1 / f(x, 0); }"],
    ["a boolean result", "(x) => { const f = (n) => n > 100 || (n > 0 && f(n * 2)); return f(x) ? 1 : 2; }"],
    [
      "more arguments than parameters",
      "(x) => { let n = 0; const f = (k) => (k <= 0 ? n : f(k - 1, n++)); return f(x) * 100 + n; }",
    ],
  ])("%s", (_, source) => {
    agree(compile("float64(int32)", evaluate(source)), small);
  });
});

describe("captured variables", () => {
  test.each([
    ["a constant", "(x) => { const k = 3, h = 0.5; const f = (n) => (n <= 0 ? h : k + f(n - 1)); return f(x); }"],
    ["a parameter", "(x) => { const f = (n) => (n <= 0 ? x : f(n - 1) + x); return f(x); }"],
    [
      "a counter",
      "(x) => { let calls = 0; const f = (n) => { calls++; return n < 2 ? n : f(n - 1) + f(n - 2); }; return f(x & 15) * 1000 + calls; }",
    ],
    [
      "a counter that both sides change",
      "(x) => { let c = 1; const f = (n) => { c = c * 2 + n; if (n > 0) f(n - 1); c -= 1; return c; }; c += 5; const r = f(x & 7) + c; c++; return r * 3 + f(1) + c; }",
    ],
    [
      "a fraction in what was an integer",
      "(x) => { let c = 1; const f = (n) => { if (n > 0) { f(n - 1); c += 0.5; } }; f(x); return c; }",
    ],
    [
      "an assignment in one operand",
      "(x) => { let c = 1; const f = (n) => (n <= 0 ? c : ((c += n), f(n - 1))); return c + f(x) * 10 + c * 100; }",
    ],
    [
      "a parameter that is assigned",
      "(x) => { const f = (n) => { x += n; return n <= 0 ? x : f(n - 1); }; return f(3) + x; }",
    ],
    [
      "a boolean",
      "(x) => { let found = false; const f = (n) => { if (n === 7) found = true; else if (n > 0 && !found) { f(n - 1); f(n - 3); } }; f(x); return found ? 1 : 0; }",
    ],
    [
      "a variable without a value before the call",
      "(x) => { let last; const f = (n) => { last = n; if (n > 0) f(n - 1); }; f(x); return last; }",
    ],
    [
      "assigned before, in between and after",
      "(x) => { let a = x; const f = (n) => (n <= 0 ? a : f(n - 1) + a); const p = f(2); a = 0.25; const q = f(2); a = -a; return p * 100 + q * 10 + f(1); }",
    ],
    [
      "variables of every round of a loop",
      "(x) => { let s = 0; for (let i = 0; i < x; i++) { let j = i * 2; const f = (n) => { j++; return n <= 0 ? i + j : f(n - 1) + i; }; s = s * 3 + f(i & 3) + j; i += j & 1; } return s % 1000003; }",
    ],
    [
      "a loop's counter that it moves",
      "(x) => { let s = 0; let i = 0; const skip = (k) => { if (k > 0) { i++; skip(k - 1); } }; for (; i < x; i++) { s++; if (i % 3 === 0) skip(2); if (s > 50) return -1; } return s * 100 + i; }",
    ],
    [
      "a loop's own counter",
      "(x) => { let s = 0; for (let i = 0; i < x; i++) { const skip = (k) => { if (k > 0) { i++; skip(k - 1); } }; s += i; if (i % 4 === 1) skip(2); } return s; }",
    ],
    [
      "in an inner function of an inner function",
      "(x) => { let t = 0; const f = (n) => { let own = n; const g = (k) => { own += k; t++; return k <= 0 ? own : g(k - 1) + (k === 2 && n > 0 ? f(n - 1) : 0); }; return g(n) + own; }; return f(x & 3) * 1000 + t; }",
    ],
    [
      "every activation has its own",
      "(x) => { const f = (n) => { let v = n; const bump = (k) => { v += k; if (k > 0) bump(k - 1); }; bump(2); if (n > 0) f(n - 1); bump(1); return v; }; return f(x & 7); }",
    ],
    [
      "through a function that is expanded",
      "(x) => { let c = 0; const add = (k) => { c += k; return c; }; const f = (n) => (n <= 0 ? add(1) : add(n) + f(n - 1)); return f(x & 15) + add(100) + f(2) + c; }",
    ],
    [
      "inside of a function that is expanded twice",
      "(x) => { const g = (k) => { let own = k; const f = (n) => { own += n; return n <= 0 ? own : f(n - 1); }; return f(k) + own; }; return g(x & 7) * 1000 + g(3); }",
    ],
    [
      "passed on to a function further out",
      "(x) => { let t = 0; const outer = (n) => { t += n; return n <= 0 ? t : outer(n - 1); }; const f = (n) => { const g = (k) => (k <= 0 ? outer(2) : g(k - 1) + 1); return n <= 0 ? 0 : g(n) + f(n - 1); }; return f(x & 3) * 100 + t; }",
    ],
    [
      "of the same name at every level",
      "(x) => { let v = 1; const f = (n) => { v++; { let v = n; const g = (k) => { v += k; return k <= 0 ? v : g(k - 1); }; g(2); if (n > 0) f(n - 1); return v; } }; return f(x & 7) * 100 + v; }",
    ],
    [
      "a var of an inner function",
      "(x) => { const f = (n) => { for (var i = 0, s = 0; i < n; i++) s += i; const g = (k) => { s += i; return k <= 0 ? s : g(k - 1); }; return g(1) + (n > 0 ? f(n - 1) : 0); }; return f(x & 7); }",
    ],
    [
      "a constant that is declared before the call",
      "(x) => { const f = (n) => (n <= 0 ? q : f(n - 1) + q); const q = x * 2; return f(3); }",
    ],
    [
      "bits of an integer",
      "(x) => { let h = 17; const f = (n) => { h = (Math.imul(h, 31) + n) | 0; if (n > 0) { f(n - 1); f(n >> 1); } }; f(x & 15); return h; }",
    ],
    [
      "a return inside of an expanded function",
      "(x) => { let c = 0; const f = (n) => { const pick = (k) => { if (k > 2) return k; c++; return -k; }; if (n > 5) return pick(n); return f(n + 1) + pick(n); }; return f(x & 7) * 100 + c; }",
    ],
    [
      "short circuits",
      "(x) => { let c = 0; const f = (n) => { c++; return n > 0 && (n > 5 || f(n - 2)) && f(n - 1); }; return (f(x) ? 1000 : 0) + c; }",
    ],
  ])("%s", (_, source) => {
    agree(compile("float64(int32)", evaluate(source)), small);
  });

  test("bigints", () => {
    const source =
      "(a, b) => { let s = 1n; const f = (n) => { s = BigInt.asIntN(64, s * 3n + a); return n <= 0n ? s : f(n - 1n) ^ b; }; return BigInt.asIntN(64, f(a & 7n) + s); }";
    agree(compile("int64(int64, int64)", evaluate(source)), [
      [1n, 2n],
      [-5n, 2n ** 63n - 1n],
      [-(2n ** 63n), 7n],
      [2n ** 63n - 1n, 0n],
    ]);
  });

  test("bigints beyond 64 bits", () => {
    const source =
      "(a, b) => { let s = 0n; const f = (n) => { s = BigInt.asUintN(64, s * 5n + a); return n <= 0n ? s : BigInt.asUintN(64, f(n - 1n) + b); }; return f(6n) ^ s; }";
    agree(compile("uint64(uint64, uint64)", evaluate(source)), [
      [1n, 2n],
      [2n ** 64n - 1n, 2n ** 63n],
    ]);
  });

  test("pointers and null", () => {
    const source =
      "(p, n) => { let last = null; const f = (i) => { if (i >= n) return last; if (p[i] > 4) last = p.add(i); return f(i + 1); }; const q = f(0); return q === null ? -1 : q[0]; }";
    const f = compile("int32(CPointer(int32), int32)", evaluate(source));
    const memory = Int32Array.of(4, 9, 5, 1);
    expect([f(memory, 4), f(memory, 2), f(memory, 1)]).toEqual([5, 9, -1]);
  });
});

describe("views", () => {
  const signature = "float64(CPointer(float64), int32)";
  const calls = [
    [Float64Array.of(5, -1, 3, 8, 0.5, 2, 7, 7), 8],
    [Float64Array.of(1, 0.5), 2],
  ];
  test.each([
    [
      "captured: quicksort",
      "(p, n) => { const a = carray(p, [n]); const sort = (lo, hi) => { if (lo >= hi) return; const pivot = a[(lo + hi) >> 1]; let i = lo, j = hi; while (i <= j) { while (a[i] < pivot) i++; while (a[j] > pivot) j--; if (i <= j) { const t = a[i]; a[i] = a[j]; a[j] = t; i++; j--; } } sort(lo, j); sort(i, hi); }; sort(0, n - 1); return a[0]; }",
    ],
    [
      "captured, of two dimensions, and its lengths",
      "(p, n) => { const a = carray(p, [n / 2, 2]); const sum = (i) => (i >= a.length ? 0 : a[i][0] * 10 + a[i][1] * a.shape[1] + sum(i + 1)); return sum(0); }",
    ],
    [
      "captured, column-major",
      "(p, n) => { const a = farray(p, [n / 2, 2]); const sum = (i) => (i >= a.length ? 0 : a.get(i, 0) * 10 + a.get(i, 1) + sum(i + 1)); return sum(0); }",
    ],
    [
      "as parameters",
      "(p, n) => { const a = carray(p, [n / 2, 2]); const sum = (row, k) => (k <= 0 ? row[0] : row[1] + sum(row, k - 1)); let t = 0; for (const row of a) t = t * 3 + sum(row, 2); return t; }",
    ],
    [
      "a captured array",
      "(p, n) => { const at = (i) => (i >= table.length ? 0 : table[i] * p[0] + at(i + 1)); return at(0); }",
    ],
  ])("%s", (_, source) => {
    agree(compile(signature, evaluate(source, { table: [1, 2.5, -4] })), calls);
  });

  test("permutations in place, with a counter", () => {
    const source =
      "(p, n) => { let count = 0; let best = -1; const visit = (k) => { if (k === n) { count++; let v = 0; for (let i = 0; i < n; i++) v = v * 3 + p[i]; if (v > best) best = v; return; } for (let i = k; i < n; i++) { let t = p[k]; p[k] = p[i]; p[i] = t; visit(k + 1); t = p[k]; p[k] = p[i]; p[i] = t; } }; visit(0); return best * 1000 + count; }";
    agree(compile(signature, evaluate(source)), [[Float64Array.of(3, 1, 2, 5, 4), 5]]);
  });
});

test("eight queens", () => {
  const source =
    "(n) => { const place = (row, columns, left, right) => { if (row === n) return 1; let count = 0; for (let c = 0; c < n; c++) { const bit = 1 << c, l = 1 << (row + c), r = 1 << (row - c + n); if (columns & bit || left & l || right & r) continue; count += place(row + 1, columns | bit, left | l, right | r); } return count; }; return place(0, 0, 0, 0); }";
  agree(compile("float64(int32)", evaluate(source)), [[1], [4], [6], [8]]);
});

test("a recursion of a hundred thousand calls", () => {
  const source =
    "(x) => { let depth = 0; const f = (n) => { depth++; return n <= 0 ? 0 : 1 + f(n - 1); }; return f(x) + depth; }";
  const f = compile("float64(int32)", evaluate(source));
  expect(f(100_000)).toBe(200_001);
});

test("throwing out of a recursion", () => {
  const source =
    '(x) => { let c = 0; const f = (n) => { c++; if (n > 50) throw new RangeError("deep"); return n <= 0 ? c : f(n - (n > 20 ? -7 : 1)); }; return f(x) * 2; }';
  agree(compile("float64(int32)", evaluate(source)), some.int32);
});

test.each([
  ["never returns", "(x) => { const f = (n) => f(n + 1) + 1; return f(x); }", /^CF2010/],
  [
    "a value before it is there",
    "(x) => { const f = (n) => (n <= 0 ? q : f(n - 1)); const r = f(1); const q = 1; return r; }",
    /^CF2009 q/,
  ],
  [
    "a function used as a value",
    "(x) => { const f = (n) => (n <= 0 ? 0 : f(n - 1)); const g = f; return g(x); }",
    /^CF1302 f/,
  ],
  ["a path without a value", "(x) => { const f = (n) => { if (n > 0) return f(n - 1); }; return f(x); }", /^CF2010/],
  ["a view as a result", "(x) => { const f = (n) => (n <= 0 ? 0 : f(n - 1)); return f(x, y); }", /^CF2001/],
  [
    "too few arguments",
    "(x) => { const f = (a, b) => (a <= 0 ? b : f(a - 1)); return f(x, 1); }",
    /^CF1302 f\(a - 1\)/,
  ],
  ["defaults", "(x) => { const f = (a = 1) => f(a); return f(x); }", /^CF1302 a = 1/],
  [
    "assigning a captured constant",
    "(x) => { const k = 1; const f = (a) => { k = a; return f(a); }; return f(x); }",
    /^CF1303 k/,
  ],
])("refuses %s", (_, source, expected) => {
  expect(refused("float64(int32)", source)).toMatch(expected);
});
