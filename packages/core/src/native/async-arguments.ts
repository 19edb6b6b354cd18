// The pointer arguments of one asynchronous call. Strings and JavaScript buffers are copied into one block of native
// memory, and buffers that the callee may write to are copied back; native memory is pinned. Two calls that are under
// way at once may not share a buffer that one of them writes to: each has a copy, and one would undo the other.
import { PointerView } from "../memory/ptr.ts";
import { structPlace } from "../memory/struct-view.ts";
import type { Parameter, PointerType } from "../types/ctype.ts";
import { badString, nativeError, wrongPointer } from "./argument-error.ts";
import { env } from "./environment.ts";
import { pointerConverter, pointerProblem } from "./pointers.ts";
import type { PointerBits } from "./slots.ts";
import { stringProblem } from "./strings.ts";

interface Copied {
  readonly bytes: Uint8Array;
  /** Where the bytes go when the call is done; absent for what it cannot write to. */
  readonly back: boolean;
  readonly offset: number;
}

interface Held {
  readonly start: number;
  readonly end: number;
  readonly written: boolean;
}
/** The parts of each buffer that asynchronous calls use right now. */
const held = new WeakMap<ArrayBufferLike, Set<Held>>();

const alignment = 16;

export class AsyncArguments {
  private readonly name: string;
  private readonly copies: Copied[] = [];
  private readonly releases: (() => void)[] = [];
  private size = 0;
  private address = 0n;
  private memory: Uint8Array | undefined;

  constructor(name: string) {
    this.name = name;
  }

  /** Takes an argument in; what it gives tells the pointer, once `allocate` has run. Throws as a synchronous call does. */
  pointer(value: unknown, param: Parameter, index: number, type: PointerType): () => PointerBits {
    const why = pointerProblem(type, param.atLeast)(value);
    if (why !== undefined) throw wrongPointer(this.name, param, index, type, value, why);
    if (typeof value === "string") {
      const problem = stringProblem(value);
      if (problem !== undefined) throw badString(this.name, param, index, problem);
      return this.copy(Buffer.from(`${value}\0`), false);
    }
    const bytes = bytesOf(value);
    if (bytes !== undefined) {
      if (!(bytes.buffer instanceof ArrayBuffer)) {
        const what = "memory that threads share would be copied for an asynchronous call; pass memory of alloc()";
        throw wrongPointer(this.name, param, index, type, value, what);
      }
      return this.copy(bytes, !type.constant, index);
    }
    this.pin(value);
    return () => pointerConverter(this.name, param, index, type)(value);
  }

  /** The arguments are not in use any more. */
  letGo(): void {
    for (const release of this.releases.splice(0)) release();
    if (this.memory === undefined) return;
    env().detach(this.memory.buffer as ArrayBuffer);
    this.memory = undefined;
    env().c("free", this.address);
  }

  /** Makes the block of copies; its address is 0n where nothing was copied. */
  allocate(): bigint {
    if (this.size === 0) return 0n;
    this.address = env().c("calloc", BigInt(this.size), 1n);
    if (this.address === 0n) throw nativeError("CF5050", `${this.name}: out of memory for copies of the arguments`);
    this.memory = new Uint8Array(env().viewAt(this.address, this.size));
    for (const { bytes, offset } of this.copies) this.memory.set(bytes, offset);
    return this.address;
  }

  /** After the call: what it wrote, to where it belongs. */
  copyBack(): void {
    const { memory } = this;
    if (memory === undefined) return;
    for (const { bytes, back, offset } of this.copies)
      if (back && bytes.byteLength > 0) bytes.set(memory.subarray(offset, offset + bytes.byteLength));
  }

  /** A result that points into a copy would dangle. */
  refuseInside(address: bigint): void {
    if (this.size === 0 || address < this.address || address >= this.address + BigInt(this.size)) return;
    throw nativeError(
      "CF5015",
      `${this.name} returned a pointer into an argument, which was copied for the asynchronous call`,
      "pass memory of alloc(), which is not copied",
    );
  }

  private copy(bytes: Uint8Array, back: boolean, index?: number): () => PointerBits {
    if (index !== undefined) this.borrow(bytes, back, index);
    const offset = this.size;
    this.size += Math.ceil(Math.max(bytes.byteLength, 1) / alignment) * alignment;
    this.copies.push({ bytes, back, offset });
    return () => this.address + BigInt(offset);
  }

  private borrow(bytes: Uint8Array, written: boolean, index: number): void {
    const { buffer, byteOffset, byteLength } = bytes;
    const mine: Held = { start: byteOffset, end: byteOffset + byteLength, written };
    const all = held.get(buffer) ?? new Set<Held>();
    for (const other of all) {
      if (other.start >= mine.end || mine.start >= other.end || !(other.written || written)) continue;
      throw nativeError(
        "CF5014",
        `${this.name}: argument ${index + 1} is in use by an asynchronous call that may write to it`,
        "wait for that call first, or pass memory of alloc(), which calls may share",
      );
    }
    all.add(mine);
    held.set(buffer, all);
    this.releases.push(() => all.delete(mine));
  }

  private pin(value: unknown): void {
    const region = value instanceof PointerView ? PointerView.place(value).region : structPlace(value)?.region;
    if (region !== undefined) this.releases.push(region.pin(this.name));
  }
}

function bytesOf(value: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return new Uint8Array(value);
  return undefined;
}
