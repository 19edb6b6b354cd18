// Inner functions: what they see, what they change, where they can be called, and that calls never mix names up.
import { describe, expect, test } from "vitest";
import { agree, compile, evaluate, refused, some } from "./agree.ts";

describe("scopes", () => {
  test.each([
    [
      "a free variable is not the caller's local of the same name",
      "(x) => { let a = 1; const f = () => a * 10; { let a = 5; a += f(); return a + x; } }",
    ],
    [
      "nor the caller's parameter",
      "(x) => { let a = 1; const f = () => a++; const g = (a) => f() * 100 + a; return g(7) + g(8) * 10 + a; }",
    ],
    [
      "nor a loop's variable",
      "(x) => { let i = 50; const f = () => i; let s = 0; for (let i = 0; i < 3; i++) s += f() + i; return s; }",
    ],
    ["parameters hide what is outside", "(x) => { const y = 2; const f = (x, y) => x * 10 + y; return f(y, x) + y; }"],
    [
      "arguments are evaluated in the caller",
      "(x) => { const f = (a, b) => a * 10 + b; const a = 1, b = 2; return f(b, a) * 100 + f(a + b, f(b, a)); }",
    ],
    [
      "assigning a parameter leaves the argument",
      "(x) => { let a = 3; const f = (b) => { b += 1; b++; return b; }; return f(a) * 10 + a; }",
    ],
    [
      "a var is the inner function's own",
      "(x) => { const f = (y) => { var x = y; return x; }; const r = f(5); return r * 100 + x; }",
    ],
    [
      "a var that is declared further down",
      "(x) => { var z = 1; const f = (y) => { if (y > 3) z = 4; else z = 5; var z; return z; }; return f(x) * 10 + z; }",
    ],
    [
      "a var of the same name as the parameter",
      "(x) => { const f = (y) => { var y; if (y > 2) { var y = 9; } return y; }; return f(x) * 10 + f(1); }",
    ],
    [
      "outer variables change",
      "(x) => { let n = 0; const count = () => { n++; return n; }; count(); const a = count() + count() * 10; return a + n * 100; }",
    ],
    [
      "what a call changes is seen at once",
      "(x) => { let n = 1; const f = () => (n = n * 2 + x); return n + f() + n; }",
    ],
    [
      "of the same name in other blocks",
      "(x) => { const f = () => 1; let s = f(); { const f = () => 2; s += f() * 10; } return s + f() * 100; }",
    ],
    [
      "inside of inner functions",
      "(x) => { const f = (a) => { const g = (b) => { const h = () => a + b; return h() * b; }; return g(a + 1) + g(a + 2); }; return f(x) + f(1); }",
    ],
    [
      "that call each other",
      "(x) => { const f = (a) => a + x; const g = (a) => f(a) * 2; const h = (a) => g(a) + f(g(a)); return h(3); }",
    ],
    ["declared further down, as a function", "(x) => { return f(x) + 1; function f(y) { return y * 2; } }"],
    ["a variable that is declared before the call", "(x) => { const f = () => q + x; const q = 5; return f(); }"],
    [
      "a shadow of the compiled function's parameter",
      "(x) => { const f = (x) => { const g = () => x; { const x = 100; return g() + x; } }; return f(x + 1); }",
    ],
    [
      "local state is new for every call",
      "(x) => { const f = (a) => { let n = 0; for (let i = 0; i < a; i++) n += i; return n; }; return f(4) * 100 + f(3) * 10 + f(0); }",
    ],
    [
      "captured functions of the same name",
      "(x) => { const abs = (y) => (y < 0 ? -y : y) + 1; return abs(x) + Math.abs(x); }",
    ],
  ])("%s", (_, source) => {
    agree(compile("float64(int32)", evaluate(source)), some.int32);
  });
});

