// clang, where this machine has one: the second oracle of the calling convention, and the only one for AArch64.
import { spawnSync } from "node:child_process";

const names = ["clang", ...Array.from({ length: 9 }, (_, i) => `clang-${22 - i}`)];

/** The command, or undefined; tests that need it are skipped then, and say so. */
export const clang = names.find((name) => spawnSync(name, ["--version"]).status === 0);

/** The LLVM text that clang makes of C source for a target triple. */
export function llvmOf(source: string, triple: string): string {
  const flags = ["-S", "-emit-llvm", "-O0", "-w", "-std=gnu11", "-x", "c", `--target=${triple}`, "-o", "-", "-"];
  const { status, stdout, stderr } = spawnSync(clang ?? "clang", flags, {
    input: source,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
