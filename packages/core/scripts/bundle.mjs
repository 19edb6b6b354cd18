// The last step of the build: every entry of package.json becomes one module, with chunks for what entries share.
// Node has to find, read and link every module, and there are 140 of them: bundled, the import takes about half the
// time. Declarations stay as the TypeScript compiler wrote them.
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const { exports } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

rmSync(`${root}dist/chunks`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: Object.values(exports),
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  sourcemap: true,
  outbase: "dist",
  outdir: "dist",
  chunkNames: "chunks/[hash]",
  allowOverwrite: true,
  logLevel: "warning",
});
// the compiler must write the entries again next time, or it would leave bundles of older code
rmSync(`${root}dist/.tsbuildinfo`, { force: true });
