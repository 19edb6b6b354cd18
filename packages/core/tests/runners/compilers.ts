// Compilers that turn each file of the project into one file of JavaScript.
import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { Program } from "./runners.ts";
import { repository, toolbox } from "./tools.ts";

const run = promisify(execFile);

/** What `tsc -p .` makes: ES modules or CommonJS, as the project's package.json says. Checks types, too. */
export async function compileWithTsc(project: string): Promise<Program> {
  const tsc = path.join(repository, "node_modules/typescript/bin/tsc");
  await run(process.execPath, [tsc, "-p", ".", "--outDir", "out-tsc"], { cwd: project });
  return { cwd: project, args: ["out-tsc/main.js"] };
}

export async function compileWithSwc(project: string, type: "es6" | "commonjs"): Promise<Program> {
  const swc = (await toolbox())("@swc/core");
  const out = path.join(project, "out-swc");
  mkdirSync(out, { recursive: true });
  for (const name of readdirSync(project).filter((name) => /^(main|report|callbacks|library|again)\.ts$/.test(name))) {
    const { code } = swc.transformFileSync(path.join(project, name), {
      swcrc: false,
      sourceMaps: "inline",
      module: { type },
      jsc: { target: "es2022", parser: { syntax: "typescript" }, rewriteRelativeImportExtensions: true },
    });
    writeFileSync(path.join(out, name.replace(/ts$/, "js")), code);
  }
  return { cwd: project, args: ["out-swc/main.js"] };
}
