// Thunks: generated `napi_callback`s through which TypeScript calls native code. A thunk makes no N-API call, but for
// strings that it encodes: it reads its arguments from the slots, calls, stores the result, and gives back undefined.
// Never validates: call.ts did.

import { callText, conventionOf, frameMemory, memoryDeclarations, move } from "../emit/abi/index.ts";
import { llvm } from "../llvm/index.ts";
import type { Signature } from "../types/ctype.ts";
import { isAggregate } from "../types/ctype.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import {
  type Crossings,
  definedCrossings,
  isPassedOn,
  placesOf,
  promote,
  readSlot,
  shapeOf,
  takesString,
  writeSlot,
} from "./crossing.ts";
import { env } from "./environment.ts";
import { item } from "./mailbox-layout.ts";
import { pointerTo, slot } from "./slots.ts";
import { encodeText, type TextFunctions, textRoom } from "./text-code.ts";

/**
 * LLVM text of a thunk `thunkSymbol` that calls `targetSymbol`, which the same module defines or declares with the C
 * types of `signature`. For `makeCallableFromThunk`, in this thread only. Throws CF5020 for types that cannot cross.
 */
export function thunkText(signature: Signature, targetSymbol: string, thunkSymbol: string): string {
  return thunk(definedCrossings(signature, targetSymbol), thunkSymbol, { symbol: targetSymbol });
}

type Target = { readonly symbol: string } | "slot";

const lines = (list: readonly string[]): string => list.map((line) => `  ${line}\n`).join("");

interface Places {
  /** The addresses of the arguments' slots. */
  readonly args: readonly string[];
  /** Where an aggregate result goes, and any other. */
  readonly bytes: string;
  readonly word: string;
}

/** A call of `target`. `encode`: strings come as arguments of the thunk, where their slots say so. */
function callCode(crossings: Crossings, target: string, { args, bytes, word }: Places, encode?: TextFunctions) {
  const { signature, params, result } = crossings;
  const named = crossings.named ?? params.length;
  const texts = encode === undefined ? [] : textArguments(params, encode);
  const reads = params.map(
    (param, i) =>
      readArgument(param, `a${i}${texts[i] === undefined ? "" : ".given"}`, args[i] ?? "") + (texts[i]?.code ?? ""),
  );
  const promotions = params.map((param, i) => (i < named ? undefined : promote(param, `a${i}`, `a${i}.promoted`)));
  const memory = isAggregate(signature.result) ? "%result.memory" : undefined;
  const { frame, before, call, name, after } = callText(conventionOf(llvm().target().triple).classify(signature), {
    callee: target,
    args: params.map((_, i) => `%a${i}${promotions[i] === undefined ? "" : ".promoted"}`),
    fixed: named,
    result: memory,
    prefix: "%c",
  });
  const size = memory === undefined ? 0 : sizeOf(signature.result);
  if (memory !== undefined) frame.push(frameMemory(memory, size, alignOf(signature.result)));
  const given = name ?? (result.kind === "void" || memory !== undefined ? undefined : "%result");
  const kept = memory === undefined ? writeSlot(result, "result", word) : `  ${move(bytes, memory, size)}\n`;
  return {
    before: `${texts.map((text) => text?.room ?? "").join("")}${lines(frame)}${reads.join("")}${promotions.map((one) => one?.text ?? "").join("")}${lines(before)}`,
    call: `  ${given === undefined ? "" : `${given} = `}${call}\n`,
    after: `${lines(after)}${kept}`,
  };
}

function thunk(crossings: Crossings, name: string, target: Target): string {
  const { slots } = env();
  const { cpu, features } = llvm().target();
  const at = (index: number) => pointerTo(slots + BigInt(8 * index));
  const callee = target === "slot" ? "%target" : quote(target.symbol);
  const { before, call, after } = callCode(
    crossings,
    callee,
    { args: placesOf(crossings.params).map(at), bytes: at(slot.arguments), word: at(slot.result) },
    env().textFunctions,
  );
  // The depth is restored rather than decremented: whatever ran inside cannot unbalance it.
  return `
define ptr ${quote(name)}(ptr %env, ptr %info) nounwind "target-cpu"="${cpu}" "target-features"="${features}" {
${target === "slot" ? `  %target = load ptr, ptr ${at(slot.target)}\n` : ""}${before}  %depth = load i32, ptr ${at(slot.state)}
  %deeper = add i32 %depth, 1
  store i32 %deeper, ptr ${at(slot.state)}
${crossings.errno ? clearErrno : ""}${call}${crossings.errno ? keepErrno(at(slot.errno)) : ""}  store i32 %depth, ptr ${at(slot.state)}
${after}  ret ptr null
}
`;
}

