// Pointers, byref, cast, buffers and raw memory, against CPython; and that what a pointer needs stays alive.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import * as all from "../src/index.ts";
import { compare, noPython } from "./cpython.ts";

const { addressof, b, byref, bool, c_byte, c_char, c_char_p, c_double, c_int, c_long, c_short, c_void_p, cast } = all;
const { create_string_buffer, create_unicode_buffer, memmove, memset, POINTER, pointer, sizeof, string_at } = all;
const { struct, wstring_at } = all;

class P extends struct({ x: c_int, y: c_double }) {}
const A = c_int.mul(3);
const arr = new A(1, 2, 3);
const setup = `
class P(Structure): _fields_ = [("x", c_int), ("y", c_double)]
A = c_int * 3
arr = A(1, 2, 3)
def put(o, k, v):
    setattr(o, k, v); return getattr(o, k)
def put_item(o, k, v):
    o[k] = v; return o[k]
`;
const call =
  (f: unknown, ...args: readonly unknown[]) =>
  () =>
    Reflect.apply(f as () => unknown, undefined, args);
const put = (object: object, key: string | number, value: unknown): unknown => {
  Reflect.set(object, key, value);
  return Reflect.get(object, key);
};

describe.skipIf(noPython !== undefined)(`pointers, against CPython ${noPython ?? ""}`, () => {
  it("classes, following, storing, refusals", () => {
    compare(
      [
        {
          python: "POINTER(c_int).__name__, POINTER(A).__name__, POINTER(P).__name__",
          typescript: () => [POINTER(c_int).name, POINTER(A).name, POINTER(P).name],
        },
        {
          python: "POINTER(c_int) is POINTER(c_int), POINTER(None) is c_void_p",
          typescript: () => [POINTER(c_int) === all.POINTER(all.c_int32), POINTER(null) === c_void_p],
        },
        { python: "POINTER(c_int)(5)", typescript: call(POINTER(c_int), 5) },
        { python: "POINTER(c_int)(c_int(5))[0]", typescript: () => POINTER(c_int)(c_int(5))[0] },
        { python: "POINTER(c_int)().contents", typescript: () => POINTER(c_int)().contents },
        { python: "POINTER(c_int)()[0]", typescript: () => POINTER(c_int)()[0] },
        { python: "put_item(POINTER(c_int)(), 0, 1)", typescript: () => put(POINTER(c_int)(), 0, 1) },
        {
          python: "bool(POINTER(c_int)()), bool(pointer(c_int(0)))",
          typescript: () => [bool(POINTER(c_int)()), bool(pointer(c_int(0)))],
        },
        { python: "pointer(5)", typescript: call(pointer, 5) },
        { python: "POINTER(5)", typescript: call(POINTER, 5) },
        { python: "pointer(P(1, 2)).contents.x", typescript: () => pointer(new P(1, 2)).contents.x },
        { python: "pointer(P(1, 2))[0].x", typescript: () => pointer(new P(1, 2))[0]?.x },
        { python: "put(pointer(c_int(5)), 'contents', 5)", typescript: () => put(pointer(c_int(5)), "contents", 5) },
        {
          python: "put(pointer(c_int(5)), 'contents', c_int(8)).value",
          typescript: () => (put(pointer(c_int(5)), "contents", c_int(8)) as { value: number }).value,
        },
        {
          python: "put_item(pointer(c_int(5)), 0, 2**32 + 6)",
          typescript: () => put(pointer(c_int(5)), 0, 2 ** 32 + 6),
        },
        { python: "put_item(pointer(c_int(5)), 0, 'x')", typescript: () => put(pointer(c_int(5)), 0, "x") },
        { python: "pointer(c_int(3))[0:1]", typescript: () => pointer(c_int(3)).slice(0, 1) },
        {
          python: "pointer(pointer(c_int(3))).contents.contents.value",
          typescript: () => pointer(pointer(c_int(3))).contents.contents.value,
        },
        { python: "pointer(pointer(c_int(3)))[0][0]", typescript: () => pointer(pointer(c_int(3)))[0]?.[0] },
        {
          python: "(lambda i, p: (put_item(p, 0, 9), i.value)[1])(*(lambda i: (i, pointer(i)))(c_int(1)))",
          typescript: () => {
            const i = c_int(1);
            pointer(i)[0] = 9;
            return i.value;
          },
        },
      ],
      setup,
    );
  });

  it("byref, cast, sizes", () => {
    compare(
      [
        { python: "byref(5)", typescript: call(byref, 5) },
        { python: "byref(c_int(1), 'x')", typescript: call(byref, c_int(1), "x") },
        { python: "cast(byref(arr, 4), POINTER(c_int))[0]", typescript: () => cast(byref(arr, 4), POINTER(c_int))[0] },
        { python: "cast(5, c_int)", typescript: call(cast, 5, c_int) },
        { python: "cast('x', 5)", typescript: call(cast, "x", 5) },
        { python: "cast(1.5, c_void_p)", typescript: call(cast, 1.5, c_void_p) },
        { python: "cast(c_int(5), c_void_p)", typescript: call(cast, c_int(5), c_void_p) },
        { python: "cast(arr, POINTER(c_int))[2]", typescript: () => cast(arr, POINTER(c_int))[2] },
        { python: "cast(arr, POINTER(c_byte))[4]", typescript: () => cast(arr, POINTER(c_byte))[4] },
        { python: "cast(pointer(arr), POINTER(c_int))[1]", typescript: () => cast(pointer(arr), POINTER(c_int))[1] },
        {
          python: "cast(arr, c_void_p).value == addressof(arr)",
          typescript: () => cast(arr, c_void_p).value === addressof(arr),
        },
        {
          python: "cast(cast(arr, c_void_p), POINTER(A)).contents[1]",
          typescript: () => cast(cast(arr, c_void_p), POINTER(A)).contents[1],
        },
        { python: "cast(b'abc', c_char_p).value", typescript: () => cast(b`abc`, c_char_p).value },
        { python: "cast(None, c_void_p).value", typescript: () => cast(null, c_void_p).value },
        { python: "cast(0, POINTER(c_int)).contents", typescript: () => cast(0, POINTER(c_int)).contents },
        { python: "sizeof(5)", typescript: call(sizeof, 5) },
        { python: "alignment(5)", typescript: call(all.alignment, 5) },
        { python: "addressof(5)", typescript: call(addressof, 5) },
        {
          python: "sizeof(P()), sizeof(arr), sizeof(pointer(arr)), alignment(P)",
          typescript: () => [sizeof(new P()), sizeof(arr), sizeof(pointer(arr)), all.alignment(P)],
        },
      ],
      setup,
    );
  });

  it("buffers and raw memory", () => {
    const target = create_string_buffer(8);
    compare(
      [
        { python: "create_string_buffer('x')", typescript: call(create_string_buffer, "x") },
        { python: "create_string_buffer(b'abc', 2)", typescript: call(create_string_buffer, b`abc`, 2) },
        { python: "create_string_buffer(b'abc', 6).raw", typescript: () => create_string_buffer(b`abc`, 6).raw },
        { python: "create_string_buffer(-1)", typescript: call(create_string_buffer, -1) },
        { python: "create_string_buffer(b'abc').raw", typescript: () => create_string_buffer(b`abc`).raw },
        {
          python: "len(create_string_buffer(b'abc')), sizeof(create_string_buffer(10))",
          typescript: () => [create_string_buffer(b`abc`).length, sizeof(create_string_buffer(10))],
        },
        { python: "create_string_buffer(b'a\\0b').value", typescript: () => create_string_buffer(b`a\0b`).value },
        { python: "create_string_buffer(b'a\\0b')[2]", typescript: () => create_string_buffer(b`a\0b`)[2] },
        {
          python: "put(create_string_buffer(3), 'value', b'abcd')",
          typescript: () => put(create_string_buffer(3), "value", b`abcd`),
        },
        {
          python: "put(create_string_buffer(3), 'raw', b'abcd')",
          typescript: () => put(create_string_buffer(3), "raw", b`abcd`),
        },
        {
          python: "put(create_string_buffer(3), 'value', 'x')",
          typescript: () => put(create_string_buffer(3), "value", "x"),
        },
        {
          python: "put(create_string_buffer(b'abcdef'), 'value', b'xy')",
          typescript: () => put(create_string_buffer(b`abcdef`), "value", b`xy`),
        },
        {
          python: "(lambda s: (setattr(s, 'value', b'xy'), s.raw)[1])(create_string_buffer(b'abcdef'))",
          typescript: () => {
            const s = create_string_buffer(b`abcdef`);
            s.value = b`xy`;
            return s.raw;
          },
        },
        {
          python: "len(create_unicode_buffer('héllo')), create_unicode_buffer('h😀').value",
          typescript: () => [create_unicode_buffer("héllo").length, create_unicode_buffer("h😀").value],
        },
        { python: "create_unicode_buffer(3).value", typescript: () => create_unicode_buffer(3).value },
        { python: "string_at(5.5)", typescript: call(string_at, 5.5) },
        {
          python: "string_at(b'abc'), string_at(b'abc', 2), string_at(c_char_p(b'abc'), -1)",
          typescript: () => [string_at(b`abc`), string_at(b`abc`, 2), string_at(c_char_p(b`abc`), -1)],
        },
        { python: "string_at(addressof(arr), 5)", typescript: () => string_at(addressof(arr), 5) },
        {
          python: "wstring_at('héllo'), wstring_at('héllo', 2)",
          typescript: () => [wstring_at("héllo"), wstring_at("héllo", 2)],
        },
        { python: "memmove(5.5, 0, 0)", typescript: call(memmove, 5.5, 0, 0) },
        {
          python:
            "(lambda t: (memmove(t, b'hello', 5), memset(byref(t, 1), 42, 2), t.raw)[2])(create_string_buffer(8))",
          typescript: () => {
            memmove(target, b`hello`, 5);
            memset(byref(target, 1), 42, 2);
            return target.raw;
          },
        },
        {
          python: "(lambda t: memset(t, 1, 2) == addressof(t))(create_string_buffer(8))",
          typescript: () => memset(target, 1, 2) === addressof(target),
        },
        { python: "c_int.from_address('x')", typescript: () => c_int.from_address("x" as never) },
        {
          python: "c_int.from_address(addressof(arr) + 4).value",
          typescript: () => c_int.from_address(addressof(arr) + 4n).value,
        },
        { python: "c_int.from_buffer(bytearray(2))", typescript: () => c_int.from_buffer(new Uint8Array(2)) },
        { python: "c_int.from_buffer(bytearray(8), 6)", typescript: () => c_int.from_buffer(new Uint8Array(8), 6) },
        { python: "c_int.from_buffer(bytearray(8), -1)", typescript: () => c_int.from_buffer(new Uint8Array(8), -1) },
        { python: "c_int.from_buffer_copy(b'abcd').value", typescript: () => c_int.from_buffer_copy(b`abcd`).value },
        { python: "c_short.from_param('x')", typescript: () => c_short.from_param("x") },
        { python: "c_int.from_param(c_short(1))", typescript: () => c_int.from_param(c_short(1)) },
        { python: "c_char_p.from_param(5)", typescript: () => c_char_p.from_param(5) },
        { python: "POINTER(c_int).from_param(5)", typescript: () => POINTER(c_int).from_param(5) },
        {
          python: "POINTER(c_int).from_param(byref(c_double(1)))",
          typescript: () => POINTER(c_int).from_param(byref(c_double(1))),
        },
        { python: "P.from_param(5)", typescript: () => P.from_param(5) },
        { python: "A.from_param([1])", typescript: () => A.from_param([1]) },
      ],
      setup,
    );
  });
});

