// A C program against the header and the library: the compiler judges the header, the program the behaviour.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { libraryPath } from "../src/index.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "bridge-c-"));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (command: string, args: string[]) => spawnSync(command, args, { encoding: "utf8", cwd: folder });
const hasCompiler = run("cc", ["--version"]).status === 0;
const include = ["-I", join(root, "include")];

describe.skipIf(!hasCompiler)("a C program (skipped where there is no `cc`)", () => {
  test("compiles without a warning, and every check in it passes", () => {
    const native = dirname(libraryPath);
    const compiled = run("cc", [
      ...["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", ...include, join(root, "tests", "c", "smoke.c")],
      ...["-o", "smoke", "-L", native, `-Wl,-rpath,${native}`, "-lcfunc_bridge", "-lm"],
    ]);
    expect(compiled.stderr).toBe("");
    const { stdout, stderr, status } = run(join(folder, "smoke"), []);
    expect(stderr).toBe("");
    expect(stdout.split("\n")).toEqual(["Python gave us number -7", "grüß dich", "every check passed", ""]);
    expect(status).toBe(0);
  });

  test("the header is C++ too", () => {
    const { stderr, status } = run("cc", [
      "-x",
      "c++",
      "-fsyntax-only",
      "-Wall",
      ...include,
      join(root, "include", "bridge.h"),
    ]);
    if (/cc1plus|C\+\+ compiler not installed/.test(stderr)) return;
    expect([status, stderr.replace(/.*pragma once in main file.*/g, "")]).toEqual([0, ""]);
  });
});
