// Sums what the test runners printed: `node sum-tests.mjs LOG STATUS`. Prints "N passed, N failed, N skipped".
// A run that failed without a failed test (a build error, a crash of a runner) counts as one failure.
import { readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

const [file, status] = process.argv.slice(2);
const count = { passed: 0, failed: 0, skipped: 0 };
for (const line of stripVTControlCharacters(readFileSync(file, "utf8")).split("\n")) {
  // vitest: "Tests  1 failed | 12 passed | 2 skipped (15)"; cargo: "test result: ok. 5 passed; 0 failed; 1 ignored"
  if (!/(^|\s)Tests\s+\d|test result:/.test(line)) continue;
  for (const [, number, what] of line.matchAll(/(\d+) (passed|failed|skipped|ignored)/g)) {
    count[what === "ignored" ? "skipped" : what] += Number(number);
  }
}
if (status !== "0" && count.failed === 0) count.failed = 1;
console.log(`${count.passed} passed, ${count.failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ""}`);
process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1;
