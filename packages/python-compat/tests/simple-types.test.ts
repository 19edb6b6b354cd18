// Simple types: conversions, wraparound at the extremes, refusals and their messages, against CPython.
import { describe, expect, it } from "vitest";
import * as all from "../src/index.ts";
import { compare, Float, noPython, type Scenario } from "./cpython.ts";

/** By name, as the Python half has them. */
const ctypes = { ...all };
const { b, bool, c_char, c_char_p, c_double, c_float, c_int, c_long, c_void_p, c_wchar, c_wchar_p, sizeof } = ctypes;

const integers = [
  "c_byte",
  "c_ubyte",
  "c_short",
  "c_ushort",
  "c_int",
  "c_uint",
  "c_long",
  "c_ulong",
  "c_longlong",
  "c_ulonglong",
  "c_size_t",
  "c_ssize_t",
  "c_int8",
  "c_uint8",
  "c_int16",
  "c_uint16",
  "c_int32",
  "c_uint32",
  "c_int64",
  "c_uint64",
] as const;

const extremes = [7, 8, 15, 16, 31, 32, 53, 63, 64, 65, 100].flatMap((n) =>
  [-1n, 0n, 1n].flatMap((d) => [2n ** BigInt(n) + d, -(2n ** BigInt(n)) + d]),
);
const others: readonly (readonly [string, unknown])[] = [
  ["True", true],
  ["False", false],
  ["1.5", 1.5],
  ["'x'", "x"],
  ["b'x'", b`x`],
  ["None", null],
  ["[]", []],
  ["inf", Number.POSITIVE_INFINITY],
];

