// The product of a run as data. Two runs of the same inputs give the same report, apart from `times`. Pure.
import type { Suite } from "../runner/read.ts";
import type { RunResult } from "../runner/run.ts";
import { count, failed } from "./matrix.ts";

export const reportVersion = 1;

export function jsonReport(suite: Suite, result: RunResult, milliseconds: number): object {
  const { cells, problems, restarts, interrupted } = result;
  return {
    version: reportVersion,
    failed: failed(result),
    interrupted,
    counts: count(cells),
    drivers: suite.drivers.map(({ name, about }) => ({ name, about, restarts: restarts[name] ?? 0 })),
    problems,
    cells: cells.map(({ key, driver, verdict }) => ({ key, driver, ...verdict })),
    times: {
      milliseconds: Math.round(milliseconds),
      cells: cells.map((cell) => Math.round(cell.milliseconds * 10) / 10),
    },
  };
}
