// Bit-fields, packed, anonymous and flexible members in compiled code, against the same function in V8 over the same
// memory, and against C for the layout that both assume.
import { describe, expect, test } from "vitest";
import {
  alloc,
  anonymous,
  array,
  bits,
  bool,
  CPointer,
  cfunc,
  flexible,
  float64,
  int8,
  int16,
  int32,
  int64,
  type Ptr,
  struct,
  uint8,
  uint16,
  uint32,
  uint64,
  type ValueOf,
  void_,
} from "../../../src/index.ts";
import { parseModule, printModule } from "../../../src/ir/index.ts";
import { random } from "../../types/records.ts";

const Bits = struct("Bits", {
  a: bits(uint32, 3),
  b: bits(int32, 7),
  c: bits(uint32, 25),
  d: bits(int64, 40),
  e: bits(uint64, 63),
  f: bits(bool, 1),
  g: bits(int8, 8),
  h: bits(uint16, 9),
});
const Packed = struct(
  "Packed",
  {
    tag: uint8,
    value: float64,
    wide: bits(int64, 61),
    odd: bits(uint64, 64),
    n: int32,
    inner: struct("Inner", { x: int16, y: float64 }),
    row: array(float64, 3),
    yes: bool,
  },
  { packed: true },
);
const Text = struct("Text", {
  n: int32,
  _: anonymous(struct("Pair", { x: int32, y: int32 })),
  data: flexible(float64),
});

const bitsOf = (p: Ptr<ValueOf<typeof Bits.type>>, x: number, y: bigint) => {
  p.a = x;
  p.b = x;
  p.c += x;
  p.d = y;
  p.e = y * 3n;
  p.f = x > 0;
  p.g = x;
  p.h++;
  return p.b * 1000 + p.g + p.h + (p.f ? 0.5 : 0) + Number(p.d) + p.c;
};

const packed = (p: Ptr<ValueOf<typeof Packed.type>>, n: number) => {
  for (let i = 0; i < n; i++) {
    const one = p[i];
    one.tag += 3;
    one.value = one.value * 2 + i;
    one.wide = -5n;
    one.odd = one.odd + 1n;
    one.n = one.tag - 7;
    one.inner.x = i;
    one.inner.y = one.inner.x + 0.25;
    one.yes = i > 1;
    for (let k = 0; k < one.row.length; k++) one.row[k] = one.row[k] * 3 + k;
  }
};

const summed = (p: Ptr<ValueOf<typeof Text.type>>) => {
  let sum = p.x * 100 + p.y;
  for (let i = 0; i < p.n; i++) {
    p.data[i] += 1;
    sum += p.data[i];
  }
  return sum;
};

const bytesOf = (address: { readonly [i: number]: number }, n: number) =>
  Array.from({ length: n }, (_, i) => address[i]);

describe("compiled code and V8 over the same memory", () => {
  test("bit-fields", () => {
    const f = cfunc(float64(CPointer(Bits), int32, int64), bitsOf);
    const pick = random(3);
    using mine = alloc(Bits);
    using theirs = alloc(Bits);
    const n = Bits.size;
    for (let i = 0; i < 300; i++) {
      const x = pick(2 ** 32) | 0;
      const y = BigInt.asIntN(64, (BigInt(pick(2 ** 32)) << 32n) | BigInt(pick(2 ** 32)));
      expect(f(mine, x, y)).toBe(bitsOf(theirs, x, y));
      expect(bytesOf(mine.cast(uint8) ?? [], n)).toEqual(bytesOf(theirs.cast(uint8) ?? [], n));
    }
  });

  test("packed members, at odd addresses", () => {
    const f = cfunc(void_(CPointer(Packed), int32), packed);
    using mine = alloc(Packed, 5);
    using theirs = alloc(Packed, 5);
    for (let round = 0; round < 3; round++) {
      f(mine, 5);
      packed(theirs, 5);
      expect(bytesOf(mine.cast(uint8), 5 * Packed.size)).toEqual(bytesOf(theirs.cast(uint8), 5 * Packed.size));
    }
    expect(f.inspectLLVM()).toMatch(/double, ptr %\w+, align 1/);
    const ir = f.inspectIR();
    expect(ir).toMatch(/= load\.unaligned .*\n[\s\S]*store\.unaligned /);
    expect(printModule(parseModule(ir, { types: { Packed } }))).toBe(ir);
  });

  test("a flexible array, and members of an anonymous structure", () => {
    const f = cfunc(float64(CPointer(Text)), summed);
    using text = Text.new({ n: 3, x: 2, y: 1, data: [1, 2, 3] });
    expect(f(text)).toBe(201 + 9);
    expect([text.data[0], text.data[2]]).toEqual([2, 4]);
  });
});