/** For each parameter that takes strings: its memory, and what makes `%a0` of `%a0.given`. */
function textArguments(params: Crossings["params"], functions: TextFunctions) {
  return params.map((param, i) => {
    if (param.kind !== "pointer" || !takesString(param.type)) return undefined;
    const index = params.slice(0, i).filter(isPassedOn).length;
    return { room: textRoom(`a${i}`, index + 1), code: encodeText(`a${i}`, index, functions) };
  });
}

/** A scalar, or the address of an aggregate: where its slot is aligned well enough, the slot's. */
function readArgument(crossing: Crossings["params"][number], name: string, pointer: string): string {
  if (crossing.kind !== "aggregate") return readSlot(crossing, name, pointer);
  const [size, align] = [sizeOf(crossing.type), alignOf(crossing.type)];
  if (align <= 8) return `  %${name} = getelementptr i8, ptr ${pointer}, i64 0\n`;
  return `  ${frameMemory(`%${name}`, size, align)}\n  ${move(`%${name}`, pointer, size)}\n`;
}

const declareMemory = `${memoryDeclarations.join("\n")}\n`;
const declareErrno = "declare ptr @__errno_location() nounwind\n";
/** So that what is found afterwards comes from this call. */
const clearErrno = "  %errno.at = call ptr @__errno_location()\n  store i32 0, ptr %errno.at\n";
/** At once: whatever runs next may change it. */
const keepErrno = (at: string) => `  %errno = load i32, ptr %errno.at\n  store i32 %errno, ptr ${at}\n`;

const quote = (symbol: string) => `@"${symbol.replace(/["\\]/g, (c) => `\\${c.charCodeAt(0).toString(16)}`)}"`;

/**
 * LLVM text of what makes an asynchronous call: a function of the job, whose memory holds what the slots hold for a
 * thunk. It runs on a thread of its own and touches nothing else.
 */
function jobText(crossings: Crossings, name: string): string {
  const at = (id: string, offset: number) => `  %${id} = getelementptr i8, ptr %job, i64 ${offset}\n`;
  const offsets = placesOf(crossings.params).map((place) => item.arguments + 8 * (place - slot.arguments));
  const args = offsets.map((_, i) => `%at${i}`);
  const places = { args, bytes: "%arguments.at", word: "%result.at" };
  const { before, call, after } = callCode(crossings, "%target", places);
  return `
define void ${quote(name)}(ptr %job) nounwind {
${at("target.at", item.target)}  %target = load ptr, ptr %target.at
${at("result.at", item.result)}${at("errno.kept", item.errno)}${at("arguments.at", item.arguments)}${offsets.map((offset, i) => at(`at${i}`, offset)).join("")}${before}${clearErrno}${call}${keepErrno("%errno.kept")}${after}  ret void
}
`;
}

const jobs = new Map<string, bigint>();

/** Address of the code that makes asynchronous calls of one shape. Compiled at the first need. */
export function jobFor(crossings: Crossings): bigint {
  const shape = shapeOf(crossings);
  const known = jobs.get(shape);
  if (known !== undefined) return known;
  const name = `job ${shape}`;
  const code = llvm().compile(declareErrno + declareMemory + jobText(crossings, name), {
    name: "job",
    optimize: false,
  });
  const address = code.address(name);
  jobs.set(shape, address);
  return address;
}

export type Thunk = (...keptAlive: unknown[]) => void;

const shared = new Map<string, Thunk>();

/**
 * The thunk that all functions of one shape share: it calls the address in the target slot. Compiled at the first
 * need, all the missing ones of `all` in one module; kept for the life of the thread.
 */
export function sharedThunks(all: readonly Crossings[]): readonly Thunk[] {
  const missing = new Map(all.map((crossings) => [shapeOf(crossings), crossings] as const));
  for (const shape of [...missing.keys()]) if (shared.has(shape)) missing.delete(shape);
  if (missing.size > 0) {
    const thunks = [...missing].map(([shape, crossings]) => thunk(crossings, shape, "slot")).join("");
    const isErrnoKept = [...missing.values()].some(({ errno }) => errno);
    const text = `${isErrnoKept ? declareErrno : ""}${declareMemory}${thunks}`;
    const code = llvm().compile(text, { name: "thunks", optimize: false });
    for (const shape of missing.keys()) shared.set(shape, env().functionAt(code.address(shape)));
  }
  return all.map((crossings) => {
    const found = shared.get(shapeOf(crossings));
    if (found === undefined) throw new Error(`internal error: no thunk for ${shapeOf(crossings)}`);
    return found;
  });
}
