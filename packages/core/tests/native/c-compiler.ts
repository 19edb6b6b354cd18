// Compiles C with the machine's own compiler: the independent oracle of the native tests.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether there is a `cc`; tests that need it are skipped, with this in their name, where there is none. */
export const hasCompiler = spawnSync("cc", ["--version"]).status === 0;

/** A shared library from C source, in a folder that goes away with the process. */
export function compileC(source: string, flags: readonly string[] = ["-O1"], compiler = "cc"): string {
  const folder = mkdtempSync(join(tmpdir(), "cfunc-test-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const [input, output] = [join(folder, "test.c"), join(folder, "libtest.so")];
  writeFileSync(input, source);
  const result = spawnSync(compiler, ["-shared", "-fPIC", ...flags, "-o", output, input, "-lpthread", "-lm"], {
    encoding: "utf8",
  });
  if (result.status !== 0) throw new Error(result.stderr);
  return output;
}
