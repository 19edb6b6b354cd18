// Names before their declarations have run. Where JavaScript throws a ReferenceError, or might, compiling is refused;
// what certainly works compiles.
import { describe, expect, test } from "vitest";
import { agree, compile, evaluate, refused, some } from "./agree.ts";

describe("refuses", () => {
  test.each([
    ["reading", "(x) => { const r = q; let q = 1; return r + q; }", "CF2009 q"],
    ["reading in its own value", "(x) => { let q = q + 1; return q; }", "CF2009 q"],
    ["reading a constant in its own value", "(x) => { const q = x > 1 ? 1 : q; return q; }", "CF2009 q"],
    ["assigning", "(x) => { q = 1; let q = 2; return q; }", "CF2009 q = 1"],
    ["assigning what gets no value", "(x) => { q = 1; let q; q = 2; return q; }", "CF2009 q = 1"],
    ["assigning in its own value", "(x) => { let q = (q = 1); return q; }", "CF2009 q = 1"],
    ["adding", "(x) => { q += 1; let q = 2; return q; }", "CF2009 q"],
    ["counting", "(x) => { q++; let q = 2; return q; }", "CF2009 q"],
    ["destructuring into it", "(x) => { [q] = [1]; let q = 2; return q; }", "CF2009 q"],
    ["assigning on one path", "(x) => { if (x > 1) q = 1; let q = 2; return q; }", "CF2009 q = 1"],
    [
      "assigning in an earlier function",
      "(x) => { const f = () => { q = 1; }; f(); let q = 2; return q; }",
      "CF2009 q = 1",
    ],
    [
      "assigning in a function further down",
      "(x) => { f(); let q = 2; function f() { q = 1; } return q; }",
      "CF2009 q = 1",
    ],
    [
      "assigning in a recursive one",
      "(x) => { f(3); let q = 2; function f(n) { q = 1; if (n > 0) f(n - 1); } return q; }",
      "CF2009 q = 1",
    ],
    [
      "reading in a recursive one",
      "(x) => { let r = f(3); let q = 2; function f(n) { return n > 0 ? f(n - 1) : q; } return r + q; }",
      "CF2009 q",
    ],
    ["a name of its loop", "(x) => { for (let i = i; i < 3; i++) x++; return x; }", "CF2009 i"],
    [
      "what a loop's first round lacks",
      "(x) => { let s = 0; for (let i = 0; i < 3; i++) { if (i > 0) s += q; let q = i; } return s; }",
      "CF2009 q",
    ],
    [
      "assigning in a later round",
      "(x) => { let s = 0; for (let i = 0; i < 3; i++) { if (i > 0) q = 1; let q = i; s += q; } return s; }",
      "CF2009 q = 1",
    ],
    [
      "what another case declares",
      "(x) => { switch (x) { case 0: let q = 1; return q; case 1: return q; } return 5; }",
      "CF2009 q",
    ],
    [
      "assigning what another case declares",
      "(x) => { switch (x) { case 0: let q; q = 1; return q; case 1: q = 3; return q; } return 5; }",
      "CF2009 q = 3",
    ],
    [
      "assigning in a function what another case declares",
      "(x) => { switch (x) { case 0: let q = 1; set(); return q; case 1: set(); return 2; function set() { q = 3; } } return 5; }",
      "CF2009 q = 3",
    ],
    [
      "the same in a recursive one",
      "(x) => { switch (x) { case 0: let q = 1; set(2); return q; case 1: set(2); return 2; function set(n) { q = 3; if (n > 0) set(n - 1); } } return 5; }",
      "CF2009 q = 3",
    ],
    [
      "calling what another case declares",
      "(x) => { switch (x) { case 0: const f = () => 1; return f(); case 1: return f(); } return 5; }",
      "CF2009 f()",
    ],
    [
      "calling it through another function",
      "(x) => { switch (x) { case 0: const f = () => 1; return g(); case 1: return g(); function g() { return f(); } } return 5; }",
      "CF2009 f()",
    ],
    [
      "calling it through a recursive one",
      "(x) => { switch (x) { case 0: const f = () => 1; return g(1); case 1: return g(2); function g(n) { return n > 0 ? g(n - 1) : f(); } } return 5; }",
      "CF2009 f()",
    ],
    ["calling before the declaration", "(x) => { f(); const f = () => x; return f(); }", "CF1302 f()"],
    [
      "a function that a loop declares with its counter",
      "(x) => { let s = 0; for (let i = 0, f = () => i; i < 3; i++) s += f(); return s; }",
      "CF1302 f = () => i",
    ],
  ])("%s", (_, source, expected) => {
    // that JavaScript throws is what the refusal is for; where it depends on the argument, one of these does
    const run = evaluate(source);
    if (!source.includes("f = () => i")) expect(() => some.int32.map((args) => run(...args))).toThrow(ReferenceError);
    expect(refused("float64(int32)", source)).toBe(expected);
  });
});

