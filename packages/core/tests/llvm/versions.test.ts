// Every libLLVM of this machine, each in a process of its own: two in one process would disturb each other.
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findLibLLVM } from "../../src/llvm/find.ts";
import { runModule } from "../native/child.ts";

const folder = "/usr/lib/x86_64-linux-gnu";
const installed = [
  { version: 16, path: `${folder}/libLLVM-16.so.1` },
  { version: 17, path: `${folder}/libLLVM-17.so.1` },
  { version: 18, path: `${folder}/libLLVM.so.18.1` },
  { version: 19, path: `${folder}/libLLVM.so.19.1` },
  { version: 20, path: `${folder}/libLLVM.so.20.1` },
  { version: 21, path: `${folder}/libLLVM.so.21.1` },
  { version: 22, path: `${folder}/libLLVM.so.22.1` },
];

const run = (path: string) => runModule("./every-part.ts", import.meta.url, { env: { CFUNC_LLVM: path } });

describe.each(installed)("LLVM $version", ({ version, path }) => {
  it.skipIf(!existsSync(path))(`does all that is asked of it (needs ${path})`, () => {
    const { status, stdout, stderr } = run(path);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual(expectedOf(version));
  });
});

it("the one that is found by default does all that is asked of it", () => {
  const { path } = findLibLLVM();
  const { status, stdout, stderr } = run(path);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const answer = JSON.parse(stdout) as { version: number };
  expect(answer).toEqual(expectedOf(answer.version));
});

const expectedOf = (version: number) => ({
  version,
  exp: Math.exp(-2),
  sum: 5,
  sameName: [1, 2],
  vectorised: true,
  assembly: true,
  sorted: [1, 2, 3],
  errors: ["CF4010", "CF4010", "CF4010"],
  rounds: 300,
});
