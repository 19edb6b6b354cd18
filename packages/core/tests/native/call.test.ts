import { describe, expect, expectTypeOf, it } from "vitest";
import { CFuncError } from "../../src/diagnostics/error.ts";
import { llvm } from "../../src/llvm/index.ts";
import { makePointer } from "../../src/memory/index.ts";
import { crossingsOf, shapeOf } from "../../src/native/crossing.ts";
import { load, makeCallable, makeCallableFromThunk, openLibrary, revoke, thunkText } from "../../src/native/index.ts";
import { array, float64, type Ptr, struct } from "../../src/types/index.ts";
import { parseSignature, parseType } from "../../src/types/signature-parser.ts";
import { runModule } from "./child.ts";

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof CFuncError) return error.code;
    throw error;
  }
  return "no error";
}

/** A native function that is in every process, called without the type checker's help. */
const untyped = (name: string, signature: string, options = {}) =>
  makeCallable(openLibrary(null).symbol(name), parseSignature(signature), { name, ...options });

describe("arguments", () => {
  const abs = untyped("abs", "int32(int32)");
  const labs = untyped("labs", "int64(int64)");

  it.each([
    ["too few", () => abs(), "CF5010"],
    ["too many", () => abs(1, 2), "CF5010"],
    ["a string for int32", () => abs("1"), "CF5011"],
    ["a bigint for int32", () => abs(1n), "CF5011"],
    ["undefined for int32", () => abs(undefined), "CF5011"],
    ["a fraction for int32", () => abs(1.5), "CF5012"],
    ["NaN for int32", () => abs(Number.NaN), "CF5012"],
    ["2^31 for int32", () => abs(2 ** 31), "CF5012"],
    ["-2^31 - 1 for int32", () => abs(-(2 ** 31) - 1), "CF5012"],
    ["a number for int64", () => labs(1), "CF5011"],
    ["2^63 for int64", () => labs(2n ** 63n), "CF5012"],
    ["a string for double", () => untyped("exp", "float64(float64)")("1"), "CF5011"],
    ["a number for bool", () => untyped("abs", "int32(bool)")(1), "CF5011"],
    ["128 for int8", () => untyped("abs", "int32(int8)")(128), "CF5012"],
    ["-1 for uint8", () => untyped("abs", "int32(uint8)")(-1), "CF5012"],
    ["2^32 for uint32", () => untyped("abs", "int32(uint32)")(2 ** 32), "CF5012"],
    ["-1 for size_t", () => untyped("labs", "size_t(size_t)")(-1), "CF5012"],
    ["2^53 for intp", () => untyped("labs", "intp(intp)")(2 ** 53), "CF5012"],
    ["an object with valueOf for int32", () => abs({ valueOf: () => 1 }), "CF5011"],
    ["a symbol for int32", () => abs(Symbol("x")), "CF5011"],
  ])("%s is refused", (_, run, code) => expect(codeOf(run)).toBe(code));

  it("says which function, which argument, what was expected and what came", () => {
    const f = untyped("pow", "double pow(double base, int8_t exponent)");
    expect(() => f(1, 200)).toThrow(
      "pow: argument 2 (exponent) must be int8, an integer from -128 to 127, 200 is out of range",
    );
    expect(() => f("x", 2)).toThrow('pow: argument 1 (base) must be float64, a number, got the string "x"');
  });

  it("wraps modulo 2^n on request", () => {
    const low8 = untyped("abs", "int32(int8)", { wrap: true });
    expect([low8(0x181), low8(2 ** 32 + 5), low8(-1.9), low8(Number.NaN)]).toEqual([127, 5, 1, 0]);
    expect(untyped("labs", "int64(int64)", { wrap: true })(2n ** 64n - 3n)).toBe(3n);
    expect(untyped("labs", "intp(intp)", { wrap: true })(2 ** 64 - 4096)).toBe(4096);
    expect(untyped("abs", "int32(bool)", { wrap: true })("yes")).toBe(1);
    expect(() => low8("1")).toThrow(CFuncError);
  });
});

