import { constants } from "node:os";
import { describe, expect, expectTypeOf, it } from "vitest";
import { as, int32 } from "../../src/index.ts";
import { closure, errnoOf, load, makeCallable, openLibrary } from "../../src/native/index.ts";
import { parseSignature } from "../../src/types/signature-parser.ts";
import { compileC, hasCompiler } from "./c-compiler.ts";

const { ENOENT, ERANGE, EBADF } = constants.errno;

describe("errno of libc", () => {
  const c = load(
    null,
    { open: "int(const char *, int, ...)", close: "int(int)", strtod: "float64(const char *, voidptr)" },
    { errno: true },
  );

  it("is what the function's own last call set", () => {
    expect(c.open("/no/such/file", 0)).toBe(-1);
    expect(c.close(-1)).toBe(-1);
    expect([c.open.errno, c.close.errno]).toEqual([ENOENT, EBADF]);
    expectTypeOf(c.open.errno).toEqualTypeOf<number>();
  });

  it("is 0 after a call that did not set it, whatever was there before", () => {
    expect(c.strtod("1e999", null)).toBe(Number.POSITIVE_INFINITY);
    expect(c.strtod.errno).toBe(ERANGE);
    expect(c.strtod("1.5", null)).toBe(1.5);
    expect(c.strtod.errno).toBe(0);
  });

  it("follows variadic calls of every list of types", () => {
    c.open("/no/such/file", 0, as(int32, 0o600));
    expect(c.open.errno).toBe(ENOENT);
    const descriptor = c.open("/dev/null", 0);
    expect(c.open.errno).toBe(0);
    expect([c.close(descriptor), c.close.errno]).toEqual([0, 0]);
  });

  it("is not kept where nobody asked, and TypeScript says so", () => {
    const plain = load(null, { close: "int(int)" });
    plain.close(-1);
    // @ts-expect-error loaded without the option
    expect(plain.close.errno).toBeUndefined();
    const call = makeCallable(openLibrary(null).symbol("close"), parseSignature("int(int)"), { errno: true });
    expect([call(-1), errnoOf(call)]).toEqual([-1, EBADF]);
  });
});

describe.skipIf(!hasCompiler)("errno of C (needs cc)", () => {
  it("is saved before anything else can change it", () => {
    const path = compileC(`#include <errno.h>
int set(int value) { errno = value; return value; }
int under(int (*f)(int), int value) { errno = value; int got = f(value); errno = value; return got; }
int seen(void) { return errno; }`);
    const f = load(path, { set: "int(int)", under: "int(CFunction(int(int)), int)", seen: "int()" }, { errno: true });
    using inner = closure("int(int)", (x) => {
      f.set(99);
      return x + 1;
    });
    expect([f.under(inner, 7), f.under.errno, f.set.errno]).toEqual([8, 7, 99]);
    for (const value of [1, 2 ** 31 - 1, -5]) expect([f.set(value), f.set.errno]).toEqual([value, value]);
    expect([f.seen(), f.seen.errno]).toEqual([0, 0]);
  });
});
