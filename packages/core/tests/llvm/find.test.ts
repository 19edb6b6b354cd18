import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CFuncError } from "../../src/diagnostics/error.ts";
import { type FindOptions, findLibLLVM, versionOfName } from "../../src/llvm/find.ts";
import { runModule } from "../native/child.ts";

const root = mkdtempSync(join(tmpdir(), "cfunc-test-"));
afterAll(() => rmSync(root, { recursive: true }));

/** The start of an x86-64 shared object: enough for the search, which never opens one. */
const elf = Buffer.alloc(64);
elf.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
elf.writeUInt16LE(3, 16);
elf.writeUInt16LE(62, 18);
const library = (...path: string[]) => {
  const file = join(root, ...path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, elf, { mode: 0o644 });
  return file;
};
const nothing = { PATH: "/nonexistent", RUSTUP_HOME: join(root, "no-rustup") };
const find = (env: Record<string, string>, systemFolders: readonly string[] = []) =>
  findLibLLVM({ env: { ...nothing, ...env }, home: root, systemFolders } satisfies FindOptions);
const failure = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return (error as CFuncError).diagnostics[0];
  }
  return undefined;
};

it.each([
  ["libLLVM-16.so.1", 16],
  ["libLLVM.so.19.1", 19],
  ["libLLVM.so.22.1-rust-1.95.0-stable", 22],
  ["libLLVM-14.0.6.so.1", 14],
  ["libLLVMCore.so", undefined],
  ["libLLVM.so", undefined],
])("reads the version of %s", (file, version) => expect(versionOfName(file)).toBe(version));

describe("the search", () => {
  const folder = join(root, "toolchains-home");
  beforeAll(() => {
    for (const [toolchain, version] of [
      ["aaa", 21],
      ["stable", 20],
      ["zzz", 22],
    ] as const)
      library("toolchains-home", "toolchains", toolchain, "lib", `libLLVM.so.${version}.1`);
    writeFileSync(join(folder, "settings.toml"), 'version = "12"\ndefault_toolchain = "stable"\n');
  });

  it("prefers the default Rust toolchain, then the one that is asked for", () => {
    expect(find({ RUSTUP_HOME: folder })).toMatchObject({ source: "rust", version: 20 });
    expect(find({ RUSTUP_HOME: folder, RUSTUP_TOOLCHAIN: "zzz" })).toMatchObject({ source: "rust", version: 22 });
  });

  it("takes the newest of the system's that is in range, through symbolic links", () => {
    const system = join(root, "system");
    for (const file of ["libLLVM-15.so.1", "libLLVM-16.so.1", "libLLVM.so.19.1", "libLLVM.so.99.1"])
      library("system", file);
    symlinkSync("libLLVM.so.19.1", join(system, "libLLVM-19.so"));
    expect(find({}, [system])).toEqual({ path: join(system, "libLLVM.so.19.1"), source: "system", version: 19 });
  });

  it("prefers CFUNC_LLVM to all", () => {
    const path = library("mine", "libLLVM-18.so.1");
    expect(find({ CFUNC_LLVM: path, RUSTUP_HOME: folder })).toEqual({ path, source: "CFUNC_LLVM", version: 18 });
  });

  it("names every place and what to install when there is none", () => {
    const old = join(root, "old");
    library("old", "libLLVM-15.so.1");
    const found = failure(() => find({}, [old, "/nonexistent/lib"]));
    expect(found?.code).toBe("CF4001");
    for (const place of [
      "CFUNC_LLVM: not set",
      "@cfunc/llvm-linux-x64",
      "no-rustup",
      "LLVM 15 is not between 16 and 22",
      "/nonexistent/lib",
      "rustc",
    ])
      expect(found?.message).toContain(place);
    expect(found?.help).toMatch(/apt-get install libllvm19.*rustup.*CFUNC_LLVM/);
  });
});

describe("CFUNC_LLVM that cannot be used", () => {
  it.each([
    ["is not there", () => "/nonexistent/libLLVM.so", /no such file/],
    ["is a folder", () => root, /EISDIR/],
    [
      "is a text file",
      () => {
        const p = join(root, "text.so");
        writeFileSync(p, "GROUP ( libLLVM-19.so )");
        return p;
      },
      /no ELF header/,
    ],
    [
      "can be written by everybody",
      () => {
        const p = library("w", "libLLVM-19.so");
        chmodSync(p, 0o666);
        return p;
      },
      /every user can write .*libLLVM-19\.so/,
    ],
    [
      "lies in a folder that everybody can write",
      () => {
        const p = library("open", "libLLVM-19.so");
        chmodSync(join(root, "open"), 0o777);
        return p;
      },
      /every user can write .*open/,
    ],
  ])("%s", (_, path, why) => {
    const file = path();
    const found = failure(() => find({ CFUNC_LLVM: file }));
    expect(found?.code).toBe("CF4002");
    expect(found?.message).toContain(`CFUNC_LLVM is set to ${file}`);
    expect(found?.message).toMatch(why);
  });

  it.skipIf(process.getuid?.() !== 0)("belongs to another user (needs root)", async () => {
    const { chownSync } = await import("node:fs");
    const path = library("theirs", "libLLVM-19.so");
    chownSync(path, 12345, 12345);
    expect(failure(() => find({ CFUNC_LLVM: path }))?.message).toMatch(/belongs to another user \(id 12345\)/);
  });
});

describe("in a process of its own", () => {
  it("says what is missing, and does not crash", () => {
    const home = join(root, "empty-home");
    mkdirSync(home, { recursive: true });
    const { status, stdout, stderr } = runModule("./first-use.ts", import.meta.url, {
      env: { CFUNC_LLVM: "/nonexistent", HOME: home, RUSTUP_HOME: home },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^imported\nCF4002 .*CFUNC_LLVM is set to \/nonexistent/);
  });

  it("refuses an older LLVM and other libraries by what they are", () => {
    const path = join(root, "libm-as-llvm.so");
    cpSync("/lib/x86_64-linux-gnu/libm.so.6", path, { dereference: true });
    chmodSync(path, 0o644);
    const { stdout, status } = runModule("./first-use.ts", import.meta.url, { env: { CFUNC_LLVM: path } });
    expect(status).toBe(0);
    expect(stdout).toMatch(/CF4002 .*no LLVMGetVersion/);
  });

  it("can be imported on another platform, and says what it needs at first use", () => {
    const { stdout, status } = runModule("./first-use.ts", import.meta.url, { args: ["darwin", "arm64"] });
    expect(status).toBe(0);
    expect(stdout).toBe("imported\nCF4003 native code is supported on Linux x86-64 only; this is darwin arm64\n");
  });
});
