// A sample of the differential fuzzer in every test run, and a longer one with CFUNC_FULL=1. The samples are numbers of
// programs from fixed seeds, not spans of time: every machine tests the same programs and gets the same verdict, and a
// slow one only takes longer. 500 programs take about 20 seconds of processor time.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { campaign, refusedShare } from "./campaign.ts";
import { bundleWorker, type WorkerBundle } from "./worker-bundle.ts";

const full = process.env.CFUNC_FULL === "1";
const programs = full ? 5_000 : 500;
/** Programs of one test: the name of a failing one says where to look. */
const batch = 250;

describe("compiled functions compute what V8 does", () => {
  let worker: WorkerBundle;
  beforeAll(async () => {
    worker = await bundleWorker();
  });
  afterAll(() => worker.remove());

  for (let firstSeed = 1; firstSeed <= programs; firstSeed += batch) {
    it(`${batch} programs from seed ${firstSeed}`, { timeout: 600_000 }, async () => {
      const plan = { firstSeed, programs: batch, seconds: Infinity, findings: 3, timeout: 60, shrinking: 60 };
      const statistics = await campaign(worker.path, plan);
      expect(statistics.findings.map(({ summary, filetest }) => `${summary}\n${filetest}`).join("\n")).toBe("");
      expect(statistics.programs).toBe(batch);
      // a compiler that refuses everything is never wrong
      expect(refusedShare(statistics), JSON.stringify([...statistics.refused])).toBeLessThan(0.03);
      expect(statistics.skipped).toBeLessThan(batch / 20);
    });
  }
});
