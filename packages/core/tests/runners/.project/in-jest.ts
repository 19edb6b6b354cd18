// The program as a test of jest's, whose functions are globals.
import { writeFileSync } from "node:fs";
import { report } from "./report.ts";

declare const test: (name: string, run: () => void) => void;
declare const expect: (value: unknown) => { toEqual(other: unknown): void };

test("the callbacks, in jest", () => {
  const found = report();
  expect(found.compiled).toEqual(found.javascript);
  writeFileSync(String(process.env.CFUNC_RUNNERS_REPORT), JSON.stringify(found));
});
