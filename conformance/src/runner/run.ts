// Fourth stage, run: each driver gets its jobs one after the other, several drivers at once. What came back is checked
// by check.ts. Whatever a driver does, the other cells still run.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Driver, type Limits } from "./build.ts";
import { missingFor } from "./capabilities.ts";
import { check, type Verdict } from "./check.ts";
import { killDrivers, type Reply } from "./driver-process.ts";
import type { Job, Plan } from "./generate.ts";
import type { DriverDescription, Suite } from "./read.ts";

export interface Cell {
  readonly key: string;
  readonly driver: string;
  readonly verdict: Verdict;
  readonly milliseconds: number;
}

export interface RunResult {
  /** In the order of the plan's drivers, then jobs. */
  readonly cells: readonly Cell[];
  /** What is wrong apart from any cell: a driver that died at its end. */
  readonly problems: readonly string[];
  readonly restarts: Readonly<Record<string, number>>;
  readonly interrupted: boolean;
}

export interface RunOptions {
  readonly limits: Limits;
  /** Drivers at a time. */
  readonly parallel: number;
  readonly signal?: AbortSignal;
  readonly progress?: (done: number, all: number, driver: string, key: string) => void;
}

export async function run(suite: Suite, plan: Plan, options: RunOptions): Promise<RunResult> {
  const folder = mkdtempSync(join(tmpdir(), "cfunc-conformance-"));
  const collected = new Map<string, readonly Cell[]>();
  const problems: string[] = [];
  const restarts: Record<string, number> = {};
  const queue = [...plan.drivers];
  const all = plan.drivers.length * plan.jobs.length;
  let done = 0;
  const worker = async (): Promise<void> => {
    for (let description = queue.shift(); description !== undefined; description = queue.shift()) {
      const { name } = description;
      const report = (key: string) => options.progress?.(++done, all, name, key);
      const one = await runDriver(suite, plan, description, folder, options, report);
      collected.set(name, one.cells);
      problems.push(...one.problems);
      restarts[name] = one.restarts;
    }
  };
  options.signal?.addEventListener("abort", killDrivers);
  try {
    await Promise.all(Array.from({ length: Math.max(1, options.parallel) }, worker));
  } finally {
    options.signal?.removeEventListener("abort", killDrivers);
    killDrivers();
    rmSync(folder, { recursive: true, force: true });
  }
  const cells = plan.drivers.flatMap(({ name }) => collected.get(name) ?? []);
  return { cells, problems: problems.sort(), restarts, interrupted: options.signal?.aborted ?? false };
}

interface DriverResult {
  readonly cells: readonly Cell[];
  readonly problems: readonly string[];
  readonly restarts: number;
}

async function runDriver(
  suite: Suite,
  plan: Plan,
  description: DriverDescription,
  folder: string,
  { limits, signal }: RunOptions,
  report: (key: string) => void,
): Promise<DriverResult> {
  const { name } = description;
  const { signatures } = plan;
  const stopped = (): boolean => signal?.aborted ?? false;
  if (stopped()) return { cells: [], problems: [], restarts: 0 };
  const driver = await Driver.start({ description, validate: suite.validators.message, limits, folder, signatures });
  const cells: Cell[] = [];
  for (const job of plan.jobs) {
    if (stopped()) break;
    const begun = performance.now();
    const verdict = await judge(job);
    // What a driver did not answer because it was killed says nothing about it.
    if (stopped()) break;
    cells.push({ key: job.key, driver: name, verdict, milliseconds: performance.now() - begun });
    report(job.key);
  }
  if (!(driver instanceof Driver)) return { cells, problems: [], restarts: 0 };
  const end = stopped() ? undefined : await driver.finish();
  const problems = end === undefined ? [] : [`the driver ${name}, all its answers given, ${end}`];
  return { cells, problems, restarts: driver.restarts };

  async function judge(job: Job): Promise<Verdict> {
    if (!(driver instanceof Driver)) {
      const detail = `the driver did not start: ${driver.detail}`;
      return check({ job, driver: name, reply: { kind: driver.kind, detail }, expectations: suite.expectations });
    }
    const missing = missingFor(job, driver.hello);
    if (missing !== undefined) return { kind: "skip", reason: missing };
    const reply: Reply = await driver.ask({ kind: "run", work: job.work });
    return check({ job, driver: name, reply, expectations: suite.expectations });
  }
}
