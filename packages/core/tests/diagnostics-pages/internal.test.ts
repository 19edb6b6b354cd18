// The code of the compiler's own mistakes, made on purpose: IR that breaks an invariant is reported, never emitted.
import { expect, it } from "vitest";
import { FunctionBuilder, intConstant } from "../../src/ir/builder.ts";
import { verify } from "../../src/verify/verify.ts";

const moduleOf = (result: "i32" | "f64") => {
  const b = new FunctionBuilder({ name: "f", params: [], result, source: undefined });
  b.return(intConstant("i32", 1));
  return { functions: [b.finish()], constants: [], words: [], sites: [] };
};

it("CF3001 names the function and the invariant", () => {
  expect(() => verify(moduleOf("f64"))).toThrow(/CF3001: @f breaks invariant 7/);
  expect(() => verify(moduleOf("i32"))).not.toThrow();
});
