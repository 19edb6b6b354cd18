// Runs one random program after the other and makes the failing ones small. Program `n` of a campaign has the seed
// `firstSeed + n`, so that a failure is repeated by its seed alone.

import { type Finding, findingOf } from "./finding.ts";
import { programOf } from "./generate/program.ts";
import type { HostedOutcome } from "./worker-host.ts";
import { WorkerHost } from "./worker-host.ts";

export interface Plan {
  readonly firstSeed: number;
  /** The campaign ends after so many programs, or after so many seconds: whatever comes first. */
  readonly programs: number;
  readonly seconds: number;
  /** And when it has found so many failures. */
  readonly findings: number;
  /** How long one program may take, in seconds. */
  readonly timeout: number;
  /** How long a failure is made smaller, in seconds. */
  readonly shrinking: number;
}

export interface Statistics {
  programs: number;
  /** Runs of compiled functions that were compared. */
  runs: number;
  /** Programs that V8 runs for too long. */
  skipped: number;
  /** By code and message. */
  readonly refused: Map<string, number>;
  readonly findings: Finding[];
}

export interface Listener {
  progress(statistics: Statistics, seed: number): void;
  shrinking(seed: number, outcome: HostedOutcome): void;
  found(finding: Finding): void;
}

/** @param worker the file of the worker process */
export async function campaign(worker: string, plan: Plan, listener: Partial<Listener> = {}): Promise<Statistics> {
  const statistics: Statistics = { programs: 0, runs: 0, skipped: 0, refused: new Map(), findings: [] };
  const deadline = Date.now() + 1000 * plan.seconds;
  const host = new WorkerHost(worker, plan.timeout);
  try {
    for (let seed = plan.firstSeed; statistics.programs < plan.programs && Date.now() < deadline; seed++) {
      listener.progress?.(statistics, seed);
      const outcome = await host.ask({ kind: "seed", seed });
      statistics.programs += 1;
      switch (outcome.kind) {
        case "same":
          statistics.runs += outcome.runs;
          break;
        case "skipped":
          statistics.skipped += 1;
          break;
        case "refused": {
          const what = `${outcome.code} ${outcome.message.replace(/`[^`]*`/g, "`_`")}`;
          statistics.refused.set(what, (statistics.refused.get(what) ?? 0) + 1);
          break;
        }
        default: {
          listener.shrinking?.(seed, outcome);
          const finding = await findingOf(host, programOf(seed), outcome, plan.shrinking);
          statistics.findings.push(finding);
          listener.found?.(finding);
          if (statistics.findings.length >= plan.findings) return statistics;
        }
      }
    }
    return statistics;
  } finally {
    host.stop();
  }
}

/** The part of the programs that the compiler refused, from 0 to 1. */
export function refusedShare({ programs, refused }: Statistics): number {
  let count = 0;
  for (const n of refused.values()) count += n;
  return programs === 0 ? 0 : count / programs;
}
