import { describe, expect, expectTypeOf, it } from "vitest";
import {
  array,
  CPointer,
  char,
  float64,
  int32,
  type NDArray,
  type Ptr,
  struct,
  variable,
  view,
} from "../../src/index.ts";
import { libraryOf, load } from "../../src/native/index.ts";
import { compileC, hasCompiler } from "./c-compiler.ts";

describe("variables of libc", () => {
  it("are pointers to where the library keeps them", () => {
    const { environ, getenv } = load(null, {
      environ: variable("char **"),
      getenv: "CPointer(char)(const char *)",
    });
    expectTypeOf(environ).toEqualTypeOf<Ptr<Ptr<Ptr<number> | null> | null>>();
    const path = getenv("PATH");
    let found = false;
    for (let i = 0; ; i++) {
      const entry = environ[0]?.[i];
      if (entry === null || entry === undefined) break;
      if (path !== null && entry.address === path.address - 5n) found = true;
    }
    expect(found).toBe(true);
  });
});

describe.skipIf(!hasCompiler)("variables of C (needs cc)", () => {
  const path = hasCompiler
    ? compileC(`#include <stdint.h>
int32_t counter = 41;
int bump(void) { return ++counter; }
double matrix[2][3] = {{1, 2, 3}, {4, 5, 6}};
struct Point { double x; int32_t n; } origin = {1.5, -2};
char message[] = "hello";
char narrow = 7;
__thread int mine = 3;`)
    : "";
  const Point = struct("Point", { x: float64, n: int32 });

  it("are read and written where C sees them", () => {
    const c = load(
      path,
      {
        counter: variable("int32"),
        bump: "int()",
        matrix: variable(array(array(float64, 3), 2)),
        origin: variable("Point"),
        message: variable(array(char, 6)),
        mine: variable(int32),
      },
      { types: { Point } },
    );
    expect(c.counter[0]).toBe(41);
    c.counter[0] = 99;
    expect([c.bump(), c.counter[0]]).toEqual([100, 100]);
    expectTypeOf(c.counter).toEqualTypeOf<Ptr<number>>();
    expectTypeOf<NonNullable<(typeof c.matrix)[0]>>().toEqualTypeOf<NDArray<number, 2>>();
    expect([c.matrix[0]?.[1]?.[2], c.origin.x, c.origin.n, c.mine[0]]).toEqual([6, 1.5, -2, 3]);
    expect(Buffer.from([...(c.message[0] ?? [])]).toString("latin1")).toBe("hello\0");
  });

  it("have bounds", () => {
    const { counter, matrix } = load(path, { counter: variable("int32"), matrix: variable("array(float64, 6)") });
    expect(() => counter[1]).toThrow(expect.objectContaining({ code: "CF5501" }));
    expect(() => counter[-1]).toThrow(expect.objectContaining({ code: "CF5501" }));
    expect(() => matrix.cast(float64)[6]).toThrow(/outside of the variable matrix of .*test.*so/);
  });

  it("end with their library", () => {
    const library = load(path, { counter: variable("int32") });
    const { counter } = library;
    const words = view(counter, int32, 1);
    expect(words).toHaveLength(1);
    libraryOf(library)?.close();
    expect(words).toHaveLength(0);
    expect(() => counter[0]).toThrow(/counter.*was used after its library was closed/);
    expect(() => counter.address).toThrow(expect.objectContaining({ code: "CF5502" }));
  });

  it.each([
    ["a function as a variable", () => load(path, { bump: variable("int32") }), "CF5005"],
    ["a variable as a function", () => load(path, { counter: "int()" }), "CF5005"],
    ["a type that is larger than the variable", () => load(path, { narrow: variable("int32") }), "CF5005"],
    ["a pointer where C has an array", () => load(path, { message: variable(CPointer(char)) }), "CF5005"],
    ["no such symbol", () => load(path, { countre: variable("int32") }), "CF5002"],
    // @ts-expect-error a misspelt type
    ["no such type", () => load(path, { counter: variable("in32") }), "CF1102"],
    ["a type without a size", () => load(path, { counter: variable("void") }), "CF1104"],
    ["what is no type", () => variable(3 as never), "CF1106"],
  ])("refuses %s", (_, run, code) => expect(run).toThrow(expect.objectContaining({ code })));
});
