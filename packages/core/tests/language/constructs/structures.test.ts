// Structures through pointers: every type of field, padding, arrays and structures inside, pointers to more of them, and
// names that pointers have themselves. V8 runs the same function over the typed views of the same memory.
import { afterAll, describe, expect, test } from "vitest";
import {
  alloc,
  array,
  bool,
  CFunction,
  CPointer,
  cast,
  cfunc,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  intp,
  size_t,
  struct,
  uint8,
  uint16,
  uint32,
  uint64,
  voidptr,
} from "../../../src/index.ts";
import { agreeOn, compile, evaluate, refused } from "./agree.ts";

/** Memory that is given back after the tests. */
function owned<T extends { release(): void }>(memory: T): T {
  afterAll(() => memory.release());
  return memory;
}

const Inner = struct("Inner", { a: uint8, b: float64, c: int16 });
// every type next to one of another size, so that there is padding everywhere
const All = struct("All", {
  i8: int8,
  i64: int64,
  u8: uint8,
  f64: float64,
  i16: int16,
  i32: int32,
  bo: bool,
  u16: uint16,
  u32: uint32,
  f32: float32,
  sz: size_t,
  flag: bool,
  u64: uint64,
  ip: intp,
  inner: Inner,
  list: array(int32, 3),
  inners: array(Inner, 2),
  matrix: array(array(float32, 2), 2),
});
const count = 3;
const bytes = count * All.type.size;
const memory = owned(alloc(uint8, bytes));
const all = cast(memory, CPointer(All));

function fill(): readonly [typeof all] {
  for (let i = 0; i < bytes; i++) memory[i] = 0xee;
  for (let i = 0; i < count; i++) {
    const s = all[i];
    Object.assign(s, {
      i8: 127,
      u8: 255,
      i16: 32767,
      u16: 65535,
      i32: 2147483647,
      u32: 4294967295,
      i64: 2n ** 63n - 1n,
    });
    Object.assign(s, { u64: 2n ** 64n - 1n, f32: 0.1, f64: 0.1, bo: i % 2 === 0, flag: true, sz: 5, ip: -5 });
    Object.assign(s.inner, { a: 250, b: 1.5, c: -3 });
    for (let k = 0; k < 3; k++) s.list[k] = k * 10 + i;
    for (let k = 0; k < 2; k++) {
      Object.assign(s.inners[k], { a: k, b: k + 0.5, c: 7 });
      for (let l = 0; l < 2; l++) s.matrix[k][l] = k + l / 4;
    }
  }
  return [all];
}
/** Every byte, padding too, which nothing may touch. */
const look = () => Array.from({ length: bytes }, (_, i) => memory[i]);

