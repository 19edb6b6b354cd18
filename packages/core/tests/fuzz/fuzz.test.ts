// Differential fuzzing: random functions, compiled and run by V8, must agree on adversarial arguments to the last bit.
// A sample with fixed seeds runs here; FUZZ_CASES=20000 runs that many programs, FUZZ_SEED=7 starts elsewhere. A failure
// prints the smallest program that still fails, as a filetest,
// to be kept in ../filetests/run/ under the name of the mistake.
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runModule } from "../native/child.ts";
import type { Failure, Statistics } from "./campaign.ts";

const { FUZZ_CASES = "250", FUZZ_SEED = "1" } = process.env;
const [cases, firstSeed] = [Number(FUZZ_CASES), Number(FUZZ_SEED)];
/** Programs of one process: its death costs no more than that. */
const batch = 250;

describe("compiled functions compute what V8 does", () => {
  for (let start = 0; start < cases; start += batch) {
    const [first, count] = [firstSeed + start, Math.min(batch, cases - start)];
    it(`${count} programs from seed ${first}`, { timeout: 120_000 }, () => {
      const { status, stdout, stderr } = runModule("./campaign.ts", import.meta.url, {
        args: [`${first}`, `${count}`],
      });
      const lines = stdout.split("\n").filter((line) => line !== "");
      const results = lines.map((line) => JSON.parse(line) as Failure | Statistics);
      const failures = results.filter((result) => "report" in result).map(({ report }) => report);
      expect(failures.join("\n")).toBe("");
      expect(status, `the process died at ${stderr.trim().split("\n").at(-1)}: ${fileURLToPath(import.meta.url)}`).toBe(
        0,
      );
      const statistics = results.at(-1);
      if (statistics === undefined || "report" in statistics) throw new Error("the campaign printed no statistics");
      expect(statistics.programs).toBe(count);
      const refused = Object.values(statistics.refused).reduce((a, b) => a + b, 0);
      // a compiler that refuses everything is never wrong
      expect(refused / count, JSON.stringify(statistics.refused)).toBeLessThan(0.2);
    });
  }
});
