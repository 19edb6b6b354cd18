import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { stringAt } from "../../src/memory/index.ts";
import { closure, libraryOf, load, openLibrary } from "../../src/native/index.ts";
import { compileC, hasCompiler } from "./c-compiler.ts";

const folder = mkdtempSync(join(tmpdir(), "cfunc-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

describe("opening", () => {
  it("finds symbols in the process and in libraries", () => {
    expect(openLibrary(null).symbol("malloc")).toBeGreaterThan(0n);
    const libm = openLibrary("libm.so.6");
    expect([libm.has("cos"), libm.has("no_such_function")]).toEqual([true, false]);
    expect(load("libm.so.6", { cos: "float64(float64)" }).cos(0)).toBe(1);
  });

  it.each([
    ["a file that is not there", () => join(folder, "nope.so"), /there is no file .*nope\.so/],
    ["a name that is nowhere", () => "libnope-cfunc.so", /LD_LIBRARY_PATH/],
    ["a text file", () => file("text.so", "hello ".repeat(100)), /not a shared library/],
    ["an empty file", () => file("empty.so", ""), /file too short/],
    ["an empty path", () => "", /opened by its path/],
    ["a path with a NUL", () => "a\0b", /opened by its path/],
  ])("refuses %s", (_, path, message) => {
    expect(() => openLibrary(path())).toThrow(expect.objectContaining({ code: "CF5001" }));
    expect(() => openLibrary(path())).toThrow(message);
  });
});

describe.skipIf(!hasCompiler)("a library of our own (needs cc)", () => {
  const path = hasCompiler
    ? compileC("int add(int a, int b) { return a + b; } int subtract(int a, int b) { return a - b; }")
    : "";

  it("suggests a name for a missing symbol", () => {
    expect(() => openLibrary(path).symbol("substract")).toThrow(
      /has no symbol substract[\s\S]*did you mean subtract\?/,
    );
    expect(() => load(path, { ad: "int(int, int)" })).toThrow(expect.objectContaining({ code: "CF5002" }));
  });

  it("calls its own functions before those of the process only with deepbind", () => {
    // Node exports zlib's functions, this one among them.
    const source = (answer: number) => `const char *zlibVersion(void) { return "${answer}"; }
const char *version(void) { return zlibVersion(); }`;
    const version = (path: string, deepbind: boolean) =>
      stringAt(load(path, { version: "const char *version(void)" }, { deepbind }).version());
    const { zlibVersion } = load(null, { zlibVersion: "const char *zlibVersion(void)" });
    expect(version(compileC(source(1)), false)).toBe(stringAt(zlibVersion()));
    expect(version(compileC(source(2)), true)).toBe("2");
  });

  it("has functions that carry what compiled code needs, and die with the library", () => {
    const library = load(path, { add: "int(int, int)", subtract: "int subtract(int a, int b)" });
    expect(library.add(2, 3)).toBe(5);
    expect(library.subtract(2, 3)).toBe(-1);
    expect([library.add.symbol, library.add.nativeName, library.add.name]).toEqual(["add", "add", "add"]);
    expect(library.add.address).toBe(openLibrary(path).symbol("add"));
    expect(Reflect.get(library.add, Symbol.for("cfunc.foreign"))).toBe(1);
    expect(library.add.signature.params).toHaveLength(2);
    libraryOf(library)?.close();
    expect(() => library.add(2, 3)).toThrow(expect.objectContaining({ code: "CF5003" }));
  });

  it("can be closed from inside a closure that it called", () => {
    const calling = compileC("int call(int (*f)(int), int x) { return f(x) + 1; }");
    const library = load(calling, { call: "int(CFunction(int(int)), int)" });
    using closing = closure("int(int)", (x) => {
      libraryOf(library)?.close();
      return x;
    });
    expect(library.call(closing, 41)).toBe(42);
    expect(() => library.call(closing, 41)).toThrow(expect.objectContaining({ code: "CF5003" }));
  });

  it("gives function pointers as callables", () => {
    const other = compileC(`static double twice(double x) { return 2 * x; }
      double (*pick(int which))(double) { return which ? twice : 0; }`);
    const { pick } = load(other, { pick: "CFunction(float64(float64))(int32)" });
    expect(pick(1)?.(21)).toBe(42);
    expect(pick(0)).toBeNull();
  });
});