describe.skipIf(noPython !== undefined)(`simple types, against CPython ${noPython ?? ""}`, () => {
  it.each(integers)("%s wraps and refuses as CPython's", (name) => {
    const type = ctypes[name];
    compare([
      ...extremes.map((value) => ({ python: `${name}(${value}).value`, typescript: () => type(value).value })),
      ...[0, 1, -1, 2 ** 31, -(2 ** 40)].map((value) => ({
        python: `${name}(${value}).value`,
        typescript: () => new type(value).value,
      })),
      ...others.map(([text, value]) => ({
        python: `${name}(${text}).value`,
        typescript: () => new type(value as number).value,
      })),
      { python: `${name}.__name__`, typescript: () => type.name },
      { python: `sizeof(${name})`, typescript: () => sizeof(type) },
      { python: `alignment(${name})`, typescript: () => ctypes.alignment(type) },
      { python: `repr(${name}(-3))`, typescript: () => String(type(-3)) },
      { python: `${name}(1, 2)`, typescript: () => Reflect.construct(type, [1, 2]) },
    ]);
  });

  it("floats convert and round", () => {
    const values = ["0.0", "-0.0", "0.1", "1e300", "-1e-300", "5e-324", "inf", "-inf", "16777217", "True"];
    const given = [0, -0, 0.1, 1e300, -1e-300, 5e-324, Infinity, -Infinity, 16777217, true] as const;
    compare(
      (["c_float", "c_double"] as const).flatMap((name): Scenario[] => [
        ...values.map((text, i) => ({
          python: `${name}(${text}).value`,
          typescript: () => new Float(ctypes[name](given[i] ?? 0).value),
        })),
        { python: `${name}(2**70).value`, typescript: () => new Float(ctypes[name](2n ** 70n).value) },
        { python: `${name}(10**400)`, typescript: () => ctypes[name](10n ** 400n) },
        { python: `${name}('x')`, typescript: () => Reflect.construct(ctypes[name], ["x"]) },
        { python: `${name}(None)`, typescript: () => Reflect.construct(ctypes[name], [null]) },
        { python: `repr(${name}(1.5))`, typescript: () => String(ctypes[name](1.5)) },
        { python: `repr(${name}(3))`, typescript: () => String(ctypes[name](3)) },
      ]),
    );
    expect(c_float(Number.NaN).value).toBeNaN();
    expect(c_double(Number.NaN).value).toBeNaN();
  });

  it("characters, text and addresses", () => {
    const make = (type: unknown, value: unknown) => () => Reflect.construct(type as typeof c_char, [value]);
    compare([
      { python: "c_char(b'a').value", typescript: () => c_char(b`a`).value },
      { python: "c_char(255).value", typescript: () => c_char(255).value },
      ...(
        [
          [b`ab`, "b'ab'"],
          [300, "300"],
          [-1, "-1"],
          ["a", "'a'"],
        ] as const
      ).map(([value, text]) => ({
        python: `c_char(${text})`,
        typescript: make(c_char, value),
      })),
      { python: "c_wchar('é').value", typescript: () => c_wchar("é").value },
      { python: "c_wchar('😀').value", typescript: () => c_wchar("😀").value },
      ...(
        [
          [b`a`, "b'a'"],
          ["ab", "'ab'"],
          ["", "''"],
          [1, "1"],
        ] as const
      ).map(([value, text]) => ({
        python: `c_wchar(${text})`,
        typescript: make(c_wchar, value),
      })),
      { python: "c_char_p(b'abc').value", typescript: () => c_char_p(b`abc`).value },
      { python: "c_char_p(b'a\\0c').value", typescript: () => c_char_p(b`a\0c`).value },
      { python: "c_char_p(None).value", typescript: () => c_char_p(null).value },
      { python: "c_char_p().value", typescript: () => c_char_p().value },
      { python: "c_char_p('x')", typescript: make(c_char_p, "x") },
      { python: "c_char_p(1.5)", typescript: make(c_char_p, 1.5) },
      { python: "c_wchar_p('héllo😀').value", typescript: () => c_wchar_p("héllo😀").value },
      { python: "c_wchar_p(b'x')", typescript: make(c_wchar_p, b`x`) },
      { python: "c_void_p(0).value", typescript: () => c_void_p(0).value },
      { python: "c_void_p(-1).value", typescript: () => c_void_p(-1).value },
      { python: "c_void_p(2**64 + 7).value", typescript: () => c_void_p(2n ** 64n + 7n).value },
      { python: "c_void_p('x')", typescript: make(c_void_p, "x") },
      { python: "c_void_p(1.5)", typescript: make(c_void_p, 1.5) },
      { python: "repr(c_void_p(None))", typescript: () => String(c_void_p(null)) },
      { python: "repr(c_void_p(5))", typescript: () => String(c_void_p(5)) },
      { python: 'repr(c_char(b"\'"))', typescript: () => String(c_char(39)) },
      { python: "repr(c_char(10)), repr(c_char(200))", typescript: () => [String(c_char(10)), String(c_char(200))] },
    ]);
  });

  it("truth and assignment", () => {
    compare([
      ...(["0", "1", "[]", "[0]", "''", "'x'", "None", "b''"] as const).map((text, i) => ({
        python: `c_bool(${text}).value`,
        typescript: () => ctypes.c_bool([0, 1, [], [0], "", "x", null, Buffer.alloc(0)][i]).value,
      })),
      { python: "bool(c_int(0))", typescript: () => bool(c_int(0)) },
      { python: "bool(c_int(2))", typescript: () => bool(c_int(2)) },
      { python: "bool(c_char(b'\\0'))", typescript: () => bool(c_char(0)) },
      { python: "bool(c_char_p())", typescript: () => bool(c_char_p()) },
      { python: "bool(c_double(0.5))", typescript: () => bool(c_double(0.5)) },
      {
        python: "(lambda x: (setattr(x, 'value', 2**40 + 3), x.value)[1])(c_int())",
        typescript: () => {
          const x = c_int();
          x.value = 2n ** 40n + 3n;
          return x.value;
        },
      },
      { python: "c_int(c_int(4))", typescript: () => Reflect.construct(c_int, [c_int(4)]) },
      {
        python: "c_longlong is c_long, c_size_t is c_ulong, c_int64 is c_long",
        typescript: () => [ctypes.c_longlong === c_long, ctypes.c_size_t === ctypes.c_ulong, ctypes.c_int64 === c_long],
      },
    ]);
  });
});

describe("simple types", () => {
  it("are made with and without new, and can be derived from", () => {
    expect(new c_int(5)).toBeInstanceOf(c_int);
    expect(c_int(5)).toBeInstanceOf(c_int);
    class Handle extends c_int {
      get doubled(): number {
        return 2 * this.value;
      }
    }
    expect(new Handle(4).doubled).toBe(8);
    expect(new Handle(4)).toBeInstanceOf(c_int);
    expect(sizeof(Handle)).toBe(4);
  });

  it("have bigint values of 64 bits and number values below", () => {
    const long: bigint = c_long(5).value;
    const int: number = c_int(5n).value;
    expect([long, int]).toEqual([5n, 5]);
  });
});
