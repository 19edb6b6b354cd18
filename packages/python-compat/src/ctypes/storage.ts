// The memory of ctypes objects: a window on bytes that this process owns, or on native memory, with what must stay alive
// because the bytes hold its address. Never interprets the bytes. Windows on one block share what it keeps alive.
import { addressOf, memory } from "@cfunc/core/native";
import { checkAddress } from "./c-library.ts";

export class Storage {
  readonly view: DataView;
  readonly size: number;
  /** The block that this is a window on; undefined for a whole block. */
  private readonly block: Storage | undefined;
  /** What owns the bytes, where this does not. */
  readonly owner: unknown;
  private kept: Map<number, unknown> | undefined;
  private known: bigint | undefined;

  private constructor(view: DataView, size: number, rest: { block?: Storage; owner?: unknown; address?: bigint } = {}) {
    this.view = view;
    this.size = size;
    this.block = rest.block;
    this.owner = rest.owner;
    this.known = rest.address;
    this.kept = undefined;
  }

  /** Zeroed bytes; they live as long as any window on them. */
  static allocate(size: number): Storage {
    return new Storage(new DataView(new ArrayBuffer(Math.max(size, 1))), size);
  }

  /** A buffer's own bytes. The caller has checked that `offset + size` is inside. */
  static over(buffer: ArrayBufferView | ArrayBufferLike, offset: number, size: number): Storage {
    if (!ArrayBuffer.isView(buffer)) return new Storage(new DataView(buffer, offset, size), size, { owner: buffer });
    return new Storage(new DataView(buffer.buffer, buffer.byteOffset + offset, size), size, { owner: buffer });
  }

  /** Native memory. Throws ValueError for an address that no object has. */
  static at(address: bigint, size: number, owner?: unknown): Storage {
    checkAddress(address);
    return new Storage(new DataView(memory.view(address, size)), size, { owner, address });
  }

  /** A window on a part of this. */
  slice(offset: number, size: number): Storage {
    const { view } = this;
    return new Storage(new DataView(view.buffer, view.byteOffset + offset, size), size, {
      block: this.whole,
      owner: this.owner,
    });
  }

  /** The block that this is a window on. */
  get whole(): Storage {
    return this.block ?? this;
  }

  /** Where the bytes are. Valid as long as this is reachable. */
  get address(): bigint {
    if (this.known === undefined) {
      const { block } = this;
      this.known = block === undefined ? addressOf(this.view) : block.address + BigInt(this.offset);
    }
    return this.known;
  }

  /** Bytes from the start of the block. */
  private get offset(): number {
    return this.block === undefined ? 0 : this.view.byteOffset - this.block.view.byteOffset;
  }

  /** Whether all bytes from `address` on lie in this. */
  covers(address: bigint, size: number): boolean {
    return address >= this.address && address + BigInt(size) <= this.address + BigInt(this.size);
  }

  /** Keeps a value alive as long as the block, in place of what was kept for the same offset. */
  retain(offset: number, value: unknown): void {
    const { whole } = this;
    const at = this.offset + offset;
    if (value === undefined) whole.kept?.delete(at);
    else {
      whole.kept ??= new Map();
      whole.kept.set(at, value);
    }
  }

  /** What is kept for an offset. */
  retained(offset: number): unknown {
    const { whole } = this;
    return whole.kept?.get(this.offset + offset);
  }

  /** Copies another's bytes to `offset`, and keeps alive what those bytes refer to. */
  copyFrom(source: Storage, offset = 0): void {
    const { view } = source;
    const from = new Uint8Array(view.buffer, view.byteOffset, source.size);
    new Uint8Array(this.view.buffer, this.view.byteOffset + offset, source.size).set(from);
    const { kept } = source.whole;
    if (kept === undefined) return;
    const start = source.offset;
    for (const [at, value] of [...kept])
      if (at >= start && at < start + source.size) this.retain(offset + at - start, value);
  }

  /** A copy of the bytes. */
  bytes(offset = 0, size = this.size): Buffer {
    const { view } = this;
    return Buffer.from(new Uint8Array(view.buffer, view.byteOffset + offset, size));
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
