// Signatures in Numba's grammar: what they mean, that they print and read back, and what a mistake says.
import { describe, expect, test } from "vitest";
import { CFuncError } from "../../src/diagnostics/error.ts";
import {
  array,
  CFunction,
  CPointer,
  char,
  type DeclaredTypes,
  float64,
  int32,
  intp,
  isTypeObject,
  parseSignature,
  parseType,
  printSignature,
  sameSignature,
  sameType,
  struct,
  typeBrand,
  uint8,
  void_,
  voidptr,
} from "../../src/types/index.ts";

const Point = struct("Point", { x: float64, y: float64 });
const types = { Point };

function failure(text: string, declared: DeclaredTypes = types): { code: string; at: string; message: string } {
  try {
    parseSignature(text, declared);
  } catch (error) {
    if (!(error instanceof CFuncError)) throw error;
    const primary = error.diagnostics[0]?.primary;
    return { code: error.code, at: text.slice(primary?.span.start, primary?.span.end), message: error.message };
  }
  throw new Error(`${text} parses`);
}

describe("a signature in text is the signature that the type objects make", () => {
  test.each([
    ["float64(float64)", float64(float64)],
    ["void()", void_()],
    ["void ( void )", void_()],
    ["float64(CPointer(Point), intp)", float64(CPointer(Point), intp)],
    ["double(Point*, ssize_t)", undefined],
    ["Point(Point, int32)", Point(Point, int32)],
    ["float64(CPointer(CPointer(double)))", float64(CPointer(CPointer(float64)))],
    ["float64(double**)", float64(CPointer(CPointer(float64)))],
    ["float64(CPointer(double)*)", float64(CPointer(CPointer(float64)))],
    ["float64(CFunction(float64(float64)), voidptr)", float64(CFunction(float64(float64)), voidptr)],
    ["float64(double (*)(double), void*)", float64(CFunction("float64(float64)"), voidptr)],
    ["int32(CPointer(const char))", int32(CPointer(char, { constant: true }))],
    ["int32(const char*)", int32(CPointer(char, { constant: true }))],
    ["void(CPointer(array(u1, 16)))", void_(CPointer(array(uint8, 16)))],
    ["void(CPointer(array(array(f8, 2), 3)))", void_(CPointer(array(array(float64, 2), 3)))],
  ])("%s", (text, expected) => {
    const parsed = parseSignature(text, types);
    if (expected !== undefined) expect(parsed).toEqual(expected);
    expect(sameSignature(parseSignature(printSignature(parsed), types), parsed)).toBe(true);
  });

  test("variadic", () => {
    const parsed = parseSignature("int(CPointer(char), size_t, CPointer(char), ...)");
    expect(parsed.variadic).toBe(true);
    expect(parsed.params).toHaveLength(3);
    expect(printSignature(parsed)).toBe("int32(CPointer(char), size_t, CPointer(char), ...)");
    expect(sameSignature(parsed, parseSignature("int(CPointer(char), size_t, CPointer(char))"))).toBe(false);
  });

  test("types differ by name, constness, length and fields", () => {
    const same = (a: string, b: string) => sameType(parseType(a, types), parseType(b, types));
    expect(same("int", "int32_t")).toBe(true);
    expect(same("size_t", "uintp")).toBe(false);
    expect(same("char*", "const char*")).toBe(false);
    expect(same("CPointer(array(f8, 2))", "CPointer(array(f8, 3))")).toBe(false);
    expect(same("CFunction(f8(f8))", "CFunction(f8(f4))")).toBe(false);
    const other = struct("Point", { x: float64, z: float64 });
    expect(sameType(Point.type, other.type)).toBe(false);
    expect(sameType(Point.type, struct("Point", { x: "double", y: "f8" }).type)).toBe(true);
  });
});

