// Arguments that find mistakes: the edges of every representation, for every C type; and what a C result makes of a
// JavaScript value, computed by typed arrays, which follow the same conversion rules.
import type { Random } from "./random.ts";

const edges = [0, 1, -1, 2, 7, 31, 32, 46341, 65535, -65536, 2147483647, -2147483648, 123456789];
const float64s = [
  0,
  -0,
  1,
  -1,
  1.5,
  -2.5,
  0.49999999999999994,
  NaN,
  Infinity,
  -Infinity,
  1e10,
  -1e20,
  4294967295.5,
  4294967296,
  2147483647,
  2147483648,
  -2147483648,
  -2147483649,
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 63),
  2 ** 64,
  1e-300,
  5e-324,
  -2.2250738585072014e-308,
  1.1754943508222875e-38,
  -1e-45,
  16777217,
  1e300,
  17,
];

export const numberTypes = {
  int8: { of: Int8Array, values: [0, 1, -1, 127, -128, 5] },
  uint8: { of: Uint8Array, values: [0, 1, 2, 127, 128, 255] },
  int16: { of: Int16Array, values: [0, 1, -1, 32767, -32768, 300] },
  uint16: { of: Uint16Array, values: [0, 1, 255, 32768, 65535] },
  int32: { of: Int32Array, values: edges },
  uint32: { of: Uint32Array, values: [0, 1, 255, 2147483647, 2147483648, 4294967295, 77777] },
  float32: { of: Float32Array, values: float64s.map(Math.fround) },
  float64: { of: Float64Array, values: float64s },
  size_t: { of: undefined, values: [0, 1, 3, 4294967296, 2 ** 52 + 1] },
  intp: { of: undefined, values: [0, -1, 3, -4294967297, 2 ** 52 + 1, -(2 ** 52)] },
} as const;
export type NumberType = keyof typeof numberTypes;
export const numberTypeNames = Object.keys(numberTypes) as NumberType[];

export const bigintTypes = {
  int64: [0n, 1n, -1n, 2n, 10n, -(2n ** 31n), 2n ** 53n, 2n ** 63n - 1n, -(2n ** 63n), 1234567890123456789n],
  uint64: [0n, 1n, 2n, 255n, 2n ** 32n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n, 9876543210987654321n],
} as const;
export type BigintType = keyof typeof bigintTypes;

export type ScalarType = NumberType | BigintType | "bool";
export type Value = number | bigint | boolean;

/**
 * A list of arguments. One in three is made of extremes alone, since some mistakes need two of them at once, such as
 * -2147483648 % -1.
 */
export function anyValues(random: Random, types: readonly ScalarType[]): Value[] {
  const values = random.oneIn(3) ? extremes : all;
  return types.map((type) => random.pick(values(type)));
}

function all(type: ScalarType): readonly Value[] {
  if (type === "bool") return [false, true];
  return type === "int64" || type === "uint64" ? bigintTypes[type] : numberTypes[type].values;
}

const sharp: readonly unknown[] = [0, -1, 0n, -1n, -0, NaN, Infinity];

function extremes(type: ScalarType): readonly Value[] {
  const values = all(type);
  if (typeof values[0] === "boolean") return values;
  const ends = [values.reduce((a, b) => (b < a ? b : a)), values.reduce((a, b) => (b > a ? b : a))];
  return values.filter((value) => sharp.some((s) => Object.is(s, value)) || ends.includes(value));
}

/** What C code sees of a JavaScript value that is returned as `type`. */
export function asResult(type: ScalarType, value: unknown): Value {
  switch (type) {
    case "bool":
      return Boolean(value);
    case "int64":
      return BigInt.asIntN(64, value as bigint);
    case "uint64":
      return BigInt.asUintN(64, value as bigint);
    case "size_t":
    case "intp": {
      const whole = Number.isFinite(value) ? BigInt(Math.trunc(value as number)) : 0n;
      return Number(type === "size_t" ? BigInt.asUintN(64, whole) : BigInt.asIntN(64, whole));
    }
    default:
      return new numberTypes[type].of([value as number])[0] as number;
  }
}

/** A value as a program writes it. */
export const show = (value: unknown): string =>
  Object.is(value, -0) ? "-0" : typeof value === "bigint" ? `${value}n` : String(value);
