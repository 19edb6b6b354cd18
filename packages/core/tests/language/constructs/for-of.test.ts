// `for..of` over views, rows of views, arrays in structures and captured arrays.
import { describe, expect, test } from "vitest";
import { alloc, array, float64, int32, struct } from "../../../src/index.ts";
import { agree, agreeOn, compile, evaluate, refused } from "./agree.ts";

const numbers = [3, -1, 7, 2.5];
const bytes = Uint8Array.of(250, 3, 255);
const bigs = [1n, -(2n ** 63n), 2n ** 62n];
const none: number[] = [];
const noBigints = new BigInt64Array(0);
const scope = { numbers, bytes, bigs, none, noBigints };
const memory = () => Float64Array.of(1, -0, 2.5, NaN, 8, 9);

describe("over views", () => {
  test.each([
    ["sums", "(p, n) => { let s = 0; for (const x of carray(p, n)) s += x; return s; }"],
    [
      "break and continue",
      "(p, n) => { let s = 0; for (const x of carray(p, n)) { if (x !== x) continue; if (x > 5) break; s += x; } return s; }",
    ],
    [
      "writes behind and ahead of the element",
      "(p, n) => { let s = 0, i = 0; for (const x of carray(p, n)) { s += x; p[i] = i; if (i + 1 < n) p[i + 1] = 10 + i; i++; } return s; }",
    ],
    [
      "a variable that the body changes",
      "(p, n) => { let s = 0; for (let x of carray(p, n)) { x += 1; s += x * x; x++; } return s; }",
    ],
    ["a var", "(p, n) => { for (var x of carray(p, n)) if (x > 2) break; return n > 0 ? 1 : 2; }"],
    [
      "a length that is computed once",
      "(p, n) => { let m = n, s = 0; for (const x of carray(p, m - 1 > 0 ? m - 1 : 0)) { m = 0; s += 1; } return s * 10 + m; }",
    ],
    [
      "rows",
      "(p, n) => { let s = 0; for (const row of carray(p, [n >> 1, 2])) { s += row[0] * 10 + row[1]; row[1] = s; } return s; }",
    ],
    [
      "rows of rows, labels",
      "(p, n) => { let s = 0; next: for (const row of carray(p, [n >> 1, 2])) for (const x of row) { if (x === 8) continue next; if (x === 9) break next; s = s * 3 + x; } return s; }",
    ],
    [
      "columns of a column-major view",
      "(p, n) => { let s = 0; for (const row of farray(p, [2, n >> 1])) for (const x of row) s = s * 2 + x; return s; }",
    ],
    ["pairs", "(p, n) => { let s = 0; for (const [a, b] of carray(p, [n >> 1, 2])) s += a - b * 2; return s; }"],
    [
      "a part of each row",
      "(p, n) => { let s = 0; for (let [, b] of carray(p, [n >> 1, 2])) { b *= 2; s += b; } return s; }",
    ],
    [
      "inner functions see the variable",
      "(p, n) => { let s = 0; for (const x of carray(p, n)) { const f = (y) => x * y; s += f(s) + f(1); } return s; }",
    ],
    [
      "in an inner function, left by return",
      "(p, n) => { const find = (y) => { let i = 0; for (const x of carray(p, n)) { if (x === y) return i; i++; } return -1; }; return find(8) * 100 + find(2.5) * 10 + find(77); }",
    ],
    [
      "the same view in two loops",
      "(p, n) => { const a = carray(p, n); let s = 0; for (const x of a) for (const y of a) s += x * y; return s + a.length; }",
    ],
    [
      "a counter beside it",
      "(p, n) => { let i = 0; for (const x of carray(p, n)) { if (x === x) p[i++] = x; } return i; }",
    ],
  ])("%s", (_, source) => {
    agree(
      compile("float64(CPointer(float64), intc)", evaluate(source)),
      [0, 1, 2, 4, 6].map((n) => [memory(), n]),
    );
  });

  test("elements of every kind", () => {
    agree(
      compile(
        "int64(CPointer(int64), intc)",
        evaluate("(p, n) => { let s = 0n; for (const x of carray(p, n)) s += x; return s; }"),
      ),
      [
        [BigInt64Array.of(5n, -7n, 2n ** 63n - 1n), 3],
        [BigInt64Array.of(5n), 0],
      ],
    );
    agree(
      compile(
        "int32(CPointer(uint8), size_t)",
        evaluate("(p, n) => { let s = 0; for (const x of carray(p, n)) s = (s * 31 + x) | 0; return s; }"),
      ),
      [[Uint8Array.of(1, 255, 128, 7), 4]],
    );
  });

  test("a count of iterations bounds what they add", () => {
    const f = compile(
      "int32(CPointer(uint8), uint8)",
      evaluate("(p, n) => { let s = 0; for (const x of carray(p, n)) { s += x; if (s > 600) return -s; } return s; }"),
    );
    agree(f, [
      [new Uint8Array(255).fill(255), 255],
      [new Uint8Array(255), 255],
      [Uint8Array.of(255, 255, 90, 1), 4],
    ]);
  });

  test("structures are places", () => {
    const Body = struct("Body", { x: float64, tail: array(int32, 3) });
    const source =
      "(p, n) => { let s = 0; for (const b of carray(p, n)) { b.x += 1; for (const t of b.tail) s += t * b.x; for (const { x, tail } of carray(p, 1)) { s += x; tail[0]++; } } return s; }";
    const f = compile("float64(CPointer(Body), intc)", evaluate(source), { Body });
    using bodies = alloc(Body, 6);
    agreeOn(
      f,
      () => {
        for (let i = 0; i < 6; i++) {
          bodies[i].x = i;
          for (const [k, value] of [i, 2, 3].entries()) bodies[i].tail[k] = value;
        }
        return [bodies, 6] as const;
      },
      () => Array.from({ length: 6 }, (_, i) => [bodies[i]?.x, [...(bodies[i]?.tail ?? [])]]),
    );
  });
});

