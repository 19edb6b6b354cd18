import { describe, expect, it } from "vitest";
import { alloc, array, CFuncError, CPointer, cfunc, float64, int32, struct, uint8, view } from "../../src/index.ts";
import { closure, libraryOf, load } from "../../src/native/index.ts";
import { compileC, hasCompiler } from "./c-compiler.ts";

interface Problem {
  readonly code: string;
  readonly message: string;
}

/** What a call refuses: every error is data, and names the function and the argument. */
function problem(run: () => unknown): Problem {
  try {
    run();
  } catch (error) {
    if (error instanceof CFuncError) return { code: error.code, message: error.diagnostics[0]?.message ?? "" };
    throw error;
  }
  throw new Error("nothing was refused");
}

const Point = struct("Point", { x: float64, y: float64 });
const Other = struct("Other", { x: float64 });

describe.skipIf(!hasCompiler)("bad input to native calls (needs cc)", () => {
  const path = hasCompiler
    ? compileC(`#include <stddef.h>
#include <stdint.h>
int add(int a, int8_t b) { return a + b; }
double scale(const double v[3], double by) { return v[0] * by; }
double norm(const void *p) { return *(const double *)p; }
int text(const char *s) { return s ? s[0] : -1; }
int call(int (*f)(int), int x) { return f ? f(x) : -1; }
uint64_t wide(uint64_t x, size_t n) { return x + n; }
_Bool truth(_Bool b) { return b; }`)
    : "";
  const loaded = hasCompiler
    ? load(
        path,
        {
          add: "int add(int a, int8_t b)",
          scale: "double scale(const double v[static 3], double by)",
          norm: "float64(CPointer(const Point))",
          rows: { scale: "float64(CPointer(const array(float64, 3)), float64)" },
          text: "int(const char *)",
          call: "int(CFunction(int(int)), int)",
          wide: "uint64(uint64, size_t)",
          truth: "bool(bool)",
        },
        { types: { Point } },
      )
    : {};
  const f = loaded as unknown as Readonly<Record<string, (...args: unknown[]) => unknown>>;
  const call = (name: string, ...args: unknown[]) => f[name]?.(...args);

  it.each<[string, () => unknown, string, RegExp]>([
    ["too few arguments", () => call("add", 1), "CF5010", /^add takes 2 arguments, got 1$/],
    ["too many", () => call("add", 1, 2, 3), "CF5010", /^add takes 2 arguments, got 3$/],
    ["a wrong type", () => call("add", "1", 2), "CF5011", /^add: argument 1 \(a\) must be int32.*got the string "1"$/],
    ["undefined", () => call("add", undefined, 2), "CF5011", /^add: argument 1 \(a\).*got undefined$/],
    ["out of range", () => call("add", 1, 128), "CF5012", /^add: argument 2 \(b\) must be int8.* 128 is out of range$/],
    ["NaN for an integer", () => call("add", Number.NaN, 1), "CF5012", /^add: argument 1 \(a\).*got NaN$/],
    ["infinity", () => call("add", Number.POSITIVE_INFINITY, 1), "CF5012", /^add: argument 1 \(a\)/],
    ["a fraction", () => call("add", 1.5, 1), "CF5012", /^add: argument 1 \(a\).*got 1.5$/],
    ["a number for a bigint", () => call("wide", 1, 1), "CF5011", /^wide: argument 1 must be uint64.*got 1$/],
    ["a bigint for a number", () => call("wide", 1n, 1n), "CF5011", /^wide: argument 2 must be size_t.*got 1n$/],
    ["a negative unsigned", () => call("wide", -1n, 1), "CF5012", /^wide: argument 1/],
    ["2^53 for size_t", () => call("wide", 1n, 2 ** 53), "CF5012", /^wide: argument 2/],
    ["a number for a bool", () => call("truth", 1), "CF5011", /^truth: argument 1 must be bool/],
    [
      "null for a pointer that may not be",
      () => call("scale", null, 1),
      "CF5011",
      /^scale: argument 1 \(v\).*got null$/,
    ],
    [
      "a buffer that is too short",
      () => call("scale", new Float64Array(2), 1),
      "CF5011",
      /argument 1 \(v\).*got 16 bytes of memory, which is too short: 3 values of float64 have 24$/,
    ],
    ["an empty one", () => call("scale", new Float64Array(0), 1), "CF5011", /^scale: argument 1 \(v\).*got 0 bytes/],
    ["memory that is too short", () => call("scale", alloc(float64, 4).add(2), 1), "CF5011", /got 16 bytes/],
    ["bytes for a structure", () => call("norm", new Uint8Array(8)), "CF5011", /got 8 bytes.*Point has 16$/],
    ["a buffer for a structure", () => call("norm", new ArrayBuffer(15)), "CF5011", /got 15 bytes.*Point has 16$/],
    ["too little for an array", () => call("rows", new Float64Array(2), 1), "CF5011", /no overload takes/],
    ["another structure", () => call("norm", Other.new({ x: 1 })), "CF5011", /^norm: argument 1.*got a Other$/],
    [
      "a plain object for a structure",
      () => call("norm", { x: 1, y: 2 }),
      "CF5011",
      /^norm: argument 1.*got an object$/,
    ],
    [
      "another typed array",
      () => call("scale", new Float32Array(3), 1),
      "CF5011",
      /got a Float32Array; pass a Float64Array/,
    ],
    ["another pointer", () => call("scale", alloc(int32, 6), 1), "CF5011", /got a CPointer\(int32\)$/],
    ["undefined for a pointer", () => call("norm", undefined), "CF5011", /^norm: argument 1.*got undefined$/],
    ["an address for a pointer", () => call("norm", 4096n), "CF5011", /^norm: argument 1.*got 4096n$/],
    ["a string with a NUL", () => call("text", "a\0b"), "CF5013", /^text: argument 1: the string has a NUL at index 1/],
    [
      "half a surrogate pair",
      () => call("text", "a\ud800"),
      "CF5016",
      /^text: argument 1: .*surrogate pair at index 1/,
    ],
    [
      "a function that is not native",
      () => call("call", (x: number) => x, 1),
      "CF5011",
      /^call: argument 1.*got the function/,
    ],
    [
      "a closure of another signature",
      () =>
        call(
          "call",
          closure("void()", () => {}),
          1,
        ),
      "CF5011",
      /got a function void\(\)$/,
    ],
  ])("%s", (_, run, code, message) => {
    const found = problem(run);
    expect(found.code).toBe(code);
    expect(found.message).toMatch(message);
  });

  it.each(["Uint8Array", "Float64Array", "DataView", "ArrayBuffer"])("a detached %s", (kind) => {
    const buffer = new ArrayBuffer(64);
    const views = {
      Uint8Array: new Uint8Array(buffer),
      Float64Array: new Float64Array(buffer),
      DataView: new DataView(buffer),
    };
    const value = kind === "ArrayBuffer" ? buffer : views[kind as keyof typeof views];
    expect(call("scale", value, 2)).toBe(0);
    structuredClone(buffer, { transfer: [buffer] });
    expect(problem(() => call("scale", value, 2))).toEqual({
      code: "CF5011",
      message: expect.stringMatching(/^scale: argument 1 \(v\).*whose memory was transferred to somebody else$/),
    });
    expect(problem(() => call("norm", value)).message).toMatch(/transferred/);
  });

  it("takes what is just long enough, and null where it may", () => {
    expect(call("scale", Float64Array.of(2, 0, 0), 3)).toBe(6);
    expect(call("rows", Float64Array.of(2, 0, 0), 3)).toBe(6);
    expect([call("text", null), call("call", null, 1)]).toEqual([-1, -1]);
    using point = Point.new({ x: 4, y: 0 });
    expect(call("norm", point)).toBe(4);
  });

  it("released memory, closed libraries, disposed functions", () => {
    const memory = alloc(float64, 3);
    const numbers = view(memory, float64, 3);
    memory.release();
    expect(problem(() => call("scale", memory, 1))).toEqual({
      code: "CF5502",
      message: expect.stringMatching(/^alloc\(float64, 3\) at 0x\w+ was used after it was released/),
    });
    expect(problem(() => call("scale", numbers, 1)).message).toMatch(/transferred/);
    const own = load(path, { add: "int(int, int8)" });
    libraryOf(own)?.close();
    libraryOf(own)?.close();
    expect(problem(() => own.add(1, 2)).message).toMatch(/^add: its library .* was closed$/);
    const compiled = cfunc("int(int)", (x) => x);
    compiled.dispose();
    expect(problem(() => call("call", compiled, 1)).code).toBe("CF5003");
  });

  it("missing libraries and symbols", () => {
    expect(problem(() => load("/no/such/lib.so", {}))).toMatchObject({ code: "CF5001" });
    expect(problem(() => load(path, { ad: "int(int)" }))).toMatchObject({ code: "CF5002" });
    expect(problem(() => load(path, { add: "int(complex)" as never })).code).toMatch(/^CF11/);
    expect(problem(() => load(path, null as never)).code).toBe("CF1106");
    expect(problem(() => load(7 as never, {})).code).toBe("CF5001");
  });

  it("structures with fields that do not belong there", () => {
    expect(problem(() => Point.new({ x: 1, z: 2 } as never)).message).toMatch(/has no field `z`/);
    expect(problem(() => Point.new({ x: "1" } as never)).code).toBe("CF5503");
  });

  it("wraps instead on request", () => {
    const { add } = load(path, { add: "int(int, int8)" }, { wrap: true });
    expect([add(2 ** 32 + 1, 130), add(Number.NaN, -1.9)]).toEqual([1 - 126, -1]);
  });

  it("exceptions at every point leave nothing behind", () => {
    const thrower = {
      get address(): bigint {
        throw new RangeError("from a getter");
      },
    };
    expect(() => call("norm", thrower)).toThrow("from a getter");
    expect(call("add", 1, 2)).toBe(3);
    const self = (): unknown => inner;
    using inner = closure("int(int)", (x: number): number => {
      if (x > 2) throw new Error("deep");
      return Number(call("call", self(), x + 1)) + 1;
    });
    expect(() => call("call", inner, 0)).toThrow("deep");
    expect(call("add", 20, 2)).toBe(22);
    using good = closure("int(int)", (x) => x);
    expect(call("call", good, 5)).toBe(5);
  });

  it("reads `static` in a prototype, and nothing else as a promise", () => {
    expect(load(path, { text: "int(const char *)" }).text.signature.params[0]?.atLeast).toBeUndefined();
    const pointer = CPointer(array(uint8, 2));
    expect(pointer.type.to.length).toBe(2);
  });
});
