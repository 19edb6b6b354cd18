// The memory of ctypes objects: a window on bytes that this process owns, or on native memory, with what must stay alive
// because the bytes hold its address. Never interprets the bytes. Windows on one block share what it keeps alive.
import { addressOf, memory } from "@cfunc/core/native";
import { checkAddress } from "./c-library.ts";

/** Bytes that were allocated at once, and where they are. */
class Region {
  readonly view: DataView;
  private known: bigint | undefined;

  constructor(view: DataView, address?: bigint) {
    this.view = view;
    this.known = address;
  }

  get address(): bigint {
    this.known ??= addressOf(this.view);
    return this.known;
  }
}

/** Small objects share a region, like those of CPython; memory of its own is where overruns are found by tools. */
const small = 32;
const sharedSize = 16 * 1024;
const alignment = 16;
let shared = new Region(new DataView(new ArrayBuffer(0)));
let used = 0;

export class Storage {
  readonly view: DataView;
  /** Where in `view` the bytes begin. */
  readonly start: number;
  readonly size: number;
  /** What owns the bytes, where this does not. */
  readonly owner: unknown;
  private readonly region: Region;
  /** The block that this is a window on; undefined for a whole block. */
  private readonly block: Storage | undefined;
  private kept: Map<number, unknown> | undefined;

  private constructor(region: Region, start: number, size: number, owner?: unknown, block?: Storage) {
    this.region = region;
    this.view = region.view;
    this.start = start;
    this.size = size;
    this.owner = owner;
    this.block = block;
    this.kept = undefined;
  }

  /** Zeroed bytes; they live as long as any window on them. */
  static allocate(size: number): Storage {
    if (size > small) return new Storage(new Region(new DataView(new ArrayBuffer(size))), 0, size);
    if (used + small > shared.view.byteLength) {
      shared = new Region(new DataView(new ArrayBuffer(sharedSize)));
      used = 0;
    }
    const start = used;
    used += size <= alignment ? alignment : small;
    return new Storage(shared, start, size);
  }

  /** A buffer's own bytes. The caller has checked that `offset + size` is inside. */
  static over(buffer: ArrayBufferView | ArrayBufferLike, offset: number, size: number): Storage {
    const whole = ArrayBuffer.isView(buffer)
      ? new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength)
      : new DataView(buffer);
    return new Storage(new Region(whole), offset, size, buffer);
  }

  /** Native memory. Throws ValueError for an address that no object has. */
  static at(address: bigint, size: number, owner?: unknown): Storage {
    checkAddress(address);
    return new Storage(new Region(new DataView(memory.view(address, size)), address), 0, size, owner);
  }

  /** A window on a part of this. */
  slice(offset: number, size: number): Storage {
    return new Storage(this.region, this.start + offset, size, this.owner, this.whole);
  }

  /** The block that this is a window on. */
  get whole(): Storage {
    return this.block ?? this;
  }

  /** Where the bytes are. Valid as long as this is reachable. */
  get address(): bigint {
    return this.region.address + BigInt(this.start);
  }

  /** Whether all bytes from `address` on lie in this. */
  covers(address: bigint, size: number): boolean {
    const distance = address - this.address;
    return distance >= 0n && distance <= BigInt(this.size - size);
  }

  /** Keeps a value alive as long as the block, in place of what was kept for the same offset. */
  retain(offset: number, value: unknown): void {
    const { whole } = this;
    const at = this.start + offset;
    if (value === undefined) whole.kept?.delete(at);
    else {
      whole.kept ??= new Map();
      whole.kept.set(at, value);
    }
  }

  /** What is kept for an offset. */
  retained(offset: number): unknown {
    return this.whole.kept?.get(this.start + offset);
  }

  /** The pointer at an offset. */
  readAddress(offset = 0): bigint {
    return this.view.getBigUint64(this.start + offset, true);
  }

  /** Stores a pointer, and keeps alive what it points to; undefined where nobody needs to. */
  writeAddress(offset: number, address: bigint, kept: unknown): void {
    this.view.setBigUint64(this.start + offset, address, true);
    this.retain(offset, kept);
  }

  /** A copy of the bytes. */
  bytes(offset = 0, size = this.size): Buffer {
    return Buffer.from(this.window(offset, size));
  }

  /** Stores bytes, which fit. */
  writeBytes(offset: number, bytes: Uint8Array): void {
    this.window(offset, bytes.length).set(bytes);
  }

  /** Copies another's bytes to `offset`, and keeps alive what those bytes refer to. */
  copyFrom(source: Storage, offset = 0): void {
    this.window(offset, source.size).set(source.window(0, source.size));
    const { kept } = source.whole;
    if (kept === undefined) return;
    for (const [at, value] of [...kept]) {
      const distance = at - source.start;
      if (distance >= 0 && distance < source.size) this.retain(offset + distance, value);
    }
  }

  private window(offset: number, size: number): Uint8Array {
    const { view } = this;
    return new Uint8Array(view.buffer, view.byteOffset + this.start + offset, size);
  }
}

const held: unknown[] = [];

/** Keeps a value alive until the native call that is being prepared has returned. */
export function hold(value: unknown): void {
  if (value !== undefined) held.push(value);
}

/** Where a call starts to hold, for `release`. */
export function holding(): number {
  return held.length;
}

/** Ends the holding since `mark`, and gives what was held. */
export function takeHeld(mark: number): unknown[] {
  return held.splice(mark);
}

/** Ends what was held since `mark`. Calls nest, so that this is a stack. */
export function release(mark: number): void {
  held.length = mark;
}