setFlagsFromString("--expose-gc");
const gc = runInNewContext("gc") as () => void;

/** Collects garbage, and fills memory that may have become free. */
function churn(): unknown[] {
  gc();
  const filled = Array.from({ length: 2000 }, (_, i) => create_string_buffer(Buffer.alloc(64, i)));
  gc();
  return filled;
}

describe("what a pointer refers to", () => {
  it("stays alive: pointer, cast, field, element, bytes", () => {
    class Holder extends struct({ ints: POINTER(c_int), text: c_char_p }) {}
    const Large = c_long.mul(100);
    const made = () => new Large(...Array.from({ length: 100 }, (_, i) => i));
    const p = pointer(made());
    const q = cast(made(), POINTER(c_long));
    const holder = new Holder(pointer(c_int(77)), Buffer.from("x".repeat(100)));
    const pointers = POINTER(Large).mul(2)(pointer(made()));
    const copied = new Holder();
    Object.assign(copied, { ints: new Holder(cast(c_int.mul(50)(...Array(50).fill(6)), POINTER(c_int))).ints });
    const filled = churn();
    expect(filled.length).toBe(2000);
    expect(p.contents[99]).toBe(99n);
    expect(q[42]).toBe(42n);
    expect(holder.ints[0]).toBe(77);
    expect(holder.text?.toString()).toBe("x".repeat(100));
    expect(pointers[0]?.contents[7]).toBe(7n);
    expect(copied.ints[49]).toBe(6);
  });

  it("is refused where it cannot be", () => {
    expect(() => cast(2n ** 63n, POINTER(c_int)).contents).toThrow("invalid address 0x8000000000000000");
    expect(() => string_at(0)).toThrow("NULL pointer access");
    expect(() => memmove(0, b`x`, 1)).toThrow("NULL pointer access");
    expect(() => c_char.from_address(0)).toThrow("NULL pointer access");
  });
});
