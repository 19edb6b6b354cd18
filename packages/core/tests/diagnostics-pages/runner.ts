// Runs in a process of its own: imports each example and writes what became of it to a file.
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import type { Outcome } from "./run-examples.ts";

const [report = "", ...files] = process.argv.slice(2);
const outcomes: Record<string, Outcome> = {};
let late: unknown;
process.on("uncaughtException", (error) => {
  late ??= error;
});

for (const file of files) {
  const printed: string[] = [];
  console.log = (...values: unknown[]) => {
    const line = values.map((value) => (typeof value === "string" ? value : inspect(value))).join(" ");
    printed.push(...line.split("\n"));
  };
  late = undefined;
  let error: unknown;
  try {
    await import(pathToFileURL(file).href);
    // what an example raises outside of any call arrives in the next turn
    await new Promise((resolve) => setImmediate(resolve));
    error = late;
  } catch (thrown) {
    error = thrown;
  }
  outcomes[file] = { ...described(error), printed };
}
writeFileSync(report, JSON.stringify(outcomes));
process.exit(0);

function described(error: unknown): { readonly code: string; readonly message: string } {
  if (error === undefined) return { code: "none", message: "" };
  if (!(error instanceof Error)) return { code: `thrown: ${inspect(error)}`, message: "" };
  if (error.name === "CFuncError" && "code" in error) return { code: String(error.code), message: error.message };
  return { code: `${error.name}: ${error.message.split("\n")[0]}`, message: error.message };
}
