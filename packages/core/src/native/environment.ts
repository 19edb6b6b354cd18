// What this thread can do natively: its slots, its N-API primitives, and calls into the C library. Made once a thread,
// on first use, by opening a generated shared object as if it were an addon. Nothing here checks what callers pass.
import { mkdtempSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CFuncError } from "../diagnostics/error.ts";
import { cLibrary, llvm } from "../llvm/index.ts";
import { bootstrapText, type Primitives } from "./bootstrap-code.ts";
import { elfStub } from "./elf-stub.ts";
import { type PointerBits, slot, slotBytes, stateIndex } from "./slots.ts";
import type { TextFunctions } from "./text-code.ts";

const cFunctions = [
  "calloc",
  "aligned_alloc",
  "free",
  "strlen",
  "memcpy",
  "memset",
  "dlopen",
  "dlsym",
  "dlerror",
  "dlclose",
  "dladdr1",
  "uv_ref",
  "uv_unref",
  "mmap",
  "mprotect",
] as const;
type CFunctionName = (typeof cFunctions)[number];

export class Environment {
  /** Address of the slots. */
  readonly slots: bigint;
  /** `napi_env` of this thread. */
  readonly napi: bigint;
  readonly i32: Int32Array;
  readonly u32: Uint32Array;
  readonly f64: Float64Array;
  readonly i64: BigInt64Array;
  readonly u64: BigUint64Array;
  readonly u8: Uint8Array;
  readonly dv: DataView;
  private asyncCalls = 0;
  private readonly waiting: (() => void)[] = [];
  /** For thunks that encode strings. */
  readonly textFunctions: TextFunctions;
  private readonly primitives: Primitives;
  private readonly addresses: Readonly<Record<CFunctionName, bigint>>;

  constructor() {
    const jit = llvm();
    this.slots = cLibrary().call("calloc", BigInt(slotBytes), 1n);
    const code = jit.compile(bootstrapText(this.slots), { name: "bootstrap", optimize: false });
    const object = elfStub("napi_register_module_v1", code.address("register"));
    // Fresh slots are all zero, which is an empty string too.
    this.primitives = openAddon(object, this.slots) as Primitives;
    const memory = this.primitives.slots;
    this.i32 = new Int32Array(memory);
    this.u32 = new Uint32Array(memory);
    this.f64 = new Float64Array(memory);
    this.i64 = new BigInt64Array(memory);
    this.u64 = new BigUint64Array(memory);
    this.u8 = new Uint8Array(memory);
    this.dv = new DataView(memory);
    this.napi = this.u64[slot.result] ?? 0n;
    // All at once: looking one up later would overwrite what `dlerror` has to say.
    const dlsym = cLibrary().call("dlsym", 0n, this.locate(Buffer.from("dlsym\0")));
    const find = (name: string) => this.raw(dlsym, 0n, this.locate(Buffer.from(`${name}\0`)));
    this.addresses = Object.fromEntries(cFunctions.map((name) => [name, find(name)])) as Record<CFunctionName, bigint>;
    this.textFunctions = {
      napi_get_cb_info: find("napi_get_cb_info"),
      napi_get_value_string_utf8: find("napi_get_value_string_utf8"),
    };
  }

  /** A JavaScript function with the generated `napi_callback` at `address`. */
  functionAt(address: bigint): (...keptAlive: unknown[]) => void {
    this.u64[slot.arguments] = address;
    return this.primitives.functionAt();
  }

  /** An ArrayBuffer over native memory, which it neither owns nor keeps. `bytes` > 0. */
  viewAt(address: bigint, bytes: number): ArrayBuffer {
    this.u64[slot.arguments] = address;
    this.u64[slot.arguments + 1] = BigInt(bytes);
    return this.primitives.viewAt();
  }

  /** Where the bytes of a typed array, DataView or ArrayBuffer are. */
  locate(value: ArrayBufferView | ArrayBuffer): bigint {
    this.primitives.locate(value);
    return this.u64[slot.result] ?? 0n;
  }

  /** As `locate`, the 64 bits of the address read as a double: copying it into a slot costs no BigInt. */
  locateBits(value: ArrayBufferView | ArrayBuffer): number {
    this.primitives.locate(value);
    return this.f64[slot.result] ?? 0;
  }

  /**
   * Writes the UTF-8 of `text` and a NUL to `to`, which has `size` bytes; how many it wrote without the NUL, or -1 where
   * the text holds a NUL itself. Half a surrogate pair becomes U+FFFD, and what does not fit is cut off.
   */
  encode(text: string, to: PointerBits, size: number): number {
    if (typeof to === "number") this.f64[slot.arguments] = to;
    else this.u64[slot.arguments] = to;
    this.i32[2 * (slot.arguments + 1)] = size;
    this.primitives.encode(text);
    const written = this.i32[2 * slot.result] ?? 0;
    return written === this.i32[2 * slot.result + 1] ? written : -1;
  }

