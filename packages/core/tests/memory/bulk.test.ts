import { describe, expect, expectTypeOf, it } from "vitest";
import {
  alloc,
  CFuncError,
  copy,
  cstring,
  fill,
  float64,
  int16,
  int32,
  int64,
  load,
  type Ptr,
  stringAt,
  struct,
  uint8,
  unsafeFunction,
  unsafePointer,
  view,
} from "../../src/index.ts";

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return error instanceof CFuncError ? error.code : String(error);
  }
  return "none";
};
const Point = struct("Point", { x: float64, n: int32 });

describe("copy", () => {
  it("moves values as memmove does, also where the places overlap", () => {
    for (const [to, from] of [
      [0, 3],
      [3, 0],
      [2, 2],
    ] as const) {
      using ours = alloc(int32, 10);
      using libcs = alloc(int32, 10);
      for (let i = 0; i < 10; i++) ours[i] = libcs[i] = i * i;
      copy(ours.add(to), ours.add(from), 7);
      const { memmove } = load(null, { memmove: "voidptr(voidptr, voidptr, size_t)" });
      memmove(libcs.add(to), libcs.add(from), 28);
      expect([...view(ours, int32, 10)]).toEqual([...view(libcs, int32, 10)]);
    }
  });

  it("copies between windows onto the same foreign memory", () => {
    using memory = alloc(uint8, 64);
    for (let i = 0; i < 64; i++) memory[i] = i;
    copy(unsafePointer(memory.address + 4n, uint8), unsafePointer(memory.address, uint8), 32);
    expect([...view(memory, uint8, 64)].slice(0, 38)).toEqual([
      ...[0, 1, 2, 3],
      ...Array.from({ length: 32 }, (_, i) => i),
      ...[36, 37],
    ]);
  });

  it("copies structures", () => {
    using a = alloc(Point, 2);
    using b = alloc(Point, 2);
    a[1] = { x: 1.5, n: -2 };
    copy(b, a, 2);
    expect([b[0]?.x, b[1]?.x, b[1]?.n]).toEqual([0, 1.5, -2]);
  });

  it("checks before it writes", () => {
    using a = alloc(int32, 4);
    using b = alloc(int32, 3);
    fill(a, 7, 4);
    expect(codeOf(() => copy(a, b, 4))).toBe("CF5501");
    expect(codeOf(() => copy(b, a, 4))).toBe("CF5501");
    expect(codeOf(() => copy(a.add(-1), a, 1))).toBe("CF5501");
    expect([...view(a, int32, 4)]).toEqual([7, 7, 7, 7]);
    const gone = alloc(int32, 4);
    gone.release();
    const wrong = copy as (...args: unknown[]) => void;
    expect([
      ...[codeOf(() => copy(a, gone, 0)), codeOf(() => copy(gone, a, 1))],
      ...[codeOf(() => wrong(a, alloc(int16, 4), 1)), codeOf(() => wrong(a, null, 1))],
      ...[codeOf(() => wrong(a, new Int32Array(4), 1)), codeOf(() => copy(a, a, -1)), codeOf(() => copy(a, a, 0.5))],
    ]).toEqual(["CF5502", "CF5502", "CF5503", "CF5507", "CF5503", "CF5505", "CF5505"]);
  });
});

describe("fill", () => {
  it.each([0, 1, 2, 3, 7, 64, 100])("writes %d values and no more", (count) => {
    using memory = alloc(int16, 101);
    fill(memory, -2, count);
    const expected = new Int16Array(101).fill(-2, 0, count);
    expect(view(memory, int16, 101)).toEqual(expected);
  });

  it("writes values of every kind", () => {
    using wide = alloc(int64, 3);
    fill(wide, -(2n ** 63n), 3);
    expect([...view(wide, int64, 3)]).toEqual([-(2n ** 63n), -(2n ** 63n), -(2n ** 63n)]);
    using points = alloc(Point, 3);
    points[0] = { x: 2, n: 3 };
    fill(points as Ptr<unknown>, points[0], 3);
    expect([points[2]?.x, points[2]?.n]).toEqual([2, 3]);
  });

  it("leaves the memory as it was where the value does not fit", () => {
    using memory = alloc(int32, 2);
    fill(memory, 5, 2);
    expect(codeOf(() => fill(memory, "x" as never, 2))).toBe("CF5503");
    expect(codeOf(() => fill(memory, 1, 3))).toBe("CF5501");
    expect(codeOf(() => fill(unsafePointer(memory.address, uint8).cast(Point), {} as never, -1))).toBe("CF5505");
    expect([...view(memory, int32, 2)]).toEqual([5, 5]);
  });
});

describe("cstring", () => {
  it("is what C reads", () => {
    const { strlen } = load(null, { strlen: "size_t(CPointer(const char))" });
    for (const text of ["", "plain", "naïve ☃ 😀", "x".repeat(100_000)]) {
      using owned = cstring(text);
      expect([stringAt(owned), owned.length, strlen(owned)]).toEqual([
        text,
        Buffer.byteLength(text) + 1,
        Buffer.byteLength(text),
      ]);
    }
  });

  it("refuses what is no C string, each with its own code, and ends with its owner", () => {
    expect([codeOf(() => cstring("a\0b")), codeOf(() => cstring("\udc00")), codeOf(() => cstring(3 as never))]).toEqual(
      [...["CF5013", "CF5016", "CF5503"]],
    );
    const text = cstring("x");
    text.release();
    expect([codeOf(() => stringAt(text)), codeOf(() => text.release())]).toEqual(["CF5502", "CF5502"]);
  });
});

describe("unsafe", () => {
  it("makes pointers and functions of addresses", () => {
    using memory = alloc(float64, 2);
    const pointer = unsafePointer(memory.address, float64);
    expectTypeOf(pointer).toEqualTypeOf<Ptr<number>>();
    pointer[1] = 2.5;
    expect(memory[1]).toBe(2.5);
    const { cbrt } = load("libm.so.6", { cbrt: "float64(float64)" });
    const same = unsafeFunction(cbrt.address, "float64(float64)");
    expectTypeOf(same(8)).toEqualTypeOf<number>();
    expect([same(8), same.address === cbrt.address]).toEqual([2, true]);
  });

  it("refuses what cannot be an address", () => {
    for (const wrong of [0n, -1n, 1 as never, 2n ** 64n, undefined as never])
      expect(codeOf(() => unsafePointer(wrong, uint8))).toBe("CF5011");
    expect(codeOf(() => unsafeFunction(0n, "int(int)"))).toBe("CF5011");
    // @ts-expect-error a misspelt type
    expect(codeOf(() => unsafeFunction(1n, "in(int)"))).toBe("CF1102");
  });
});
