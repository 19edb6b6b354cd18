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
  millionCharacters: "5",
  millionInAComment: "2",
  nestedBlocks: "CF1302",
  nestedTernaries: "CF1302",
  nestedCalls: "CF1302",
  nestedFunctions: "CF1302",
  nots: "CF1302",
  ands: "CF1302",
  longerSum: "CF1302",
  commas: "1",
  manyLabels: "7",
  manyCases: "154",
  thousandsOfParameters: "CF5020",
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
  // exponential work would take minutes; a million characters take 12 s on a quiet machine
  expect(ms).toBeLessThan(name === "millionCharacters" ? 60_000 : 20_000);
});
