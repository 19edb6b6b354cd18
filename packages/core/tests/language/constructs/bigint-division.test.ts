// Division and remainder of bigints, of every width up to 128 bits, against V8: at the borders of 64 bits, by -1 and by
// zero; and no check where the divisor is known not to be zero.
import { describe, expect, test } from "vitest";
import { agree, compile, evaluate } from "./agree.ts";

const least = -(2n ** 63n);
const signed = [0n, 1n, -1n, 2n, -2n, 7n, -7n, 2n ** 31n, -(2n ** 32n), 2n ** 62n, 2n ** 63n - 1n, least, least + 1n];
const unsigned = [0n, 1n, 2n, 7n, 2n ** 32n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n];
const edges = { int64: signed, uint64: unsigned };
type Edge = keyof typeof edges;

const pairs = (a: Edge, b: Edge) => edges[a].flatMap((x) => edges[b].map((y) => [x, y]));
const ir = (f: unknown): string => (f as { inspectIR(): string }).inspectIR();

describe.each([
  ["int64", "int64"],
  ["uint64", "uint64"],
  ["int64", "uint64"],
  ["uint64", "int64"],
] as const)("%s and %s", (a, b) => {
  test.each(["(a, b) => a / b", "(a, b) => a % b", "(a, b) => (a / b) >> 63n", "(a, b) => -a / ~b"])("%s", (source) => {
    agree(compile(`int64(${a}, ${b})`, evaluate(source)), pairs(a, b));
  });
});

test.each([
  "(a, b) => (a * b) / (a + b)",
  "(a, b) => ((a * b) / (a - b)) >> 64n",
  "(a, b) => (a * b) % (a - b)",
  "(a, b) => a / (b * b) + (a * a) % b",
  "(a, b) => (a * b + 1n) / -1n >> 60n",
  "(a, b) => { let x = a * a; x /= b; x %= a; return x; }",
  "(a, b) => { let z = 0n; for (let i = 0; i < 3; i++) { if (a < 0n) z = b; } return a / z; }",
  "(a, b) => { while (b !== 0n) { const t = a % b; a = b; b = t; } return a; }",
])("beyond 64 bits and through variables: %s", (source) => {
  agree(compile("int64(int64, int64)", evaluate(source)), pairs("int64", "int64"));
});

test.each([
  "(a, b) => { a / b; return 5; }",
  "(a, b) => (a / b, 5)",
  "(a, b) => (a / b > 3n ? 5 : 5)",
  "(a, b) => (5 | (a / b, 0))",
  "(a, b) => a / 0n",
  "(a, b) => { if (a > b) return 1; a % 0n; return 2; }",
  "(a, b) => { let n = 0; const f = () => { n = 1; return a; }; if (b > 5n) return n; return Number(f() / (b - b)); }",
  "(a, b) => { const f = (x) => { if (x > 5n) return 1; return Number(100n / (x - 1n)); }; return f(a) + f(b); }",
  "(a, b) => { const f = (n, x) => (n > 0 ? f(n - 1, x) + 1 : Number(a % x)); return f(3, b); }",
  "(a, b) => Number(a * b) + Number(-a)",
])("throws whatever comes of its value: %s", (source) => {
  agree(compile("float64(int64, int64)", evaluate(source)), pairs("int64", "int64"));
});

test("the operands come first, and what was stored stays", () => {
  const source = "(p, b) => { p[0] = 1n; p[1] = (p[0] = 2n) / ((p[2] = 3n), b); p[0] = 4n; }";
  const f = compile("void(CPointer(int64), int64)", evaluate(source));
  agree(f, [
    [new BigInt64Array(3), 0n],
    [new BigInt64Array(3), 2n],
  ]);
  expect(() => f(new BigInt64Array(3), 0n)).toThrow(new RangeError("Division by zero"));
  expect(f.lastError()).toMatchObject({ name: "RangeError", message: "Division by zero" });
});

test.each([
  "(a, b) => (b !== 0n ? a / b : 3n)",
  "(a, b) => (0n != b ? a % b : 3n)",
  "(a, b) => (b === 0n ? 3n : a / b)",
  "(a, b) => (b ? a / b : 3n)",
  "(a, b) => { if (!b) return 4n; let s = 0n; for (let i = 0; i < 3; i++) s = BigInt.asIntN(64, s + a % b); return s; }",
  "(a, b) => (a > 1n && b ? a / -b : 3n)",
  "(a, b) => (b > 0n ? a / b : b < 0n ? a % b : 0n)",
  "(a, b) => a / -7n + b / 3n",
  "(a, b) => { const d = a > b ? 5n : -5n; return a / d; }",
])("no check: %s", (source) => {
  const f = compile("int64(int64, int64)", evaluate(source));
  agree(f, pairs("int64", "int64"));
  expect(ir(f)).not.toContain("divides");
});

test("one check for several divisions, and another one for another value", () => {
  const one = compile("int64(int64, int64)", evaluate("(a, b) => a / b + a % b"));
  agree(one, pairs("int64", "int64"));
  expect(ir(one).match(/^divides\d+:/gm)).toHaveLength(1);
  const two = compile("int64(int64, int64)", evaluate("(a, b) => { let c = a / b; b -= 1n; return c % b; }"));
  agree(two, pairs("int64", "int64"));
  expect(ir(two).match(/^divides\d+:/gm)).toHaveLength(2);
});

test.each([
  "(a, b) => (b !== 0n && b >= 0n && b <= 0n ? a / b : 3n)",
  "(a, b) => { let z = 0n; return z ? a / z : z === 0n ? 1n : a % z; }",
  "(a, b) => (b && b === 0n ? a / b : 3n)",
  "(a, b) => (b < 0n ? a / b : b <= 0n ? 3n : a % b)",
])("on paths that nothing takes: %s", (source) => {
  agree(compile("int64(int64, int64)", evaluate(source)), pairs("int64", "int64"));
});