describe("compiles", () => {
  test.each([
    ["assigning after the declaration", "(x) => { let q; if (x > 1) q = 1; q = 2; return q; }"],
    [
      "a closure over what is declared before the call",
      "(x) => { const f = () => (q += 1); let q = x; f(); return f(); }",
    ],
    [
      "a case's own variable",
      "(x) => { switch (x) { case 0: let q = 1; q++; return q; case 1: { let q = 5; q++; return q; } } return 7; }",
    ],
    [
      "a case's variable without a value",
      "(x) => { switch (x) { case 0: let q; if (x > 1) q = 3; q = 4; return q; default: return 1; } }",
    ],
    [
      "a case that is only fallen into",
      "(x) => { switch (true) { case true: let q = x; case false: q += 1; return q; } return 1; }",
    ],
    [
      "a case's own function",
      "(x) => { switch (x) { case 0: const f = (n) => (n > 0 ? f(n - 1) : 3); return f(2); case 1: const g = () => 4; return g(); } return 7; }",
    ],
    [
      "what is declared before the switch",
      "(x) => { let q = 0; switch (x) { case 0: q = 1; break; case 1: q = 2; } return q; }",
    ],
    ["assigning where nothing runs", "(x) => { let r = 1; return r; q = 2; let q; }"],
    [
      "a hoisted function that is called once all is there",
      "(x) => { let q = x; return f(2); function f(n) { q += n; return n > 0 ? f(n - 1) : q; } }",
    ],
    [
      "a loop's round",
      "(x) => { let s = 0; for (let i = 0; i < 5; i++) { let q; if (i > 2) continue; q = i * 2; s += q; } return s; }",
    ],
  ])("%s", (_, source) => {
    agree(compile("float64(int32)", evaluate(source)), some.int32);
  });
});

describe("several labels", () => {
  test.each([
    [
      "continue by the first",
      "(x) => { let s = 0; a: b: for (let i = 0; i < (x & 15); i++) { if (i % 3 === 0) continue a; s += i; } return s; }",
    ],
    [
      "continue by each, break by each",
      "(x) => { let s = 0; a: b: c: for (let i = 0; ; i++) { for (let j = 0; j < 5; j++) { s += j; if (j === i % 4) continue b; if (i > 6) break c; if (s > 90) break a; if (i === 2) continue a; } s += 100; } return s + x; }",
    ],
    [
      "a while loop",
      "(x) => { let i = 0; a: b: while (i < (x & 7)) { i++; do { if (i > 2) continue a; break b; } while (i > 0); } return i; }",
    ],
    [
      "a do loop",
      "(x) => { let i = 0, n = 0; a: b: do { n++; for (;;) { i += n; if (i < x) continue a; break b; } } while (n < 10); return i * 100 + n; }",
    ],
    [
      "a switch",
      "(x) => { let s = 1; a: b: switch (x) { case 0: for (;;) break a; case 1: s = 5; break b; default: s = 7; } return s; }",
    ],
    ["a block", "(x) => { let s = 1; a: b: { if (x > 1) break a; s = 2; if (x > 0) break b; s = 3; } return s; }"],
  ])("%s", (_, source) => {
    agree(compile("float64(int32)", evaluate(source)), some.int32);
  });
});
