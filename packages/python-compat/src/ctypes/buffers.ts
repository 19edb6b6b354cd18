// Buffers and raw memory: `create_string_buffer`, `string_at`, `memmove`, `memset`. Addresses are taken from whatever
// `void *` takes; that they are good for the length asked is the caller's to know, as in C.
import { ARRAY, type CharArray, type WideArray } from "./array.ts";
import { bytesAt, checkAddress, cLibrary, cStringAt, wideStringAt } from "./c-library.ts";
import type { CArgument, CData } from "./cdata.ts";
import { ValueError } from "./errors.ts";
import { addressArgument } from "./introspection.ts";
import { index, isBytes } from "./python-values.ts";
import { c_char, c_wchar, type Int } from "./simple-types.ts";

/** What has an address. */
export type Address = CData | CArgument | Int | Uint8Array | string | null;

/**
 * An array of bytes: of this size, or with these bytes and a NUL after them, or with these bytes in `size` bytes.
 * Throws TypeError, ValueError.
 */
export function create_string_buffer(init: Uint8Array | number, size?: number): CharArray {
  if (isBytes(init)) {
    const buffer = new (ARRAY(c_char, size ?? init.length + 1))();
    buffer.value = init;
    return buffer;
  }
  if (typeof init !== "number" || !Number.isInteger(init)) throw new TypeError(String(init));
  return new (ARRAY(c_char, init))();
}

/** As `create_string_buffer`, of `wchar_t`. */
export function create_unicode_buffer(init: string | number, size?: number): WideArray {
  if (typeof init === "string") {
    const buffer = new (ARRAY(c_wchar, size ?? [...init].length + 1))();
    buffer.value = init;
    return buffer;
  }
  if (typeof init !== "number" || !Number.isInteger(init)) throw new TypeError(String(init));
  return new (ARRAY(c_wchar, init))();
}

/** A copy of `size` bytes, or of those before the first NUL. Throws ArgumentError, ValueError for the null pointer. */
export function string_at(address: Address, size = -1): Buffer {
  return withAddresses([address], ([at = 0n]) => (size < 0 ? cStringAt(at) : bytesAt(at, index(size))));
}

/** The `wchar_t` text at an address: `size` units, or those before the first NUL. */
export function wstring_at(address: Address, size = -1): string {
  return withAddresses([address], ([at = 0n]) => wideStringAt(at, size < 0 ? undefined : index(size)));
}

/** Copies bytes; the ranges may overlap. Gives the destination's address. Throws ArgumentError, ValueError. */
export function memmove(destination: Address, source: Address, count: number): bigint {
  return withAddresses([destination, source], ([to = 0n, from = 0n]) => {
    if (checkedCount(count) > 0) for (const address of [to, from]) checkAddress(address);
    return cLibrary().memmove(to, from, BigInt(count));
  });
}

/** Fills memory with a byte. Gives the address. Throws ArgumentError, ValueError. */
export function memset(destination: Address, byte: number, count: number): bigint {
  return withAddresses([destination], ([to = 0n]) => {
    if (checkedCount(count) > 0) checkAddress(to);
    return cLibrary().memset(to, index(byte), BigInt(count));
  });
}

function checkedCount(count: number): number {
  if (index(count) < 0) throw new ValueError(`count must be >= 0, not ${count}`);
  return count;
}

/** Runs with the addresses of values, which live until then. */
function withAddresses<T>(values: readonly unknown[], run: (addresses: readonly bigint[]) => T): T {
  const arguments_ = values.map((value, i) => addressArgument(value, i + 1));
  const result = run(arguments_.map(([address]) => address));
  keepAlive(arguments_);
  return result;
}

let last: unknown;

/** What is used after a call is alive during the call. */
function keepAlive(value: unknown): void {
  last = value;
  if (last !== undefined) last = undefined;
}
