// `switch`: strict comparison in order, falling through, a default anywhere, jumps, and what may be switched on.
import { expect, test } from "vitest";
import { agree, compile, evaluate, refused, some } from "./agree.ts";

const same = (signature: string, source: string, calls: readonly (readonly unknown[])[]) => () => {
  agree(compile(signature, evaluate(source)), calls);
};

test.each([
  [
    "falls through, the default in the middle",
    "(x) => { let s = 0; switch (x) { case 0: s += 1; case 1: s += 10; default: s += 100; case 2: s += 1000; break; case 3: s += 5; } return s; }",
  ],
  ["the default first", "(x) => { switch (x) { default: return 7; case 1: return 1; case 2: return 2; } }"],
  [
    "no default, some match",
    "(x) => { let s = 9; switch (x) { case 1: case 2: s = 1; break; case 3: s = 2; } return s; }",
  ],
  ["empty", "(x) => { let i = x; switch (i++) {} return i; }"],
  ["only a default", "(x) => { switch (x) { default: return x + 0.5; } }"],
  ["the same case twice", "(x) => { switch (x) { case 1: return 10; case 1: return 20; default: return 30; } }"],
  [
    "cases that are computed, in order, until one matches",
    "(x) => { let n = 0; switch (x) { case n++: return n; case (n += 1): return n * 10; case n-- * 5: return n * 100; default: return n * 1000; } }",
  ],
  [
    "the discriminant once, before the cases change it",
    "(x) => { let y = x; switch (y++) { case (y = 5): return 1; case x: return y; default: return -1; } }",
  ],
  [
    "declarations that all cases see",
    "(x) => { let r = 0; switch (x) { case 0: let y = 5; r += y; break; default: const z = x; r = z * 2; } return r; }",
  ],
  [
    "functions of a later case",
    "(x) => { switch (x) { case 1: return g(8); case 2: function g(y) { return y * 3; } return g(x) + 1; } return 0; }",
  ],
  [
    "nested, both left by break",
    "(x) => { let s = 0; switch (x & 1) { case 0: switch (x) { case 2: s += 1; break; case 0: s += 2; default: s += 4; } s += 8; break; case 1: s = 16; } return s; }",
  ],
  [
    "a case that throws is never reached",
    "(x) => { const die = () => { throw new Error('no'); }; switch (x) { case 1: return 5; case die(): return 6; default: return 7; } }",
  ],
  [
    "every path throws or returns",
    "(x) => { switch (x) { case 1: return 1; case 2: throw new RangeError('two'); default: throw new Error('other'); } }",
  ],
  [
    "in an endless loop",
    "(x) => { let i = 0; while (true) { switch (i++) { case 5: return x; case 3: continue; default: if (x === i) return -i; } } }",
  ],
  [
    "facts join: the result may be a fraction",
    "(x) => { let y = 1; switch (x) { case 1: y = 0.5; break; case 2: y = -0; break; case 3: y = 2147483648; } return 1 / y; }",
  ],
])("%s", (_, source) => {
  agree(compile("float64(int32)", evaluate(source)), some.int32);
  agree(compile("float64(float64)", evaluate(source)), some.float64);
});

test(
  "on fractions, NaN and both zeros",
  same(
    "int32(float64)",
    "(x) => { switch (x) { case NaN: return 1; case -0: return 2; case 1.5: return 3; case Infinity: return 4; default: return 5; } }",
    some.float64,
  ),
);
test(
  "on bigints",
  same(
    "int32(int64)",
    "(x) => { switch (x) { case 1n: return 1; case -1n: case 9223372036854775807n: return 2; default: return 3; case 0n: return 4; } }",
    some.int64,
  ),
);
test(
  "on booleans",
  same("int32(bool)", "(b) => { switch (!b) { case true: return 1; case false: return 2; } return 3; }", some.bool),
);
test(
  "on conditions: switch (true)",
  same(
    "int32(int32)",
    "(x) => { switch (true) { case x < 0: return 1; case x === 0: return 2; case x > 4: return 3; default: return 4; } }",
    some.int32,
  ),
);
test(
  "on pointers",
  same("int32(CPointer(int32))", "(p) => { switch (p) { case null: return 1; default: return p[0]; } }", [
    [Int32Array.of(7)],
    [null],
  ]),
);

const loops = [
  "continue of the loop around: (n) => { let s = 0; for (let i = 0; i < n; i++) { switch (i % 4) { case 0: continue; case 1: s += 1; break; case 2: s += 10; default: s += 100; } s += 1000; } return s; }",
  "labels on the loop: (n) => { let s = 0; out: for (let i = 0; i < n; i++) { switch (i) { case 7: break out; case 3: continue out; default: s += i; } } return s; }",
  "a label on the switch: (n) => { let s = 0; for (let i = 0; i < n; i++) { pick: switch (i % 3) { case 0: for (;;) { if (s % 2 === 0) break pick; s++; } case 1: s += 1; break; default: s += 5; } s += 2; } return s; }",
  "the counter changes in a case: (n) => { let s = 0; for (let i = 0; i < n; i++) { switch (i) { case 2: i += 2; break; case 9: i++; } s += i; if (s > 100) return s; } return s; }",
  "the counter goes back in a case: (n) => { let s = 0; for (let i = 0; i < n; i++) { s++; switch (s) { case 5: case 6: i--; break; case 50: return -1; } } return s; }",
  "do and while: (n) => { let i = 0; do { switch (i) { case 4: i += 3; continue; default: i++; } } while (i < n); return i; }",
];
test.each(loops.map((text) => text.split(/: (?=\(n\))/)))("%s", (_, source = "") => {
  agree(compile("int32(int32)", evaluate(source)), [[0], [1], [4], [5], [10], [23]]);
});

test.each([
  ["kinds that are never equal", "(x) => { switch (x) { case true: return 1; } return 0; }", "CF2011 true"],
  ["a bigint and a number", "(x) => { switch (x) { case 1n: return 1; } return 0; }", "CF2003 1n"],
  ["texts", "(x) => { switch (x) { case 'a': return 1; } return 0; }", "CF2011 'a'"],
  [
    "a path without a value",
    "(x) => { switch (x) { case 1: return 1; case 2: break; default: return 2; } }",
    "CF2010 (x) => {",
  ],
  [
    "a name that another case declares",
    "(x) => { switch (x) { case 1: let y = 1; return y; case 2: return y; } return 0; }",
    "CF2009 y",
  ],
])("refuses %s", (_, source, expected) => {
  expect(refused("int32(int32)", source)).toBe(expected);
});
