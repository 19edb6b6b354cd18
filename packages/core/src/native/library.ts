// Shared libraries: opened, searched and closed through the dynamic loader. What its caller names is opened: no check
// of who wrote the file. Closing frees nothing that TypeScript still holds, which is why `load` revokes its functions.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { nearNames, orList } from "../types/suggest.ts";
import { nativeError, show } from "./argument-error.ts";
import { exportedNames } from "./elf-symbols.ts";
import { env } from "./environment.ts";
import { stringProblem } from "./strings.ts";

/** What the library says of a symbol; a stripped or unusual one says nothing. */
export interface FoundSymbol {
  readonly address: bigint;
  readonly kind: "function" | "variable" | "unknown";
  /** Of a variable. */
  readonly bytes: number | undefined;
}

export interface Library {
  /** As it was given; null for the process itself. */
  readonly path: string | null;
  /** How messages call it. */
  readonly label: string;
  /** As `symbol`, with what the library says of it. */
  find(name: string): FoundSymbol;
  /** Address of an exported symbol. Throws CF5002 if there is none, CF5003 after `close`. */
  symbol(name: string): bigint;
  has(name: string): boolean;
  /** Drops this handle. The code stays mapped while anybody else has the library open. */
  close(): void;
}

const lazyLocal = 1n;
const ownFirst = 8n;

/** Opens a shared library by path, or by name as the dynamic loader searches it; null is the process. Throws CF5001. */
export function openLibrary(path: string | null, options: { readonly deepbind?: boolean } = {}): Library {
  if (path !== null && (typeof path !== "string" || path === "" || stringProblem(path) !== undefined))
    throw nativeError("CF5001", `a library is opened by its path, got ${show(path)}`);
  const mode = options.deepbind === true && !underSanitizer() ? lazyLocal | ownFirst : lazyLocal;
  const handle = env().c("dlopen", path === null ? 0n : addressOfText(path), mode);
  if (handle === 0n) throw cannotOpen(path ?? "the process", loaderError());
  let open = true;
  const find = (name: string): bigint => {
    if (!open) throw nativeError("CF5003", `${label(path)} was closed`);
    if (typeof name !== "string" || name === "" || stringProblem(name) !== undefined) return 0n;
    return env().c("dlsym", handle, addressOfText(name));
  };
  const symbol = (name: string): bigint => {
    const address = find(name);
    if (address === 0n) throw missing(path, name);
    return address;
  };
  return {
    path,
    label: label(path),
    has: (name) => find(name) !== 0n,
    symbol,
    find: (name) => describe(symbol(name)),
    close: () => {
      if (!open) return;
      open = false;
      env().whenIdle(() => env().c("dlclose", handle));
    },
  };
}

/** A sanitizer's runtime ends a process that binds past it. */
function underSanitizer(): boolean {
  return env().c("dlsym", 0n, addressOfText("__sanitizer_report_error_summary")) !== 0n;
}

const dlInfoBytes = 32;
const symbolBytes = 24;
const symbolKinds: Readonly<Record<number, FoundSymbol["kind"]>> = {
  1: "variable", // STT_OBJECT
  2: "function", // STT_FUNC
  6: "variable", // STT_TLS
  10: "function", // STT_GNU_IFUNC
};

/** Asks the dynamic loader for the symbol table's entry (`dladdr1` with RTLD_DL_SYMENT, Elf64_Sym). */
function describe(address: bigint): FoundSymbol {
  const out = new DataView(new ArrayBuffer(dlInfoBytes + 8 + symbolBytes));
  const at = env().locate(out);
  const found = env().c("dladdr1", address, at, at + BigInt(dlInfoBytes), 1n);
  const [exact, entry] = [out.getBigUint64(24, true), out.getBigUint64(dlInfoBytes, true)];
  if ((found & 0xffff_ffffn) === 0n || exact !== address || entry === 0n)
    return { address, kind: "unknown", bytes: undefined };
  env().c("memcpy", at + BigInt(dlInfoBytes + 8), entry, BigInt(symbolBytes));
  const kind = symbolKinds[out.getUint8(dlInfoBytes + 8 + 4) & 15] ?? "unknown";
  const size = Number(out.getBigUint64(dlInfoBytes + 8 + 16, true));
  return { address, kind, bytes: kind === "variable" && size > 0 ? size : undefined };
}

const label = (path: string | null) => path ?? "the process";

let kept: Buffer;
/** The bytes are kept until the next call, which is longer than the loader looks at them. */
function addressOfText(text: string): bigint {
  kept = Buffer.from(`${text}\0`);
  return env().locate(kept);
}

function loaderError(): string {
  const message = env().c("dlerror");
  return message === 0n ? "no reason given" : env().decode(message);
}

function cannotOpen(path: string, reason: string): Error {
  if (path.includes("/") && !existsSync(path))
    return nativeError(
      "CF5001",
      `cannot open the library ${path}: there is no file ${resolve(path)}`,
      "build it first?",
    );
  if (!path.includes("/"))
    return nativeError(
      "CF5001",
      `cannot open the library ${path}: ${reason}`,
      existsSync(path)
        ? `a name without a slash is searched in the system's library folders; for the file write ./${path}`
        : "a name without a slash is searched in LD_LIBRARY_PATH and the system's library folders; give a path instead",
    );
  const foreign = /invalid ELF header|file too short|wrong ELF class/.test(reason);
  return nativeError(
    "CF5001",
    `cannot open the library ${path}: ${reason}`,
    foreign ? "the file is not a shared library for x86-64 Linux" : undefined,
  );
}

function missing(path: string | null, name: string): Error {
  const near = path?.includes("/") ? nearNames(name, exportedNames(path)) : [];
  const help =
    near.length > 0
      ? `did you mean ${orList(near)}?`
      : "`nm -D` lists what a library exports; C++ changes names, and static functions are not exported";
  return nativeError("CF5002", `${label(path)} has no symbol ${name}`, help);
}
