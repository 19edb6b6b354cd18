import { describe, expect, expectTypeOf, it } from "vitest";
import {
  as,
  bool,
  CPointer,
  cfunc,
  char,
  closure,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  size_t,
  uint8,
  uint16,
  uint32,
  uint64,
  voidptr,
} from "../../src/index.ts";
import { libraryOf, load } from "../../src/native/index.ts";
import { compileC, hasCompiler } from "./c-compiler.ts";

const text = CPointer(char, { constant: true });
const print = "int(CPointer(char), size_t, const char *, ...)";
const c = load(null, { snprintf: print });
const buffer = new Uint8Array(200);
const printed = (length: number) => new TextDecoder().decode(buffer.subarray(0, length));

describe("snprintf", () => {
  it("prints what C prints", () => {
    const n = c.snprintf(
      buffer,
      200,
      "%d %.3f %s %c|%lld",
      as(int32, -3),
      as(float64, 2.5),
      "naïve",
      as(char, 65),
      as(int64, -(2n ** 63n)),
    );
    expect(printed(n)).toBe("-3 2.500 naïve A|-9223372036854775808");
    expectTypeOf(n).toEqualTypeOf<number>();
  });

  it("makes a thunk for each list of types, and tells them apart", () => {
    const results = [
      c.snprintf(buffer, 200, "none"),
      c.snprintf(buffer, 200, "%d", as(int32, 1)),
      c.snprintf(buffer, 200, "%.0f", as(float64, 22)),
      c.snprintf(buffer, 200, "%d", as(int32, 333)),
    ];
    expect(results).toEqual([4, 1, 2, 3]);
  });

  it("passes more doubles than there are vector registers", () => {
    const values = Array.from({ length: 12 }, (_, i) => i + 0.5);
    const n = c.snprintf(buffer, 200, values.map(() => "%.1f").join(" "), ...values.map((v) => as(float64, v)));
    expect(printed(n)).toBe(values.map((v) => v.toFixed(1)).join(" "));
  });

  it("takes pointers without `as`", () => {
    const m = c.snprintf(buffer, 200, "%s", as(text, "as given"));
    expect(printed(m)).toBe("as given");
  });
});

describe("mistakes", () => {
  const call = c.snprintf as (...args: unknown[]) => unknown;
  it.each([
    ["too few arguments", () => call(buffer, 200), "CF5010"],
    ["a number without a type", () => call(buffer, 200, "%d", 3), "CF5011"],
    ["null without a type", () => call(buffer, 200, "%s", null), "CF5011"],
    ["an object that looks like one", () => call(buffer, 200, "%d", { type: 1, value: 2 }), "CF5011"],
    ["a value that is not of the type", () => call(buffer, 200, "%d", as(int32, "3" as never)), "CF5011"],
    ["a value out of the range of the type", () => call(buffer, 200, "%d", as(int8, 200)), "CF5012"],
    ["a string with a NUL", () => call(buffer, 200, "%s", "a\0b"), "CF5013"],
  ])("refuses %s", (_, run, code) => expect(run).toThrow(expect.objectContaining({ code })));

  it("are type errors where TypeScript sees them", () => {
    // @ts-expect-error a number needs a type
    expect(() => c.snprintf(buffer, 200, "%d", 3)).toThrow(/argument 4 comes after the named parameters/);
    // @ts-expect-error no string is an int32
    expect(() => c.snprintf(buffer, 200, "%d", as(int32, "3"))).toThrow(/argument 4 must be int32/);
  });

  it("has no closures and no compiled functions that are variadic", () => {
    expect(() => closure("int(int, ...)", () => 0)).toThrow(expect.objectContaining({ code: "CF5020" }));
  });
});

