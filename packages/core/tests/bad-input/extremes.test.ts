// Deep, long and strangely named functions: they compile, or are refused with a diagnostic, in reasonable time, and
// never end the process.
import { expect, it } from "vitest";
import { runModule } from "../native/child.ts";

const expected: Readonly<Record<string, string>> = {
  parentheses: "CF1302",
  unaries: "CF1302",
  nestedIfs: "CF1302",
  longSum: "2002",
  manyIfs: "1",
  manyLocals: "500500",
  nestedLoops: "4096",
  nestedWhiles: "8.125",
  unicodeName: "42",
  nulName: "2",
  quotedName: "5",
  longName: "6",
  unreachable: "7",
  empty: "undefined",
  emptyLoop: "8",
  infiniteLoop: "true",
  infiniteWithResult: "true",
  shadowedIntrinsic: "9",
  shadowedNaN: "4",
  nullPointer: "true",
  nullGuard: "-1",
  manyParameters: "60",
  manyFunctions: "20100",
};

const { status, stdout, stderr } = runModule("./run-extremes.ts", import.meta.url);
const lines = stdout.trim().split("\n");
const outcomes = lines
  .filter((line) => line.startsWith("{"))
  .map((line) => JSON.parse(line) as { name: string; outcome: string; ms: number });

it("the process lives", () => {
  expect(stderr).toBe("");
  expect({ status, last: lines.at(-1) }).toEqual({ status: 0, last: "alive" });
  expect(outcomes.map(({ name }) => name)).toEqual(Object.keys(expected));
});

it.each(outcomes)("$name", ({ name, outcome, ms }) => {
  expect(outcome).toBe(expected[name]);
  // exponential work would take minutes
  expect(ms).toBeLessThan(20_000);
});
