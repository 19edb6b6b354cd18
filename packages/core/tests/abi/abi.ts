// `npm run abi`: the calling convention against gcc and clang on random signatures. Reads the command line, shows
// progress, prints what failed. Exit codes: 0 all values arrived, 1 some did not, 2 the command line was wrong.
import { parseArgs } from "node:util";
import { llvm } from "../../src/llvm/index.ts";
import { wantsColor } from "../../src/source/color.ts";
import { campaign } from "./campaign.ts";
import { clang, gcc, install } from "./compilers.ts";
import { sampleOf } from "./generate.ts";
import { sides } from "./isolated.ts";
import { report } from "./report.ts";

const help = `npm run abi -- [--signatures N] [--seed S] [--jobs J]

Generates random C function signatures and checks that code of gcc, of clang and of cfunc understand each other: each
calls each, directly and through a function pointer that is called back, and every byte of every value must arrive.
For a quarter of them TypeScript calls and is called as well.
A signature that fails is made as small as possible and printed with its C prototype, our LLVM and clang's.

  --signatures N   how many signatures, 1 to 10000000 (default 500)
  --seed S         the first seed; signature i has seed S + i (default 1)
  --jobs J         batches that run at the same time (default 2)
  --help           this text

Repeat one signature:   npm run abi -- --signatures 1 --seed 4711
A night's worth:        npm run abi -- --signatures 1000000 --seed $RANDOM
`;

/** A mistake on the command line. */
class UsageError extends Error {}

function settings() {
  const options = {
    signatures: { type: "string", default: "500" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: "2" },
    help: { type: "boolean", default: false },
  } as const;
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];
  try {
    ({ values } = parseArgs({ options }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const whole = (name: "signatures" | "seed" | "jobs", most: number): number => {
    const text = values[name] ?? "";
    const value = Number(text);
    const least = name === "seed" ? 0 : 1;
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new UsageError(`--${name} takes a whole number from ${least} to ${most}, not "${text}"`);
  };
  return {
    signatures: whole("signatures", 1e7),
    seed: whole("seed", 2 ** 31),
    jobs: whole("jobs", 64),
    help: values.help,
  };
}

const colored = wantsColor(process.stdout);
const paint = (code: number, text: string): string => (colored ? `\x1b[${code}m${text}\x1b[0m` : text);

async function main(): Promise<number> {
  const { signatures, seed, jobs, help: wanted } = settings();
  if (wanted) {
    console.log(help);
    return 0;
  }
  if (gcc === undefined) throw new UsageError(install.gcc);
  console.log(`${signatures} signatures from seed ${seed}, each side calls each: ${sides.join(", ")}`);
  if (clang === undefined) console.log(paint(33, `skipped: all pairings with clang, ${install.clang}`));
  const started = performance.now();
  const progress = (done: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${signatures}`);
  };
  const { failures, ...totals } = await campaign(signatures, (i) => sampleOf(seed + i), { jobs, progress });
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  for (const failure of failures) {
    console.log(`\n${paint(31, "mismatch")} ${report(failure, llvm().target())}`);
    const repeat = failure.sample.name.replace("seed ", "npm run abi -- --signatures 1 --seed ");
    console.log(`  repeat ${repeat}`);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const verdict = failures.length === 0 ? paint(32, "every value arrived") : paint(31, `${failures.length} failures`);
  console.log(`${totals.signatures} signatures, ${totals.exchanges} exchanges, ${seconds} s: ${verdict}`);
  return failures.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${help}`);
  process.exitCode = 2;
}
