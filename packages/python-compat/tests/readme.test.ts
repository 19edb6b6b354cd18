// The examples of the README: each is run as a program, and prints what the comments behind its console.log calls say.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";

// Other processes are started, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""]) => code);
const folder = mkdtempSync(join(tmpdir(), "ctypes-readme-"));
afterAll(() => rmSync(folder, { recursive: true }));

const source = new URL("../src/ctypes/index.ts", import.meta.url).href;

describe("the README's examples", () => {
  it("are there", () => {
    expect(examples.length).toBeGreaterThanOrEqual(4);
  });

  it.each(examples.map((code, i) => [i + 1, code] as const))("number %i prints what it says", (i, code) => {
    const program = code
      .replaceAll('"@cfunc/python-compat/ctypes"', JSON.stringify(source))
      .replaceAll('"@cfunc/core"', JSON.stringify(import.meta.resolve("@cfunc/core")));
    const path = join(folder, `example${i}.mts`);
    writeFileSync(path, program);
    const run = spawnSync(process.execPath, ["--import", import.meta.resolve("tsx"), path], { encoding: "utf8" });
    const expected = [...code.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text]) => text);
    expect(run.stderr).toBe("");
    expect(expected.length).toBeGreaterThan(0);
    expect(run.stdout.trimEnd().split("\n")).toEqual(expected);
  });
});
