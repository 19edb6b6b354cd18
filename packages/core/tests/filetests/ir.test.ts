// IR as text: what the printer writes, the parser reads to the same module, and a module that was read compiles to the
// same LLVM text. Also the verifier, on texts that break one invariant each.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { emit } from "../../src/emit/emit.ts";
import { parseModule, printModule } from "../../src/ir/index.ts";
import { verify } from "../../src/verify/verify.ts";
import { compiledOf, structsOf } from "../fuzz/differential.ts";
import { programOf } from "../fuzz/generate/program.ts";
import { compile, readFileTest, structsOfFile } from "./filetest.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const target = { triple: "x86_64-unknown-linux-gnu", dataLayout: "e", cpu: "x86-64", features: "" };

/** @param types the structures that signatures in the text name */
function roundTrips(text: string, types = {}): void {
  const module = parseModule(text, { types });
  expect(printModule(module)).toBe(text);
  verify(module);
}

describe("round trip", () => {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\w\/[^/]+\.ts$/.test(name),
  );
  it.each(files)("%s", (name) => {
    const file = readFileTest(`${folder}${name}`);
    for (const fn of file.functions)
      if (fn.errors.length === 0) roundTrips(compile(file, fn).inspectIR(), structsOfFile(file));
  });

  it("random programs", () => {
    let printed = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const program = programOf(seed);
      let text: string;
      try {
        text = compiledOf(program).inspectIR();
      } catch {
        continue;
      }
      roundTrips(text, structsOf(program));
      printed += 1;
    }
    expect(printed).toBeGreaterThan(40);
  });

  it("keeps what LLVM text needs", () => {
    const text = [
      "constant @c: f64 [-0, 1.5, NaN, Infinity]\n",
      "word @w\n",
      'site RangeError "bad \\"input\\""\n',
      "export func @f(%0: ptr, %1: i8) -> i8 as uint8(CPointer(const float64), uint8) {\nentry:\n  %2: i32 = call *%0(%1) as int32(uint8)\n  store @w, %2\n  return %1\n}\n",
    ].join("\n");
    const module = parseModule(text);
    expect(printModule(module)).toBe(text);
    const llvm = emit(module, { target, exported: "f" });
    expect(llvm).toContain("zeroext i8");
    expect(llvm).toContain("call i32 %t0(i8 zeroext %t1)");
  });
});

describe("what is no IR", () => {
  it.each([
    ["func @f() -> void {", "not what was expected"],
    ["private func @f() -> i33 {\n}", "`i33` is no type"],
    ["private func @f() -> void {\nentry:\n  %0: i32 = plus 1:i32, 2:i32", "`plus` is no instruction"],
    ["private func @f() -> void {\nentry:\n  %0: i1 = icmp.olt 1:i32, 2:i32", "`olt` is not the name of a comparison"],
    ["private func @f() -> void {\nentry:\n  %0: i1 = fcmp.slt 1:f64, 2:f64", "`slt` is not the name of a comparison"],
    ["private func @f() -> void {\nentry:\n  %0: f64 = math.gamma 1:f64", "`gamma` is not the name of a function"],
    ["private func @f() -> void {\nentry:\n  call runtime.exit()", "`exit` is not the name of a runtime routine"],
    ["private func @f() -> void {\n  return\n}", "before the first label"],
    ["private func @f() -> void {\nentry:\n  return\n  return\n}", "has ended already"],
    ["private func @f() -> void {\nentry:\n  set $3, 1:i32\n}", "no local $3"],
    ["private func @f() -> void {\nentry:\n  return 1.5:i32\n}", "`1.5:i32` is no operand"],
    ["private func @f() -> void {\nentry:", "ends within a function"],
    ["constant @c: i8 [1", "not what was expected"],
  ])("%s", (text, message) => {
    expect(() => parseModule(text)).toThrow(SyntaxError);
    expect(() => parseModule(text)).toThrow(message);
    expect(() => parseModule(text)).toThrow(/^ir:\d+: /);
  });
});

describe("the verifier", () => {
  const path = `${folder}verify/invariants.ir`;
  const text = readFileSync(path, "utf8");
  const parts = text.split(/^\/\/ breaks (\w+)$/m).slice(1);
  const cases = parts.flatMap((invariant, i) => (i % 2 === 0 ? [{ invariant, body: parts[i + 1] ?? "" }] : []));
  const jumpsNowhere = "private func @jumpsNowhere() -> void {\nentry:\n  return\n}\n";

  it.each(cases.map((c) => ({ ...c, name: /@(\w+)\(/.exec(c.body)?.[1] ?? "" })))(
    "$name breaks $invariant",
    ({ name, invariant, body }) => {
      const callee = name === "jumpsNowhere" ? "" : jumpsNowhere;
      const module = parseModule(`${body}\n${callee}`);
      if (invariant === "nothing") expect(() => verify(module)).not.toThrow();
      else expect(() => verify(module)).toThrow(new RegExp(`CF3001: @${name} breaks invariant ${invariant} `));
    },
  );

  it("has a case for every invariant", () => {
    const listed = readFileSync(new URL("../../src/verify/verify.ts", import.meta.url), "utf8").matchAll(
      /^\/\/ {2}(\d+)\. /gm,
    );
    const tested = new Set(cases.map(({ invariant }) => invariant));
    // 5 is checked with 4: a read or write of a local has a type
    expect([...listed].map(([, n]) => n).filter((n) => n !== "5" && !tested.has(n ?? ""))).toEqual([]);
  });
});
