import { describe, expect, it } from "vitest";
import { load, memory } from "../../src/native/index.ts";
import { compileC, hasCompiler } from "./c-compiler.ts";

type Value = number | bigint | boolean;
interface Case {
  readonly c: string;
  readonly signature: string;
  readonly bytes: number;
  readonly values: readonly Value[];
  /** What V8 reads back from the bytes that C stored. */
  read(view: DataView): Value;
}

const float32Extremes = [0, -0, 1.5, -3.4028234663852886e38, 2 ** -149, Number.NaN, Number.POSITIVE_INFINITY];
const float64Extremes = [0, -0, 0.1, -Number.MAX_VALUE, Number.MIN_VALUE, Number.NaN, Number.NEGATIVE_INFINITY];
const safe = Number.MAX_SAFE_INTEGER;

const cases: readonly Case[] = [
  { c: "_Bool", signature: "bool", bytes: 1, values: [false, true], read: (v) => v.getUint8(0) === 1 },
  { c: "int8_t", signature: "int8", bytes: 1, values: [-128, -1, 0, 127], read: (v) => v.getInt8(0) },
  { c: "uint8_t", signature: "uint8", bytes: 1, values: [0, 128, 255], read: (v) => v.getUint8(0) },
  { c: "char", signature: "char", bytes: 1, values: [-128, 65, 127], read: (v) => v.getInt8(0) },
  { c: "int16_t", signature: "int16", bytes: 2, values: [-32768, -1, 32767], read: (v) => v.getInt16(0, true) },
  { c: "uint16_t", signature: "uint16", bytes: 2, values: [0, 32768, 65535], read: (v) => v.getUint16(0, true) },
  {
    c: "int32_t",
    signature: "int32",
    bytes: 4,
    values: [-(2 ** 31), -1, 2 ** 31 - 1],
    read: (v) => v.getInt32(0, true),
  },
  {
    c: "uint32_t",
    signature: "uint32",
    bytes: 4,
    values: [0, 2 ** 31, 2 ** 32 - 1],
    read: (v) => v.getUint32(0, true),
  },
  {
    ...{ c: "int64_t", signature: "int64", bytes: 8, values: [-(2n ** 63n), -1n, 0n, 2n ** 63n - 1n] },
    read: (v) => v.getBigInt64(0, true),
  },
  {
    ...{ c: "uint64_t", signature: "uint64", bytes: 8, values: [0n, 2n ** 63n, 2n ** 64n - 1n] },
    read: (v) => v.getBigUint64(0, true),
  },
  {
    ...{ c: "long", signature: "long", bytes: 8, values: [-(2n ** 63n), 2n ** 63n - 1n] },
    read: (v) => v.getBigInt64(0, true),
  },
  {
    ...{ c: "size_t", signature: "size_t", bytes: 8, values: [0, 1, 2 ** 32, safe] },
    read: (v) => Number(v.getBigUint64(0, true)),
  },
  {
    ...{ c: "intptr_t", signature: "intp", bytes: 8, values: [-safe, -1, 0, safe] },
    read: (v) => Number(v.getBigInt64(0, true)),
  },
  { c: "float", signature: "float32", bytes: 4, values: float32Extremes, read: (v) => v.getFloat32(0, true) },
  { c: "double", signature: "float64", bytes: 8, values: float64Extremes, read: (v) => v.getFloat64(0, true) },
];

