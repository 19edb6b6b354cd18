// A project that uses the package, as a user's would: a folder of its own outside of this repository, where the
// package and the tools are linked into `node_modules`. Made anew for every run of the tests.
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { repository } from "./tools.ts";

/** The dot keeps it out of this package's own type check, which allows no enums: the cells of tsc check it. */
const sources = fileURLToPath(new URL("./.project/", import.meta.url));
/** What the programs import, and what their tools look for beside them. */
const links = [
  "@cfunc/core",
  "@types/node",
  "@vitest/coverage-istanbul",
  "@vitest/coverage-v8",
  // what a bundle with the package inside leaves outside
  "@jridgewell/trace-mapping",
  "ffi-rs",
  "typescript",
  "vite",
  "vitest",
];

/** Where all of one run's projects live. */
export function temporaryFolder(): string {
  return realpathSync(mkdtempSync(path.join(tmpdir(), "cfunc-runners-")));
}

/** A copy of the project whose files are modules of the given type. */
export function makeProject(parent: string, type: "module" | "commonjs"): string {
  const folder = path.join(parent, type);
  cpSync(sources, folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true, type }));
  for (const name of links) {
    const link = path.join(folder, "node_modules", name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(target(name), link);
  }
  return folder;
}

/** npm installs into the workspace or on top of the repository. */
function target(name: string): string {
  const places = ["packages/core/node_modules", "node_modules"].map((folder) => path.join(repository, folder, name));
  return realpathSync(places.find((place) => existsSync(place)) ?? places[0] ?? name);
}
