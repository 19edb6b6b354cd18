// The exact JSON encoding: what goes through text comes back the same, by Object.is; the schema agrees.
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import {
  decodeValue,
  type EncodedValue,
  encodeValue,
  type Value,
  ValueEncodingError,
  valueSchema,
} from "../../src/contract/index.ts";

const validate = new Ajv2020({ strict: true, strictTypes: false, allowUnionTypes: true, strictTuples: false }).compile(
  valueSchema,
);

function roundTrip(value: Value): Value {
  const text = JSON.stringify(encodeValue(value));
  const json = JSON.parse(text) as EncodedValue;
  expect(validate(json), `${text} against the schema`).toBe(true);
  return decodeValue(json);
}

const scalars: Value[] = [
  ...[0, -0, 1, -1.5, Number.NaN, Infinity, -Infinity, 2 ** 53, -(2 ** 53) - 2, 5e-324, 1.7976931348623157e308, 0.1],
  ...[0n, -1n, 2n ** 63n, -(2n ** 63n), 2n ** 64n - 1n, 10n ** 40n],
  ...["", "text", "NaN", "\0", "日本 🦀", "\ud800", "a\udc00b", "\udc00\ud800", true, false, null, undefined],
];

test("scalars come back as they were", () => {
  for (const value of scalars) expect(Object.is(roundTrip(value), value), String(value)).toBe(true);
});

test("random doubles, by their bits", () => {
  const bits = new BigUint64Array(1);
  const double = new Float64Array(bits.buffer);
  let seed = 88172645463325252n;
  for (let i = 0; i < 20_000; i++) {
    seed ^= BigInt.asUintN(64, seed << 13n);
    seed ^= seed >> 7n;
    seed ^= BigInt.asUintN(64, seed << 17n);
    bits[0] = seed;
    const value = double[0] as number;
    const back = decodeValue(JSON.parse(JSON.stringify(encodeValue(value))) as EncodedValue);
    if (!Object.is(back, value)) expect.fail(`${seed.toString(16)}: ${value} became ${String(back)}`);
  }
});

test("arrays and objects, with names that look like ours", () => {
  const values: Value[] = [
    [],
    [1, [-0, [undefined]], null],
    {},
    { x: Number.NaN, y: { z: 1n } },
    { $number: "NaN" },
    { $object: [], a: 1 },
    { a: { $bytes: "00" } },
    JSON.parse('{"__proto__": 1, "constructor": 2}') as Value,
    scalars,
  ];
  for (const value of values) expect(roundTrip(value)).toStrictEqual(value);
});

test("typed arrays keep their type and every element", () => {
  const values: Value[] = [
    new Uint8Array([0, 15, 255]),
    new Uint8Array(),
    new Int8Array([-128, 127]),
    new Int16Array([-32768]),
    new Uint16Array([65535]),
    new Int32Array([-(2 ** 31)]),
    new Uint32Array([2 ** 32 - 1]),
    new BigInt64Array([-(2n ** 63n), 0n]),
    new BigUint64Array([2n ** 64n - 1n]),
    new Float32Array([Number.NaN, -0, Math.fround(0.1), Infinity]),
    new Float64Array([Number.NaN, -0, 0.1, -Infinity, 5e-324]),
  ];
  for (const value of values) {
    const back = roundTrip(value);
    expect(back).toStrictEqual(value);
    expect(Object.getPrototypeOf(back)).toBe(Object.getPrototypeOf(value));
  }
  expect(encodeValue(Buffer.from("hi"))).toEqual({ $bytes: "6869" });
});

test("the form is fixed", () => {
  expect(encodeValue([-0, Number.NaN, 7n, new Uint8Array([255]), undefined, null])).toEqual([
    { $number: "-0" },
    { $number: "NaN" },
    { $bigint: "7" },
    { $bytes: "ff" },
    { $undefined: true },
    null,
  ]);
  expect(encodeValue(new Float64Array([1, Infinity]))).toEqual({
    $array: { type: "float64", values: [1, { $number: "Infinity" }] },
  });
});

describe("refused", () => {
  test("what is no value", () => {
    const cycle: Value[] = [];
    cycle.push(cycle);
    const wrong: unknown[] = [
      () => 1,
      Symbol("s"),
      new Map(),
      new Date(),
      cycle,
      new Uint8ClampedArray(1),
      { [Symbol("s")]: 1 },
    ];
    for (const value of wrong) expect(() => encodeValue(value as Value)).toThrow(ValueEncodingError);
    const shared: Value = [1];
    expect(encodeValue([shared, shared])).toEqual([[1], [1]]);
  });

  test("JSON that encodes nothing, or that is not the one form of its value", () => {
    const wrong: EncodedValue[] = [
      -0,
      "\ud800",
      { $number: "1" },
      { $number: 1 },
      { $number: "NaN", more: 1 },
      { $bigint: "01" },
      { $bigint: "-0" },
      { $bigint: "0x1" },
      { $bigint: 1 },
      { $bytes: "FF" },
      { $bytes: "f" },
      { $utf16: [65] },
      { $utf16: [65536] },
      { $utf16: [] },
      { $undefined: false },
      { $unknown: 1 },
      { $object: [["a", 1]] },
      {
        $object: [
          ["$a", 1],
          ["$a", 2],
        ],
      },
      { $array: { type: "float32", values: [0.1] } },
      { $array: { type: "int8", values: [128] } },
      { $array: { type: "int8", values: [{ $bigint: "1" }] } },
      { $array: { type: "int64", values: [1] } },
      { $array: { type: "uint8", values: [1] } },
      { $array: { type: "int8", values: [1], more: 1 } },
      [{ $number: "0" }],
    ];
    for (const json of wrong) expect(() => decodeValue(json), JSON.stringify(json)).toThrow(ValueEncodingError);
  });
});