describe("calls stand anywhere", () => {
  const prelude = "let n = 0; const next = () => ++n; const below = (k) => next() < k; const add = (a, b) => a + b;";
  test.each([
    ["in conditions", "if (below(x)) return n; if (!below(x) || below(100)) n += 50; return n;"],
    ["in loop tests", "let s = 0; while (below(x & 15)) s += n; return s * 100 + n;"],
    ["in the test of do", "let s = 0; do s++; while (below(x & 7)); return s * 100 + n;"],
    ["in updates", "let s = 0; for (let i = 0; i < 20; i += next()) s += i; return s * 100 + n;"],
    [
      "in every part of a for",
      "let s = 0; for (let i = next(); below(12); i = add(i, next())) { if (i === 4) continue; s += i; } return s * 100 + n;",
    ],
    [
      "in short circuits",
      "const a = x > 1 && next() > 1 && below(9); const b = x > 3 || next() > 2 || !next(); return n * 10 + (a ? 1 : 0) + (b ? 2 : 0);",
    ],
    ["in the sides of a conditional", "const a = x > 1 ? next() : add(next(), next()); return a * 10 + n;"],
    ["in arguments, from left to right", "return add(next() * 100, add(next() * 10, next()));"],
    ["in operands, from left to right", "return next() * 100 + next() * 10 + next();"],
    [
      "as a switch's discriminant and cases",
      "switch (add(x, next())) { case next(): return 1; case next() + x: return 2; default: return n; }",
    ],
    ["in bitwise and integer contexts", "return (next() | 4) + Math.imul(next(), x) + ((add(x, 0.5) / 2) | 0);"],
    ["with too many arguments, which are computed", "return add(next(), next(), next()) * 10 + n;"],
    ["for nothing", "next(); add(1, 2); below(1), next(); return n;"],
  ])("%s", (_, body) => {
    agree(compile("float64(int32)", evaluate(`(x) => { ${prelude} ${body} }`)), some.int32);
  });

  test("in indices, in the order of evaluation", () => {
    const source =
      "(p) => { let i = 0; const next = () => i++; p[next()] = next() * 10 + p[next()]; p[next() & 3] += next(); return i; }";
    agree(compile("int32(CPointer(int32))", evaluate(source)), [[Int32Array.of(5, 6, 7, 8)]]);
  });
});

describe("results", () => {
  test.each([
    [
      "return from loops and switches",
      "(x) => { const f = (k) => { for (let i = 0; ; i++) { switch (i) { case 3: if (k > 3) return i; break; case 8: return -i; } if (i * i > k) return i * 10; } }; return f(x) + f(0) * 100; }",
    ],
    ["a boolean", "(x) => { const even = (k) => k % 2 === 0; return even(x) && !even(x + 1) ? 1 : 0; }"],
    [
      "numbers of several representations",
      "(x) => { const f = (k) => { if (k > 5) return 0.5; if (k < 0) return -0; return k; }; return 1 / f(x); }",
    ],
    ["nothing", "(x) => { let n = x; const f = () => { if (n > 3) return; n += 10; }; f(); f(); return n; }"],
    ["a value nobody uses", "(x) => { let n = 0; const f = () => (n += x); f(); f(); return n; }"],
    ["the sign of zero", "(x) => { const f = (a) => a % 2; return 1 / f(x); }"],
    [
      "mixed with captured facts",
      "(x) => { let y = 3; const f = () => { y = 0.25; return 1; }; const a = y + f(); return a * y; }",
    ],
  ])("%s", (_, source) => {
    agree(compile("float64(int32)", evaluate(source)), some.int32);
  });

  test("bigints", () => {
    const source =
      "(a, b) => { const f = (x, y) => (x > y ? x - y : y - x); let s = 0n; const g = (k) => { s += k; return s; }; return f(g(a), g(b)) ^ s; }";
    agree(compile("int64(int64, int64)", evaluate(source)), [
      [1n, 2n],
      [-5n, 2n ** 63n - 1n],
      [-(2n ** 63n), 7n],
    ]);
  });

  test("pointers and null", () => {
    const source =
      "(p, n) => { const at = (i) => (i < 0 ? null : p.add(i)); const q = at(n); return q === null ? -1 : q[0]; }";
    const f = compile("int32(CPointer(int32), int32)", evaluate(source));
    const memory = Int32Array.of(4, 5, 6);
    expect([f(memory, 2), f(memory, -1)]).toEqual([6, -1]);
  });
});

