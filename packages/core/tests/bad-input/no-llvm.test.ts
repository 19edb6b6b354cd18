// Without a libLLVM everything can be imported and functions can be defined; the first use says what was looked for and
// what to install.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { runModule } from "../native/child.ts";

const folder = mkdtempSync(join(tmpdir(), "cfunc-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
const nowhere = { PATH: join(folder, "no-programs"), RUSTUP_HOME: join(folder, "no-rustup"), CFUNC_LLVM: undefined };

function run(env: Readonly<Record<string, string | undefined>>) {
  const { status, stdout, stderr } = runModule("./without-llvm.ts", import.meta.url, { env: { ...nowhere, ...env } });
  const [first, ...outcomes] = stdout.trim().split("\n");
  return { status, stderr, first, outcomes };
}
const diagnosticOf = (line: string | undefined) => JSON.parse(line ?? "{}") as { code: string; message: string };

it("names what was looked for and what to install", () => {
  const { status, stderr, first, outcomes } = run({});
  expect({ status, stderr, first }).toEqual({ status: 0, stderr: "", first: "defined" });
  const [call, address, llvm, asm, ir] = outcomes;
  for (const line of [call, address, llvm, asm]) {
    const { code, message } = diagnosticOf(line);
    expect(code).toBe("CF4001");
    for (const place of ["CFUNC_LLVM", "@cfunc/llvm-", "/usr/lib", "rust"]) expect(message).toContain(place);
    expect(message).toMatch(/help: .*install/s);
  }
  // what needs no native code works
  expect(ir).toContain("func @");
});

it.each([
  ["a file that does not exist", "missing.so", undefined, "CF4002"],
  ["a text file", "libLLVM-19.so.1", "this is no library", "CF4002"],
  ["an empty file", "libLLVM-18.so.1", "", "CF4002"],
])("refuses CFUNC_LLVM with %s", (_what, name, content, code) => {
  const path = join(folder, name);
  if (content !== undefined) writeFileSync(path, content, { mode: 0o644 });
  const { status, stderr, outcomes } = run({ CFUNC_LLVM: path });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const diagnostic = diagnosticOf(outcomes[0]);
  expect(diagnostic.code).toBe(code);
  expect(diagnostic.message).toContain(path);
  expect(diagnostic.message).toContain("help:");
});
