// The tools of the full matrix, with their versions: installed on demand into a cache below node_modules, once. The
// sample needs none of them: its tools are dependencies of this repository.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

export const repository = fileURLToPath(new URL("../../../../", import.meta.url));
const cache = path.join(repository, "node_modules/.cache/cfunc-runners");

const tools: Readonly<Record<string, string>> = {
  "@rollup/plugin-swc": "0.4.1",
  "@rollup/plugin-terser": "1.0.2",
  "@rspack/core": "2.3.2",
  "@swc/core": "1.16.22",
  "@swc/jest": "0.2.39",
  jest: "30.5.2",
  rollup: "4.68.7",
  "swc-loader": "0.2.7",
  "ts-jest": "29.4.15",
  "ts-node": "10.9.2",
  typescript: "5.9.3",
  webpack: "5.112.2",
};

/** The newest of each line when this table was last looked at. The line that runs the tests is not installed again. */
const nodes: Readonly<Record<string, string>> = { 20: "20.20.2", 22: "22.23.3", 24: "24.21.0", 26: "26.10.0" };

export const nodeMajors: readonly number[] = Object.keys(nodes).map(Number);
export const currentMajor = Number(process.versions.node.split(".")[0]);

/** What could not be had: the cells that need it are skipped, with this as the reason. */
export class Unavailable extends Error {}

/** Resolves modules as if from a folder where the tools are installed. */
export async function toolbox(): Promise<NodeJS.Require> {
  return createRequire(path.join(await install(tools), "package.json"));
}

/** The path of Node's executable of a major version. */
export async function nodeOf(major: number): Promise<string> {
  if (major === currentMajor) return process.execPath;
  const name = `node-${process.platform}-${process.arch}`;
  return path.join(await install({ [name]: nodes[major] ?? String(major) }), "node_modules", name, "bin/node");
}

const installed = new Map<string, Promise<string>>();

/** The folder in which packages are installed. */
function install(packages: Readonly<Record<string, string>>): Promise<string> {
  const json = JSON.stringify({ private: true, dependencies: packages });
  const folder = path.join(cache, createHash("sha256").update(json).digest("hex").slice(0, 16));
  const known = installed.get(folder) ?? (existsSync(folder) ? Promise.resolve(folder) : download(json, folder));
  installed.set(folder, known);
  return known;
}

/** Into a folder of its own first: another run of the tests may be doing the same. */
async function download(json: string, folder: string): Promise<string> {
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(path.join(cache, "draft-"));
  try {
    writeFileSync(path.join(draft, "package.json"), json);
    await run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: draft, timeout: 180_000 });
    if (!existsSync(folder)) renameSync(draft, folder);
    return folder;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const reason = said.split("\n").find((line) => line.startsWith("npm error")) ?? said;
    throw new Unavailable(`npm could not install ${Object.keys(JSON.parse(json).dependencies).join(", ")}: ${reason}`);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