test.each([
  [
    "updates, which wrap where they are stored",
    "float64",
    "(p) => p.i8++ + ++p.u8 * 1000 + p.i16++ + ++p.u16 + p[1].i32++ + p[1].u32++ + p[2].sz++ + p[2].ip-- + --p.f32 + p.f64++",
  ],
  [
    "64 bits",
    "int64",
    "(p) => { const r = p.i64++; p.u64++; ++p[1].u64; p[2].i64 -= 5n; p[1].i64 = p.u64 - p[2].i64; return r; }",
  ],
  [
    "bools",
    "bool",
    "(p) => { p.bo = !p.bo; p[1].bo ||= true; p[2].bo &&= false; p[1].flag = p.i32; p[2].flag = p.f64 * 0; p.flag = 5 > p.u8; return p.bo || p[2].bo; }",
  ],
  [
    "compound assignments",
    "float64",
    "(p) => { p.f64 += p[1].f64; p.i32 *= 2; p[1].i32 <<= 3; p[2].u8 >>>= 1; p.u8 ^= 0x1ff; p.i16 |= 0x10000; p.f32 **= 2; p.u16 %= 7; p.u32 -= 5; return p.f32; }",
  ],
  [
    "numbers that do not fit",
    "void",
    "(p) => { p.i8 = 300.7; p.u8 = -1; p.i32 = 1e20; p.u32 = -1.5; p.i16 = NaN; p.u16 = Infinity; p.f32 = 1e300; p.sz = 3.9; p.ip = -3.9; p.f64 = -0; }",
  ],
  [
    "the value of an assignment, before it is converted",
    "float64",
    "(p) => { const a = (p.f32 = 0.1); const b = (p.u8 = 300); return a + b + (p.i8 += 200); }",
  ],
  [
    "structures and arrays inside",
    "float64",
    "(p) => { p.inner.a += 10; p[1].inner.c--; p.inners[1].b *= 2; p.inners[0].a = 300; p.matrix[1][0] += 0.1; p[2].matrix[0][1] = p.matrix[1][1]; return p.inner.a + p[1].inners[1].b + p.list.length + p.matrix.shape[1] + p.inners.length; }",
  ],
  [
    "indices that are computed",
    "float64",
    "(p) => { let s = 0; for (let i = 0; i < 3; i++) for (let k = 0; k < 2; k++) { const q = p[2 - i]; q.inners[k].b += q.matrix[k][i & 1]; s += q.list[(i + k) % 3] * (k + 1); if (q.bo) continue; q.inners[k].c = k - i; } return s; }",
  ],
  [
    "effects in indices, once",
    "float64",
    "(p) => { let i = 0; p[i++].u8 += 1; p[i++].list[i++] *= 3; p[i - 1].inners[--i & 1].b++; return i; }",
  ],
  [
    "loops over what is inside",
    "float64",
    "(p) => { let s = 0; for (const x of p[1].list) s += x; for (const row of p.matrix) for (const x of row) s += x; for (const q of p.inners) { s += q.b; q.a = s; } return s; }",
  ],
  [
    "constants are places",
    "float64",
    "(p) => { const q = p[1]; const inner = q.inner; const list = q.list; inner.a = 7; list[2] = 9; p = p.add(1); return p.inner.a + q.inner.a + p.list[2]; }",
  ],
  [
    "pointers that move",
    "float64",
    "(p) => { let q = p; let s = 0; for (let i = 0; i < 3; i++) { s = s * 3 + q.u8 - q.list[i]; q.f64 = i; q = q.add(1); } return s + p.add(2).f64 + p.get(1).f64; }",
  ],
  [
    "views of them",
    "float64",
    "(p) => { const a = carray(p, [3]); let s = 0; for (let i = 0; i < a.length; i++) { s += a[i].f64; a[i].inner.b = s; a.get(i).i8 = -i; } return s; }",
  ],
  [
    "inner functions over them",
    "float64",
    "(p) => { const energy = (q) => q.f64 * q.inner.b; const set = (q, v) => { q.inner.b = v; }; set(p[1], 4); return energy(p[0]) + energy(p[1]) * 10; }",
  ],
  [
    "a switch over a field",
    "float64",
    "(p) => { let s = 0; for (let i = 0; i < 3; i++) switch (p[i].list[0]) { case 1: p[i].u8 = 1; break; case 2: s += 5; default: s += p[i].f32; } return s; }",
  ],
])("%s", (_, result, source) => {
  agreeOn(compile(`${result}(CPointer(All))`, evaluate(source), { All }), fill, look);
});

describe("names that pointers have themselves", () => {
  const names = ["address", "type", "get", "set", "add", "cast", "length", "release"] as const;
  const Named = struct("Named", {
    address: int32,
    type: int32,
    get: int32,
    set: int32,
    add: int32,
    cast: int32,
    length: int32,
    release: int32,
    x: int32,
  });
  const named = owned(alloc(Named, 2));
  const make = () => {
    for (let i = 0; i < 2; i++)
      for (const [k, name] of [...names, "x"].entries()) Object.assign(named[i], { [name]: i * 10 + k });
    return [named] as const;
  };

  test.each(names)("%s", (name) => {
    const f = compile("int32(CPointer(Named))", evaluate(`(p) => p[0].${name} + p[1].${name}++ * 100 + p.x`), {
      Named,
    });
    agreeOn(f, make, () => names.map((one) => Reflect.get(named[1], one)));
    expect(refused("int32(CPointer(Named))", `(p) => p.${name}`, {}, { Named })).toBe(`CF2008 ${name}`);
  });
});

