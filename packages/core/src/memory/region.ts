// A region: bytes that pointers, structures and arrays look at together, so that all of them notice its release and
// its bounds. Three kinds: memory owned here, memory at a foreign address, whose extent nobody knows, and a
// JavaScript buffer. Never decides what the bytes mean.
import { type NativeMemory, nativeMemory } from "./backing.ts";
import { hex, memoryError } from "./memory-error.ts";

const noBytes = new DataView(new ArrayBuffer(0));
const smallestWindow = 64;
/** A larger window costs garbage collector pressure, not memory. */
const largestSlack = 1 << 20;

export class Region {
  /** The bytes that can be reached without asking again; `at` says where in it. */
  view: DataView = noBytes;
  readonly #origin: () => bigint;
  /** Bytes that may be touched, from offset 0; undefined where the extent is unknown. */
  readonly #extent: number | undefined;
  /** The offset of the first byte of `view`. */
  #low = 0;
  #released = false;
  /** Where owned memory came from: it goes back to the same. */
  readonly #owner: NativeMemory | undefined;
  readonly #buffers: ArrayBuffer[] = [];

  private constructor(origin: () => bigint, extent: number | undefined, owner?: NativeMemory) {
    this.#origin = origin;
    this.#extent = extent;
    this.#owner = owner;
  }

  /** New zeroed memory that `release` gives back. */
  static allocate(bytes: number, align: number): Region {
    const owner = nativeMemory();
    const address = owner.allocate(bytes, align);
    const region = new Region(() => address, bytes, owner);
    region.#open(0, bytes);
    return region;
  }

  /** Memory of others. A window onto it is opened where it is first used. */
  static foreign(address: bigint): Region {
    return new Region(() => address, undefined);
  }

  /** The bytes of a TypedArray, DataView or ArrayBuffer. */
  static of(buffer: ArrayBufferView | ArrayBuffer): Region {
    const region = new Region(() => nativeMemory().addressOf(buffer), buffer.byteLength);
    region.view = ArrayBuffer.isView(buffer)
      ? new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength)
      : new DataView(buffer);
    return region;
  }

  /** The index in `view` of the byte at `offset`, when `bytes` bytes from there may be touched. Throws CF5501, CF5502. */
  at(offset: number, bytes: number): number {
    const index = offset - this.#low;
    return index >= 0 && index + bytes <= this.view.byteLength ? index : this.#reach(offset, bytes);
  }

  address(offset: number): bigint {
    this.#alive();
    return this.#origin() + BigInt(offset);
  }

  get released(): boolean {
    return this.#released;
  }

  /** An ArrayBuffer that holds the bytes, with the place in it, for TypedArrays with elements of `align` bytes. */
  bytes(
    offset: number,
    bytes: number,
    align: number,
  ): { readonly buffer: ArrayBufferLike; readonly byteOffset: number } {
    const index = this.at(offset, bytes);
    const byteOffset = this.view.byteOffset + index;
    if (byteOffset % align === 0) return { buffer: this.view.buffer, byteOffset };
    return { buffer: this.#window(offset, bytes), byteOffset: 0 };
  }

  /** Gives owned memory back. Throws CF5502 the second time. */
  release(): void {
    if (this.#owner === undefined) throw memoryError("CF5502", "this memory is not owned here, and cannot be released");
    if (this.#released) {
      throw memoryError("CF5502", `memory at ${hex(this.#origin())} was released already`, "release memory once");
    }
    this.#released = true;
    this.view = noBytes;
    for (const buffer of this.#buffers.splice(0)) this.#owner.detach?.(buffer);
    this.#owner.free(this.#origin());
  }

  #alive(): void {
    if (!this.#released) return;
    throw memoryError(
      "CF5502",
      `memory at ${hex(this.#origin())} was used after it was released`,
      "use it before release(), or before the end of the block of `using`",
    );
  }

  #reach(offset: number, bytes: number): number {
    this.#alive();
    if (this.#extent !== undefined) {
      throw memoryError(
        "CF5501",
        `${bytes} bytes at offset ${offset} are outside of this memory, which has ${this.#extent} bytes`,
      );
    }
    if (!Number.isSafeInteger(offset)) throw memoryError("CF5501", `there is no memory at offset ${offset}`);
    const high = this.#low + this.view.byteLength;
    const empty = this.view.byteLength === 0;
    const low = empty ? offset : Math.min(this.#low, offset);
    const end = Math.max(empty ? 0 : high, offset + bytes);
    const slack = Math.min(Math.max(end - low, smallestWindow), largestSlack);
    // An element far away gets a window of its own: the bytes between are not ours to look at.
    if (!empty && end - low > 4 * (this.view.byteLength + largestSlack)) this.#open(offset, bytes + smallestWindow);
    else this.#open(low, end - low + slack);
    return offset - this.#low;
  }

  #open(low: number, bytes: number): void {
    this.#low = low;
    this.view = new DataView(this.#window(low, bytes));
  }

  #window(offset: number, bytes: number): ArrayBuffer {
    const buffer = (this.#owner ?? nativeMemory()).view(this.#origin() + BigInt(offset), bytes);
    if (this.#owner !== undefined) this.#buffers.push(buffer);
    return buffer;
  }
}
