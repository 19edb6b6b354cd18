// How parameters and results are passed, against what clang writes for the same prototypes: for x86-64, and for AArch64,
// which this machine cannot run.
import { describe, expect, it } from "vitest";
import type { Target } from "../../src/emit/emit.ts";
import { printSignature } from "../../src/types/print.ts";
import { cSource } from "./c-source.ts";
import { clang, llvmOf } from "./clang.ts";
import { definitions } from "./define-lines.ts";
import { generate } from "./generate.ts";
import { ourSource } from "./our-source.ts";

const triples = ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"] as const;
const generated = generate(500, 12);

describe(`prototypes as clang passes them${clang === undefined ? " (skipped: no clang here)" : ""}`, () => {
  it.skipIf(clang === undefined).each(triples)("%s", (triple) => {
    const target: Target = { triple, dataLayout: "", cpu: "generic", features: "" };
    const isArm = triple.startsWith("aarch64");
    const theirs = definitions(llvmOf(cSource(generated), triple), isArm);
    const ours = definitions(ourSource(generated.signatures, { source: 16n, sink: 16n }, target), isArm);
    const wrong = generated.signatures.flatMap((signature, i) => {
      const [mine, clangs] = [ours.get(`callee_${i}`), theirs.get(`callee_${i}`)];
      return mine === clangs ? [] : [`${printSignature(signature)}\n  ours:  ${mine}\n  clang: ${clangs}`];
    });
    expect(theirs.size).toBe(2 * generated.signatures.length + 1);
    expect(wrong.slice(0, 10)).toEqual([]);
  });
});
