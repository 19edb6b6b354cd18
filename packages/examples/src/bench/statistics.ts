// Medians and side-by-side measurement. On a shared machine only ratios of what ran in the same minute mean anything.

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** Runs every contestant once a round, in turn, and gives the median of each one's results, in the unit it returns. */
export function sideBySide(
  contestants: Readonly<Record<string, () => number>>,
  rounds: number,
): Record<string, number> {
  const results: Record<string, number[]> = {};
  for (const name of Object.keys(contestants)) results[name] = [];
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(contestants)) results[name]?.push(run());
  }
  return Object.fromEntries(Object.entries(results).map(([name, values]) => [name, median(values)]));
}

/** Nanoseconds a call of `body`, which makes `calls` calls. */
export function nanosecondsPerCall(calls: number, body: () => void): number {
  const start = performance.now();
  body();
  return ((performance.now() - start) * 1e6) / calls;
}
