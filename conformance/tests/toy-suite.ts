// Suites of toy drivers and vectors in folders of their own, for tests of the runner.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";
import { ownFolders, type SuiteFolders } from "../src/runner/read.ts";
import { runSuite, type SuiteOptions, type SuiteRun } from "../src/suite.ts";

const fixtures = resolve(import.meta.dirname, "fixtures");
const program = join(fixtures, "toy-driver.mjs");

export const toyVector = {
  version: 1,
  family: "toy",
  name: "double",
  about: "A number doubled",
  call: { kind: "callback", signature: "float64(float64)", source: "(x) => 2 * x" },
  cases: [1, 2, 3].map((x) => ({ arguments: [x], expect: { result: 2 * x } })),
};

export interface ToySuite {
  /** Drivers by name, with how each misbehaves. */
  readonly drivers?: Readonly<Record<string, string>>;
  /** Documents, in place of the toy vector. */
  readonly vectors?: readonly unknown[];
  readonly expectations?: readonly unknown[];
}

/** Folders that are gone when the test is over. */
export function toyFolders({
  drivers = { good: "none" },
  vectors = [toyVector],
  expectations = [],
}: ToySuite): SuiteFolders {
  const root = mkdtempSync(join(tmpdir(), "cfunc-toy-suite-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (path: string, document: unknown) => {
    mkdirSync(resolve(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), JSON.stringify(document));
  };
  for (const [i, [name, fault]] of Object.entries(drivers).entries()) {
    const command = ["node", program, name, fault];
    write(`drivers/${name}/driver.json`, { name, about: "a toy driver", order: i, command });
  }
  for (const vector of vectors) {
    const { family, name } = vector as { readonly family: string; readonly name: string };
    write(`vectors/${family}/${name}.json`, vector);
  }
  write("expectations.json", { version: 1, expectations });
  const at = (name: string) => join(root, name);
  return {
    schema: ownFolders().schema,
    vectors: at("vectors"),
    drivers: [at("drivers")],
    expectations: at("expectations.json"),
  };
}

export function runToys(suite: ToySuite, options: Partial<SuiteOptions> = {}): Promise<SuiteRun> {
  return runSuite({ folders: toyFolders(suite), limits: { requestMs: 1500, startMs: 10_000 }, ...options });
}
