// The driver `v8`, the oracle of callbacks: the vector's source runs as the JavaScript that it is, over buffers of
// JavaScript, and its result is coerced to the C type. No native code and no compiler of ours takes part.

import { type CType, decodeValue, type EncodedValue, encodeValue } from "@cfunc/core/contract";
import { pointerTo, Region, useNativeMemory } from "@cfunc/core/memory";
import { isAggregate } from "@cfunc/core/types";
import { coerce } from "../../oracles/coerce.ts";
import type { CallbackWork, Work } from "../../protocol/messages.ts";
import { signatureOf } from "../../vectors/signatures.ts";
import type { Argument, Pointer } from "../../vectors/vector.ts";
import { inMemory, plain } from "../shared/aggregates.ts";
import { type Allocated, Blocks } from "../shared/blocks.ts";
import { evaluate } from "../shared/evaluate.ts";
import type { Outcome } from "../shared/native-values.ts";
import { serve } from "../shared/serve.ts";
import { isPointer } from "../shared/target.ts";

/** Buffers with addresses of their own making, far apart. */
class Addresses {
  private readonly buffers: Allocated[] = [];
  private next = 0x10000n;

  allocate = (size: number): Allocated => {
    const allocated = { address: this.next, bytes: new Uint8Array(size), free: () => {} };
    this.next += BigInt(Math.ceil(size / 0x10000) + 1) * 0x10000n;
    this.buffers.push(allocated);
    return allocated;
  };

  /** The pointer at an address, as callbacks see it; null for 0. */
  pointer(address: bigint, to: CType): unknown {
    if (address === 0n) return null;
    const found = this.buffers.find(({ address: start, bytes }) => {
      return address >= start && address <= start + BigInt(bytes.length);
    });
    if (found === undefined) throw new Error("a pointer points nowhere");
    return pointerTo(Region.of(found.bytes), Number(address - found.address), to);
  }

  addressOf(value: ArrayBufferView | ArrayBufferLike): bigint {
    const buffer = ArrayBuffer.isView(value) ? value.buffer : value;
    const found = this.buffers.find(({ bytes }) => bytes.buffer === buffer);
    if (found === undefined) throw new Error("a buffer without an address");
    return found.address + BigInt(ArrayBuffer.isView(value) ? value.byteOffset : 0);
  }
}

function run(work: Work): Outcome {
  if (work.call.kind !== "callback") throw new Error("V8 makes no native calls");
  const { call, case: one } = work as CallbackWork;
  const addresses = new Addresses();
  const refuse = (): never => {
    throw new Error("the oracle has no native memory");
  };
  const none = { allocate: refuse, free: refuse, view: refuse, readText: refuse };
  useNativeMemory({ ...none, addressOf: (value) => addresses.addressOf(value) });
  const blocks = new Blocks(one.memory ?? {}, addresses.allocate);
  const { params, result } = signatureOf(call);
  // In V8 a compiled function is the function itself.
  const fn = evaluate(call, { cfunc: (_: string, wrapped: unknown) => wrapped }) as (...args: unknown[]) => unknown;
  const returned = fn(...one.arguments.map((argument, i) => argumentOf(argument, params[i]?.type, blocks, addresses)));
  const value = isAggregate(result) ? plain(result, inMemory(result, returned)) : undefined;
  const encoded: EncodedValue | Pointer =
    result.kind === "pointer"
      ? blocks.pointerTo(isPointer(returned) ? returned.address : 0n)
      : encodeValue(value ?? coerce(result, returned));
  return { result: encoded, memory: blocks.contents(), overruns: blocks.overruns() };
}

function argumentOf(argument: Argument, type: CType | undefined, blocks: Blocks, addresses: Addresses): unknown {
  if (type !== undefined && isAggregate(type)) return inMemory(type, decodeValue(argument as EncodedValue));
  if (type?.kind !== "pointer") return decodeValue(argument as EncodedValue);
  const address = argument === null ? 0n : blocks.addressOf(argument as Pointer);
  return addresses.pointer(address, type.to);
}

const none = "the oracle runs JavaScript and makes no native calls";
await serve({
  name: "v8",
  capabilities: {
    callback: true,
    function: none,
    c: none,
    ownership: none,
    diagnostic: "JavaScript runs what the compiler refuses",
  },
  run,
});