describe("mistakes point at themselves and say what to do", () => {
  test.each([
    ["flot64(float64)", "CF1102", "flot64", "did you mean `float64`?"],
    ["float64(CPointer(Poimt))", "CF1102", "Poimt", "did you mean `Point`?"],
    ["float64(struct Poimt*)", "CF1102", "Poimt", "did you mean `Point`?"],
    ["float64(CPonter(double))", "CF1102", "CPonter", "did you mean `CPointer`?"],
    ["float64(Vector)", "CF1102", "Vector", "declare it in the options: { types: { Vector } }"],
    ["number(number)", "CF1102", "number", "did you mean float64 or int32?"],
    ["void(string)", "CF1102", "string", "did you mean const char*?"],
    ["float64(long double _Complex)", "CF1103", "long double _Complex", "double _Complex"],
    ["float64(int _Complex)", "CF1101", "int _Complex", ""],
    ["float64(long double)", "CF1103", "long double", "use double"],
    ["float64(union Vect)", "CF1102", "Vect", "types: { Vect }"],
    ["float64(enum E)", "CF1103", "enum", "int32"],
    ["float64(array(f8, 3))", "CF1104", "array(f8, 3)", "use CPointer(float64)"],
    ["float64(int32, void)", "CF1104", "void", "an empty list"],
    ["array(f8, 3)(f8)", "CF1104", "(f8)", "return a pointer"],
    ["void(CPointer(float64(float64)))", "CF1104", "float64(float64)", "CFunction"],
    ["void(CFunction(float64))", "CF1101", ")", "expected `(`"],
    ["void(array(f8, 0)*)", "CF1101", "0", "at least 1"],
    ["void(array(f8)*)", "CF1101", ")", "array(float64, 3)"],
    ["void(CPointer(double x))", "CF1101", "double x", "without the name `x`"],
    ["float64(float64, )", "CF1101", ")", "expected a type before `)`"],
    ["float64(float64 x float64)", "CF1101", "float64", "expected `,` or `)`"],
    ["float64(float64) extra", "CF1101", "extra", "after the signature"],
    ["process.exit(1)", "CF1102", "process", "unknown type"],
  ])("%s", (text, code, at, says) => {
    const { message, ...where } = failure(text);
    expect(where).toEqual({ code, at });
    expect(message).toContain(says);
  });

  test("what stands in the option types must be a type, and cannot redefine a name of the table", () => {
    expect(failure("float64(Q)", { Q: 5 as never }).code).toBe("CF1106");
    expect(printSignature(parseSignature("float64(double)", { double: int32 }))).toBe("float64(float64)");
  });
});

describe("type objects", () => {
  test("know their type, size and text, and carry the brand", () => {
    expect([float64.size, float64.align, String(float64)]).toEqual([8, 8, "float64"]);
    expect([Point.size, String(Point), String(CPointer(Point))]).toEqual([16, "Point", "CPointer(Point)"]);
    expect(Reflect.get(Point, Symbol.for("cfunc.type"))).toBe(1);
    expect(typeBrand).toBe(Symbol.for("cfunc.type"));
    expect([float64, Point, CPointer(int32)].every(isTypeObject)).toBe(true);
    expect([{}, null, () => 0, "float64", float64(float64)].some(isTypeObject)).toBe(false);
  });

  test("refuse what C cannot have", () => {
    expect(() => float64(void_)).toThrow(/CF1104/);
    expect(() => float64(array(float64, 2))).toThrow(/CF1104.*CPointer\(float64\)/s);
    expect(() => array(float64, 2)(float64)).toThrow(/CF1104/);
    expect(() => array(float64, 0)).toThrow(/CF1104/);
    expect(() => array(void_, 2)).toThrow(/CF1104/);
    expect(() => float64(5 as never)).toThrow(/CF1106\]: parameter 1/);
    expect(() => CPointer("float64" as never)).toThrow(/CF1106/);
    expect(() => CFunction(float64 as never)).toThrow(/CF1106/);
    expect(() => struct("S", { x: 5 as never })).toThrow(/CF1106/);
    expect(() => struct("S", { x: "flot" as never })).toThrow(/CF1102/);
  });
});
