// Pointers and structures over real native memory. The oracles: TypedArrays over the same bytes, the C compiler for
// where a field lies.
import { describe, expect, test } from "vitest";
import { alloc, makePointer, type NativeMemory, nativeMemory, useNativeMemory, view } from "../../src/memory/index.ts";
import { addressOf, closure } from "../../src/native/index.ts";
import type { CType } from "../../src/types/ctype.ts";
import {
  array,
  bool,
  CFunction,
  CPointer,
  char,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  intp,
  type Ptr,
  size_t,
  struct,
  type TypeObject,
  uint8,
  uint16,
  uint32,
  uint64,
  type ValueOf,
  voidptr,
} from "../../src/types/index.ts";
import { headers, runC } from "../types/gcc.ts";

/** The pointer at the start of a buffer, as native code would hand it over. */
function at<C extends CType>(buffer: ArrayBufferView, type: TypeObject<C>): Ptr<ValueOf<C>> {
  return makePointer(addressOf(buffer), type.type) as Ptr<ValueOf<C>>;
}

/** An assignment as an expression. */
function put(target: object, key: PropertyKey, value: unknown): void {
  Reflect.set(target, key, value);
}

const odd = [
  0,
  -0,
  1,
  -1,
  127,
  128,
  255,
  256,
  32767,
  65536,
  2 ** 31,
  2 ** 32 + 5,
  -(2 ** 33) - 3,
  1.9,
  -1.9,
  1e300,
  NaN,
];

describe("stores wrap and round as TypedArray stores do", () => {
  const pairs = [
    [int8, Int8Array],
    [char, Int8Array],
    [uint8, Uint8Array],
    [int16, Int16Array],
    [uint16, Uint16Array],
    [int32, Int32Array],
    [uint32, Uint32Array],
    [float32, Float32Array],
    [float64, Float64Array],
  ] as const;
  test.each(pairs.map(([type, Elements]) => ({ name: String(type), type, Elements })))(
    "$name",
    ({ type, Elements }) => {
      const ours = new Elements(4);
      const p = at(ours, type as TypeObject);
      const theirs = new Elements(4);
      for (const value of [...odd, Infinity, -Infinity, 2 ** 53, -(2 ** 63)]) {
        p[2] = value;
        theirs[2] = value;
        expect(ours, String(value)).toEqual(theirs);
        expect(p[2], String(value)).toBe(theirs[2]);
      }
    },
  );

  test("int64, uint64", () => {
    for (const [type, Elements] of [
      [int64, BigInt64Array],
      [uint64, BigUint64Array],
    ] as const) {
      const ours = new Elements(2);
      const theirs = new Elements(2);
      const p = at(ours, type as TypeObject);
      for (const value of [0n, -1n, 2n ** 63n, 2n ** 64n + 7n, -(2n ** 65n) - 9n]) {
        p.set(1, value);
        theirs[1] = value;
        expect(ours).toEqual(theirs);
        expect(p.get(1)).toBe(theirs[1]);
      }
    }
  });

  test("size_t and intp are numbers", () => {
    const bits = new BigInt64Array(1);
    for (const value of [...odd, Infinity, 2 ** 53 - 1, -(2 ** 53) + 1, 1e300]) {
      const integer = Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
      at(bits, intp)[0] = value;
      expect(bits[0]).toBe(BigInt.asIntN(64, integer));
      expect(at(bits, intp)[0]).toBe(Number(BigInt.asIntN(64, integer)));
      at(bits, size_t)[0] = value;
      expect(at(bits, size_t)[0]).toBe(Number(BigInt.asUintN(64, integer)));
    }
  });

  test("bool goes by truthiness", () => {
    const bytes = new Uint8Array(1);
    const p: { [index: number]: unknown } = at(bytes, bool);
    for (const value of [true, 1, 256, 0.5, "x", {}, 1n, false, 0, -0, NaN, "", null, undefined, 0n]) {
      p[0] = value;
      expect(bytes[0], String(value)).toBe(value ? 1 : 0);
      expect(p[0]).toBe(Boolean(value));
    }
  });

  test("numbers and bigints do not mix", () => {
    const p: { [index: number]: unknown } = at(new Float64Array(1), float64);
    const q: { [index: number]: unknown } = at(new BigInt64Array(1), int64);
    expect(() => put(p, 0, 1n)).toThrow(/CF5503.*float64 holds a number.*Number\(value\)/s);
    expect(() => put(q, 0, 1)).toThrow(/CF5503.*int64 holds a bigint.*BigInt\(value\)/s);
    expect(() => put(p, 0, "1")).toThrow(/CF5503/);
    expect(() => put(p, 0, undefined)).toThrow(/CF5503/);
  });
});

