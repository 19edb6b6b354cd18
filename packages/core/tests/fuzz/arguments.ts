// The options of `npm run fuzz`, read and checked. Never runs anything.
import { parseArgs } from "node:util";
import { mutants } from "./mutants.ts";

export interface Options {
  readonly seconds: number;
  readonly programs: number;
  readonly seed: number;
  readonly findings: number;
  readonly timeout: number;
  readonly mutant: string | undefined;
}

/** What to print instead of fuzzing, and the exit code: 0 after `--help`, 2 after a mistake. */
export interface Notice {
  readonly text: string;
  readonly exitCode: 0 | 2;
}

export const help = `Usage: npm run fuzz -- [--seconds N] [--seed S] [--programs N] [--findings N] [--timeout N] [--mutant NAME]

Writes random programs, runs each in V8 and compiled, and compares results, exceptions and memory to the last bit.
A program that differs is made small and printed as a filetest for packages/core/tests/filetests/run.

  --seconds N    end after N seconds (default 20; without an end of its own where --programs is given)
  --programs N   end after N programs
  --seed S       the first program's seed, an integer (default: one that is printed). Program n has the seed S + n,
                 and one seed makes one program: --seed 4711 --programs 1 repeats program 4711 alone
  --findings N   end after N failures (default 3)
  --timeout N    seconds after which a program hangs (default 30)
  --mutant NAME  plant a mistake in the compiler first, to see the fuzzer find it:
                 ${mutants.map((m) => m.name).join(", ")}
  --help         print this

Exit code: 0 if nothing was found, 1 if something was, 2 for a mistake in the options.
Colours: on a terminal, unless NO_COLOR is set.
`;

const names = ["seconds", "programs", "seed", "findings", "timeout"] as const;

/** @param anySeed where the program begins that names no seed */
export function readArguments(args: readonly string[], anySeed: number): Options | Notice {
  try {
    const text = { type: "string" } as const;
    const { values } = parseArgs({
      args: [...args],
      options: {
        seconds: text,
        programs: text,
        seed: text,
        findings: text,
        timeout: text,
        mutant: text,
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help === true) return { text: help, exitCode: 0 };
    const read: Partial<Record<(typeof names)[number], number>> = {};
    for (const name of names) {
      const value = values[name];
      if (value !== undefined) read[name] = numberFrom(name, value);
    }
    if (values.mutant !== undefined && !mutants.some((m) => m.name === values.mutant)) {
      const known = mutants.map((m) => m.name).join(", ");
      return mistake(`--mutant ${values.mutant}: there is no such mutant; there are ${known}`);
    }
    return {
      seconds: read.seconds ?? (read.programs === undefined ? 20 : Infinity),
      programs: read.programs ?? Infinity,
      seed: read.seed ?? anySeed,
      findings: read.findings ?? 3,
      timeout: read.timeout ?? 30,
      mutant: values.mutant,
    };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return mistake(error.message);
  }
}

function numberFrom(name: (typeof names)[number], text: string): number {
  const value = text.trim() === "" ? NaN : Number(text);
  if (name === "seed") {
    if (Number.isSafeInteger(value) && Math.abs(value) < 2 ** 31) return value;
    throw new Error(`--seed ${text}: a seed is an integer between -2^31 and 2^31, such as 4711`);
  }
  const whole = name === "programs" || name === "findings";
  if (value > 0 && Number.isFinite(value) && (!whole || Number.isInteger(value))) return value;
  const wanted = whole ? "a whole number above 0" : "a number of seconds above 0";
  throw new Error(`--${name} ${text}: takes ${wanted}, such as --${name} 20`);
}

const mistake = (message: string): Notice => ({
  text: `fuzz: ${message}\nnpm run fuzz -- --help lists the options\n`,
  exitCode: 2,
});
