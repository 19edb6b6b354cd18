// What all drivers that call C functions have in common: callbacks are compiled, memory is laid out, and one `Caller`,
// the driver's own, makes every call. Never calls what is under test by any other way.
import { type CFunc, cfunc } from "@cfunc/core";
import { decodeValue, type EncodedValue, encodeValue, type Value } from "@cfunc/core/contract";
import { memory } from "@cfunc/core/native";
import type { Answer, CallbackWork, CWork, FunctionWork, TranspiledFunction, Work } from "../../protocol/messages.ts";
import { typesOf } from "../../vectors/signatures.ts";
import type { Argument, CallbackReference, Pointer } from "../../vectors/vector.ts";
import { allocateNative, Blocks } from "./blocks.ts";
import { functionNamed, StatusBlock, targetOf } from "./bridge-library.ts";
import { runC } from "./c-function.ts";
import { evaluate } from "./evaluate.ts";
import { ledger } from "./ledger.ts";
import { runScenario } from "./scenario.ts";
import {
  type Abilities,
  type Caller,
  isPointer,
  type NativeArgument,
  type NativeResult,
  type Target,
} from "./target.ts";

export type Outcome = Omit<Answer, "kind" | "id">;

/** `read` copies native bytes the driver's own way, where it has one. */
export function runNative(
  work: Work,
  call: Caller,
  read: ReadBytes = readDirectly,
  abilities: Abilities = {},
): Outcome | Promise<Outcome> {
  if ("steps" in work) return runScenario(work, call, read);
  if (work.call.kind === "c") return runC(work as CWork, call, abilities);
  return "function" in work.call
    ? runFunction(work as FunctionWork, call, read)
    : runCallback(work as CallbackWork, call);
}

export type ReadBytes = (address: bigint, size: number) => Uint8Array;
const readDirectly: ReadBytes = (address, size) => new Uint8Array(memory.view(address, size)).slice();

export function compile(fn: TranspiledFunction): CFunc {
  // The signature is data here, so its type says nothing.
  const make = cfunc as unknown as (signature: string, fn: unknown, options: object) => CFunc;
  return make(fn.signature, evaluate(fn), { types: typesOf(fn.declarations) });
}

function runCallback({ call, case: one }: CallbackWork, caller: Caller): Outcome {
  const compiled = compile(call);
  const blocks = new Blocks(one.memory ?? {}, allocateNative);
  try {
    const { address, signature, nativeName } = compiled;
    const target: Target = { name: nativeName, address, signature, compiled, declarations: call.declarations ?? "" };
    const result = caller(
      target,
      one.arguments.map((argument) => argumentOf(argument, blocks, new Map())),
    );
    return { result: encodeResult(result, blocks), memory: blocks.contents(), overruns: blocks.overruns() };
  } finally {
    blocks.free();
    compiled.dispose();
  }
}

function runFunction({ call, case: one }: FunctionWork, caller: Caller, read: ReadBytes): Outcome {
  const fn = functionNamed(call.function);
  const target = targetOf(fn, call.symbol);
  const callbacks = new Map(Object.entries(call.callbacks ?? {}).map(([name, source]) => [name, compile(source)]));
  const blocks = new Blocks(one.memory ?? {}, allocateNative);
  const status = call.symbol === "twin" ? new StatusBlock() : undefined;
  const checkpoint = ledger.checkpoint();
  try {
    const args = one.arguments.map((argument) => argumentOf(argument, blocks, callbacks));
    if (status !== undefined) args.push({ address: status.address });
    const returned = caller(target, args);
    const { ownership, destructor } = fn.result;
    const owned = ownership === "owned" && isPointer(returned) && returned.address !== 0n;
    const result = owned ? takeText(returned.address, destructor ?? "", caller, read) : encodeResult(returned, blocks);
    return {
      result,
      memory: blocks.contents(),
      overruns: blocks.overruns(),
      live: ledger.live(checkpoint),
      ...(status === undefined ? {} : { status: status.read() }),
    };
  } finally {
    blocks.free();
    status?.free();
    for (const compiled of callbacks.values()) compiled.dispose();
  }
}

/** An owned string: copied, then released as the contract says, by the driver's own way of calling. */
function takeText(address: bigint, destructor: string, caller: Caller, read: ReadBytes): string {
  const allocation = ledger.live(0n).at(-1);
  if (allocation === undefined) throw new Error("the ledger does not know the string that came back");
  const bytes = read(address, allocation.size);
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, bytes.indexOf(0)));
  const status = caller(targetOf(functionNamed(destructor), "plain"), [{ address }]);
  if (status !== 0) throw new Error(`${destructor} answered ${String(status)}`);
  return text;
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
