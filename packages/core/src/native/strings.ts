// C strings that live for one call: a stack of bytes which nested calls share. Nothing here survives the call that it
// was made for.
import { env } from "./environment.ts";
import type { PointerBits } from "./slots.ts";

const capacity = 1 << 16;

export type StringProblem = { readonly why: string; readonly help: string };

/** Up to this length a loop over the characters is quicker than a call into the runtime. */
const short = 40;

const encoder = new TextEncoder();

/** Why a JavaScript string has no C string that means the same; `undefined` if it has one. */
export function stringProblem(value: string): StringProblem | undefined {
  const nul = value.indexOf("\0");
  if (nul >= 0) return { why: `has a NUL at index ${nul}, where a C string ends`, help: "pass bytes and a length" };
  const lone = isWellFormed(value) ? -1 : value.search(/\p{Surrogate}/u);
  if (lone >= 0)
    return { why: `has half a surrogate pair at index ${lone}, which UTF-8 cannot hold`, help: "see toWellFormed()" };
  return undefined;
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
   * `push` for a short string, checked on the way; `undefined` for one that is long or has no C string that means the
   * same. The encoding is that of the Unicode Standard, table 3-6.
   */
  pushShort(value: string): PointerBits | undefined {
    const { bytes } = this;
    const { length } = value;
    if (length > short || 3 * length >= capacity - this.top) return undefined;
    let at = this.top;
    for (let i = 0; i < length; i++) {
      let code = value.charCodeAt(i);
      if (code < 0x80) {
        if (code === 0) return undefined;
        bytes[at++] = code;
        continue;
      }
      if (code < 0x800) bytes[at++] = 0xc0 | (code >> 6);
      else {
        if (code >= 0xd800 && code < 0xe000) {
          const next = value.charCodeAt(++i);
          // `next` is NaN at the end
          if (code >= 0xdc00 || !(next >= 0xdc00 && next < 0xe000)) return undefined;
          code = 0x1_0000 + ((code - 0xd800) << 10) + (next - 0xdc00);
          bytes[at++] = 0xf0 | (code >> 18);
          bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
        } else bytes[at++] = 0xe0 | (code >> 12);
        bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
      }
      bytes[at++] = 0x80 | (code & 0x3f);
    }
    return this.end(at);
  }

  /** Address of a NUL-terminated UTF-8 copy of a well-formed `value`, until `release` of an earlier mark. */
  push(value: string): PointerBits {
    const room = capacity - this.top;
    if (3 * value.length < room || Buffer.byteLength(value) < room) {
      const { written } = encoder.encodeInto(value, this.top === 0 ? this.bytes : this.bytes.subarray(this.top));
      return this.end(this.top + written);
    }
    const copy = Buffer.from(`${value}\0`);
    const address = env().c("calloc", BigInt(copy.length), 1n);
    env().c("memcpy", address, env().locate(copy), BigInt(copy.length));
    this.large.push({ mark: this.top, address });
    // A mark taken after this one must differ, or releasing it would free this string.
    this.top += 1;
    return address;
  }

  /** Ends the string that lies between `top` and `at`, and gives its address. */
  private end(at: number): PointerBits {
    this.halves[0] = this.low + this.top;
    this.bytes[at] = 0;
    this.top = at + 1;
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
