// A region: bytes that pointers, structures and arrays look at together, so that all of them notice its release and
// its bounds. Three kinds: memory owned here, memory at a foreign address, whose extent nobody knows, and a
// JavaScript buffer. Never decides what the bytes mean.
import { Owned } from "../ownership/owned.ts";
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
  readonly #extent: number | undefined;
  /** The offset of the first byte of `view`. */
  #low = 0;
  #what = "memory";
  /** Present where the memory is owned here. Releases it once, and reports it where nobody did. */
  #owned: Owned<bigint> | undefined;
  /** Where the memory came from. */
  readonly #memory: NativeMemory | undefined;
  /** Whatever looks at memory that may go away, to be made unusable with it. */
  readonly #buffers: ArrayBuffer[] = [];
  /** What uses the memory right now, so that it cannot be released. */
  readonly #pins = new Set<{ readonly user: string }>();
  /** Why memory of others is not there any more. */
  #gone: string | undefined;

  private constructor(origin: () => bigint, extent: number | undefined, memory?: NativeMemory) {
    this.#origin = origin;
    this.#extent = extent;
    this.#memory = memory;
  }

  /** New zeroed memory that `release` gives back; `what` names it in messages: `alloc(float64, 6)`. */
  static allocate(bytes: number, align: number, what: string): Region {
    const memory = nativeMemory();
    const address = memory.allocate(bytes, align);
    const region = new Region(() => address, bytes, memory);
    const buffers = region.#buffers;
    region.#owned = new Owned(address, {
      what: `${what} at ${hex(address)}`,
      release(value) {
        for (const buffer of buffers.splice(0)) memory.detach?.(buffer);
        memory.free(value);
      },
    });
    region.#what = what;
    region.#open(0, bytes);
    return region;
  }

  /** Memory of others. A window onto it is opened where it is first used. */
  static foreign(address: bigint): Region {
    return new Region(() => address, undefined);
  }

  /** Memory of others whose extent is known, and which is there until `close`; `what` names it in messages. */
  static fixed(address: bigint, bytes: number, what: string): Region {
    const region = new Region(() => address, bytes);
    region.#what = what;
    region.#open(0, bytes);
    return region;
  }

  /** The memory of a `fixed` region goes away: every use of it throws CF5502 from then on. */
  close(why: string): void {
    this.#gone = why;
    this.view = noBytes;
    for (const buffer of this.#buffers.splice(0)) nativeMemory().detach?.(buffer);
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
    return offset === 0 ? this.#origin() : this.#origin() + BigInt(offset);
  }

  /** Bytes from offset 0 that may be touched; undefined at a foreign address, where nobody knows. */
  get extent(): number | undefined {
    return this.#extent;
  }

  get released(): boolean {
    return this.#owned?.released ?? false;
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
    const owned = this.#owned;
    if (owned === undefined) throw memoryError("CF5502", "this memory is not owned here, and cannot be released");
    if (this.released) {
      throw memoryError("CF5502", `${this} was released already`, "release memory once, or leave it to `using`");
    }
    const [pin] = this.#pins;
    if (pin !== undefined) {
      const help = "await the call before the memory is released, also at the end of a block with `using`";
      throw memoryError("CF5509", `${this} is in use by an asynchronous call of ${pin.user}`, help);
    }
    this.view = noBytes;
    owned[Symbol.dispose]();
  }

  /** Keeps the memory from being released until what it gives is called. */
  pin(user: string): () => void {
    this.#alive();
    const pin = { user };
    this.#pins.add(pin);
    return () => this.#pins.delete(pin);
  }

  toString(): string {
    return `${this.#what} at ${hex(this.#origin())}`;
  }

  #alive(): void {
    if (this.#gone !== undefined) throw memoryError("CF5502", `${this} was used after ${this.#gone}`);
    if (!this.released) return;
    throw memoryError(
      "CF5502",
      `${this} was used after it was released`,
      "use it before release(), or before the end of the block of `using`",
    );
  }

  #reach(offset: number, bytes: number): number {
    this.#alive();
    if (this.#extent !== undefined) {
      throw memoryError(
        "CF5501",
        `${bytes} bytes at offset ${offset} are outside of ${this}, which has ${this.#extent} bytes`,
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
    const buffer = (this.#memory ?? nativeMemory()).view(this.#origin() + BigInt(offset), bytes);
    if (this.#extent !== undefined) this.#buffers.push(buffer);
    return buffer;
  }
}
