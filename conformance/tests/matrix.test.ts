// The whole matrix: every vector with every driver is a test, a skip is a skipped test with its reason, and no cell is
// missing. The matrix is printed.
import { describe, expect, it } from "vitest";
import { detailOf, failed, renderMatrix, rerun } from "../src/report/matrix.ts";
import { keysOf } from "../src/runner/expectations.ts";
import { ownFolders } from "../src/runner/read.ts";
import type { Cell } from "../src/runner/run.ts";
import { runSuite } from "../src/suite.ts";

const { suite, result } = await runSuite({ folders: ownFolders() });
const plain = (_: string, text: string) => text;
process.stdout.write(`\n${renderMatrix(result.cells, plain)}\n\n`);

it("has a verdict for every case of every vector with every driver", () => {
  const wanted = suite.drivers.flatMap(({ name }) => suite.vectors.flatMap(keysOf).map((key) => `${name} ${key}`));
  expect(result.cells.map(({ driver, key }) => `${driver} ${key}`)).toEqual(wanted);
});

it("has no problem apart from its cells, and used every expectation", () => {
  expect(result.problems).toEqual([]);
  expect(failed(result)).toBe(false);
  const used = new Set(
    result.cells.flatMap(({ verdict }) => (verdict.kind === "expected-fail" ? [verdict.reason] : [])),
  );
  const reasons = suite.expectations.map(({ reason }) => reason);
  const skipped = (reason: string) => {
    const drivers = suite.expectations.filter((one) => one.reason === reason).map(({ driver }) => driver);
    return result.cells.every(({ driver, verdict }) => !drivers.includes(driver) || verdict.kind === "skip");
  };
  expect(reasons.filter((reason) => !used.has(reason) && !skipped(reason))).toEqual([]);
});

it("lets no driver skip everything, unless its tools are missing", () => {
  const idle = suite.drivers.filter(({ name }) => {
    return result.cells.every(({ driver, verdict }) => driver !== name || verdict.kind === "skip");
  });
  const reasons = result.cells.flatMap(({ driver, verdict }) => {
    return verdict.kind === "skip" && idle.some(({ name }) => name === driver) ? [verdict.reason] : [];
  });
  for (const reason of reasons) expect(reason).toMatch(/^no (C|Rust) compiler/);
});

describe.each(suite.drivers.map(({ name }) => name))("%s", (driver) => {
  for (const { family, name } of suite.vectors) {
    const of = `${family}/${name}/`;
    const cells = result.cells.filter((cell) => cell.driver === driver && cell.key.startsWith(of));
    it(`${family}/${name}`, ({ skip }) => {
      const bad = cells.filter(({ verdict }) => verdict.kind === "fail" || verdict.kind === "unexpected-pass");
      expect(bad.map(told)).toEqual([]);
      const reasons = new Set(cells.map(({ verdict }) => (verdict.kind === "skip" ? verdict.reason : "")));
      if (!reasons.has("")) skip([...reasons].join("; "));
    });
  }
});

const told = (cell: Cell) => `${cell.key}: ${detailOf(cell)}\n${rerun(cell)}`;
