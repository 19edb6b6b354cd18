// Libraries through the dynamic loader, with the loader's own messages, as CPython has them. Never closes one: functions
// of it may be held anywhere.
import { addressOf } from "@cfunc/core/native";
import { cLibrary, cStringAt } from "./c-library.ts";
import { OSError, ValueError } from "./errors.ts";

export const RTLD_LOCAL = 0;
export const RTLD_GLOBAL = 0x100;
const now = 2;

/** A handle of a library; null is the process. Throws OSError with the loader's message. */
export function openLibrary(path: string | null, mode: number): bigint {
  const { dlopen } = cLibrary();
  const name = path === null ? undefined : cString(path);
  const handle = dlopen(name === undefined ? 0n : addressOf(name), mode | now);
  if (handle === 0n) throw new OSError(loaderMessage());
  return handle;
}

/** The address of a symbol, or the loader's message. */
export function findAddress(handle: bigint, symbol: string): bigint | string {
  const { dlsym, dlerror } = cLibrary();
  const name = cString(symbol);
  dlerror();
  const address = dlsym(handle, addressOf(name));
  return address === 0n ? loaderMessage() : address;
}

function cString(text: string): Uint8Array {
  if (text.includes("\0")) throw new ValueError("embedded null byte");
  return Buffer.from(`${text}\0`);
}

function loaderMessage(): string {
  const message = cLibrary().dlerror();
  return message === 0n ? "dlerror() returned NULL" : cStringAt(message).toString("utf8");
}
