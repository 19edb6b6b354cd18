// Runs many random programs and makes the failing ones small. One program comes from one seed, so that a failure is
// repeated by its seed alone. Started by fuzz.test.ts in a process of its own: `campaign.ts <first seed> <count>`.
// Prints each failure as a line of JSON when it is found, and the statistics as the last line. A line on standard error
// before each program names the seed that was running should the process die.
import { writeSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { bigintProgram } from "./bigint-programs.ts";
import { callText, compare, compareOn, type Outcome, show, signatureOf, textOf } from "./differential.ts";
import { numberProgram, type Program } from "./number-programs.ts";
import { Random } from "./random.ts";
import { shrink } from "./tree.ts";

export interface Statistics {
  programs: number;
  runs: number;
  readonly refused: Record<string, number>;
  failures: number;
}

export interface Failure {
  readonly seed: number;
  readonly report: string;
}

const runsOfEach = 24;

export function programOf(seed: number): Program {
  const random = new Random(seed);
  return random.oneIn(5) ? bigintProgram(random) : numberProgram(random);
}

export interface Listener {
  starting(seed: number): void;
  failed(failure: Failure): void;
}

export function campaign(first: number, count: number, listener: Listener): Statistics {
  const statistics: Statistics = { programs: 0, runs: 0, refused: {}, failures: 0 };
  for (let seed = first; seed < first + count; seed++) {
    listener.starting(seed);
    const program = programOf(seed);
    const outcome = compare(program, new Random(~seed), runsOfEach);
    statistics.programs += 1;
    if (outcome.kind === "same") statistics.runs += runsOfEach;
    else if (outcome.kind === "refused") {
      const what = `${outcome.code} ${outcome.message.replace(/`[^`]*`/g, "`_`")}`;
      statistics.refused[what] = (statistics.refused[what] ?? 0) + 1;
    } else if (outcome.kind !== "skipped") {
      statistics.failures += 1;
      listener.failed({ seed, report: reportOf(program, outcome, seed) });
    }
  }
  return statistics;
}

/** The smallest program that fails in the same way, as a test vector to paste. */
function reportOf(program: Program, outcome: Outcome, seed: number): string {
  let last = outcome;
  const body = shrink(program.body, (smaller) => {
    const candidate = { ...program, body: smaller };
    const found = attempt(candidate, seed, outcome);
    if (found?.kind !== outcome.kind) return false;
    last = found;
    return true;
  });
  const small = { ...program, body };
  const [name, check] = [`seed${seed}`, program.tolerance > 0 ? "near" : "same"];
  const what =
    last.kind === "different"
      ? `// ${check}: ${callText(small, name, last.args)}\n// V8 gives ${show(last.expected)}, compiled code ${show(last.actual)}`
      : `// ${last.kind === "internal" ? last.message : ""}`;
  return `//# ${signatureOf(small)}\nexport const ${name} = ${textOf(small)};\n${what}\n`;
}

function attempt(program: Program, seed: number, original: Outcome): Outcome | undefined {
  try {
    if (original.kind === "different") {
      const same = compareOn(program, [original.args]);
      if (same.kind === "different") return same;
    }
    return compare(program, new Random(~seed), runsOfEach);
  } catch {
    return undefined;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [first = 1, count = 100] = process.argv.slice(2).map(Number);
  const line = (value: unknown) => writeSync(1, `${JSON.stringify(value)}\n`);
  const statistics = campaign(first, count, { starting: (seed) => writeSync(2, `seed ${seed}\n`), failed: line });
  line(statistics);
}
