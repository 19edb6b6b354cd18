// Every runner on every Node: the same callbacks give the same results, and diagnostics name the places that were
// written. `npm test` runs a sample on the Node at hand; CFUNC_FULL=1 runs everything.
import { execFile } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { type Marker, markersOf } from "../source/markers.ts";
import { makeProject, temporaryFolder } from "./project-folder.ts";
import type { Report } from "./report.ts";
import { type Program, type Runner, runners } from "./runners.ts";
import { currentMajor, nodeMajors, nodeOf, Unavailable } from "./tools.ts";

const run = promisify(execFile);
const full = process.env.CFUNC_FULL === "1";
const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const projects = { module: makeProject(folder, "module"), commonjs: makeProject(folder, "commonjs") };
const markers = markersOf(path.join(projects.module, "callbacks.ts"));

const made = new Map<Runner, Promise<Program>>();

function programOf(runner: Runner): Promise<Program> {
  const known = made.get(runner) ?? Promise.resolve(runner.program(projects));
  made.set(runner, known);
  return known;
}

/** The variables of this process, but for what its own runner set. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|NODE_|TEST$|DEV$|PROD$|MODE$|BASE_URL$|SSR$|npm_)/.test(name),
  ),
);

async function reportOf(runner: Runner, major: number): Promise<{ report: Report; cwd: string }> {
  const { cwd, args, env } = await programOf(runner);
  const node = await nodeOf(major);
  const file = path.join(folder, `${runner.name.replace(/\W+/g, "-")}-${major}.json`);
  await run(node, args, {
    cwd,
    env: { ...environment, CFUNC_RUNNERS_REPORT: file, ...env },
    timeout: 120_000,
  });
  return { report: JSON.parse(readFileSync(file, "utf8")), cwd };
}

/** What the callbacks compute, written down once more without them. */
function expected(): number[] {
  const xs = [-1.5, 0, 0.25, 2];
  const mixed = (x: number, i: number) => {
    const base = x * x * 2.5 + 0.5;
    if (i === -1) return -base;
    return i === 3 ? Math.min(base, 7.5) : Math.sqrt(base * base) + 3 * i;
  };
  return [
    ...xs.map((x) => x * x),
    ...xs.flatMap((x) => [-1, 0, 2, 3].map((i) => mixed(x, i))),
    ...xs.map((x) => 3 + 3 * x + 3 * x * x + 1),
    ...xs.map((x) => x + 0.5),
  ];
}

function place(code: string, project: string, marker: Marker | undefined): object {
  return { code, file: path.join(project, "callbacks.ts"), ...marker };
}

const majors = full ? nodeMajors : [currentMajor];

describe.each(majors)("on Node %i", { concurrent: true, timeout: 300_000 }, (major) => {
  for (const runner of runners.filter(({ sample }) => full || sample)) {
    it(runner.name, async ({ skip }) => {
      const { report, cwd } = await reportOf(runner, major).catch((error: unknown) => {
        if (error instanceof Unavailable) return skip(error.message);
        throw error;
      });
      expect(report.node).toMatch(new RegExp(`^${major}\\.`));
      expect(report.text).toMatch(runner.mark ?? /./);
      expect(report.compiled).toEqual(expected());
      expect(report.javascript).toEqual(expected());
      expect(report.matrix).toEqual([2, 4, 6, 8, 10, 12]);
      expect(report.places.map(({ file = "", ...rest }) => ({ ...rest, file: path.resolve(cwd, file) }))).toEqual([
        place("CF2004", cwd, markers.get("refused")),
        place("CF1302", cwd, markers.get("unsupported")),
      ]);
    });
  }
});
