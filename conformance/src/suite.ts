// A whole run, one call a stage: read, generate, build and run, check, report. Prints nothing.
import { availableParallelism } from "node:os";
import type { Limits } from "./runner/build.ts";
import { generate, type Selection } from "./runner/generate.ts";
import { readSuite, type Suite, type SuiteFolders } from "./runner/read.ts";
import { type RunOptions, type RunResult, run } from "./runner/run.ts";

export const defaultLimits: Limits = { startMs: 60_000, requestMs: 20_000 };

export interface SuiteOptions extends Partial<Omit<RunOptions, "limits">> {
  readonly folders: SuiteFolders;
  readonly selection?: Selection;
  readonly limits?: Partial<Limits>;
}

export interface SuiteRun {
  readonly suite: Suite;
  readonly result: RunResult;
  readonly milliseconds: number;
}

/** Throws SuiteError for a suite or a selection that cannot run; what drivers do is in the result. */
export async function runSuite({ folders, selection, limits, parallel, ...others }: SuiteOptions): Promise<SuiteRun> {
  const begun = performance.now();
  const suite = readSuite(folders);
  const plan = generate(suite, selection ?? { only: [], drivers: [] });
  const result = await run(suite, plan, {
    limits: { ...defaultLimits, ...limits },
    parallel: parallel ?? Math.min(4, availableParallelism()),
    ...others,
  });
  return { suite, result, milliseconds: performance.now() - begun };
}