describe("pointers inside", () => {
  const Vector = struct("Vector", { x: float64, y: float64 });
  const Holder = struct("Holder", {
    first: CPointer(Vector),
    n: int32,
    f: CFunction("float64(float64)"),
    steps: CPointer(CPointer(int32)),
  });
  const square = cfunc("float64(float64)", (x) => x * x);
  const vectors = owned(alloc(Vector, 3));
  const ints = owned(alloc(int32, 2));
  const steps = owned(alloc(CPointer(int32), 1));
  const holder = owned(alloc(Holder, 1));
  const make = () => {
    for (let i = 0; i < 3; i++) Object.assign(vectors[i], { x: i, y: 10 * i });
    ints[0] = 42;
    ints[1] = 43;
    steps[0] = ints;
    Object.assign(holder[0], { first: vectors, n: 3, f: square, steps });
    return [holder] as const;
  };
  const look = () => [0, 1, 2].map((i) => [vectors[i].x, vectors[i].y]);
  test.each([
    [
      "are followed",
      "(h) => { let s = 0; for (let i = 0; i < h.n; i++) { s += h.first[i].x * h.first[i].y; h.first[i].x += 1; } return s + h.first.x; }",
    ],
    [
      "make views",
      "(h) => { let s = 0; for (const v of carray(h.first, h.n)) s += v.x * v.y; for (const { x, y } of carray(h.first, h.n)) s += x - y; return s; }",
    ],
    ["to functions are called", "(h) => { const f = h.f; return h.f(3) + h[0].f(4) * 10 + f(5) * 100; }"],
    ["to pointers", "(h) => h.steps[0][1] * 100 + h[0].steps[0][0] + (h.steps[0] === null ? 1 : 0)"],
    [
      "are stored",
      "(h) => { h.steps[0] = h.steps[0].add(1); h.first = h.first.add(1); return h.steps[0][0] * 100 + h.first.y; }",
    ],
    [
      "are null",
      "(h) => { const before = h.first !== null ? 1 : 2; h.first = null; return before * 10 + (h.first === null ? 1 : 2) + (h.first ? 100 : 0); }",
    ],
    ["through a pointer to const", "(h) => { h.first[0].x = 9; return h.first.x; }"],
  ])("%s", (name, source) => {
    const signature = `float64(CPointer(${name.endsWith("const") ? "const " : ""}Holder))`;
    agreeOn(compile(signature, evaluate(source), { Holder }), make, look);
  });

  test("lists", () => {
    const Node = struct("Node", { value: int32, next: voidptr });
    const NodeP = CPointer(Node);
    using nodes = alloc(Node, 4);
    const make = () => {
      for (let i = 0; i < 4; i++) Object.assign(nodes[i], { value: i + 1, next: i < 3 ? nodes.add(i + 1) : null });
      return [nodes] as const;
    };
    const look = () => [0, 1, 2, 3].map((i) => nodes[i].value);
    for (const source of [
      "(p) => { let s = 0; for (let q = p; q; q = cast(q.next, NodeP)) { s = s * 10 + q.value; q.value *= 2; } return s; }",
      "(p) => { let last = null; let q = p; while (q !== null) { const next = cast(q.next, NodeP); q.next = last; last = q; q = next; } let s = 0; for (let r = last; r; r = cast(r.next, NodeP)) s = s * 10 + r.value; return s; }",
      "(p) => { const second = cast(p.next, NodeP) ?? p; const none = cast(null, NodeP); return second.value + (none ? 1 : 10); }",
    ])
      agreeOn(compile("int32(CPointer(Node))", evaluate(source, { NodeP }), { Node }), make, look);
  });

  test("cast", () => {
    using block = alloc(float64, 4);
    const make = () => {
      for (let i = 0; i < 4; i++) block[i] = i + 0.5;
      return [block] as const;
    };
    const look = () => [0, 1, 2, 3].map((i) => block[i]);
    const types = { VectorP: CPointer(Vector), BytesP: CPointer(uint8), Vector };
    for (const source of [
      "(p) => { const v = cast(p, VectorP); v.x = 3; v[1].y += 2; return v.y + v[1].x; }",
      "(p) => { const b = cast(p, CPointer(Vector)); return b[1].x; }",
      "(p) => { const b = cast(p, BytesP); b[7] ^= 128; return b[6] * 256 + b[7]; }",
      "(p) => { let s = 0; for (const x of carray(cast(p, BytesP), 32)) s += x; return s; }",
    ])
      agreeOn(compile("float64(CPointer(float64))", evaluate(source, types)), make, look);
    agreeOn(compile("float64(voidptr)", evaluate("(p) => cast(p, VectorP)[1].y", types)), make, look);
  });
});

