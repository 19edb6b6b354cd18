// The table of names against the C compiler: size, signedness and alignment of every name that C knows.
import { describe, expect, test } from "vitest";
import type { CType } from "../../src/types/ctype.ts";
import { asType } from "../../src/types/fields.ts";
import { alignOf, sizeOf } from "../../src/types/layout.ts";
import { refusedNames, typeNames } from "../../src/types/names.ts";
import { printType, sameType } from "../../src/types/print.ts";
import { parseSignature, parseType } from "../../src/types/signature-parser.ts";
import * as constants from "../../src/types/type-constants.ts";
import { typeOfObject } from "../../src/types/type-object.ts";
import { headers, inC, runC } from "./gcc.ts";

const onlyNumba =
  /^([iuf]\d|u?int(8|16|32|64)|float(32|64)|complex(64|128)|c8|c16|u?intp|uchar|intc|uintc|u?longlong|voidptr|bool|void)$/;
const names: [string, CType][] = Object.entries(typeNames);

function shape(type: CType): string {
  const signed = type.kind === "float" || type.kind === "complex" || (type.kind === "int" && type.signed);
  return `${sizeOf(type)} ${alignOf(type)} ${signed ? 1 : 0}`;
}

/** In C, whether the type has a negative value; complex numbers have no order. */
const isSigned = (name: string): string => (name.includes("_Complex") ? "1" : `(${name})-1 < (${name})0`);

describe("names", () => {
  test("every C name has the size, alignment and sign that C gives it", () => {
    const inBoth = names.filter(([name]) => !onlyNumba.test(name));
    expect(inBoth.length).toBeGreaterThan(40);
    const prints = inBoth.map(
      ([name]) => `printf("${name}: %zu %zu %d\\n", sizeof(${name}), _Alignof(${name}), ${isSigned(name)});`,
    );
    const expected = runC(`${headers}int main(void) { ${prints.join("\n")} return 0; }`);
    expect(inBoth.map(([name, type]) => `${name}: ${shape(type)}\n`).join("")).toBe(expected);
  });

  test("Numba's short names count bytes", () => {
    for (const [name, type] of names.filter(([short]) => /^[iuf]\d$/.test(short))) {
      expect(sizeOf(type), name).toBe(Number(name[1]));
      expect(type.kind === "int" ? type.signed : "float", name).toBe({ i: true, u: false, f: "float" }[name[0] ?? ""]);
    }
  });

  test("64-bit integers are bigint, except for sizes and pointer-sized ones", () => {
    const js = (name: string) => {
      const type = parseType(name);
      return type.kind === "int" ? type.js : type.kind;
    };
    for (const name of ["int64", "uint64", "long", "ulong", "longlong", "ulonglong", "i8", "u8", "unsigned long"]) {
      expect(js(name), name).toBe("bigint");
    }
    for (const name of ["size_t", "ssize_t", "intp", "uintp", "intptr_t", "uintptr_t", "ptrdiff_t", "uint32", "char"]) {
      expect(js(name), name).toBe("number");
    }
  });

  test("every name parses to its type, and prints to a name of the same type", () => {
    for (const [name, type] of names) {
      expect(sameType(parseType(name), type), name).toBe(true);
      expect(sameType(parseType(printType(type)), type), name).toBe(true);
    }
  });

  test("every one-word name is a constant that users can import", () => {
    for (const [name, type] of names.filter(([each]) => !each.includes(" "))) {
      if (["_Bool", "signed", "unsigned"].includes(name)) continue;
      const constant: unknown = Reflect.get(constants, name === "void" ? "void_" : name);
      expect(typeOfObject(constant, name), name).toBe(type);
    }
  });

  test("refused names are refused with their reason", () => {
    for (const [name, reason] of Object.entries(refusedNames)) {
      expect(() => parseSignature(`${name}(int)`), name).toThrow(`CF1103`);
      expect(() => parseSignature(`${name}(int)`), name).toThrow(reason);
    }
    expect(() => parseSignature("void(__m256d)")).toThrow(/CF1103.*vector/s);
    expect(() => parseSignature("void(unsigned __int128)")).toThrow(/CF1103.*uint64/s);
  });

  test("names of Object.prototype are not types", () => {
    for (const name of ["constructor", "toString", "__proto__"]) expect(() => asType(name)).toThrow(/CF1102/);
  });

  test("the oracle's spelling of each type is one that C reads as that type", () => {
    const checks = names
      .filter(([, type]) => type.kind !== "void")
      .map(([, type]) => `_Static_assert(sizeof(${inC(type)}) == ${sizeOf(type)}, "");`);
    expect(runC(`${headers}${checks.join("\n")}\nint main(void) { return 0; }`)).toBe("");
  });
});
