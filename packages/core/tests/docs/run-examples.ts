// Runs the examples of a document as a reader would: each block becomes a module of its own below a package, so that
// `@cfunc/core` resolves as it does for anybody; it is type-checked, then run under tsx. Needs the packages built.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Block } from "./documents.ts";

const require = createRequire(import.meta.url);
const tsx = pathToFileURL(require.resolve("tsx")).href;
const tsc = join(require.resolve("typescript/package.json"), "../bin/tsc");
const separator = "--- next example ---";

export interface ExampleResult {
  readonly block: Block;
  /** What it printed, by lines. */
  readonly printed: readonly string[];
  /** What its `// =>` comments say, in order. */
  readonly expected: readonly string[];
}

const nameOf = (block: Block): string => `${block.document.replaceAll(/\W+/g, "-")}-line-${block.line}.mts`;

/** Where the modules are written: ignored by git, below `packageFolder`. */
function write(packageFolder: string, blocks: readonly Block[]): string {
  const document = blocks[0]?.document.replaceAll(/\W+/g, "-") ?? "none";
  const folder = join(packageFolder, "node_modules/.cache/documents", document);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const block of blocks) writeFileSync(join(folder, nameOf(block)), block.text);
  const imports = blocks.map((b) => `await import("./${nameOf(b)}");\nconsole.log("${separator}");\n`);
  writeFileSync(join(folder, "main.mts"), imports.join(""));
  return folder;
}

/** What an ordinary user's project has; `force` because an example without imports is a module of its own too. */
const compilerOptions = {
  ...{ noEmit: true, strict: true, skipLibCheck: true, moduleDetection: "force" },
  ...{ target: "es2022", module: "nodenext", lib: ["es2023", "esnext.disposable"], types: ["node"] },
};

/** Type errors of the examples, as TypeScript prints them; empty when there are none. */
export function typeErrors(packageFolder: string, blocks: readonly Block[]): string {
  const folder = write(packageFolder, blocks);
  const config = { compilerOptions, files: blocks.map(nameOf) };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, "-p", folder], {
    encoding: "utf8",
    cwd: packageFolder,
  });
  return status === 0 ? "" : `TypeScript ended with ${status}:\n${stdout}${stderr}`;
}

/** Runs the examples in one process, in order. Throws with what the process said where one of them fails. */
export function runExamples(packageFolder: string, blocks: readonly Block[]): readonly ExampleResult[] {
  const folder = write(packageFolder, blocks);
  const main = join(folder, "main.mts");
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", tsx, main], {
    encoding: "utf8",
    cwd: packageFolder,
    timeout: 120_000,
  });
  if (status !== 0)
    throw new Error(`the examples of ${blocks[0]?.document} ended with ${status}:\n${stdout}\n${stderr}`);
  const outputs = stdout.split(`${separator}\n`);
  return blocks.map((block, i) => ({
    block,
    printed: (outputs[i] ?? "").split("\n").filter((line) => line !== ""),
    expected: [...block.text.matchAll(/\/\/ => (.*)$/gm)].map(([, value = ""]) => value.trim()),
  }));
}
