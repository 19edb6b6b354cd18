// The fuzzer is tested too: with a mistake planted in the compiler it must find a difference within a minute. Runs with
// CFUNC_FULL=1; that every mutant can still be planted is checked always.
import { describe, expect, it } from "vitest";
import { campaign } from "./campaign.ts";
import { mutants } from "./mutants.ts";
import { bundleWorker, mutated } from "./worker-bundle.ts";

const full = process.env.CFUNC_FULL === "1";
/** Seconds in which each is found. */
const limit = 60;

describe("planted mistakes", () => {
  it.each(mutants)("$name can be planted, once", (mutant) => {
    expect(mutated(mutant)).toContain(mutant.mistake);
  });

  it("is refused where the text to replace is gone", () => {
    const [first] = mutants;
    if (first === undefined) throw new Error("there are no mutants");
    expect(() => mutated({ ...first, original: "not in the file" })).toThrow(
      /`positive-zero-product` no longer applies/,
    );
  });

  it.runIf(full).each(mutants)("$name is found", { timeout: 300_000 }, async (mutant) => {
    const worker = await bundleWorker(mutant);
    try {
      const started = performance.now();
      let found = 0;
      const plan = { firstSeed: 1, programs: Infinity, seconds: limit, findings: 1, timeout: 15, shrinking: 10 };
      const statistics = await campaign(worker.path, plan, {
        shrinking: () => {
          found = performance.now() - started;
        },
      });
      const [finding] = statistics.findings;
      expect(finding, `not found in ${statistics.programs} programs`).toBeDefined();
      // what the generator cannot write is no finding
      expect(finding?.kind).not.toBe("invalid");
      const after = `after ${(found / 1000).toFixed(1)} s and ${statistics.programs} programs`;
      console.log(`${mutant.name}: ${after}: ${finding?.summary}\n${finding?.filetest}`);
    } finally {
      worker.remove();
    }
  });
});
