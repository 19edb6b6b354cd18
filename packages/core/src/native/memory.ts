// Native memory by address. Allocation and release are checked against what this thread allocated; views are windows
// that own nothing, so whoever frees memory makes sure that nothing looks at it any more.
import { nativeError, show } from "./argument-error.ts";
import { env } from "./environment.ts";

const live = new Map<bigint, number>();
const mallocAlignment = 16;

export const memory = {
  /**
   * Zeroed memory of `bytes` bytes (0 counts as 1), aligned to `align` bytes, a power of two. Throws CF5050 if the
   * request is not valid or the system has no such memory.
   */
  allocate(bytes: number, align: number = mallocAlignment): bigint {
    if (!Number.isSafeInteger(bytes) || bytes < 0)
      throw nativeError("CF5050", `cannot allocate ${show(bytes)} bytes of native memory`);
    if (!Number.isSafeInteger(align) || align < 1 || align > 2 ** 30 || (align & (align - 1)) !== 0)
      throw nativeError("CF5050", `an alignment must be a power of two up to 2^30, got ${show(align)}`);
    const size = Math.max(1, bytes);
    const address = align <= mallocAlignment ? env().c("calloc", BigInt(size), 1n) : aligned(size, align);
    if (address === 0n) throw nativeError("CF5050", `out of memory: ${bytes} bytes were asked for`);
    live.set(address, size);
    return address;
  },

  /** Releases what `allocate` gave. Throws CF5050 for any other address, one released before included. */
  free(address: bigint): void {
    if (!live.delete(address))
      throw nativeError(
        "CF5050",
        `${show(address)} is not memory that was allocated here, or was released already`,
        "memory is released by whoever allocated it: use the release function of the library it came from",
      );
    env().c("free", address);
  },

  /** An ArrayBuffer over `bytes` bytes at `address`. It neither owns nor keeps the memory. */
  view(address: bigint, bytes: number): ArrayBuffer {
    if (!Number.isSafeInteger(bytes) || bytes < 0 || bytes > 2 ** 40)
      throw nativeError("CF5050", `cannot view ${show(bytes)} bytes`);
    if (bytes === 0) return new ArrayBuffer(0);
    requireAddress(address, "view");
    return env().viewAt(address, bytes);
  },

  /** Makes an ArrayBuffer from `view` empty, so that nothing reaches the memory through it or its typed arrays. */
  detach(buffer: ArrayBuffer): void {
    if (!(buffer instanceof ArrayBuffer)) throw nativeError("CF5050", `cannot detach ${show(buffer)}`);
    env().detach(buffer);
  },

  /** The UTF-8 text at `address`, copied: `bytes` bytes, or up to the NUL; null for the null pointer. Throws CF5508. */
  readText(address: bigint, bytes?: number): string | null {
    if (address === 0n) return null;
    requireAddress(address, "read");
    if (bytes === 0) return "";
    const text = env().decode(address, bytes);
    // What is no UTF-8 has become U+FFFD, which may stand in a text as well: decoding it again tells.
    if (text.includes("\ufffd"))
      utf8(new Uint8Array(env().viewAt(address, bytes ?? Number(env().c("strlen", address)))));
    return text;
  },
};

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text that the bytes encode. Throws CF5508 where they are no UTF-8. */
export function utf8(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    throw nativeError(
      "CF5508",
      `${bytes.length} bytes of text are not UTF-8`,
      "view the bytes, and decode them as what they are: new TextDecoder(encoding).decode(view(p, uint8, n))",
    );
  }
}

/** Where the bytes of a buffer are, for as long as the buffer is alive and not transferred; 0n for an empty one. */
export function addressOf(value: ArrayBufferView | ArrayBufferLike): bigint {
  if (ArrayBuffer.isView(value)) return env().locate(value);
  if (value instanceof ArrayBuffer) return env().locate(value);
  if (value instanceof SharedArrayBuffer) return env().locate(new Uint8Array(value));
  throw nativeError("CF5011", `addressOf takes a typed array, a DataView or an ArrayBuffer, got ${show(value)}`);
}

function requireAddress(address: bigint, what: string): void {
  if (typeof address !== "bigint" || address <= 0n || address >= 1n << 47n)
    throw nativeError("CF5050", `cannot ${what} memory at ${show(address)}`, "an address is a bigint that is not 0n");
}

function aligned(size: number, align: number): bigint {
  const rounded = BigInt(Math.ceil(size / align) * align);
  const address = env().c("aligned_alloc", BigInt(align), rounded);
  if (address !== 0n) env().c("memset", address, 0n, rounded);
  return address;
}
