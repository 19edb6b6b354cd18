// Runs examples of pages as modules under tsx: all in one process but for those that need a process of their own.
// `@cfunc/core` is the source beside the tests, so that nothing has to be built first.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Example } from "./page.ts";

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const core = fileURLToPath(new URL("../../", import.meta.url));
const runner = fileURLToPath(new URL("./runner.ts", import.meta.url));
const cache = join(core, "node_modules/.cache/diagnostics-pages");

/** What became of an example. */
export interface Outcome {
  /** The code it ended with, `none`, or the first line of an error of another kind. */
  readonly code: string;
  /** The text of the error; empty where there is none. */
  readonly message: string;
  /** What it printed, by lines. */
  readonly printed: readonly string[];
}

interface NamedExample {
  readonly name: string;
  readonly example: Example;
}

/** The outcomes, in the order of the examples. */
export function runExamples(examples: readonly Example[]): readonly Outcome[] {
  rmSync(cache, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  writeFixtures();
  const named = examples.map((example, i): NamedExample => ({ name: nameOf(example, i), example }));
  for (const { name, example } of named) writeFileSync(join(cache, name), withSource(example.block.text));
  const alone = named.filter(({ example }) => example.process !== undefined);
  const together = named.filter(({ example }) => example.process === undefined);
  const outcomes = new Map([together, ...alone.map((one) => [one])].flatMap(runTogether));
  return named.map(({ name }) => outcomes.get(name) ?? { code: "did not run", message: "", printed: [] });
}

const nameOf = ({ block }: Example, i: number): string => `${block.document.replace(/^.*\/(\w+)\.md$/, "$1")}-${i}.mts`;

/** A toolchain folder whose libLLVM is a file that starts as a library does, and is none. */
function writeFixtures(): void {
  const file = join(cache, "damaged-toolchain/toolchains/stable/lib/libLLVM.so.20.1");
  const header = Buffer.alloc(64);
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  header.writeUInt16LE(3, 16);
  header.writeUInt16LE(62, 18);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, header, { mode: 0o644 });
}

/** The same lines, with imports of the package's entry points led to their sources. */
function withSource(text: string): string {
  const { exports } = JSON.parse(readFileSync(join(core, "package.json"), "utf8")) as {
    readonly exports: Readonly<Record<string, string>>;
  };
  return text.replaceAll(/"@cfunc\/core(\/[\w-]+)?"/g, (whole, entry = "") => {
    const built = exports[`.${entry}`];
    return built === undefined
      ? whole
      : JSON.stringify(join(core, built.replace("dist/", "src/").replace(/\.js$/, ".ts")));
  });
}

function runTogether(examples: readonly NamedExample[]): readonly (readonly [string, Outcome])[] {
  const [first] = examples;
  if (first === undefined) return [];
  const { flags = [], env = {} } = first.example.process ?? {};
  const report = join(cache, `${first.name}.json`);
  const files = examples.map(({ name }) => name);
  const { status, stderr } = spawnSync(process.execPath, [...flags, "--import", tsx, runner, report, ...files], {
    cwd: cache,
    encoding: "utf8",
    env: { ...process.env, NODE_NO_WARNINGS: "1", ...env },
    timeout: 120_000,
  });
  if (status !== 0) throw new Error(`the process of ${files.join(", ")} ended with ${status}:\n${stderr}`);
  const outcomes = JSON.parse(readFileSync(report, "utf8")) as Readonly<Record<string, Outcome>>;
  return Object.entries(outcomes).map(([name, outcome]) => {
    const { code, message } = withNotes(outcome);
    return [name, { ...outcome, code, message: ofReader(message) }];
  });
}

/** An example that prints notes ends with nothing else: they are its message. */
function withNotes(outcome: Outcome): Outcome {
  const text = outcome.printed.join("\n").trimEnd();
  const codes = [...text.matchAll(/^note\[(CF\d{4})\]/gm)].map(([, code = ""]) => code);
  if (outcome.code !== "none" || codes.length === 0) return outcome;
  return { ...outcome, code: [...new Set(codes)].join(" and "), message: text };
}

/** The text as a reader sees it: the example is `example.ts` in their folder, and every address is the same. */
const ofReader = (message: string): string =>
  message
    .replaceAll(/[\w./-]*\bCF\d{4}-\d+\.mts/g, "example.ts")
    .replaceAll(`${cache}/`, "")
    // the examples of all pages share a process, where a name that is taken is counted
    .replaceAll(/\b(cfunc_\w+)\.\d+/g, "$1")
    .replaceAll(/\b0x[0-9a-f]{6,}\b/g, "0x55d0c7a81e40");