const source = `#include <stdint.h>
#include <stddef.h>
${cases.map(({ c }, i) => `${c} id_${i}(${c} x) { return x; }\nvoid put_${i}(${c} x, void *to) { *(${c} *)to = x; }`).join("\n")}
/* Returned in a register whose upper bits hold something else. */
int8_t low8(int32_t x) { return x; }
uint8_t low8u(int32_t x) { return x; }
int16_t low16(int32_t x) { return x; }
_Bool truth(int32_t x) { return x; }
int32_t wide8(int8_t x) { return x; }
int32_t wide16u(uint16_t x) { return x; }
int32_t wideBool(_Bool x) { return x ? 40 : 2; }
/* More parameters than registers, of every kind, so that some come from the stack. */
double many(int8_t a, double b, uint16_t c, float d, int64_t e, _Bool f, uint8_t g, int16_t h, int8_t i, uint32_t j,
            size_t k, double l, double m, double n, double o, float p, double q, double r, float s, int8_t t, _Bool u) {
  return a + 2 * b + 3.0 * c + 5.0 * d + 7.0 * e + 11 * f + 13 * g + 17 * h + 19 * i + 23.0 * j + 29.0 * k + 31 * l
    + 37 * m + 41 * n + 43 * o + 47.0 * p + 53 * q + 59 * r + 61.0 * s + 67 * t + 71 * u;
}
`;

describe.skipIf(!hasCompiler)("scalars against gcc (needs cc)", () => {
  const path = hasCompiler ? compileC(source) : "";

  it.each(cases.map((one, index) => ({ ...one, index })))("$c crosses both ways at its extremes", (one) => {
    const names = { id: `id_${one.index}`, put: `put_${one.index}` };
    const functions = load(path, {
      [names.id]: `${one.signature}(${one.signature})`,
      [names.put]: `void(${one.signature}, voidptr)`,
    } as Record<string, string>) as unknown as Record<string, (...args: unknown[]) => Value>;
    const memoryOfOne = memory.allocate(8);
    const view = new DataView(memory.view(memoryOfOne, 8));
    for (const value of one.values) {
      expect(functions[names.id]?.(value), `${one.c} ${value} back`).toBe(value);
      view.setBigUint64(0, 0x5a5a5a5a5a5a5a5an);
      functions[names.put]?.(value, view);
      expect(one.read(view), `${one.c} ${value} stored`).toBe(value);
      for (let i = one.bytes; i < 8; i++) expect(view.getUint8(i)).toBe(0x5a);
    }
    memory.free(memoryOfOne);
  });

  it("does not trust the upper bits of a small result, and extends small arguments", () => {
    const f = load(path, {
      low8: "int8(int32)",
      low8u: "uint8(int32)",
      low16: "int16(int32)",
      truth: "bool(int32)",
      wide8: "int32(int8)",
      wide16u: "int32(uint16)",
      wideBool: "int32(bool)",
    });
    for (const x of [0, 1, 0x80, 0xff, 0x100, 0x1234_5680, -1, -129, 0x7fff_ffff]) {
      expect([f.low8(x), f.low8u(x), f.low16(x), f.truth(x)]).toEqual([
        (x << 24) >> 24,
        x & 255,
        (x << 16) >> 16,
        x !== 0,
      ]);
    }
    expect([f.wide8(-128), f.wide8(127), f.wide16u(65535), f.wideBool(true), f.wideBool(false)]).toEqual([
      -128, 127, 65535, 40, 2,
    ]);
  });

  it("passes what does not fit in registers on the stack", () => {
    const { many } = load(path, {
      many: "double many(int8_t a, double b, uint16_t c, float d, int64_t e, _Bool f, uint8_t g, int16_t h, int8_t i, uint32_t j, size_t k, double l, double m, double n, double o, float p, double q, double r, float s, int8_t t, _Bool u)",
    });
    expect(many(-1, 2, 3, 4, 5n, true, 255, -7, -8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, -19, true)).toBe(
      -1 +
        4 +
        9 +
        20 +
        35 +
        11 +
        13 * 255 -
        17 * 7 -
        19 * 8 +
        23 * 9 +
        290 +
        341 +
        37 * 12 +
        41 * 13 +
        43 * 14 +
        47 * 15 +
        53 * 16 +
        59 * 17 +
        61 * 18 -
        67 * 19 +
        71,
    );
  });
});
