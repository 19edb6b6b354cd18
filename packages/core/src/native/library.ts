// Shared libraries: opened, searched and closed through the dynamic loader. What its caller names is opened: no check
// of who wrote the file. Closing frees nothing that TypeScript still holds, which is why `load` revokes its functions.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { nearNames, orList } from "../types/suggest.ts";
import { nativeError, show } from "./argument-error.ts";
import { exportedNames } from "./elf-symbols.ts";
import { env } from "./environment.ts";
import { stringProblem } from "./strings.ts";

export interface Library {
  /** As it was given; null for the process itself. */
  readonly path: string | null;
  /** Address of an exported symbol. Throws CF5002 if there is none, CF5003 after `close`. */
  symbol(name: string): bigint;
  has(name: string): boolean;
  /** Drops this handle. The code stays mapped while anybody else has the library open. */
  close(): void;
}

const lazyLocal = 1n;

/** Opens a shared library by path, or by name as the dynamic loader searches it; null is the process. Throws CF5001. */
export function openLibrary(path: string | null): Library {
  if (path !== null && (typeof path !== "string" || path === "" || stringProblem(path) !== undefined))
    throw nativeError("CF5001", `a library is opened by its path, got ${show(path)}`);
  const handle = env().c("dlopen", path === null ? 0n : addressOfText(path), lazyLocal);
  if (handle === 0n) throw cannotOpen(path ?? "the process", loaderError());
  let open = true;
  const find = (name: string): bigint => {
    if (!open) throw nativeError("CF5003", `${label(path)} was closed`);
    if (typeof name !== "string" || name === "" || stringProblem(name) !== undefined) return 0n;
    return env().c("dlsym", handle, addressOfText(name));
  };
  return {
    path,
    has: (name) => find(name) !== 0n,
    symbol: (name) => {
      const address = find(name);
      if (address === 0n) throw missing(path, name);
      return address;
    },
    close: () => {
      if (!open) return;
      open = false;
      env().whenIdle(() => env().c("dlclose", handle));
    },
  };
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
  return message === 0n ? "no reason given" : env().readCString(message);
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
