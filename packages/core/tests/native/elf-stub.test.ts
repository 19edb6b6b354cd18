import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { elfStub } from "../../src/native/elf-stub.ts";
import { exportedNames } from "../../src/native/elf-symbols.ts";
import { makeCallable, openLibrary } from "../../src/native/index.ts";
import { parseSignature } from "../../src/types/signature-parser.ts";

const folder = mkdtempSync(join(tmpdir(), "cfunc-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "stub.so");
const target = openLibrary(null).symbol("abs");
writeFileSync(path, elfStub("jump_to_abs", target));

it("is opened by the dynamic loader and jumps to its target", () => {
  const jump = openLibrary(path).symbol("jump_to_abs");
  expect(jump).not.toBe(target);
  expect(makeCallable(jump, parseSignature("int32(int32)"))(-7)).toBe(7);
});

it("is small, and has no section headers to read names from", () => {
  expect(elfStub("x", target).length).toBeLessThan(4400);
  expect(exportedNames(path)).toEqual([]);
});

const hasReadelf = spawnSync("readelf", ["--version"]).status === 0;
it.skipIf(!hasReadelf)("is what readelf calls a shared object without an executable stack (needs readelf)", () => {
  const { stdout, stderr } = spawnSync("readelf", ["-hlW", path], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(stdout).toMatch(/Type:\s+DYN/);
  expect(stdout).toMatch(/GNU_STACK\s.*\sRW\s/);
  expect(stdout).not.toMatch(/LOAD\s.*\sRWE\s/);
});
