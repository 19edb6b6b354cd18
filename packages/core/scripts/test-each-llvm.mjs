// Runs the tests of the language once more with every other libLLVM of this machine: part of the full suite. A version
// that is not installed is skipped, with a line that says so.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const folder = "/usr/lib/x86_64-linux-gnu";
const candidates = { 16: `${folder}/libLLVM-16.so.1`, 19: `${folder}/libLLVM.so.19.1` };
const suites = ["tests/filetests", "tests/language", "tests/fuzz"].filter((path) => existsSync(path));

let failed = false;
for (const [version, path] of Object.entries(candidates)) {
  if (!existsSync(path)) {
    console.log(`LLVM ${version}: skipped, libllvm${version} is not installed`);
    continue;
  }
  console.log(`LLVM ${version}: ${path}`);
  const { status } = spawnSync("npx", ["vitest", "run", ...suites], {
    stdio: "inherit",
    env: { ...process.env, CFUNC_LLVM: path, CFUNC_FULL: "" },
  });
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
