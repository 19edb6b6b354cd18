// Runs a TypeScript module in a Node process of its own, where the test needs other environment variables or flags,
// or expects the process to survive something.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

export interface ChildOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly flags?: readonly string[];
  readonly args?: readonly string[];
}

export interface ChildResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `module`, a URL relative to the tests of `from`. */
export function runModule(module: string, from: string, options: ChildOptions = {}): ChildResult {
  const path = fileURLToPath(new URL(module, from));
  const env = Object.fromEntries(Object.entries({ ...process.env, ...options.env }).filter(([, v]) => v !== undefined));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...(options.flags ?? []), "--import", tsx, path, ...(options.args ?? [])],
    { encoding: "utf8", env: env as Record<string, string>, timeout: 60_000 },
  );
  return { status, stdout, stderr };
}
