// How small structures and unions of every kind (packed, aligned, bit-fields, anonymous members) are passed, against clang.
// Left out is where gcc and clang differ, and we do as gcc: flexible arrays, and bit-fields without a name.
import { describe, expect, it } from "vitest";
import { systemV } from "../../src/emit/abi/system-v.ts";
import type { CType, StructType, UnionType } from "../../src/types/ctype.ts";
import { headers } from "../types/gcc.ts";
import { generateRecords } from "../types/records.ts";
import { clang, install, llvmOf } from "./compilers.ts";

const records = generateRecords(600, 77);
function isDisputed(type: CType): boolean {
  if (type.kind === "array") return isDisputed(type.of);
  if (type.kind !== "struct" && type.kind !== "union") return false;
  const { fields, unnamed = [] } = type;
  return unnamed.length > 0 || fields.some(({ name, type: of }) => name === "flexible" || isDisputed(of));
}

/** The registers, without the widths of integers: `i,float`; or `stack`. */
function ours(type: StructType | UnionType): string | undefined {
  const signature = { result: { kind: "void" } as const, params: [{ type }], variadic: false };
  const passing = systemV.classify(signature).params[0];
  return passing?.kind === "parts" ? passing.parts.map((part) => family(part.type)).join(",") : passing?.kind;
}

const family = (type: string): string => (/^(i\d+|ptr)/.test(type) ? "i" : type);

function theirs(text: string, name: string): string {
  const parameters = new RegExp(`@${name}\\((.*)\\) #`).exec(text)?.[1] ?? "not found";
  if (parameters === "") return "nothing";
  if (parameters.includes("byval")) return "stack";
  return parameters
    .split(/, (?=\w|<)/)
    .map((one) => family(/^<2 x float>|^[\w*]+/.exec(one)?.[0] ?? one))
    .join(",");
}

describe.skipIf(clang === undefined)(`records${clang === undefined ? ` (${install.clang})` : ""}`, () => {
  it("of at most 16 bytes are passed as clang passes them", () => {
    const small = records.filter(({ type }) => type.size <= 16 && !isDisputed(type));
    const functions = small.map(({ type, keyword }) => `void f_${type.name}(${keyword} s) {}`);
    const source = `${headers}${records.map(({ text }) => text).join("\n")}\n${functions.join("\n")}`;
    const text = llvmOf(source, "x86_64-unknown-linux-gnu");
    expect(small.length).toBeGreaterThan(150);
    for (const one of small) expect(ours(one.type), one.text).toBe(theirs(text, `f_${one.type.name}`));
    expect(new Set(small.map(({ type }) => ours(type))).size).toBeGreaterThan(6);
  });
});
