// The command: `npm run conformance -- [options]`. Exit codes: 0 everything as it should be, 1 a cell failed or passed
// unexpectedly, 2 the suite or the command line is wrong, 130 interrupted.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { jsonReport } from "./report/json-report.ts";
import { failed, renderReport } from "./report/matrix.ts";
import { painter } from "./report/paint.ts";
import { makeProgress } from "./report/progress.ts";
import { ownFolders, readSuite } from "./runner/read.ts";
import { SuiteError } from "./runner/suite-error.ts";
import { defaultLimits, runSuite } from "./suite.ts";

interface Options {
  readonly only: readonly string[];
  readonly driver: readonly string[];
  readonly drivers: readonly string[];
  readonly vectors?: string;
  readonly expectations?: string;
  readonly json?: string;
  readonly timeout: number;
  readonly jobs?: number;
  readonly list?: true;
}

const gather = (value: string, before: readonly string[]) => [...before, ...value.split(",")];
const positive = (value: string): number => {
  const number = Number(value);
  if (!(number > 0) || !Number.isFinite(number)) throw new InvalidArgumentError("It must be a positive number.");
  return number;
};

const command = new Command("conformance")
  .description("Runs the conformance vectors with every driver and prints the matrix.")
  .option("--only <key>", "family, family/vector or family/vector/case; may be repeated", gather, [])
  .option("--driver <name>", "run only this driver; may be repeated", gather, [])
  .option("--drivers <folder>", "another folder of drivers, beside the suite's own; may be repeated", gather, [])
  .option("--vectors <folder>", "a folder of vectors, in place of the suite's own")
  .option("--expectations <file>", "a file of expectations, in place of the suite's own")
  .option("--json <file>", "write the report as JSON")
  .option("--timeout <seconds>", "the longest time for one cell", positive, defaultLimits.requestMs / 1000)
  .option("--jobs <number>", "drivers at a time", positive)
  .option("--list", "list drivers and vectors, and run nothing")
  .showHelpAfterError("(--help shows the options)")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

const options = command.parse().opts<Options>();
const own = ownFolders();
const folders = {
  ...own,
  vectors: resolve(options.vectors ?? own.vectors),
  drivers: [...own.drivers, ...options.drivers.map((folder) => resolve(folder))],
  expectations: resolve(options.expectations ?? own.expectations),
};

try {
  process.exitCode = options.list === true ? list() : await runAll();
} catch (error) {
  if (!(error instanceof SuiteError)) throw error;
  for (const problem of error.problems) console.error(`error: ${problem}`);
  process.exitCode = 2;
}

function list(): number {
  const { drivers, vectors } = readSuite(folders);
  for (const { name, about } of drivers) console.log(`${name.padEnd(12)}${about}`);
  for (const { family, name, cases, about } of vectors) console.log(`${family}/${name} (${cases.length}): ${about}`);
  return 0;
}

async function runAll(): Promise<number> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, interrupt);
  const progress = makeProgress(process.stderr);
  const { suite, result, milliseconds } = await runSuite({
    folders,
    selection: { only: options.only, drivers: options.driver },
    limits: { requestMs: options.timeout * 1000 },
    ...(options.jobs === undefined ? {} : { parallel: options.jobs }),
    signal: stop.signal,
    progress: progress.tell,
  });
  progress.clear();
  process.stdout.write(renderReport(result, painter(process.stdout)));
  if (options.json !== undefined) {
    writeFileSync(options.json, `${JSON.stringify(jsonReport(suite, result, milliseconds), null, 2)}\n`);
  }
  if (result.interrupted) return 130;
  return failed(result) ? 1 : 0;
}