const Point = struct("Point", { x: float64, n: int64, tail: array(int32, 2) });
test.each([
  ["an unknown field", "(p) => p.z", "CF2008 z"],
  ["a field that is no function", "(p) => p.x()", "CF2007 p.x"],
  ["a method that there is none", "(p) => p.at(0)", "CF2008 p.at(0)"],
  ["assigning numbers to structures", "(p) => { p[0] = 1; return 0; }", "CF2017 p[0] = 1"],
  ["assigning objects that lack a field", "(p) => { p[0] = { x: 1 }; return 0; }", "CF2017 p[0] = { x: 1 }"],
  ["assigning arrays", "(p) => { p.tail = p[1].tail; return 0; }", "CF2011 p.tail"],
  ["structures as numbers", "(p) => p[0] + 1", "CF2011 p[0] + 1"],
  ["structures as conditions", "(p) => (p[0] ? 1 : 2)", "CF2011 p[0]"],
  ["comparing structures", "(p) => (p[0] === p[1] ? 1 : 2)", "CF2011 p[0] === p[1]"],
  ["returning structures", "(p) => p[0]", "CF2017 p[0]"],
  ["variables of structures", "(p) => { let s = p[0]; s = p[1]; return s.x; }", "CF2011 s = p[0]"],
  ["choosing structures", "(p) => (p.x > 1 ? p[0] : p[1]).x", "CF2011 p.x > 1 ? p[0] : p[1]"],
  ["structures from inner functions", "(p) => { const at = (i) => p[i]; return at(1).x; }", "CF2011 at(1)"],
  ["numbers for bigints", "(p) => { p.n = 1; return 0; }", "CF2017 p.n = 1"],
  ["bigints for numbers", "(p) => { p.x = p.n; return 0; }", "CF2017 p.x = p.n"],
  ["pointers for numbers", "(p) => { p.x = p; return 0; }", "CF2017 p.x = p"],
  ["optional fields", "(p) => p?.x", "CF1302 p?.x"],
  ["names that are computed", "(p) => p['x' + 1]", "CF2011 'x'"],
  ["deleting", "(p) => { delete p.x; return 0; }", "CF1302 delete p.x"],
  ["casting numbers", "(p) => cast(p.x, CPointer(Point)).x", "CF2014 p.x"],
  ["casting to what is no pointer", "(p) => cast(p, Point).x", "CF2014 Point"],
  ["casting to a text", "(p) => cast(p, 'CPointer(Point)').x", "CF2011 'CPointer(Point)'"],
])("refuses %s", (_, source, expected) => {
  expect(refused("float64(CPointer(Point))", source, { Point }, { Point })).toBe(expected);
});

test.each([
  ["a field", "(p) => { p.x = 1; }", "CF2018 p.x"],
  ["an update", "(p) => { p[1].x++; }", "CF2018 p[1].x"],
  ["an element of a field", "(p) => { p.tail[0] = 1; }", "CF2018 p.tail[0]"],
  ["through a constant", "(p) => { const q = p[0]; q.x = 1; }", "CF2018 q.x"],
  ["in a view", "(p) => { for (const q of carray(p, 2)) q.x = 1; }", "CF2018 q.x"],
  ["by a method", "(p) => { p[0].tail.set(0, 1); }", "CF2018 p[0].tail.set(0, 1)"],
])("refuses to write through a pointer to const: %s", (_, source, expected) => {
  expect(refused("void(CPointer(const Point))", source, {}, { Point })).toBe(expected);
});
