// What calls cost in both directions, in one run, side by side, as medians and ratios. Writes bench.json
// and, where asked, the table of docs/performance.md.
import { writeFileSync } from "node:fs";
import { document } from "../document.ts";
import { machine } from "../machine.ts";
import { markdownTable, printRows, type Row } from "../report.ts";
import { buildC } from "./c-library.ts";
import { hold } from "./contest.ts";
import { callsFromC } from "./from-c.ts";
import { callsFromTypeScript } from "./from-typescript.ts";
import { numbaTimes } from "./numba.ts";
import { startUp } from "./start-up.ts";

const rounds = 9;

export function runCalls(docs: boolean): void {
  const progress = (what: string): void => void process.stderr.write(`measuring ${what} ...\n`);
  progress("cold start");
  const rows: Row[] = startUp();
  progress("calls");
  const library = buildC();
  rows.push(...hold([...callsFromTypeScript(library), ...callsFromC(library)], rounds));
  rows.push(...numbaTimes(library));
  printRows(rows);
  if (docs) document("calls", markdownTable(rows));
  writeFileSync("bench.json", `${JSON.stringify({ machine: machine(), rows }, null, 2)}\n`);
}
