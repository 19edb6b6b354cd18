// Makes every mistake of cases.ts in one process, and prints what came of each as a line of JSON.
import { CFuncError } from "../../src/diagnostics/error.ts";
import { cases } from "./cases.ts";

export interface Report {
  readonly name: string;
  readonly code: string;
  readonly text: string;
  readonly help: string | undefined;
  readonly hasPosition: boolean;
}

for (const [name, run] of Object.entries(cases)) {
  let report: Report;
  try {
    const { address } = run();
    report = { name, code: `compiled at ${address}`, text: "", help: undefined, hasPosition: false };
  } catch (error) {
    const [diagnostic] = error instanceof CFuncError ? error.diagnostics : [];
    const text = error instanceof Error ? `${error.message}` : String(error);
    const { code = "not a diagnostic", help, primary } = diagnostic ?? {};
    report = { name, code, text, help, hasPosition: primary !== undefined };
  }
  console.log(JSON.stringify(report));
}
console.log("alive");