describe("functions called where they stand", () => {
  test.each([
    ["an arrow function", "(x) => (() => x * 2)()"],
    ["with arguments", "(x) => ((a, b) => a * 10 + b)(x, x + 1)"],
    ["a function expression", "(x) => { return (function (a) { if (a > 2) return a; return -a; })(x) + 1; }"],
    ["that calls itself", "(x) => (function f(n) { return n < 2 ? 1 : n * f(n - 1); })(x & 15)"],
    [
      "that changes what is around it",
      "(x) => { let n = x; (() => { n += 2; })(); (function () { n *= 3; })(); return n; }",
    ],
    [
      "as minifiers write them",
      "(x) => { let n = x; !function () { n += 2; }(); void (() => { n *= 3; })(); return n; }",
    ],
    [
      "in loops, with the variables of each round",
      "(x) => { let s = 0; for (let i = 0; i < (x & 7); i++) s += (() => { const j = i; i += j & 1; return j * 2; })(); return s; }",
    ],
    ["in each other", "(x) => (() => { const y = x + 1; return ((z) => (() => z * y)())(y + 1); })()"],
    [
      "with a var of their own",
      "(x) => { var y = 1; const r = (() => { var y = x; y++; return y; })(); return r * 10 + y; }",
    ],
    ["in conditions", "(x) => ((() => x > 1)() && (() => x < 50)() ? 1 : 2)"],
  ])("%s", (_, source) => {
    agree(compile("float64(int32)", evaluate(source)), some.int32);
  });
});

test("views and rows as parameters", () => {
  const source =
    "(p, n) => { const a = carray(p, [n, 2]); const sum = (row) => { let s = 0; for (const x of row) s += x; return s; }; const scale = (view, k) => { for (const row of view) row[0] *= k; }; scale(a, 3); let t = 0; for (const row of a) t = t * 10 + sum(row); return t + sum(a[0]); }";
  agree(compile("float64(CPointer(float64), int32)", evaluate(source)), [
    [Float64Array.of(1, 2, 3, 4), 2],
    [Float64Array.of(1, 0.5), 1],
  ]);
});

describe("sums and counters", () => {
  const bounded = [
    [
      "a sum in an inner function",
      "(n) => { let s = 0; const add = (k) => { s += k; }; for (let i = 0; i < n; i++) add(i); if (s > 1000) return -s; return s; }",
    ],
    [
      "a counter in a test",
      "(n) => { let c = 0; const more = () => c++ < n; let s = 0; while (more()) s += c; return s * 100 + c; }",
    ],
    [
      "a loop's counter that a call moves",
      "(n) => { let s = 0; let i = 0; const skip = () => { i += 2; }; for (i = 0; i < n; i++) { s++; if (i % 3 === 0) skip(); if (s > 50) return -1; } return s; }",
    ],
    [
      "a loop's counter that a call holds back",
      "(n) => { let s = 0; for (let i = 0; i < n; i++) { const back = () => { if (s < 60) i--; }; s++; back(); if (s > 70) return -1; } return s; }",
    ],
    [
      "a counter that var declares again in its loop",
      "(n) => { let s = 0; for (var i = 0; i < n; i++) { s++; if (s > 50) return -1; if (s < 100) { var i = 0; } } return s; }",
    ],
    [
      "a fraction added in one place, one in another",
      "(n) => { let y = 2147483647; const f = () => { y += 7 / (100 / y); }; if (n > 3) f(); y++; return y & 1023; }",
    ],
    [
      "loops in loops in calls",
      "(n) => { let s = 0; const row = (k) => { for (let j = 0; j < k; j++) s += j; }; for (let i = 0; i < n; i++) for (let k = 0; k < 3; k++) row(i); return s > 2000 ? -1 : s; }",
    ],
    [
      "products stay exact",
      "(n) => { let s = 1; const f = () => { s *= 3; }; for (let i = 0; i < n; i++) f(); return s; }",
    ],
  ] as const;
  test.each(bounded)("%s", (_, source) => {
    agree(compile("float64(int32)", evaluate(source)), [[0], [1], [3], [7], [10], [40]]);
  });
});

