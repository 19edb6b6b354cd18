// C strings that live for one call: a stack of bytes which nested calls share. Nothing here survives the call that it
// was made for.
import { nativeError } from "./argument-error.ts";
import { env } from "./environment.ts";
import type { PointerBits } from "./slots.ts";
import { encodeMark, longestInThunk } from "./text-code.ts";

const capacity = 1 << 16;

export interface StringProblem {
  readonly code: "CF5013" | "CF5016";
  /** Completes "the string ...". */
  readonly why: string;
  readonly help: string;
}

/** Up to this length a loop over the characters is quicker than a call into the runtime. */
const short = 16;

/** The bits of `encodeMark`. */
const mark = encodeMark * Number.MIN_VALUE;

/** Why a JavaScript string has no C string that means the same; `undefined` if it has one. */
export function stringProblem(value: string): StringProblem | undefined {
  const nul = value.indexOf("\0");
  if (nul >= 0)
    return { code: "CF5013", why: `has a NUL at index ${nul}, where a C string ends`, help: "pass bytes and a length" };
  const lone = isWellFormed(value) ? -1 : value.search(/\p{Surrogate}/u);
  if (lone < 0) return undefined;
  const why = `has half a surrogate pair at index ${lone}, which UTF-8 cannot hold`;
  return { code: "CF5016", why, help: "see toWellFormed()" };
}

/** `String.prototype.isWellFormed`, which Node has and the ES2022 library does not declare. */
function isWellFormed(value: string): boolean {
  return (value as string & { isWellFormed(): boolean }).isWellFormed();
}

class StringStack {
  private readonly bytes: Uint8Array;
  private readonly address: bigint;
  /** Gives an address in the block as a double of the same bits, without a BigInt: only the low half ever changes. */
  private readonly halves: Uint32Array;
  private readonly whole: Float64Array;
  private readonly low: number;
  private top = 0;
  private readonly large: { readonly mark: number; readonly address: bigint }[] = [];

  constructor() {
    // Aligned to its size, so that the low half of an address inside does not overflow.
    this.address = env().c("aligned_alloc", BigInt(capacity), BigInt(capacity));
    this.bytes = new Uint8Array(env().viewAt(this.address, capacity));
    const words = new BigUint64Array([this.address]);
    this.halves = new Uint32Array(words.buffer);
    this.whole = new Float64Array(words.buffer);
    this.low = this.halves[0] ?? 0;
  }

  mark(): number {
    return this.top;
  }

  /**
   * Address of a NUL-terminated UTF-8 copy of `value`, until `release` of an earlier mark; `undefined` where
   * `stringProblem` has something to say. Throws CF5050 where there is no memory for it.
   */
  push(value: string): PointerBits | undefined {
    if (this.writeAscii(value)) return this.take(value.length);
    if (!isWellFormed(value)) return undefined;
    const room = capacity - this.top;
    if (3 * value.length >= room && Buffer.byteLength(value) >= room) return this.pushLarge(value);
    const written = env().encode(value, this.addressOf(this.top), room);
    return written < 0 ? undefined : this.take(written);
  }

  /** As `push`, or the mark that leaves the encoding to the thunk, which is quicker. */
  pushOrMark(value: string): PointerBits | undefined {
    if (value.length > longestInThunk) return this.push(value);
    if (this.writeAscii(value)) return this.take(value.length);
    return isWellFormed(value) && !value.includes("\0") ? mark : undefined;
  }

  /** Whether `value` was short, ASCII, and without NUL: then it lies at `top`. */
  private writeAscii(value: string): boolean {
    const { bytes, top: start } = this;
    const { length } = value;
    if (length > short || length >= capacity - start) return false;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code === 0 || code > 127) return false;
      bytes[start + i] = code;
    }
    bytes[start + length] = 0;
    return true;
  }

  private pushLarge(value: string): PointerBits | undefined {
    const size = Buffer.byteLength(value) + 1;
    const address = env().c("calloc", BigInt(size), 1n);
    if (address === 0n) throw nativeError("CF5050", `out of memory: a string of ${size} bytes`);
    // A mark taken after this one must differ, or releasing it would free this string.
    this.large.push({ mark: this.top++, address });
    return env().encode(value, address, size) < 0 ? undefined : address;
  }

  /** Keeps `length` bytes and the NUL behind them, and gives their address. */
  private take(length: number): PointerBits {
    const address = this.addressOf(this.top);
    this.top += length + 1;
    return address;
  }

  private addressOf(index: number): PointerBits {
    this.halves[0] = this.low + index;
    return this.whole[0] ?? 0;
  }

  release(mark: number): void {
    this.top = mark;
    for (let last = this.large.at(-1); last !== undefined && last.mark >= mark; last = this.large.at(-1)) {
      this.large.pop();
      env().c("free", last.address);
    }
  }
}

let stack: StringStack | undefined;

export function strings(): StringStack {
  stack ??= new StringStack();
  return stack;
}