describe("pointers in", () => {
  const strlen = untyped("strlen", "size_t(const char *s)");
  const text = new TextEncoder();

  it("takes strings, buffers and null, and nothing else", () => {
    expect(strlen("")).toBe(0);
    expect(strlen("naïve ☃ 😀")).toBe(text.encode("naïve ☃ 😀").length);
    expect(strlen("x".repeat(200_000))).toBe(200_000);
    expect(strlen(text.encode("four\0"))).toBe(4);
    expect(strlen(text.encode("four\0").buffer)).toBe(4);
    expect(strlen(new DataView(text.encode("ABfour\0").buffer, 2))).toBe(4);
    expect(codeOf(() => strlen("a\0b"))).toBe("CF5013");
    expect(codeOf(() => strlen("\ud83d"))).toBe("CF5016");
    for (const wrong of [undefined, 0, 1, 1n, true, {}, { address: 1 }, () => 1, new Float64Array(1)])
      expect(
        codeOf(() => strlen(wrong)),
        String(wrong),
      ).toBe("CF5011");
    expect(codeOf(() => untyped("strlen", "size_t(CPointer(char))")("text"))).toBe("CF5011");
  });

  it("checks the element type of a typed array", () => {
    const memcpy = untyped("memcpy", "voidptr(CPointer(float64), CPointer(const float64), size_t)");
    const to = new Float64Array(2);
    memcpy(to, new Float64Array([1.5, -2]), 16);
    expect([...to]).toEqual([1.5, -2]);
    expect(() => memcpy(to, new Float32Array(4), 16)).toThrow(
      "memcpy: argument 2 must be CPointer(const float64), got a Float32Array; pass a Float64Array",
    );
  });

  it("checks what a pointer points to", () => {
    const memcpy = untyped("memcpy", "CPointer(float64)(CPointer(float64), voidptr, size_t)");
    const integers = makePointer(4096n, parseType("int32"));
    expect(() => memcpy(integers, integers, 0)).toThrow(
      "memcpy: argument 1 must be CPointer(float64), got a CPointer(int32)",
    );
    const doubles = memcpy(new Float64Array([7, 8]), null, 0) as Ptr<number>;
    expect([doubles[1], (memcpy(doubles, doubles, 0) as Ptr<number>)[0]]).toEqual([8, 7]);
  });

  it("keeps all 64 bits of an address", () => {
    const identity = untyped("labs", "voidptr(voidptr)");
    for (const address of [1n, 2n ** 47n - 1n, 2n ** 52n - 1n, 2n ** 52n, 2n ** 62n, 0x7ff0_0000_0000_0001n])
      expect((identity({ address }) as { address: bigint }).address).toBe(address);
    expect(identity(null)).toBeNull();
    // labs(-1) is 1: the argument arrived as all ones.
    expect((identity({ address: -1n }) as { address: bigint }).address).toBe(1n);
  });
});

describe("signatures that cannot cross", () => {
  it.each([["253 parameters", `void(${new Array(253).fill("int32").join(", ")})`]])("%s", (_, signature) => {
    expect(codeOf(() => untyped("abs", signature))).toBe("CF5020");
  });

  it("structures that the slots cannot hold, with what to do instead", () => {
    const signature = parseSignature("void(Huge)", { Huge: struct("Huge", { bytes: array(float64, 300) }) });
    expect(() => makeCallable(1n, signature, { name: "move" })).toThrow(/move: its arguments[\s\S]*by pointer/);
  });
});

describe("thunks", () => {
  it("share code by shape", () => {
    const shape = (text: string) => shapeOf(crossingsOf(parseSignature(text), "f"));
    expect(shape("int32(CPointer(float64), long)")).toBe(shape("intc(voidptr, int64)"));
    expect(shape("int32(int64)")).not.toBe(shape("int32(uint64)"));
    expect(shape("int32(size_t)")).not.toBe(shape("int32(uint64)"));
  });

  it("can be compiled into the module of the function they call", () => {
    const signature = parseSignature("int32(int32, int32)");
    const text = `define i32 @sub(i32 %a, i32 %b) nounwind {
      %r = sub i32 %a, %b
      ret i32 %r
    }${thunkText(signature, "sub", "sub.thunk")}`;
    const code = llvm().compile(text, { name: "sub" });
    const sub = makeCallableFromThunk(code.address("sub.thunk"), signature, { name: "sub" });
    expect(sub(7, 9)).toBe(-2);
    expect(sub.name).toBe("sub");
    expect(sub).toHaveLength(2);
    revoke(sub, "sub was disposed of");
    code.dispose();
    expect(() => sub(7, 9)).toThrow("sub was disposed of");
    expect(codeOf(() => sub(7, 9))).toBe("CF5003");
  });

  it.each([0n, -1n, 2n ** 47n])("refuses %s as an address", (address) => {
    expect(codeOf(() => makeCallable(address, parseSignature("void()")))).toBe("CF5011");
  });
});

it("types functions from their signatures", () => {
  const { abs } = load(null, { abs: "int32(int32)" });
  expectTypeOf(abs).parameters.toEqualTypeOf<[number]>();
  expectTypeOf(abs).returns.toEqualTypeOf<number>();
  // @ts-expect-error a misspelt type
  expect(codeOf(() => load(null, { abs: "in32(int32)" }))).toBe("CF1102");
});

it("works where generating code from strings is forbidden", () => {
  const { stdout, stderr, status } = runModule("./no-codegen.ts", import.meta.url, {
    flags: ["--disallow-code-generation-from-strings"],
  });
  expect({ stdout, stderr, status }).toEqual({ stdout: "5 true 11 2.5 9 CF5012 CF5010\n", stderr: "", status: 0 });
});
