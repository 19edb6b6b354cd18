// The few functions of the C library that this package stands on, and copies of raw memory through them. Addresses are
// checked for being possible ones, which is all that can be known about an address.
import { addressOf, load } from "@cfunc/core/native";
import { ValueError } from "./errors.ts";

const open = () =>
  load(
    null,
    {
      memmove: "uint64(uint64, uint64, uint64)",
      memset: "uint64(uint64, int32, uint64)",
      strlen: "uint64(uint64)",
      wcslen: "uint64(uint64)",
      dlopen: "uint64(uint64, int32)",
      dlsym: "uint64(uint64, uint64)",
      dlerror: "uint64()",
    },
    { wrap: true },
  );

let functions: ReturnType<typeof open> | undefined;

/** The C library, opened at the first need. */
export function cLibrary(): ReturnType<typeof open> {
  functions ??= open();
  return functions;
}

const addresses = 1n << 47n;

/** Throws ValueError for what no object's address can be; CPython would end the process. */
export function checkAddress(address: bigint): void {
  if (address === 0n) throw new ValueError("NULL pointer access");
  if (address < 0n || address >= addresses) throw new ValueError(`invalid address 0x${address.toString(16)}`);
}

/** A copy of `size` bytes of native memory. Throws ValueError for the null pointer. */
export function bytesAt(address: bigint, size: number): Buffer {
  if (size === 0) return Buffer.alloc(0);
  checkAddress(address);
  const copy = Buffer.allocUnsafeSlow(size);
  cLibrary().memmove(addressOf(copy), address, BigInt(size));
  return copy;
}

/** A copy of the bytes before the first NUL. Throws ValueError for the null pointer. */
export function cStringAt(address: bigint): Buffer {
  checkAddress(address);
  return bytesAt(address, Number(cLibrary().strlen(address)));
}

/** The `wchar_t` text at `address`: `length` units, or those before the first NUL. */
export function wideStringAt(address: bigint, length?: number): string {
  checkAddress(address);
  return decodeWide(bytesAt(address, 4 * (length ?? Number(cLibrary().wcslen(address)))));
}

/** UTF-32 to text. Throws ValueError for what is no character. */
export function decodeWide(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = "";
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) text += wideCharacter(view.getInt32(at, true));
  return text;
}

export function wideCharacter(code: number): string {
  const unsigned = code >>> 0;
  if (unsigned > 0x10ffff)
    throw new ValueError(`character U+${unsigned.toString(16)} is not in range [U+0000; U+10ffff]`);
  return String.fromCodePoint(unsigned);
}

/** Text as `wchar_t`s, which are UTF-32, without a terminator. */
export function encodeWide(text: string): Uint8Array {
  return new Uint8Array(Uint32Array.from(text, (character) => character.codePointAt(0) ?? 0).buffer);
}
