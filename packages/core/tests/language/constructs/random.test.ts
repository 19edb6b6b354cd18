// Random programs of constructs, each against V8 on several arguments and on the same memory: CFUNC_FULL=1 runs many.
import { describe, expect, test } from "vitest";
import { CFuncError } from "../../../src/diagnostics/error.ts";
import { Random } from "../../fuzz/random.ts";
import { agree, compile, evaluate } from "./agree.ts";
import { captured, memory, memoryTypes, Programs } from "./programs.ts";

const programs = process.env.CFUNC_FULL === "1" ? 1500 : 60;
const results = ["float64", "int32", "uint8", "bool"] as const;
const inputs = {
  int32: [0, 1, -1, 5, 2147483647, -2147483648],
  float64: [0, -0, 1.5, NaN, 1e10, -7, Infinity],
  uint32: [0, 3, 4294967295],
  int8: [0, -128, 127, 2],
} as const;
const types = Object.keys(inputs) as (keyof typeof inputs)[];

/** Programs that V8 refuses to run, and how many may be refused by the compiler without a difference. */
const refusals: string[] = [];

describe(`${programs} random programs`, () => {
  test.each(Array.from({ length: programs / 20 }, (_, group) => group))("group %i", (group) => {
    for (let seed = group * 20; seed < group * 20 + 20; seed++) {
      const [result, type] = [results[seed % 4] ?? "float64", types[(seed >> 2) % 4] ?? "int32"];
      const text = new Programs(new Random(seed)).program();
      const f = compile(`${result}(${[type, "int32", ...memoryTypes].join(", ")})`, evaluate(text, captured));
      try {
        agree(
          f,
          inputs[type].flatMap((m) => [0, 3].map((n) => [m, n, ...memory()])),
        );
      } catch (error) {
        if (!(error instanceof CFuncError)) throw new Error(`seed ${seed}: ${text}`, { cause: error });
        refusals.push(`seed ${seed}: ${error.message}`);
      }
      f.dispose();
    }
  });

  test("all of them compile", () => expect(refusals).toEqual([]));
});
