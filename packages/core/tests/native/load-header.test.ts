// `load.header`: libraries described by C's own text, from fragments to whole headers.
import { describe, expect, expectTypeOf, test } from "vitest";
import { alloc, CPointer, load, opaque, type Ptr, parseHeader } from "../../src/index.ts";
import { preprocess } from "../types/gcc.ts";

describe("load.header", () => {
  test("functions of a fragment, typed from the text", () => {
    using lib = load.header(
      "libm.so.6",
      `#define HALF 0.5
       double cbrt(double x);
       double hypot(double x, double y); /* both */
       extern int signgam;`,
    );
    const { cbrt, hypot } = lib.functions;
    expectTypeOf(cbrt).parameters.toEqualTypeOf<[number]>();
    expectTypeOf(hypot).returns.toEqualTypeOf<number>();
    expect([cbrt(8), hypot(3, 4), lib.constants.HALF]).toEqual([2, 5, 0.5]);
    expect(lib.variables.signgam?.type).toMatchObject({ name: "int32" });
    expect(lib.functions.cbrt).toBe(cbrt);
  });

  test("a whole header: what is used is bound, the rest need not cross", () => {
    const zlib = parseHeader(preprocess("#include <zlib.h>\n"), { name: "zlib.h" });
    using lib = load.header("libz.so.1", zlib);
    const crc32 = lib.functions.crc32;
    const text = new TextEncoder().encode("123456789");
    expect(crc32?.(0n, text, text.length)).toBe(0xcbf43926n);
    expect(() => load.header(null, parseHeader(preprocess("#include <stdlib.h>\n"))).functions.strtold).toThrow(
      /CF1103.*strtold.*long double/s,
    );
    expect(() => load.header("libz.so.1", "int no_such(void);").functions.no_such).toThrow(/CF5002/);
  });

  test("an opaque structure goes out through a pointer to a pointer, and back in", () => {
    using lib = load.header("libsqlite3.so.0", preprocess("#include <sqlite3.h>\n"));
    const { sqlite3_open, sqlite3_close, sqlite3_errmsg } = lib.functions;
    using out = alloc(CPointer(opaque("sqlite3")));
    expect(sqlite3_open?.(":memory:", out)).toBe(0);
    const db = out[0];
    expectTypeOf(db).not.toBeAny();
    expect(db?.type).toMatchObject({ kind: "opaque", name: "sqlite3" });
    const message = sqlite3_errmsg?.(db) as Ptr<number>;
    expect(String.fromCharCode(...Array.from({ length: 12 }, (_, i) => message[i] ?? 0))).toBe("not an error");
    expect(sqlite3_close?.(db)).toBe(0);
  });

  test("after close nothing is bound, and nothing can be called", () => {
    const lib = load.header("libm.so.6", "double cbrt(double); double sin(double);");
    const { cbrt } = lib.functions;
    lib.close();
    lib.close();
    expect(() => cbrt(8)).toThrow(/CF5003/);
    expect(() => lib.functions.sin).toThrow(/CF5003/);
  });

  test("mistakes have a place in the text", () => {
    expect(() => load.header("libm.so.6", "double cbrt(doubel);", { name: "mine.h" })).toThrow(/CF1102.*mine\.h:1:13/s);
    expect(() => load.header("libnone.so", "double cbrt(double);")).toThrow(/CF5001/);
  });
});