  /** A copy of the UTF-8 at `address`, of so many bytes or up to the NUL. What is no UTF-8 becomes U+FFFD. */
  decode(address: bigint, bytes = -1): string {
    this.u64[slot.arguments] = address;
    this.i32[2 * (slot.arguments + 1)] = bytes;
    const text = this.primitives.decode();
    if (text === undefined) throw new RangeError("the text is longer than a JavaScript string can be");
    return text;
  }

  /** Takes an ArrayBuffer's memory away from it: its length is 0 afterwards. The memory itself stays. */
  detach(buffer: ArrayBuffer): void {
    this.primitives.detach(buffer);
  }

  /**
   * Runs `action` when no call from TypeScript into native code is under way, asynchronous ones included: at once, or
   * after the running ones.
   */
  whenIdle(action: () => void): void {
    if (this.asyncCalls > 0) this.waiting.push(action);
    else if (this.i32[stateIndex.depth] === 0) action();
    else queueMicrotask(() => this.whenIdle(action));
  }

  /** An asynchronous call starts. */
  beginAsync(): void {
    this.asyncCalls += 1;
  }

  /** An asynchronous call is over. */
  endAsync(): void {
    this.asyncCalls -= 1;
    if (this.asyncCalls === 0) for (const action of this.waiting.splice(0)) this.whenIdle(action);
  }

  /** A strong `napi_ref` to a function, to be given back with `unreference`. */
  reference(value: object): bigint {
    this.primitives.reference(value);
    return this.u64[slot.result] ?? 0n;
  }

  unreference(reference: bigint): void {
    this.u64[slot.arguments] = reference;
    this.primitives.unreference();
  }

  /** Calls native code with up to six 64-bit integers; the raw result register, unsigned. */
  raw(target: bigint, ...args: bigint[]): bigint {
    this.u64[slot.target] = target;
    for (const [index, argument] of args.entries()) this.u64[slot.arguments + index] = argument;
    this.primitives.raw();
    return this.u64[slot.result] ?? 0n;
  }

  /** Calls a function of the C library. */
  c(name: CFunctionName, ...args: bigint[]): bigint {
    return this.raw(this.addresses[name], ...args);
  }
}

/** Opens a shared object as a Node addon. It is never written to disk where the kernel offers `memfd_create`. */
function openAddon(object: Buffer, emptyName: bigint): unknown {
  const module = { exports: {} };
  const descriptor = memfd(emptyName);
  try {
    if (descriptor !== undefined) {
      try {
        writeSync(descriptor, object);
        process.dlopen(module, memfdPath(descriptor));
      } finally {
        // Not `closeSync`: a worker warns about descriptors that Node did not open.
        cLibrary().call("close", BigInt(descriptor));
      }
      return module.exports;
    }
    const folder = mkdtempSync(join(tmpdir(), "cfunc-"));
    try {
      writeFileSync(join(folder, "bootstrap.node"), object, { mode: 0o700 });
      process.dlopen(module, join(folder, "bootstrap.node"));
    } finally {
      rmSync(folder, { recursive: true });
    }
    return module.exports;
  } catch (error) {
    throw new CFuncError([
      {
        code: "CF5040",
        severity: "error",
        message: `native code cannot be used in this process: ${error instanceof Error ? error.message : String(error)}`,
        help: "Node must be allowed to load native addons (no --no-addons, --permission only with --allow-addons)",
      },
    ]);
  }
}

const closeOnExec = 1n;

/** `name` is the address of a C string. */
function memfd(name: bigint): number | undefined {
  try {
    const descriptor = Number(BigInt.asIntN(32, cLibrary().call("memfd_create", name, closeOnExec)));
    return descriptor < 0 ? undefined : descriptor;
  } catch {
    return undefined;
  }
}

/**
 * The loader takes two equal path strings for the same library, and descriptors are used again: another thread's
 * object, still open under this number, would be run in place of ours. So the path spells out a number that is used
 * once, in components that mean nothing.
 */
function memfdPath(descriptor: number): string {
  const once = process.hrtime.bigint().toString(2).replaceAll("0", "/").replaceAll("1", "./");
  return `/proc/self/fd/${once}${descriptor}`;
}

let environment: Environment | undefined;

/** This thread's environment. The first call starts LLVM; throws CF40xx and CF5040 where that is not possible. */
export function env(): Environment {
  environment ??= new Environment();
  return environment;
}
