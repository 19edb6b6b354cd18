// The blocks of memory of one case: filled before the call, told after it, with a margin on both sides that must stay as
// it was. Where the bytes are, in native memory or in JavaScript's, is for whoever makes them.
import { decodeValue, type EncodedValue, encodeValue, type Value } from "@cfunc/core/contract";
import { memory as nativeMemory } from "@cfunc/core/native";
import type { Pointer } from "../../vectors/vector.ts";

const margin = 64;
const marginByte = 0xa5;

export interface Allocated {
  readonly address: bigint;
  readonly bytes: Uint8Array;
  free(): void;
}
export type Allocate = (size: number) => Allocated;

/** Memory outside of the JavaScript heap. */
export const allocateNative: Allocate = (size) => {
  const address = nativeMemory.allocate(size, margin);
  const bytes = new Uint8Array(nativeMemory.view(address, size));
  return { address, bytes, free: () => nativeMemory.free(address) };
};

interface Block {
  readonly name: string;
  readonly address: bigint;
  readonly size: number;
  /** The block and its margins. */
  readonly all: Allocated;
  /** How its bytes are told: the typed array it was filled from. */
  readonly shape: Value & ArrayBufferView;
}

export class Blocks {
  private readonly blocks: readonly Block[];

  constructor(described: Readonly<Record<string, EncodedValue>>, allocate: Allocate) {
    this.blocks = Object.entries(described).map(([name, encoded]) => {
      const shape = decodeValue(encoded);
      if (!ArrayBuffer.isView(shape)) throw new Error(`the block ${name} is no typed array`);
      const size = shape.byteLength;
      const all = allocate(size + 2 * margin);
      all.bytes.fill(marginByte);
      all.bytes.set(new Uint8Array(shape.buffer, shape.byteOffset, size), margin);
      return { name, address: all.address + BigInt(margin), size, all, shape };
    });
  }

  addressOf({ $pointer }: Pointer): bigint {
    const { to, at } = typeof $pointer === "string" ? { to: $pointer, at: 0 } : $pointer;
    const block = this.blocks.find(({ name }) => name === to);
    if (block === undefined) throw new Error(`there is no block ${to}`);
    return block.address + BigInt(at);
  }

  /** An address as vectors tell it: null, or a place in a block. */
  pointerTo(address: bigint): Pointer | null {
    if (address === 0n) return null;
    const block = this.blocks.find(({ address: start, size }) => address >= start && address <= start + BigInt(size));
    if (block === undefined) throw new Error("a pointer came back that points into no block");
    return { $pointer: { to: block.name, at: Number(address - block.address) } };
  }

  contents(): Readonly<Record<string, EncodedValue>> {
    return Object.fromEntries(
      this.blocks.map(({ name, all, size, shape }) => {
        const bytes = all.bytes.slice(margin, margin + size);
        const Elements = shape.constructor as new (buffer: ArrayBuffer) => Value & ArrayBufferView;
        return [name, encodeValue(new Elements(bytes.buffer))];
      }),
    );
  }

  /** The blocks around which something was written. */
  overruns(): readonly string[] {
    const touched = ({ all, size }: Block) =>
      all.bytes.some((byte, i) => byte !== marginByte && (i < margin || i >= margin + size));
    return this.blocks.filter(touched).map(({ name }) => name);
  }

  free(): void {
    for (const { all } of this.blocks) all.free();
  }
}
