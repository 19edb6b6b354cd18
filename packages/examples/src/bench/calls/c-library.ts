// Builds what the benchmark is measured with: the C functions, the loops that call back, and the addon written by hand.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const flags = ["-O3", "-march=native", "-fPIC"];
const folder = mkdtempSync(join(tmpdir(), "cfunc-bench-"));
// the sources are not copied to dist
const source = (file: string): string => fileURLToPath(new URL(`../../../src/bench/calls/c/${file}`, import.meta.url));

function gcc(...options: readonly string[]): void {
  execFileSync("gcc", [...flags, ...options], { stdio: ["ignore", "inherit", "inherit"] });
}

/** Compiles the C side to a shared object and gives its path. Throws where there is no gcc. */
export function buildC(): string {
  const library = join(folder, "libbench.so");
  const fast = join(folder, "fast-peers.o");
  gcc("-ffast-math", "-c", "-o", fast, source("fast-peers.c"));
  // linked without -ffast-math, which would change the rounding of the whole process
  const sources = ["loops.c", "peers.c", "functions.c"].map(source);
  gcc("-shared", "-o", library, ...sources, fast, "-lm");
  return library;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Addon {
  add(a: number, b: number): number;
  textLength(text: string): number;
  colorName(index: number): string;
  squaredNorm(point: Point): number;
  scaled(point: Point, factor: number): Point;
  sumOf(f: (x: number) => number, n: number): number;
}

/** The addon, compiled against the headers that come with this Node; without them the reason why there is none. */
export function buildAddon(): Addon | { readonly missing: string } {
  const folders = [join(dirname(process.execPath), "../include/node"), "/usr/include/node"];
  const headers = folders.find((candidate) => existsSync(join(candidate, "node_api.h")));
  if (headers === undefined) return { missing: `no node_api.h in ${folders.join(" or ")}` };
  const file = join(folder, "addon.node");
  gcc("-shared", "-I", headers, "-o", file, source("addon.c"), source("functions.c"));
  return createRequire(import.meta.url)(file) as Addon;
}
