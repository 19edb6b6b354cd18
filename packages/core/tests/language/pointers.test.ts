// Pointers: elements of every type, `get`, `set`, `add`, comparison and null.
import { describe, expect, it } from "vitest";
import { cfunc } from "../../src/index.ts";
import { compileText } from "./oracle.ts";

describe.each([
  ["int8", new Int8Array([1, -128, 127]), 300, 44],
  ["uint8", new Uint8Array([1, 128, 255]), -1, 255],
  ["int16", new Int16Array([1, -32768, 32767]), 70000, 4464],
  ["uint16", new Uint16Array([1, 32768, 65535]), -1, 65535],
  ["int32", new Int32Array([1, -(2 ** 31), 2 ** 31 - 1]), 2 ** 32 + 5, 5],
  ["uint32", new Uint32Array([1, 2 ** 31, 2 ** 32 - 1]), -1, 2 ** 32 - 1],
  ["float32", new Float32Array([1, 0.5, -3.25]), 0.1, Math.fround(0.1)],
  ["float64", new Float64Array([1, 0.1, NaN]), 0.1, 0.1],
] as const)("CPointer(%s)", (type, memory, given, stored) => {
  it("reads", () => {
    const f = compileText(`float64(CPointer(${type}), intp)`, "(p, i) => p[i]");
    for (const [i, x] of memory.entries()) expect(f(memory, i)).toBe(x);
  });
  it("writes, as a typed array does", () => {
    const f = compileText(
      `float64(CPointer(${type}), intp, float64)`,
      "(p, i, x) => { const v = (p[i] = x); return v; }",
    );
    const copy = memory.slice();
    // the value of an assignment is what was assigned, not what was stored
    expect(f(copy, 1, given)).toBe(given);
    expect([...copy]).toEqual([memory[0], stored, memory[2]]);
  });
  it("moves", () => {
    const f = compileText(
      `float64(CPointer(${type}))`,
      "(p) => { const q = p.add(2); q.set(-1, q.get(-2)); return p[1]; }",
    );
    expect(f(memory.slice())).toBe(memory[0]);
  });
});

it("bool elements are one byte, zero or not", () => {
  const f = compileText("int32(CPointer(bool))", "(p) => { p[1] = p[0] && !p[2]; p[0] = false; return p[1] ? 1 : 0; }");
  const memory = new Uint8Array([2, 0, 0]);
  expect(f(memory)).toBe(1);
  expect([...memory]).toEqual([0, 1, 0]);
});

it("int64 elements are bigints, intp elements numbers", () => {
  const f = compileText(
    "int64(CPointer(int64), CPointer(intp))",
    "(p, q) => { q[0] += 1; return p[0]++ + BigInt(q[0]); }",
  );
  const [big, size] = [new BigInt64Array([2n ** 63n - 1n]), new BigInt64Array([41n])];
  expect(f(big, size)).toBe(BigInt.asIntN(64, 2n ** 63n - 1n + 42n));
  expect([big[0], size[0]]).toEqual([-(2n ** 63n), 42n]);
});

it("null", () => {
  const f = cfunc("int32(CPointer(float64), CPointer(float64))", (p, q) => {
    if (p === null) return 1;
    if (!q) return 2;
    return p === q ? 3 : 4;
  });
  const memory = new Float64Array(1);
  expect([f(null, null), f(memory, null), f(memory, memory), f(memory, new Float64Array(1))]).toEqual([1, 2, 3, 4]);
});

it("pointer variables and the pointers they are given", () => {
  const f = cfunc("float64(CPointer(float64), CPointer(float64), bool)", (p, q, b) => {
    let r = b ? p : q;
    let s = 0;
    for (let i = 0; i < 3; i++) {
      s += r[0];
      r = r.add(1);
    }
    return s;
  });
  expect(f(new Float64Array([1, 2, 3]), new Float64Array([10, 20, 30]), true)).toBe(6);
  expect(f(new Float64Array([1, 2, 3]), new Float64Array([10, 20, 30]), false)).toBe(60);
});
