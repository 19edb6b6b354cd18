// The native memory that this folder stands on, behind an interface: tests may put another in its place. Never reads
// or writes memory itself.
import { addressOf, memory } from "../native/memory.ts";

export interface NativeMemory {
  /** Zeroed memory; `align` is a power of two. */
  allocate(bytes: number, align?: number): bigint;
  free(address: bigint): void;
  /** An ArrayBuffer over native memory, which it does not own. */
  view(address: bigint, bytes: number): ArrayBuffer;
  /** The UTF-8 text at an address: so many bytes, or up to the NUL. */
  readText(address: bigint, bytes?: number): string | null;
  /** Where the bytes of a JavaScript buffer are. */
  addressOf(value: ArrayBufferView | ArrayBufferLike): bigint;
  /** Makes an ArrayBuffer of `view` unusable, so that nothing reaches released memory through it. */
  detach?(buffer: ArrayBuffer): void;
}

let current: NativeMemory = { ...memory, addressOf };

export function nativeMemory(): NativeMemory {
  return current;
}

/** Puts another memory in place and returns the one that was there. */
export function useNativeMemory(replacement: NativeMemory): NativeMemory {
  const previous = current;
  current = replacement;
  return previous;
}
