// The one door to ffi-rs: calls C functions by name, with 64-bit integers in and out and nothing else. Its strings
// leak, its structs leak, and its argument checks abort the process, so text travels through `Scratch` memory instead.
// Loaded on first use, because importing ffi-rs throws where it has no binary.
import { createRequire } from "node:module";
import { CFuncError } from "../diagnostics/error.ts";

type FFI = typeof import("ffi-rs");
type External = import("ffi-rs").JsExternal;
let loaded: FFI | undefined;

function ffi(): FFI {
  if (loaded !== undefined) return loaded;
  try {
    const require = createRequire(import.meta.url);
    loaded = require("ffi-rs") as FFI;
    keepLoaded(loaded, require);
    return loaded;
  } catch (error) {
    throw new CFuncError([
      {
        code: "CF4004",
        severity: "error",
        message: `the package ffi-rs could not be loaded: ${text(error)}`,
        help: "install dependencies with optional packages included, and allow native addons in this process",
      },
    ]);
  }
}

/**
 * Opens ffi-rs's own binary once more and never closes it. Node unloads an addon with the last environment that loaded
 * it; where that is a worker's, the end of its thread runs a destructor that is no longer there, and the process dies.
 */
function keepLoaded(ffi: FFI, require: NodeJS.Require): void {
  const path = createRequire(require.resolve("ffi-rs")).resolve("@yuuang/ffi-rs-linux-x64-gnu");
  ffi.open({ library: path, path });
}

// Values of ffi-rs's `DataType`, which is a const object at run time and an enum to the compiler.
const BIGINT = 16 as import("ffi-rs").DataType.BigInt;
const EXTERNAL = 11 as import("ffi-rs").DataType.External;
const signatures = Array.from({ length: 10 }, (_, n) => new Array<typeof BIGINT>(n).fill(BIGINT));

/** A shared library opened by path; calls take and give 64-bit integers, pointers among them. */
export class CLibrary {
  readonly path: string;

  /** Throws what the dynamic loader said, as a plain `Error`. */
  constructor(path: string) {
    this.path = path;
    ffi().open({ library: path, path });
  }

  /** The raw 64-bit result register, unsigned. For a narrower C result mask it, for `void` ignore it. */
  call(name: string, ...args: bigint[]): bigint {
    const paramsType = signatures[args.length];
    if (paramsType === undefined) throw new RangeError(`${name}: too many arguments`);
    const result = ffi().load({ library: this.path, funcName: name, retType: BIGINT, paramsType, paramsValue: args });
    return BigInt.asUintN(64, result as bigint);
  }

  external(name: string, ...args: bigint[]): External {
    const paramsType = signatures[args.length] ?? [];
    return ffi().load({ library: this.path, funcName: name, retType: EXTERNAL, paramsType, paramsValue: args });
  }
}

const outBytes = 4096;

/** Native memory that JavaScript sees: out-parameters and small structs first, then the strings of the current call. */
export class Scratch {
  readonly address: bigint;
  readonly libc: CLibrary;
  private bytes: Buffer;
  private strings: bigint;
  private top = 0;

  constructor(libc: CLibrary, capacity = 1 << 20) {
    this.libc = libc;
    const out = allocate(libc, outBytes);
    this.address = out.address;
    this.words = new BigUint64Array(out.bytes.buffer, out.bytes.byteOffset, outBytes / 8);
    // Untouched pages of a large calloc cost nothing.
    const room = allocate(libc, capacity);
    this.bytes = room.bytes;
    this.strings = room.address;
  }

  /** The out-parameters, as 64-bit words; word `i` is at `address + 8 * i`. */
  readonly words: BigUint64Array;

  word(index: number): bigint {
    return this.words[index] ?? 0n;
  }

  /** Address of a NUL-terminated UTF-8 copy, valid until `reset`. The text must hold no NUL itself. */
  string(value: string): { address: bigint; length: bigint } {
    const length = Buffer.byteLength(value);
    if (this.top + length + 1 > this.bytes.length) {
      // The outgrown block stays allocated: strings handed out before are still in use. Doubling bounds what is lost.
      const room = allocate(this.libc, 2 * (this.bytes.length + length + 1));
      this.bytes = room.bytes;
      this.strings = room.address;
      this.top = 0;
    }
    const at = this.top;
    this.bytes.write(value, at);
    this.bytes[at + length] = 0;
    this.top = at + length + 1;
    return { address: this.strings + BigInt(at), length: BigInt(length) };
  }

  reset(): void {
    this.top = 0;
  }

  /** Reads a C string by copying it piece by piece; whoever owns it still does. */
  read(address: bigint, length = this.libc.call("strlen", address)): string {
    if (address === 0n) return "";
    const pieces: Buffer[] = [];
    const room = BigInt(this.bytes.length - this.top);
    for (let done = 0n; done < length; ) {
      const size = length - done < room ? length - done : room;
      this.libc.call("memcpy", this.strings + BigInt(this.top), address + done, size);
      pieces.push(Buffer.from(this.bytes.subarray(this.top, this.top + Number(size))));
      done += size;
    }
    return Buffer.concat(pieces).toString("utf8");
  }
}

function allocate(libc: CLibrary, bytes: number): { address: bigint; bytes: Buffer } {
  const address = libc.call("calloc", BigInt(bytes), 1n);
  if (address === 0n) throw new RangeError(`out of memory: ${bytes} bytes`);
  // `memcpy` of nothing gives its first argument back, this time as the opaque pointer that ffi-rs wants.
  return { address, bytes: ffi().createExternalBuffer(libc.external("memcpy", address, address, 0n), bytes) };
}

export const text = (error: unknown): string => (error instanceof Error ? error.message : String(error));

let libc: CLibrary | undefined;
/** The C library of this process. */
export function cLibrary(): CLibrary {
  libc ??= new CLibrary("libc.so.6");
  return libc;
}
