// C strings that live for one call: a stack of bytes which nested calls share. Nothing here survives the call that it
// was made for.
import { env } from "./environment.ts";

const capacity = 1 << 16;

export type StringProblem = { readonly why: string; readonly help: string };

/** Up to this length a loop over the characters is quicker than a call into the runtime. */
const short = 48;

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
  private readonly bytes: Buffer;
  private readonly address: bigint;
  private top = 0;
  private readonly large: { readonly mark: number; readonly address: bigint }[] = [];

  constructor() {
    this.address = env().c("calloc", BigInt(capacity), 1n);
    this.bytes = Buffer.from(env().viewAt(this.address, capacity));
  }

  mark(): number {
    return this.top;
  }

  /** `push` for a short ASCII string without NUL, which needs no other check; `undefined` for any other. */
  pushAscii(value: string): bigint | undefined {
    const { bytes, top: start } = this;
    const { length } = value;
    if (length > short || length >= capacity - start) return undefined;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code === 0 || code > 127) return undefined;
      bytes[start + i] = code;
    }
    bytes[start + length] = 0;
    this.top = start + length + 1;
    return this.address + BigInt(start);
  }

  /** Address of a NUL-terminated UTF-8 copy of `value`, until `release` of an earlier mark. */
  push(value: string): bigint {
    const most = 3 * value.length + 1;
    if (most <= capacity - this.top || Buffer.byteLength(value) < capacity - this.top) {
      const start = this.top;
      const end = start + this.bytes.write(value, start);
      this.bytes[end] = 0;
      this.top = end + 1;
      return this.address + BigInt(start);
    }
    const copy = Buffer.from(`${value}\0`);
    const address = env().c("calloc", BigInt(copy.length), 1n);
    env().c("memcpy", address, env().locate(copy), BigInt(copy.length));
    this.large.push({ mark: this.top, address });
    // A mark taken after this one must differ, or releasing it would free this string.
    this.top += 1;
    return address;
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
