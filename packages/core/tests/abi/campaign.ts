// A run over many samples: batches of them, two at a time, each in a process of its own; what fails is made small. Says
// what it found through a listener; prints nothing.
import type { Mismatch } from "./exchange.ts";
import type { Fault } from "./fault.ts";
import { check } from "./isolated.ts";
import type { Sample } from "./sample.ts";
import { shrink } from "./shrink.ts";

export interface Failure {
  readonly sample: Sample;
  /** What the sample was shrunk to, and its first mismatch. */
  readonly small: Sample;
  readonly mismatch: Mismatch;
}

export interface Totals {
  readonly signatures: number;
  readonly exchanges: number;
  readonly failures: readonly Failure[];
}

export interface Settings {
  readonly fault?: Fault | undefined;
  /** Batches that run at the same time. */
  readonly jobs?: number;
  /** After so many failures the run ends: they tend to be one. */
  readonly mostFailures?: number;
  /** Hears how many signatures are done. */
  readonly progress?: (signatures: number) => void;
}

const batchSize = 250;

/** Takes the samples `from` 0 up to `count` and exchanges their values between all sides. */
export async function campaign(count: number, sample: (i: number) => Sample, settings: Settings = {}): Promise<Totals> {
  const { fault, jobs = 2, mostFailures = 5, progress } = settings;
  const failures: Failure[] = [];
  let [next, signatures, exchanges] = [0, 0, 0];
  const work = async (): Promise<void> => {
    while (next < count && failures.length < mostFailures) {
      const first = next;
      next = Math.min(count, first + batchSize);
      const samples = Array.from({ length: next - first }, (_, i) => sample(first + i));
      const outcome = await check(samples, { fault, untilMismatch: mostFailures === 1 });
      for (const [i, mismatch] of outcome.mismatches.entries()) {
        const failed = samples[mismatch.sample];
        if (failed === undefined || outcome.mismatches[i - 1]?.sample === mismatch.sample) continue;
        if (failures.length >= mostFailures) break;
        const small = await smallest(failed, fault);
        const [first = mismatch] = (await check([small], { fault })).mismatches;
        failures.push({ sample: failed, small, mismatch: first });
      }
      signatures += samples.length;
      exchanges += outcome.exchanges;
      progress?.(signatures);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return { signatures, exchanges, failures };
}

const smallest = (sample: Sample, fault: Fault | undefined): Promise<Sample> =>
  shrink(sample, async (candidates) => (await check(candidates, { fault, untilMismatch: true })).mismatches[0]?.sample);
