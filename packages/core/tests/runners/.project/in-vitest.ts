// The program as a test of vitest's.
import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { report } from "./report.ts";

test("the callbacks, in vitest", () => {
  const found = report();
  expect(found.compiled).toEqual(found.javascript);
  writeFileSync(String(process.env.CFUNC_RUNNERS_REPORT), JSON.stringify(found));
});