describe("pointers", () => {
  test("index, move and cast, in both directions", () => {
    const data = new Float64Array([0, 1, 2, 3, 4, 5, 6, 7]);
    const p = at(data, float64);
    expect(p.address).toBe(addressOf(data));
    expect([p[0], p[7], p.add(3)[0], p.add(3)[-1], p.add(5).add(-2).get(1)]).toEqual([0, 7, 3, 2, 4]);
    expect(p.add(3).address).toBe(addressOf(data) + 24n);
    p.add(2)[1] = 33;
    expect(data[3]).toBe(33);
    expect(p.cast(uint32)[7]).toBe(new Uint32Array(data.buffer)[7]);
    expect(p.cast(int64).type).toBe(int64.type);
  });

  test("reach any distance from where they were first used", () => {
    const data = Float64Array.from({ length: 400_000 }, (_, i) => i);
    const p = at(data, float64);
    for (const i of [0, 399_999, 5, 200_000, 200_001, 399_998, 1, 7, 0]) expect(p[i], String(i)).toBe(i);
    const end = p.add(399_999);
    for (const i of [0, -399_999, -3, -200_000]) expect(end[i], String(i)).toBe(399_999 + i);
  });

  test("null is null, and pointers in memory lead on", () => {
    expect(makePointer(0n, float64.type)).toBeNull();
    using target = alloc(int32, 2);
    using table = alloc(CPointer(int32), 2);
    expect(table[0]).toBeNull();
    table[1] = target;
    target[1] = 42;
    expect(table[1]?.[1]).toBe(42);
    expect(table[1]?.address).toBe(target.address);
    table[1] = null;
    expect(table[1]).toBeNull();
    const raw: { [index: number]: unknown } = table;
    expect(() => put(raw, 0, new Int32Array(1))).toThrow(/CF5503.*alloc\(type, n\)/s);
    expect(() => put(raw, 0, 5n)).toThrow(/CF5503.*a pointer or null/s);
  });

  test("function pointers in memory can be called", () => {
    const half = closure("float64(float64)", (x) => x / 2);
    using table = alloc(CFunction(float64(float64)), 1);
    const slot: { [index: number]: unknown } = table;
    slot[0] = half;
    expect(table[0]?.address).toBe(half.address);
    expect(table[0]?.(5)).toBe(2.5);
    half.dispose();
  });

  test("mistakes are diagnostics", () => {
    const p = at(new Float64Array(2), float64);
    const index: { [key: string]: unknown } = p as never;
    expect(() => index["0.5"]).toThrow(/CF5501.*whole number/s);
    expect(() => index.NaN).toThrow(/CF5501/);
    expect(() => p.get(0.5)).toThrow(/CF5501/);
    expect(() => p.add(Number.NaN)).toThrow(/CF5501/);
    expect(() => p.cast(voidptr.type.to as never)).toThrow(/CF1106/);
    expect(() => p.cast("void" as never).get(0)).toThrow(/CF5504.*p\.cast\(float64\)/s);
    expect(() => Object.assign(p, { foo: 1 })).toThrow(TypeError);
    expect(index.foo).toBeUndefined();
  });
});

const Inner = struct("Inner", { a: int8, b: float64 });
const All = struct("All", {
  flag: bool,
  tiny: int16,
  inner: Inner,
  many: array(Inner, 2),
  matrix: array(array(float32, 3), 2),
  big: int64,
  count: size_t,
  next: CPointer(int32),
  last: uint8,
});

describe("structures", () => {
  test("fields lie where the C compiler puts them", () => {
    using s = All.new({
      flag: true,
      tiny: -2,
      inner: { a: 3, b: 1.5 },
      many: [{ a: 1 }, { a: 2, b: -0.25 }],
      matrix: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      big: -(2n ** 40n),
      count: 2 ** 40,
      last: 200,
    });
    const bytes = new Uint8Array(nativeMemory().view(s.address, All.size));
    const c = runC(`${headers}struct Inner { int8_t a; double b; };
      struct All { _Bool flag; int16_t tiny; struct Inner inner; struct Inner many[2]; float matrix[2][3];
        int64_t big; size_t count; int *next; uint8_t last; };
      int main(void) {
        static struct All s; // static, so that the padding is zero
        s.flag = 1; s.tiny = -2; s.inner.a = 3; s.inner.b = 1.5; s.many[0].a = 1; s.many[1].a = 2; s.many[1].b = -0.25;
        for (int i = 0; i < 6; i++) s.matrix[i / 3][i % 3] = i + 1;
        s.big = -(1ll << 40); s.count = 1ull << 40; s.last = 200;
        for (size_t i = 0; i < sizeof s; i++) printf("%d ", ((unsigned char *)&s)[i]);
        return 0; }`);
    expect(`${bytes.join(" ")} `).toBe(c);
    expect([s.flag, s.tiny, s.inner.b, s.many[1]?.b, s.matrix[1]?.[2], s.big, s.count, s.next, s.last]).toEqual([
      true,
      -2,
      1.5,
      -0.25,
      6,
      -(2n ** 40n),
      2 ** 40,
      null,
      200,
    ]);
  });

  test("assignment copies a structure, and an object writes every field", () => {
    using s = All.new({ inner: { a: 1, b: 2 }, last: 9 });
    const p = makePointer(s.address, All.type) as Ptr<ValueOf<typeof All.type>>;
    s.many.set(1, s.inner);
    expect([s.many[1]?.a, s.many[1]?.b]).toEqual([1, 2]);
    s.inner = { a: 7, b: 8 };
    expect([p.inner.a, p.inner.b, s.many[1]?.b]).toEqual([7, 8, 2]);
    s.inner = { b: s.inner.a } as never;
    expect([s.inner.a, s.inner.b]).toEqual([0, 7]);
    p.last = 3;
    expect([s.last, p[0]?.last]).toEqual([3, 3]);
    s.matrix = [
      [1, 1, 1],
      [2, 2, 2],
    ] as never;
    expect(JSON.stringify(s.matrix)).toBe("[[1,1,1],[2,2,2]]");
  });

  test("a value that does not fit leaves the structure as it was", () => {
    using s = All.new({ inner: { a: 1, b: 2 } });
    const loose: { inner: unknown; matrix: unknown } = s as never;
    expect(() => put(loose, "inner", { a: 5, b: "x" })).toThrow(/CF5503/);
    expect(() => put(loose, "inner", { a: 5, c: 1 })).toThrow(/CF5503.*no field `c`.*a, b/s);
    expect(() => put(loose, "inner", 5)).toThrow(/CF5503/);
    expect(() => put(loose, "matrix", [1])).toThrow(/CF5503.*2 elements/s);
    expect([s.inner.a, s.inner.b]).toEqual([1, 2]);
    expect(() => All.new({ nope: 1 } as never)).toThrow(/CF5503/);
  });

  test("fields hide members of a structure, members of a pointer hide fields", () => {
    const Tricky = struct("Tricky", { address: int32, release: int32, get: int32, constructor: int32 });
    using s = Tricky.new({ address: 1, release: 2, get: 3, constructor: 4 });
    expect([s.address, s.release, s.get, s.constructor]).toEqual([1, 2, 3, 4]);
    using p = alloc(Tricky, 2);
    expect(typeof p.address).toBe("bigint");
    p.set(1, { address: 5, release: 6, get: 7, constructor: 8 });
    expect(p[1]?.get).toBe(7);
  });
});

