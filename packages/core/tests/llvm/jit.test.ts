import { describe, expect, it } from "vitest";
import { CFuncError } from "../../src/diagnostics/error.ts";
import { llvm } from "../../src/llvm/index.ts";
import { makeCallable } from "../../src/native/index.ts";
import { parseSignature } from "../../src/types/signature-parser.ts";
import { doublingLoop } from "./doubling-loop.ts";

const constant = (value: number) => `define i32 @f() nounwind {
  ret i32 ${value}
}`;
const call = (address: bigint) => makeCallable(address, parseSignature("int32()"))();

describe("compile", () => {
  it("keeps equal names in different modules apart", () => {
    const modules = [1, 2, 3].map((value) => llvm().compile(constant(value), { name: "same" }));
    expect(modules.map((code) => call(code.address("f")))).toEqual([1, 2, 3]);
    for (const code of modules) code.dispose();
  });

  it("frees code, and runs what is compiled in its place", () => {
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 600; i++) {
      const code = llvm().compile(constant(i), { name: "many" });
      expect(call(code.address("f"))).toBe(i);
      code.dispose();
      code.dispose();
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(60e6);
  });

  it("gives no address once it is disposed of", () => {
    const code = llvm().compile(constant(1), { name: "gone" });
    code.dispose();
    expect(() => code.address("f")).toThrow(expect.objectContaining({ code: "CF4010" }));
  });

  it("calls the functions of the process", () => {
    const text =
      "declare double @cos(double)\ndefine double @f(double %x) {\n  %r = call double @cos(double %x)\n  ret double %r\n}";
    const cos = makeCallable(llvm().compile(text, { name: "cos" }).address("f"), parseSignature("float64(float64)"));
    expect(cos(0)).toBe(1);
  });
});

describe("what LLVM refuses is a diagnostic, not a crash and not raw output", () => {
  it.each([
    ["syntax", "define i32 @f( {", /expected type/],
    ["types", "define i32 @f() { ret i64 0 }", /doesn't match function result type/],
    [
      "a broken module",
      "define i32 @f(i32 %a) {\nx:\n  br label %y\ny:\n  %b = add i32 %c, 1\n  %c = add i32 %b, 1\n  ret i32 %b\n}",
      /dominate/,
    ],
    ["a NUL", "define i32 @f() { ret i32 0 }\0", /NUL/],
    [
      "an unknown function",
      "declare void @no_such_fn()\ndefine void @f() {\n  call void @no_such_fn()\n  ret void\n}",
      /no_such_fn/,
    ],
    ["unknown assembly", 'define void @f() {\n  call void asm "bogus", ""()\n  ret void\n}', /bogus/],
    ["no such symbol", "define void @g() {\n  ret void\n}", /f/],
  ])("%s", (_, text, said) => {
    let caught: unknown;
    try {
      llvm().compile(text, { name: "bad" }).address("f");
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(CFuncError);
    const [diagnostic] = (caught as CFuncError).diagnostics;
    expect(diagnostic?.code).toBe("CF4010");
    expect(diagnostic?.message).toMatch(/^internal error while .*: LLVM did not accept the generated code$/);
    expect(diagnostic?.help).toMatch(said);
    expect(call(llvm().compile(constant(7), { name: "after" }).address("f"))).toBe(7);
  });
});

describe("inspection", () => {
  it("optimises and vectorises for this machine", () => {
    expect(llvm().optimizedText(doublingLoop())).toMatch(/fmul <\d+ x double>/);
    const assembly = llvm().assembly(doublingLoop());
    expect(assembly).toMatch(/^twice:/m);
    expect(assembly).toMatch(llvm().target().features.includes("+avx,") ? /[yz]mm0/ : /xmm0/);
  });

  it("describes the target", () => {
    const { triple, dataLayout, cpu, features } = llvm().target();
    expect(triple).toMatch(/^x86_64-.*linux/);
    expect(dataLayout).toMatch(/^e-m:e/);
    expect(cpu).not.toBe("");
    expect(features).toMatch(/\+sse2/);
  });

  it("handles modules larger than the memory it starts with", () => {
    const functions = Array.from(
      { length: 20_000 },
      (_, i) => `define i32 @function_number_${i}() {\n  ret i32 ${i}\n}\n`,
    );
    expect(llvm().optimizedText(functions.join("")).length).toBeGreaterThan(1 << 20);
  });
});