describe.skipIf(!hasCompiler)("against gcc (needs cc)", () => {
  const path = hasCompiler
    ? compileC(`#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
/* Writes what each argument is, by a letter each: i int, u unsigned, l int64, q uint64, d double, s text, p pointer. */
int describe(char *out, size_t size, const char *kinds, ...) {
  va_list list;
  va_start(list, kinds);
  size_t at = 0;
  out[0] = 0;
  for (; *kinds; kinds++) {
    switch (*kinds) {
      case 'i': at += snprintf(out + at, size - at, "i%d;", va_arg(list, int)); break;
      case 'u': at += snprintf(out + at, size - at, "u%u;", va_arg(list, unsigned)); break;
      case 'l': at += snprintf(out + at, size - at, "l%lld;", (long long)va_arg(list, int64_t)); break;
      case 'q': at += snprintf(out + at, size - at, "q%llu;", (unsigned long long)va_arg(list, uint64_t)); break;
      case 'd': at += snprintf(out + at, size - at, "d%.9g;", va_arg(list, double)); break;
      case 's': at += snprintf(out + at, size - at, "s%s;", va_arg(list, const char *)); break;
      case 'p': at += snprintf(out + at, size - at, "p%d;", va_arg(list, void *) == 0); break;
    }
  }
  va_end(list);
  return (int)at;
}
double total(int n, ...) {
  va_list list;
  va_start(list, n);
  double sum = 0;
  for (int i = 0; i < n; i++) sum += va_arg(list, double) + va_arg(list, int);
  va_end(list);
  return sum;
}
typedef int printer(char *, size_t, const char *, ...);
printer *get(void) { return describe; }
`)
    : "";
  const library = () => load(path, { describe: print, total: "float64(int, ...)", get: `CFunction(${print})()` });

  it("promotes as C does", () => {
    const { describe: d } = library();
    const n = d(
      ...([buffer, 200, "iiiiiiiidduuqqlldsp"] as const),
      ...[as(int8, -128), as(uint8, 255), as(int16, -32768), as(uint16, 65535), as(bool, true), as(bool, false)],
      ...[
        as(char, -1),
        as(int32, -(2 ** 31)),
        as(float32, 0.1),
        as(float64, 0.1),
        as(uint32, 2 ** 32 - 1),
        as(uint32, 7),
      ],
      ...[as(uint64, 2n ** 64n - 1n), as(size_t, 2 ** 40), as(int64, -1n), as(int64, 5n), as(float32, -2.5)],
      ...["text", as(voidptr, null)],
    );
    expect(printed(n)).toBe(
      `i-128;i255;i-32768;i65535;i1;i0;i-1;i-2147483648;d${Math.fround(0.1).toPrecision(9)};d0.1;u4294967295;u7;` +
        "q18446744073709551615;q1099511627776;l-1;l5;d-2.5;stext;p1;",
    );
  });

  it("is called through a function pointer that C returned", () => {
    const d = library().get();
    expect(d?.(buffer, 200, "id", as(int32, 4), as(float64, 0.5))).toBe("i4;d0.5;".length);
    expect(printed(8)).toBe("i4;d0.5;");
  });

  it("throws after the library was closed, for new lists of types too", () => {
    const closing = library();
    closing.total(1, as(float64, 1), as(int32, 1));
    libraryOf(closing)?.close();
    expect(() => closing.total(1, as(float64, 1), as(int32, 1))).toThrow(expect.objectContaining({ code: "CF5003" }));
    expect(() => closing.total(0)).toThrow(expect.objectContaining({ code: "CF5003" }));
  });

  it("is called from compiled code, with the same promotions", () => {
    const { describe: d, total } = library();
    const spelt = cfunc("int32(CPointer(char), int32, float64, bool, int64, CPointer(char))", (out, i, x, b, l, p) =>
      d(
        out,
        200,
        "iiiddilsps",
        as(int8, i),
        as(uint8, i),
        as(uint16, i),
        as(float32, x),
        as(float64, x),
        as(bool, b),
        as(int64, l),
        "literal",
        p,
        as(text, p),
      ),
    );
    const word = new TextEncoder().encode("given\0");
    const n = spelt(buffer, -1, 0.1, true, -5n, word);
    expect(printed(n)).toBe(`i-1;i255;i65535;d${Math.fround(0.1).toPrecision(9)};d0.1;i1;l-5;sliteral;p0;sgiven;`);
    expect(spelt.inspectLLVM({ optimized: false })).toMatch(/call i32 \(ptr, i64, ptr, \.\.\.\)/);
    const sum = cfunc("float64(float64, int32)", (x, k) =>
      total(2, as(float64, x), as(int32, k), as(float32, x), as(int16, k)),
    );
    expect(sum(1.5, 10)).toBe(23);
    expect(sum.inspectIR()).toContain("as float64(int32, ...)");
  });

  it("refuses in compiled code what has no type there", () => {
    const { total } = library();
    const untyped = cfunc("float64(float64)", (x) => total(1, x as never));
    expect(() => untyped.address).toThrow(/needs a C type[\s\S]*as\(int32, 3\)/);
    const wrong = cfunc("float64(int64)", (x) => total(1, as(float64, x as never)));
    expect(() => wrong.address).toThrow(expect.objectContaining({ code: "CF2017" }));
    const few = cfunc("float64(float64)", () => (total as unknown as () => number)());
    expect(() => few.address).toThrow(/takes at least 1 argument, but 0 are given/);
    const lonely = cfunc("float64(float64)", (x) => as(float64, x) as never);
    expect(() => lonely.address).toThrow(expect.objectContaining({ code: "CF2007" }));
  });
});