describe("owned memory", () => {
  test("is zeroed, bounded, and gone after release", () => {
    const a = alloc(float64, 3);
    expect([a[0], a[1], a[2], a.length]).toEqual([0, 0, 0, 3]);
    expect(() => a[3]).toThrow(/CF5501.*outside of alloc\(float64, 3\)/s);
    expect(() => a[-1]).toThrow(/CF5501/);
    expect(() => a.add(3)[0]).toThrow(/CF5501/);
    const further = a.add(1);
    const elements = view(a, float64, 3);
    elements[1] = 5;
    expect(further[0]).toBe(5);
    a.release();
    for (const use of [() => a[0], () => further[0], () => put(a, 0, 1), () => a.address, () => view(a, float64, 1)]) {
      expect(use).toThrow(/CF5502.*used after it was released/s);
    }
    expect(elements.length).toBe(0);
    expect(() => a.release()).toThrow(/CF5502.*released already/s);
    a[Symbol.dispose]();
  });

  test("structures too, with all that looks into them", () => {
    const s = All.new();
    const { inner, matrix } = s;
    s.release();
    for (const use of [() => s.big, () => inner.a, () => matrix[0]?.[0], () => put(s, "big", 1n), () => s.address]) {
      expect(use).toThrow(/CF5502.*All\.new/s);
    }
    expect(() => s.release()).toThrow(/CF5502/);
  });

  test("is given back once, to where it came from, whatever happens", () => {
    const real = nativeMemory();
    const freed: bigint[] = [];
    const counting: NativeMemory = {
      ...real,
      free(address) {
        freed.push(address);
        real.free(address);
      },
    };
    useNativeMemory(counting);
    const a = alloc(int32, 1);
    const { address } = a;
    expect(() => Inner.new({ a: "x" } as never)).toThrow(/CF5503/);
    expect(freed).toHaveLength(1);
    useNativeMemory(real);
    {
      using b = a;
      b[0] = 1;
    }
    expect(freed.slice(1)).toEqual([address]);
  });

  test("views are the TypedArray of the type, or an array view", () => {
    using a = alloc(uint8, 64);
    expect(view(a, float64, 8)).toBeInstanceOf(Float64Array);
    expect(view(a.add(1), float64, 7).byteLength).toBe(56);
    expect(view(a, int64, 2)).toBeInstanceOf(BigInt64Array);
    view(a, int32, 16).fill(-1);
    expect([...view(a, size_t, 1)]).toEqual([2 ** 64]);
    expect([...view(a, bool, 3)]).toEqual([true, true, true]);
    expect(view(a, Inner, 2)[1]?.a).toBe(-1);
    expect(view(a, float64, 0).length).toBe(0);
    expect(() => view(a, float64, 9)).toThrow(/CF5501/);
    expect(() => view(a, float64, -1)).toThrow(/CF5505/);
    expect(() => view(null, float64, 1)).toThrow(/CF5507/);
    expect(() => view(5n as never, float64, 1)).toThrow(/CF5503/);
    expect(() => alloc(float64, 1.5)).toThrow(/CF5505/);
  });
});
