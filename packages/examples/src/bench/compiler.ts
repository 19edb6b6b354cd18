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
  const sources = ["c-side.c", "peers.c"].map((file) =>
    fileURLToPath(new URL(`../../src/bench/${file}`, import.meta.url)),
  );
  execFileSync("gcc", ["-O3", "-march=native", "-shared", "-fPIC", "-o", library, ...sources, "-lm"]);
  return library;
}
