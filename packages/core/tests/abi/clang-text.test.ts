// How parameters, arguments and results are passed, against what clang writes for the same C: for x86-64, and for AArch64,
// which needs no machine to run it.
import { describe, expect, it } from "vitest";
import type { Target } from "../../src/emit/emit.ts";
import { cSource, prototype } from "./c-source.ts";
import { clang, install, llvmOf } from "./compilers.ts";
import { directed } from "./directed.ts";
import { samplesFrom } from "./generate.ts";
import { ourSource } from "./our-source.ts";
import { passedIn } from "./passing-text.ts";

const triples = ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"] as const;
const random = samplesFrom(1, process.env.CFUNC_FULL ? 2000 : 500);

describe.skipIf(clang === undefined)(`passed as clang does${clang === undefined ? ` (${install.clang})` : ""}`, () => {
  it.each(triples)("%s", (triple) => {
    const target: Target = { triple, dataLayout: "", cpu: "generic", features: "" };
    const isArm = triple.startsWith("aarch64");
    // on AArch64 gcc and clang agree about all of them
    const samples = [...directed, ...random].filter(({ without }) => isArm || without?.side !== "clang");
    const theirs = passedIn(llvmOf(cSource(samples), triple), isArm);
    const ours = passedIn(ourSource(samples, { source: 16n, sink: 16n }, target), isArm);
    const wrong = [...ours].flatMap(([name, passed]) => {
      const clangs = theirs.get(name);
      if (passed === clangs) return [];
      const sample = samples[Number(/\d+/.exec(name)?.[0])];
      const what = sample === undefined ? "" : `${sample.name}: ${prototype(sample, "f")}`;
      return [`${what}, ${name}\n  ours:  ${passed}\n  clang: ${clangs}`];
    });
    expect(wrong.slice(0, 10)).toEqual([]);
    // three functions and three calls of each sample, and the callees that are not variadic
    const fixed = samples.filter(({ signature }) => !signature.variadic).length;
    expect(ours.size).toBe(6 * samples.length + fixed);
  });
});
