// Thunks: generated `napi_callback`s through which TypeScript calls native code. A thunk makes no N-API call: it reads
// its arguments from the slots, calls, stores the result, and gives back undefined. Never validates: call.ts did.
import { llvm } from "../llvm/index.ts";
import type { Signature } from "../types/ctype.ts";
import {
  type Crossings,
  definedCrossings,
  extension,
  llvmType,
  promote,
  readSlot,
  shapeOf,
  writeSlot,
} from "./crossing.ts";
import { env } from "./environment.ts";
import { item } from "./mailbox-code.ts";
import { pointerTo, slot } from "./slots.ts";

/**
 * LLVM text of a thunk `thunkSymbol` that calls `targetSymbol`, which the same module defines or declares with the C
 * types of `signature`. For `makeCallableFromThunk`, in this thread only. Throws CF5020 for types that cannot cross.
 */
export function thunkText(signature: Signature, targetSymbol: string, thunkSymbol: string): string {
  return thunk(definedCrossings(signature, targetSymbol), thunkSymbol, { symbol: targetSymbol });
}

type Target = { readonly symbol: string } | "slot";

function thunk(crossings: Crossings, name: string, target: Target): string {
  const { slots } = env();
  const { cpu, features } = llvm().target();
  const at = (index: number, offset = 0) => pointerTo(slots + BigInt(8 * index + offset));
  const reads = crossings.params.map((param, i) => readSlot(param, `a${i}`, at(slot.arguments + i))).join("");
  const { promotions, call } = callText(crossings, target === "slot" ? "%target" : quote(target.symbol));
  // The depth is restored rather than decremented: whatever ran inside cannot unbalance it.
  return `
define ptr ${quote(name)}(ptr %env, ptr %info) nounwind "target-cpu"="${cpu}" "target-features"="${features}" {
${target === "slot" ? `  %target = load ptr, ptr ${at(slot.target)}\n` : ""}${reads}${promotions}  %depth = load i32, ptr ${at(slot.state)}
  %deeper = add i32 %depth, 1
  store i32 %deeper, ptr ${at(slot.state)}
${crossings.errno ? clearErrno : ""}  ${crossings.result.kind === "void" ? "" : "%result = "}${call}
${crossings.errno ? keepErrno(at(slot.errno)) : ""}  store i32 %depth, ptr ${at(slot.state)}
${writeSlot(crossings.result, "result", at(slot.result))}  ret ptr null
}
`;
}

/** The call of `target` with `%a0`, `%a1`, ...; for a variadic function what promotes the further ones comes before it. */
function callText(crossings: Crossings, target: string): { readonly promotions: string; readonly call: string } {
  const { params, result, named = params.length } = crossings;
  const promoted = params.map((param, i) => (i < named ? undefined : promote(param, `a${i}`, `a${i}.promoted`)));
  const args = params.map((param, i) => {
    const type = promoted[i]?.type;
    return type === undefined ? `${llvmType(param)}${extension(param)} %a${i}` : `${type} %a${i}.promoted`;
  });
  // LLVM sets %al, the number of vector registers, where the type of the call is variadic.
  const types = [...params.slice(0, named).map(llvmType), "..."].join(", ");
  const type = crossings.named === undefined ? llvmType(result) : `${llvmType(result)} (${types})`;
  return {
    promotions: promoted.map((one) => one?.text ?? "").join(""),
    call: `call ${type} ${target}(${args.join(", ")})`,
  };
}

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
  const reads = crossings.params.map(
    (param, i) => `${at(`at${i}`, item.arguments + 8 * i)}${readSlot(param, `a${i}`, `%at${i}`)}`,
  );
  const { promotions, call } = callText(crossings, "%target");
  return `
define void ${quote(name)}(ptr %job) nounwind {
${at("target.at", item.target)}  %target = load ptr, ptr %target.at
${at("result.at", item.result)}${at("errno.kept", item.errno)}${reads.join("")}${promotions}${clearErrno}  ${crossings.result.kind === "void" ? "" : "%result = "}${call}
${keepErrno("%errno.kept")}${writeSlot(crossings.result, "result", "%result.at")}  ret void
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
  const code = llvm().compile(declareErrno + jobText(crossings, name), { name: "job", optimize: false });
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
    const text = [...missing.values()].some(({ errno }) => errno) ? `${declareErrno}${thunks}` : thunks;
    const code = llvm().compile(text, { name: "thunks", optimize: false });
    for (const shape of missing.keys()) shared.set(shape, env().functionAt(code.address(shape)));
  }
  return all.map((crossings) => {
    const found = shared.get(shapeOf(crossings));
    if (found === undefined) throw new Error(`internal error: no thunk for ${shapeOf(crossings)}`);
    return found;
  });
}
