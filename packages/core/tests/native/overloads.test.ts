import { describe, expect, expectTypeOf, it } from "vitest";
import { as, cfunc, int32 } from "../../src/index.ts";
import { libraryOf, load } from "../../src/native/index.ts";
import { compileC, hasCompiler } from "./c-compiler.ts";

describe("several symbols under one name", () => {
  const { abs } = load(null, { abs: { abs: "int32(int32)", labs: "int64(int64)" } });

  it("chooses by the types of the arguments", () => {
    expect([abs(-3), abs(-(2n ** 40n))]).toEqual([3, 2n ** 40n]);
    expectTypeOf(abs(1)).toEqualTypeOf<number>();
    expectTypeOf(abs(1n)).toEqualTypeOf<bigint>();
    expect(abs.overloads.map((one) => one.symbol)).toEqual(["abs", "labs"]);
    expect(abs.name).toBe("abs");
  });

  it("does not choose by values: what is out of range stays an error", () => {
    expect(() => abs(2.5)).toThrow(expect.objectContaining({ code: "CF5012" }));
    expect(() => abs(2 ** 31)).toThrow(expect.objectContaining({ code: "CF5012" }));
  });

  it("says which there are where none fits", () => {
    // @ts-expect-error no overload takes a string
    expect(() => abs("x")).toThrow(/no overload takes \(the string "x"\)[\s\S]*int32\(int32\); int64\(int64\)/);
    // @ts-expect-error nor nothing
    expect(() => abs()).toThrow(expect.objectContaining({ code: "CF5010" }));
  });

  it("is chosen by compiled code as well", () => {
    const both = cfunc("int64(int32, int64)", (a, b) => BigInt(abs(a)) + abs(b));
    expect(both(-3, -5n)).toBe(8n);
    const none = cfunc("int32(bool)", (b) => Number(abs(b as never)));
    expect(() => none.address).toThrow(/no overload of `abs` takes these arguments[\s\S]*int64\(int64\)/);
  });
});

describe("several signatures of one symbol", () => {
  it("chooses by the number of arguments", () => {
    const c = load(
      null,
      { open: ["int(const char *, int)", "int(const char *, int, uint32)"], close: "int(int)" },
      { errno: true },
    );
    expect([c.open("/no/such", 0), c.open.errno]).toEqual([-1, 2]);
    const descriptor = c.open("/dev/null", 0, 0o600);
    expect([descriptor >= 0, c.open.errno, c.close(descriptor)]).toEqual([true, 0, 0]);
    // @ts-expect-error a string is no mode
    expect(() => c.open("/dev/null", 0, "w")).toThrow(expect.objectContaining({ code: "CF5011" }));
  });

  it("takes variadic ones", () => {
    const { snprintf } = load(null, {
      snprintf: ["int(CPointer(char), size_t, const char *, ...)", "int(CPointer(char), size_t)"],
    });
    const out = new Uint8Array(20);
    expect(snprintf(out, 20, "%d", as(int32, 77))).toBe(2);
  });
});

describe.skipIf(!hasCompiler)("pointers (needs cc)", () => {
  const path = hasCompiler
    ? compileC(`#include <stddef.h>
double sum_d(const double *p, size_t n) { double s = 0; for (size_t i = 0; i < n; i++) s += p[i]; return s; }
float sum_f(const float *p, size_t n) { float s = 0; for (size_t i = 0; i < n; i++) s += p[i]; return -s; }
int text(const char *s) { return s[0]; }
int bytes(const unsigned char *s) { return -s[0]; }`)
    : "";

  it("are told apart by what they point to", () => {
    const { sum, first } = load(path, {
      sum: { sum_d: "float64(CPointer(const float64), size_t)", sum_f: "float32(CPointer(const float32), size_t)" },
      first: { text: "int(const char *)", bytes: "int(CPointer(const uint8))" },
    });
    expect([sum(Float64Array.of(1, 2), 2), sum(Float32Array.of(1, 2), 2)]).toEqual([3, -3]);
    expect([first("A"), first(Uint8Array.of(7))]).toEqual([65, 7]);
    // @ts-expect-error neither
    expect(() => sum(Int32Array.of(1), 1)).toThrow(expect.objectContaining({ code: "CF5011" }));
  });

  it("end with their library", () => {
    const library = load(path, { first: { text: "int(const char *)", bytes: "int(CPointer(const uint8))" } });
    expect(library.first("A")).toBe(65);
    libraryOf(library)?.close();
    expect(() => library.first("A")).toThrow(expect.objectContaining({ code: "CF5003" }));
    expect(() => library.first(Uint8Array.of(7))).toThrow(expect.objectContaining({ code: "CF5003" }));
  });
});

describe("declarations", () => {
  it.each([
    ["two signatures that take numbers", { abs: ["int32(int32)", "float64(float64)"] }, "CF5021"],
    ["a void pointer before another", { f: { strlen: "size_t(voidptr)", atoi: "int(const char *)" } }, "no error"],
    [
      "a void pointer before one to numbers",
      { f: { free: "void(voidptr)", malloc: "void(CPointer(int32))" } },
      "CF5021",
    ],
    ["the same twice", { abs: ["int32(int32)", "int32(int32)"] }, "CF5021"],
    ["none", { abs: [] }, "CF5021"],
    ["what is no signature", { abs: [3] }, "CF1106"],
    ["no such symbol", { abs: { abs: "int32(int32)", lasb: "int64(int64)" } }, "CF5002"],
    ["a number", { abs: 3 }, "CF1106"],
    ["null", { abs: null }, "CF1106"],
  ])("%s", (_, declarations, code) => {
    let got = "no error";
    try {
      load(null, declarations as never);
    } catch (error) {
      got = (error as { code: string }).code;
    }
    expect(got).toBe(code);
  });

  it("are checked by TypeScript one by one", () => {
    // @ts-expect-error the second one is misspelt
    expect(() => load(null, { abs: ["int32(int32)", "in64(int64)"] })).toThrow(/in64/);
    // @ts-expect-error so is this one
    expect(() => load(null, { abs: { abs: "int32(int32)", labs: "in64(int64)" } })).toThrow(/in64/);
  });
});
