// Known failures: which cells, how they fail, and why. An expectation that matches no cell is a problem of the suite;
// one that does not come true is a failure of the run, which check.ts tells.
import type { Vector } from "../vectors/vector.ts";
import type { DriverDescription } from "./read.ts";

/** The ways a cell can fail. */
export type FailureKind = "mismatch" | "error" | "crash" | "hang" | "garbage";

export interface Expectation {
  readonly driver: string;
  readonly cells: readonly string[];
  readonly outcome: FailureKind;
  readonly reason: string;
  readonly upstream?: string;
}

/** Whether a pattern of three parts, in which `*` stands for one whole part, matches a key. */
export function matches(pattern: string, key: string): boolean {
  const parts = key.split("/");
  return pattern.split("/").every((part, i) => part === "*" || part === parts[i]);
}

export function expectationFor(
  expectations: readonly Expectation[],
  driver: string,
  key: string,
): Expectation | undefined {
  return expectations.find((one) => one.driver === driver && one.cells.some((cell) => matches(cell, key)));
}

export const keysOf = ({ family, name, cases }: Vector): readonly string[] =>
  cases.map((_, i) => `${family}/${name}/${i + 1}`);

export function lintExpectations(
  expectations: readonly Expectation[],
  vectors: readonly Vector[],
  drivers: readonly DriverDescription[],
): readonly string[] {
  const problems: string[] = [];
  const keys = vectors.flatMap(keysOf);
  const seen = new Map<string, string>();
  for (const { driver, cells } of expectations) {
    if (!drivers.some(({ name }) => name === driver))
      problems.push(`an expectation is for the unknown driver ${driver}`);
    for (const cell of cells) {
      const matched = keys.filter((key) => matches(cell, key));
      if (matched.length === 0) problems.push(`the expectation ${driver} ${cell} matches no cell`);
      for (const key of matched) {
        const before = seen.get(`${driver} ${key}`);
        if (before !== undefined) problems.push(`two expectations of ${driver} match ${key}: ${before} and ${cell}`);
        seen.set(`${driver} ${key}`, cell);
      }
    }
  }
  return problems;
}
