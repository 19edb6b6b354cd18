// The C compilers of this machine: the oracles of the calling conventions. What is missing has a reason, which is shown
// where something is skipped for it.
import { spawnSync } from "node:child_process";

const works = (name: string): boolean => spawnSync(name, ["--version"]).status === 0;
const found = (names: readonly string[]): string | undefined => names.find(works);

export const gcc = found(["gcc", "cc"]);
export const clang = found(["clang", ...Array.from({ length: 9 }, (_, i) => `clang-${22 - i}`)]);
export const armGcc = found(["aarch64-linux-gnu-gcc"]);
/** Runs programs for AArch64. */
export const armEmulator = found(["qemu-aarch64", "qemu-aarch64-static"]);

export const install = {
  gcc: "gcc is not here: apt-get install gcc",
  clang: "clang is not here: apt-get install clang-16",
  arm: "no emulator of AArch64 here: apt-get install qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross",
} as const;

/** The LLVM text that clang makes of C source for a target triple. */
export function llvmOf(source: string, triple: string): string {
  const flags = ["-S", "-emit-llvm", "-O0", "-w", "-std=gnu11", "-x", "c", `--target=${triple}`, "-o", "-", "-"];
  const options = { input: source, encoding: "utf8", maxBuffer: 1 << 28 } as const;
  const { status, stdout, stderr } = spawnSync(clang ?? "clang", flags, options);
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
