// What crosses between a vector and native code: callbacks are compiled, arguments decoded, results encoded. Calls nothing.
import { type CFunc, cfunc } from "@cfunc/core";
import { decodeValue, type EncodedValue, encodeValue, type Value } from "@cfunc/core/contract";
import type { Answer, TranspiledFunction } from "../../protocol/messages.ts";
import { typesOf } from "../../vectors/signatures.ts";
import type { Argument, CallbackReference, Pointer } from "../../vectors/vector.ts";
import type { Blocks } from "./blocks.ts";
import { evaluate } from "./evaluate.ts";
import { isPointer, type NativeArgument, type NativeResult } from "./target.ts";

export type Outcome = Omit<Answer, "kind" | "id">;

/** Copies native bytes a driver's own way. */
export type ReadBytes = (address: bigint, size: number) => Uint8Array;

export function compile(fn: TranspiledFunction): CFunc {
  // The signature is data here, so its type says nothing.
  const make = cfunc as unknown as (signature: string, fn: unknown, options: object) => CFunc;
  return make(fn.signature, evaluate(fn), { types: typesOf(fn.declarations) });
}

export function argumentOf(argument: Argument, blocks: Blocks, callbacks: ReadonlyMap<string, CFunc>): NativeArgument {
  if (argument === null) return { address: 0n };
  if (typeof argument === "object" && "$pointer" in argument) {
    return { address: blocks.addressOf(argument as Pointer) };
  }
  if (typeof argument === "object" && "$callback" in argument) {
    const { $callback: name } = argument as CallbackReference;
    const compiled = callbacks.get(name);
    if (compiled === undefined) throw new Error(`there is no callback ${name}`);
    // The address of a function arrives as a size_t.
    return Number(compiled.address);
  }
  const value: Value = decodeValue(argument as EncodedValue);
  if (value === undefined || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) {
    throw new Error(`an argument cannot be ${JSON.stringify(argument)}`);
  }
  return value as Exclude<NativeArgument, { readonly address: bigint }>;
}

export function encodeResult(result: NativeResult, blocks: Blocks): EncodedValue | Pointer {
  return isPointer(result) ? blocks.pointerTo(result.address) : encodeValue(result);
}
