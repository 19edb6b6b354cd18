// Finds a libLLVM (16 to 22) without loading anything: CFUNC_LLVM, the npm package, the Rust toolchain's, the system's.
// Never opens a library and never runs one that another user could have written; `rustc` is asked only as a last resort.
import { spawnSync } from "node:child_process";
import { closeSync, openSync, readdirSync, readFileSync, readSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { CFuncError } from "../diagnostics/error.ts";
import { whoElseCanWrite } from "./trust.ts";

export const oldestLLVM = 16;
export const newestLLVM = 22;

export interface FoundLLVM {
  /** Absolute path of the shared library, symbolic links resolved. */
  readonly path: string;
  readonly source: "CFUNC_LLVM" | "npm" | "rust" | "system";
  /** Major version as the file's name tells it; absent where the name does not. */
  readonly version?: number;
}

/** Where to look; the defaults are this process's own. */
export interface FindOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly home?: string;
  readonly systemFolders?: readonly string[];
}

/** Where distributions put shared libraries; Debian's `llvm-NN` folders too. */
const systemFolders = (): string[] => [
  ...["/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/local/lib"],
  ...list("/usr/lib")
    .filter((name) => /^llvm-\d+$/.test(name))
    .map((name) => join("/usr/lib", name, "lib")),
];
const inRange = (version: number) => version >= oldestLLVM && version <= newestLLVM;

/** Major version in a file name such as `libLLVM-19.so.1`, `libLLVM.so.22.1-rust-1.95.0-stable`. */
export function versionOfName(file: string): number | undefined {
  const match = /^libLLVM(?:-(\d+)(?:\.\d+)*\.so|\.so\.(\d+))/.exec(file);
  return match === null ? undefined : Number(match[1] ?? match[2]);
}

/**
 * The libLLVM to use. Throws CF4001 when there is none (naming every place looked at and what to install), CF4002
 * when CFUNC_LLVM names an unusable file, CF4003 off Linux x86-64.
 */
export function findLibLLVM(options: FindOptions = {}): FoundLLVM {
  requirePlatform();
  const env = options.env ?? process.env;
  const looked: string[] = [];
  const asked = env.CFUNC_LLVM;
  if (asked !== undefined && asked !== "") return fromVariable(asked);
  looked.push("CFUNC_LLVM: not set");
  const places = [
    () => fromNpm(looked),
    () => fromRustup(env, options.home ?? homedir(), looked),
    () => fromSystem(options.systemFolders ?? systemFolders(), looked),
    () => fromRustc(env, looked),
  ];
  for (const place of places) {
    const found = place();
    if (found !== undefined) return found;
  }
  throw new CFuncError([
    {
      code: "CF4001",
      severity: "error",
      message: `libLLVM was not found. Looked at:\n${looked.map((line) => `  - ${line}`).join("\n")}`,
      help: `install LLVM ${oldestLLVM} to ${newestLLVM}, for example \`apt-get install libllvm19\`, or the Rust toolchain (https://rustup.rs), which brings one along; or set CFUNC_LLVM to the path of a libLLVM shared library`,
    },
  ]);
}

/** Compiled code is x86-64 System V, loaded by glibc: anything else is refused at first use, not at import. */
export function requirePlatform(): void {
  if (process.platform === "linux" && process.arch === "x64") return;
  throw new CFuncError([
    {
      code: "CF4003",
      severity: "error",
      message: `native code is supported on Linux x86-64 only; this is ${process.platform} ${process.arch}`,
      help: "the uncompiled functions still run in JavaScript",
    },
  ]);
}

function fromVariable(path: string): FoundLLVM {
  const problem = unusable(path);
  if (problem === undefined) return describe(path, "CFUNC_LLVM");
  throw new CFuncError([
    {
      code: "CF4002",
      severity: "error",
      message: `CFUNC_LLVM is set to ${path}, which cannot be used: ${problem}`,
      help: `set it to a libLLVM shared library (LLVM ${oldestLLVM} to ${newestLLVM}), or unset it to search the usual places`,
    },
  ]);
}

