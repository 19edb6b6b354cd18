// Runs samples in processes of their own: a convention that is wrong enough ends the process, which is then one more
// mismatch, and the exchanges after it run in a new one.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { clang, gcc, install } from "./compilers.ts";
import { exchangesOf, type Mismatch, type SideName } from "./exchange.ts";
import type { Batch, Outcome } from "./in-process.ts";
import type { Sample } from "./sample.ts";

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const program = fileURLToPath(new URL("./batch.ts", import.meta.url));
/** More deaths than this of one batch say nothing new. */
const mostDeaths = 5;

export type Options = Pick<Batch, "fault" | "untilMismatch">;

/** The sides that this machine has. */
export const sides: readonly SideName[] = [
  ...(gcc ? ["gcc" as const] : []),
  ...(clang ? ["clang" as const] : []),
  "cfunc",
  "typescript",
];

/** Exchanges the samples' values between all sides. Throws where gcc is missing or a compiler refuses the samples. */
export async function check(samples: readonly Sample[], options: Options = {}): Promise<Outcome> {
  if (gcc === undefined) throw new Error(install.gcc);
  const compilers = { gcc, ...(clang === undefined ? {} : { clang }) };
  const exchanges = exchangesOf(samples, sides);
  const mismatches: Mismatch[] = [];
  let first = 0;
  const most = options.untilMismatch ? 1 : mostDeaths;
  for (let deaths = 0; first < exchanges.length && deaths < most; deaths++) {
    const { outcome, died, last, stderr } = await run({ samples, compilers, first, ...options });
    if (outcome !== undefined) {
      return { exchanges: exchanges.length, mismatches: [...mismatches, ...outcome.mismatches] };
    }
    const exchange = last === undefined ? undefined : exchanges[last];
    if (last === undefined || exchange === undefined) throw new Error(`the batch ended with ${died}:\n${stderr}`);
    mismatches.push({ ...exchange, lines: [`the process ended with ${died}`] });
    first = last + 1;
  }
  return { exchanges: first, mismatches };
}

interface Run {
  readonly outcome: Outcome | undefined;
  /** The signal or exit code. */
  readonly died: string;
  /** The exchange that was under way. */
  readonly last: number | undefined;
  readonly stderr: string;
}

async function run(batch: Batch): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), "cfunc-abi-"));
  try {
    const [progress, outcome] = [join(folder, "progress"), join(folder, "outcome")];
    const args = ["--import", tsx, program, progress, outcome];
    const child = spawn(process.execPath, args, { stdio: ["pipe", "ignore", "pipe"] });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    // a child that dies before it has read everything is reported by its end
    child.stdin.on("error", () => {}).end(JSON.stringify(batch));
    const died = await new Promise<string>((resolve, reject) => {
      child.on("error", reject).on("close", (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    const last =
      existsSync(progress) && statSync(progress).size > 0 ? readFileSync(progress).readUInt32LE(0) : undefined;
    const found = died === "exit code 0" ? (JSON.parse(readFileSync(outcome, "utf8")) as Outcome) : undefined;
    return { outcome: found, died, last, stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
