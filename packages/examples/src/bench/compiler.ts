// Builds the C side with the machine's compiler.
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Compiles C sources of this folder to a shared object and gives its path. Throws where there is no gcc. */
export function buildC(): string {
  const folder = mkdtempSync(join(tmpdir(), "cfunc-bench-"));
  const library = join(folder, "libbench.so");
  // the sources are not copied to dist
  const source = (file: string) => fileURLToPath(new URL(`../../src/bench/${file}`, import.meta.url));
  const flags = ["-O3", "-march=native", "-fPIC"];
  const fast = join(folder, "fast-peers.o");
  execFileSync("gcc", [...flags, "-ffast-math", "-c", "-o", fast, source("fast-peers.c")]);
  // linked without -ffast-math, which would change the rounding of the whole process
  execFileSync("gcc", [...flags, "-shared", "-o", library, source("c-side.c"), source("peers.c"), fast, "-lm"]);
  return library;
}
