// Functions that core compiled, as ctypes function pointers: what they are, and where they may stand.
import { cfunc, closure } from "@cfunc/core";
import { describe, expect, it } from "vitest";
import { CDLL, CFUNCTYPE, c_double, c_int, c_size_t, c_void_p, cast, POINTER, sizeof } from "../src/index.ts";

const CMP = CFUNCTYPE(c_int, POINTER(c_int), POINTER(c_int));

describe("compiled functions", () => {
  const OfDouble = CFUNCTYPE(c_double, c_double);
  const integrand = cfunc("float64(float64)", (t) => Math.exp(-t) / (t * t));

  it("have a ctypes function pointer", () => {
    const { ctypes } = integrand;
    expect(ctypes).toBe(integrand.ctypes);
    expect(ctypes).toBeInstanceOf(OfDouble);
    expect(ctypes(2)).toBe(integrand(2));
    expect(ctypes.restype).toBe(c_double);
    expect(ctypes.argtypes).toEqual([c_double]);
    expect(cast(ctypes, c_void_p).value).toBe(integrand.address);
    expect(() => ctypes("x")).toThrow("argument 1: TypeError: wrong type");
  });

  it("stand where a function pointer is expected", () => {
    const order = cfunc("int32(CPointer(int32), CPointer(int32))", (x, y) => {
      return x[0] < y[0] ? -1 : x[0] > y[0] ? 1 : 0;
    });
    const qsort = Object.assign(new CDLL("libc.so.6").qsort, {
      argtypes: [c_void_p, c_size_t, c_size_t, CMP],
      restype: null,
    });
    const array = new (c_int.mul(5))(5, 1, 7, 33, -2);
    qsort(array, array.length, sizeof(c_int), order.ctypes);
    expect([...array]).toEqual([-2, 1, 5, 7, 33]);
    const other = new (c_int.mul(3))(3, 2, 1);
    qsort(other, 3, 4, CMP(order));
    expect([...other]).toEqual([1, 2, 3]);
  });

  it("are refused where the signature differs", () => {
    expect(() => CFUNCTYPE(c_double, c_int)(integrand)).toThrow(
      "expected a function float64(int32), got float64(float64)",
    );
    expect(OfDouble(integrand)(1)).toBe(integrand(1));
    using doubled = closure("float64(float64)", (x) => 2 * x);
    expect(OfDouble(doubled)(4)).toBe(8);
    expect(OfDouble(integrand.address)(1)).toBe(integrand(1));
  });

  it("map every type of a signature", () => {
    const all64 = cfunc(
      "int64(bool, int8, uint8, int16, uint16, int32, uint32, int64, uint64, float32, float64)",
      (a) => (a ? 1n : 0n),
    );
    expect(all64.ctypes.argtypes?.map((type) => (type as { name?: string }).name)).toEqual([
      "c_bool",
      "c_byte",
      "c_ubyte",
      "c_short",
      "c_ushort",
      "c_int",
      "c_uint",
      "c_long",
      "c_ulong",
      "c_float",
      "c_double",
    ]);
    expect(all64.ctypes(true, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)).toBe(1n);
  });
});