test.each([
  ["too few arguments", "(x) => { const f = (a, b) => a; return f(x); }", "CF1302 f(x)"],
  ["defaults", "(x) => { const f = (a = 1) => a; return f(x); }", "CF1302 a = 1"],
  ["patterns", "(x) => { const f = ([a]) => a; return f(x); }", "CF1302 [a]"],
  ["rests", "(x) => { const f = (...a) => 1; return f(x); }", "CF1302 ...a"],
  ["functions as values", "(x) => { const f = () => 1; const g = f; return x; }", "CF1302 f"],
  ["functions as arguments", "(x) => { const f = (g) => 1; return f(() => 2); }", "CF1302 () => 2"],
  ["members of functions", "(x) => { const f = () => 1; return f.call(null); }", "CF1302 f"],
  ["assigning a function", "(x) => { let f = () => 1; f = () => 2; return f(); }", "CF1302 f"],
  ["functions in var", "(x) => { var f = () => 1; return f(); }", "CF1302 () => 1"],
  ["a call before the declaration", "(x) => { const r = f(); const f = () => 1; return r; }", "CF1302 f()"],
  [
    "a call before the declaration, with another one outside",
    "(x) => { const f = () => 1; { const r = f(); const f = () => 2; return r; } }",
    "CF1302 f()",
  ],
  [
    "a variable that has no value yet",
    "(x) => { const f = () => q; const r = f(); const q = 1; return r; }",
    "CF2009 q",
  ],
  [
    "a variable of an outer block that is hidden further down",
    "(x) => { const q = 1; { const r = q; const q = 2; return r; } }",
    "CF2009 q",
  ],
  ["a path without a value", "(x) => { const f = (y) => { if (y) return 1; }; return f(x); }", "CF2010 f(x)"],
  [
    "values of several kinds",
    "(x) => { const f = (y) => { if (y) return 1; return true; }; return f(x) ? 1 : 2; }",
    "CF2011 return true;",
  ],
  ["nothing as a value", "(x) => { const f = () => {}; const y = f(); return x; }", "CF2011 y = f()"],
  ["nothing as a condition", "(x) => { const f = () => {}; if (f()) return 1; return x; }", "CF2011 f()"],
  [
    "kinds mixed in a short circuit",
    "(x) => { let n = 0; const f = () => ++n; const b = x > 1 || f() || f(); return n; }",
    "CF2011 x > 1 || f()",
  ],
  ["async functions", "(x) => { const f = async () => 1; f(); return x; }", "CF1302 async () => 1"],
  ["generators", "(x) => { function* f() { yield 1; } f(); return x; }", "CF1302 function* f() { yield 1; }"],
  ["arguments", "(x) => { function f() { return arguments[0]; } return f(x); }", "CF1302 arguments"],
  ["this", "(x) => { function f() { return this.y; } return f(); }", "CF1302 this"],
])("refuses %s", (_, source, expected) => {
  expect(refused("float64(int32)", source)).toBe(expected);
});

describe("calls that multiply are compiled all the same", () => {
  const chain = (depth: number, body: (call: (argument: string) => string) => string) =>
    Array.from(
      { length: depth },
      (_, i) => `const f${i + 1} = (k) => ${body((argument) => `f${i}(${argument})`)};`,
    ).join(" ");
  test.each([
    ["pure", `const f0 = (k) => k * 2 + x; ${chain(14, (f) => `${f("k + 1")} + ${f("k - 1")}`)} return f14(x);`],
    [
      "with a counter",
      `let n = 0; const f0 = (k) => { n++; return k / 2; }; ${chain(12, (f) => `${f("k + n")} - ${f("k - 1")} * 0.5`)} return f12(1) + n;`,
    ],
    [
      "with a loop in each",
      `let n = 0; const f0 = (k) => { n += k; }; ${chain(7, (f) => `{ for (let i = 0; i < 2; i++) ${f("i + k")}; ${f("k")}; }`)} f7(x & 7); return n;`,
    ],
  ])("%s", (_, body) => {
    const started = performance.now();
    const f = compile("float64(int32)", evaluate(`(x) => { ${body} }`));
    agree(f, [[0], [3], [-5]]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test("views are passed on", () => {
    const source = `(p, n) => { const a = carray(p, [n, 2]); const f0 = (row, k) => row[k & 1] * 2; ${chain(13, (f) => `${f("row, k + 1")} + ${f("a[0], k")}`).replaceAll("(k)", "(row, k)")} let s = 0; for (const row of a) s = s / 3 + f13(row, 0); return s; }`;
    agree(compile("float64(CPointer(float64), int32)", evaluate(source)), [[Float64Array.of(1, 2, 3, 4.5), 2]]);
  });
});

test("refuses views chosen or returned", () => {
  const body = (text: string) => `(p, n) => { const a = carray(p, [2, 2]); ${text} }`;
  const signature = "float64(CPointer(float64), int32)";
  expect(refused(signature, body("const row = (i) => a[i]; return row(1)[0];"))).toBe("CF2011 row(1)");
  expect(refused(signature, body("return (n ? a[0] : a[1])[0];"))).toBe("CF2011 n ? a[0] : a[1]");
  expect(refused(signature, body("return (n, a[1])[0];"))).toBe("CF2011 n, a[1]");
  expect(refused(signature, body("return (a[1] ?? a[0])[0];"))).toBe("CF2011 a[1] ?? a[0]");
  expect(refused(signature, body("const f = (r) => { r = a[0]; return r[0]; }; return f(a[1]);"))).toBe("CF2011 r");
});