function fromNpm(looked: string[]): FoundLLVM | undefined {
  const name = `@cfunc/llvm-${process.platform}-${process.arch}`;
  let path: string;
  try {
    path = createRequire(import.meta.url).resolve(name);
  } catch {
    looked.push(`npm package ${name}: not installed`);
    return undefined;
  }
  return accept(path, "npm", looked);
}

/** The folders of rustup, the default toolchain first: listing them takes no time, asking `rustc` takes 160 ms. */
function fromRustup(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
  looked: string[],
): FoundLLVM | undefined {
  const root = env.RUSTUP_HOME || join(home, ".rustup");
  const names = list(join(root, "toolchains"));
  if (names.length === 0) looked.push(`Rust toolchains in ${join(root, "toolchains")}: none`);
  const preferred = env.RUSTUP_TOOLCHAIN ?? defaultToolchain(root);
  names.sort((a, b) => Number(b === preferred) - Number(a === preferred));
  for (const name of names) {
    const found = newestIn(join(root, "toolchains", name, "lib"), "rust", looked);
    if (found !== undefined) return found;
  }
  return undefined;
}

function defaultToolchain(root: string): string | undefined {
  try {
    return /^default_toolchain\s*=\s*"([^"]+)"/m.exec(readFileSync(join(root, "settings.toml"), "utf8"))?.[1];
  } catch {
    return undefined;
  }
}

function fromSystem(folders: readonly string[], looked: string[]): FoundLLVM | undefined {
  for (const folder of folders) {
    const found = newestIn(folder, "system", looked);
    if (found !== undefined) return found;
  }
  return undefined;
}

function fromRustc(env: Readonly<Record<string, string | undefined>>, looked: string[]): FoundLLVM | undefined {
  const answer = spawnSync("rustc", ["--print", "sysroot"], { encoding: "utf8", env: { ...env }, timeout: 5000 });
  if (answer.status !== 0) {
    looked.push("`rustc --print sysroot`: no usable rustc on the PATH");
    return undefined;
  }
  return newestIn(join(answer.stdout.trim(), "lib"), "rust", looked);
}

function newestIn(folder: string, source: FoundLLVM["source"], looked: string[]): FoundLLVM | undefined {
  const libraries = list(folder)
    .map((file) => ({ file, version: versionOfName(file) }))
    .filter((entry): entry is { file: string; version: number } => entry.version !== undefined)
    // `.so` beside `.so.1` may be a text script for the linker, so the longer name goes first.
    .sort((a, b) => b.version - a.version || b.file.length - a.file.length);
  if (libraries.length === 0) looked.push(`${folder}: no libLLVM`);
  for (const { file, version } of libraries) {
    if (!inRange(version)) {
      looked.push(`${join(folder, file)}: LLVM ${version} is not between ${oldestLLVM} and ${newestLLVM}`);
      continue;
    }
    const found = accept(join(folder, file), source, looked);
    if (found !== undefined) return found;
  }
  return undefined;
}

function accept(path: string, source: FoundLLVM["source"], looked: string[]): FoundLLVM | undefined {
  const problem = unusable(path);
  if (problem === undefined) return describe(path, source);
  looked.push(`${path}: ${problem}`);
  return undefined;
}

function describe(path: string, source: FoundLLVM["source"]): FoundLLVM {
  const real = realpathSync(path);
  const version = versionOfName(real.slice(real.lastIndexOf("/") + 1));
  return version === undefined ? { path: real, source } : { path: real, source, version };
}

/** Why a file must not be opened as libLLVM; `undefined` if nothing speaks against it. */
function unusable(path: string): string | undefined {
  let start: Buffer;
  try {
    start = firstBytes(path);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (start.toString("latin1", 0, 4) !== "\x7fELF") return "not a shared library (no ELF header)";
  // 64-bit, little-endian, ET_DYN, x86-64
  if (start[4] !== 2 || start[5] !== 1 || start.readUInt16LE(16) !== 3 || start.readUInt16LE(18) !== 62)
    return "not a shared library for x86-64";
  return whoElseCanWrite(path);
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function firstBytes(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(64);
    readSync(file, bytes, 0, bytes.length, 0);
    return bytes;
  } finally {
    closeSync(file);
  }
}
