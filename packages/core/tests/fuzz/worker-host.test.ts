// A program that hangs or ends its process is a finding, and the campaign goes on after it.
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { campaign } from "./campaign.ts";
import { WorkerHost } from "./worker-host.ts";

const faulty = fileURLToPath(new URL("./fixtures/faulty-worker.mjs", import.meta.url));

describe("a worker", () => {
  it("that hangs or dies is replaced", async () => {
    const host = new WorkerHost(faulty, 3);
    const ask = (seed: number) => host.ask({ kind: "seed", seed });
    try {
      expect(await ask(1)).toEqual({ kind: "same", runs: 1 });
      expect(await ask(2)).toEqual({ kind: "hung", message: "no answer after 3 seconds" });
      expect(await ask(1)).toEqual({ kind: "same", runs: 1 });
      expect(await ask(3)).toEqual({ kind: "died", message: "the process ended with SIGSEGV" });
      const last = await ask(4);
      expect(last).toEqual({ kind: "died", message: "the process ended with exit code 1\nLLVM ERROR: out of luck" });
      expect(await ask(5)).toEqual({ kind: "same", runs: 1 });
    } finally {
      host.stop();
    }
  });

  it("that dies is a finding of the campaign, with the program as a filetest", async () => {
    const plan = { firstSeed: 3, programs: 3, seconds: 60, findings: 5, timeout: 10, shrinking: 1 };
    const { programs, findings } = await campaign(faulty, plan);
    expect(programs).toBe(3);
    expect(findings.map(({ seed, kind }) => `${seed} ${kind}`)).toEqual(["3 died", "4 died"]);
    expect(findings[0]?.filetest).toMatch(/^\/\/# .*\nexport const seed3 = \(/m);
  });
});
