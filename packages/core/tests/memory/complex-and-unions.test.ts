// Complex numbers and unions in native memory. The oracles: the C compiler, and TypedArrays over the same bytes.
import { describe, expect, test } from "vitest";
import { carray } from "../../src/intrinsics/index.ts";
import { alloc, view } from "../../src/memory/index.ts";
import { array, complex64, complex128, float32, float64, int64, struct, uint8, union } from "../../src/types/index.ts";
import { headers, runC } from "../types/gcc.ts";

describe("complex numbers", () => {
  test("lie as two floats, the real part first", () => {
    using z = alloc(complex128, 2);
    z[1] = { re: 1.5, im: -2.5 };
    expect([...view(z.cast(float64), float64, 4)]).toEqual([0, 0, 1.5, -2.5]);
    using c = alloc(complex64, 1);
    c[0] = { re: 0.1, im: 2 ** 30 + 1 };
    expect(c[0]).toEqual({ re: Math.fround(0.1), im: Math.fround(2 ** 30 + 1) });
    const bytes = runC(`${headers}#include <complex.h>
      int main(void) { float _Complex z = 0.1f + 1073741825.0f * I; unsigned char *b = (void *)&z;
      for (int i = 0; i < 8; i++) printf("%d ", b[i]); }`);
    expect([...view(c.cast(uint8), uint8, 8)].join(" ")).toBe(bytes.trim());
  });

  test("are values: what was read does not change with memory, and cannot be changed", () => {
    using z = alloc(complex128, 1);
    z[0] = { re: 1, im: 2 };
    const before = z[0];
    z[0] = { re: 3, im: 4 };
    expect(before).toEqual({ re: 1, im: 2 });
    expect(Reflect.set(before, "re", 5)).toBe(false);
  });

  test("are elements of views and fields of structures", () => {
    const data = Float64Array.of(1, 2, 3, 4);
    const a = carray(data, 2, complex128);
    a[1] = { re: a[1].im, im: a[0].re };
    expect([...data]).toEqual([1, 2, 4, 1]);
    const Wave = struct("Wave", { tag: uint8, z: complex64, all: array(complex128, 2) });
    const zero = { re: 0, im: 0 };
    using wave = Wave.new({ z: { re: 1, im: 2 }, all: [zero, { re: 3, im: 4 }] });
    expect([Wave.size, Wave.align, wave.z, wave.all[1]]).toEqual([48, 8, { re: 1, im: 2 }, { re: 3, im: 4 }]);
  });

  test.each([1, null, { re: 1 }, { re: 1, im: 2n }, [1, 2]])("%o is no complex number", (value) => {
    using z = alloc(complex128, 1);
    expect(() => Reflect.set(z, 0, value)).toThrow(/CF5503.*complex128 holds \{ re, im \}/s);
    expect(z[0]).toEqual({ re: 0, im: 0 });
  });
});

describe("unions", () => {
  const Value = union("Value", { i: int64, f: float64, half: float32, bytes: array(uint8, 3) });

  test("are read by every member and written by one", () => {
    using value = Value.new({ f: 2.5 });
    expect(value.i).toBe(new BigInt64Array(Float64Array.of(2.5).buffer)[0]);
    value.i = 1n;
    expect([value.f, [...value.bytes]]).toEqual([5e-324, [1, 0, 0]]);
    using values = alloc(Value, 2);
    values[1] = value;
    values.set(0, Value.new({ bytes: [1, 2, 3] }));
    expect([values[0].i, values[1].i]).toEqual([0x030201n, 1n]);
  });

  test("assigning one member clears the bytes that it does not cover", () => {
    using value = Value.new({ i: -1n });
    using values = alloc(Value, 1);
    values[0] = value;
    Reflect.set(values, 0, { half: 1 });
    expect(values[0].i).toBe(0x3f800000n);
  });

  test("take an object with exactly one of their members", () => {
    using values = alloc(Value, 1);
    expect(() => Reflect.set(values, 0, {})).toThrow(/CF5503.*exactly one of its fields, this has none/s);
    expect(() => Reflect.set(values, 0, { i: 1n, f: 1 })).toThrow(/CF5503.*this has `i`, `f`/s);
    expect(() => Reflect.set(values, 0, { x: 1 })).toThrow(/CF5503.*no field `x`.*i, f, half, bytes/s);
    expect(() => Reflect.set(values, 0, 1)).toThrow(/CF5503.*one of its fields/s);
  });

  test("stand in structures and point to their fields", () => {
    const Tagged = struct("Tagged", { tag: uint8, value: Value });
    using tagged = alloc(Tagged, 1);
    tagged.value = Value.new({ f: 1 });
    tagged.tag = 2;
    expect([tagged.value.f, Tagged.size, Tagged.type.fields[1]?.offset]).toEqual([1, 16, 8]);
  });
});