describe("over captured arrays", () => {
  test.each([
    ["numbers", "float64", "() => { let s = 0; for (const x of numbers) { if (x < 0) continue; s += x; } return s; }"],
    [
      "nested in themselves",
      "float64",
      "() => { let s = 0; for (const x of numbers) for (const y of numbers) if (x !== y) s += x * y; return s; }",
    ],
    ["typed arrays", "int32", "() => { let s = 0; for (let b of bytes) { b += 10; s += b; } return s; }"],
    ["bigints", "int64", "() => { let s = 0n; for (const x of bigs) s += x; return s; }"],
    ["an empty one", "float64", "() => { let s = 5; for (const x of none) s += x; return s; }"],
    ["an empty one of bigints", "int64", "() => { let s = 5n; for (const x of noBigints) s += x; return s; }"],
  ])("%s", (_, result, source) => agree(compile(`${result}()`, evaluate(source, scope)), [[]]));
});

test.each([
  ["a pointer", "(p) => { for (const x of p) return x; return 0; }", "CF2011 p"],
  ["a number", "(p) => { for (const x of 5) return x; return 0; }", "CF2011 5"],
  ["a text", "(p) => { for (const x of 'ab') return 1; return 0; }", "CF2011 'ab'"],
  ["a shape", "(p) => { for (const x of carray(p, 3).shape) return x; return 0; }", "CF2011 carray(p, 3).shape"],
  ["an array literal", "(p) => { for (const x of [1, 2]) return x; return 0; }", "CF2011 [1, 2]"],
  ["an assignment as its head", "(p) => { let x = 0; for (x of carray(p, 3)) return x; return 0; }", "CF1302 x"],
  [
    "a row in a variable that changes",
    "(p) => { for (let r of carray(p, [2, 2])) { r = carray(p, 2); } return 0; }",
    "CF2011 r",
  ],
  [
    "a variable in what is iterated",
    "(p) => { const x = 1; for (const x of carray(p, x)) return x; return 0; }",
    "CF2009 x",
  ],
  ["for..in", "(p) => { for (const k in p) return 1; return 0; }", "CF1302 for (const k in p) return 1;"],
])("refuses %s", (_, source, expected) => {
  expect(refused("float64(CPointer(float64))", source)).toBe(expected);
});

test("refuses a pointer to structures that have a length", () => {
  const List = struct("List", { length: int32, head: float64 });
  const source = "(p) => { for (const x of p) return x.head; return 0; }";
  expect(refused("float64(CPointer(List))", source, {}, { List })).toBe("CF2011 p");
});
