// Capture and original positions in the ways people run TypeScript: each host is a process of its own.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type BuildOptions, buildSync } from "esbuild";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { markersOf } from "./markers.ts";

const run = promisify(execFile);
const fixtures = fileURLToPath(new URL("./fixtures/", import.meta.url));
const markers = markersOf(path.join(fixtures, "positions.ts"));
const packageRoot = fileURLToPath(new URL("../../", import.meta.url));
const nodeMajor = Number(process.versions.node.split(".")[0]);

// Below the package, so that what the bundles leave outside resolves as it does for the package.
let folder = "";
beforeAll(() => {
  mkdirSync(path.join(packageRoot, "node_modules"), { recursive: true });
  folder = mkdtempSync(path.join(packageRoot, "node_modules/.hosts-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Report {
  readonly values?: readonly string[];
  readonly positions?: readonly { file: string; line: number; column: number; lineText: string }[];
  readonly refused?: string;
}

/** Runs `node ...args` where paths are named from, and reads the report. Nothing may be said on standard error. */
async function reportOf(args: readonly string[], allowed = /^$/): Promise<Report> {
  const { stdout, stderr } = await run(process.execPath, args, { cwd: packageRoot, timeout: 60_000 });
  expect(stderr.trim()).toMatch(allowed);
  return JSON.parse(stdout);
}

/** Bundles the program to one file. */
function bundle(name: string, options: BuildOptions): string {
  const outfile = path.join(folder, name);
  const entryPoints = [path.join(fixtures, "host.ts")];
  buildSync({ entryPoints, outfile, bundle: true, platform: "node", target: "es2022", logLevel: "error", ...options });
  return outfile;
}

const values = ["10", "2.5", "7", "Math", "twice(4) = 8"];
const file = path.relative(packageRoot, path.join(fixtures, "positions.ts"));
const originals = ["exp", "last"].map((name) => ({ file, ...markers.get(name) }));

describe("captures and original positions", () => {
  it("under tsx", async () => {
    const report = await reportOf(["--import", "tsx", path.join(fixtures, "host.ts")]);
    expect(report).toEqual({ values, positions: originals });
  });

  it.each([
    ["ES module, map inline", "inline.mjs", { format: "esm", sourcemap: "inline" }],
    ["ES module, map beside it", "external.mjs", { format: "esm", sourcemap: "linked" }],
    ["map without the sources' text", "lean.mjs", { format: "esm", sourcemap: "linked", sourcesContent: false }],
    ["minified", "minified.mjs", { format: "esm", sourcemap: "linked", minify: true }],
    ["minified, names kept", "named.mjs", { format: "esm", sourcemap: "linked", minify: true, keepNames: true }],
  ] as const)("in a bundle: %s", async (_, name, options) => {
    const report = await reportOf([bundle(name, { packages: "external", ...options })]);
    expect(report).toEqual({ values, positions: originals });
  });

  it("in CommonJS without a map, at the generated positions", async () => {
    const report = await reportOf([bundle("plain.cjs", { format: "cjs" })]);
    expect(report.values).toEqual(values);
    const generated = path.relative(packageRoot, path.join(folder, "plain.cjs"));
    const found = report.positions?.map(({ file, lineText, column }) => [file, lineText.slice(column - 1)]);
    expect(found).toEqual([
      [generated, expect.stringMatching(/^exp\(/)],
      [generated, expect.stringMatching(/^undeclaredName/)],
    ]);
  });

  it("after tsc", async () => {
    const out = path.join(folder, "tsc");
    const program = ts.createProgram([path.join(fixtures, "host.ts")], {
      outDir: out,
      rootDir: packageRoot,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      rewriteRelativeImportExtensions: true,
      sourceMap: true,
      skipLibCheck: true,
      types: ["node"],
    });
    expect(program.emit().emitSkipped).toBe(false);
    writeFileSync(path.join(out, "package.json"), '{ "type": "module" }');
    const report = await reportOf([path.join(out, "tests/source/fixtures/host.js")]);
    expect(report).toEqual({ values, positions: originals });
  });

  it("in a worker thread", async () => {
    const target = bundle("worker.mjs", { format: "esm", sourcemap: "inline", packages: "external" });
    const starter = path.join(folder, "starter.mjs");
    writeFileSync(starter, `import { Worker } from "node:worker_threads"; new Worker(${JSON.stringify(target)});`);
    expect(await reportOf([starter])).toEqual({ values, positions: originals });
  });

  it("with a debugger's port open: captures, and ends by itself", async () => {
    const target = bundle("inspected.mjs", { format: "esm", sourcemap: "inline", packages: "external" });
    const report = await reportOf(["--inspect=127.0.0.1:0", target], /^Debugger listening on .*\nFor help, see: .*$/);
    expect(report).toEqual({ values, positions: originals });
  });
});

it("names `externals` where the permission model forbids the inspector", async () => {
  const target = bundle("permission.mjs", { format: "esm" });
  const flag = nodeMajor >= 24 ? "--permission" : "--experimental-permission";
  const report = await reportOf([flag, "--allow-fs-read=*", target], /^(?:.*ExperimentalWarning.*\n.*)?$/);
  expect(report.refused).toMatch(
    /^error\[CF1208\]: cannot read the captured variables .*: this process has no inspector/,
  );
  expect(report.refused).toContain("externals: {");
});
