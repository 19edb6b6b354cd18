// The generated side of closures, as LLVM text: a C function that lets JavaScript run, one for each shape of
// signature. It finds out which closure it is from the register that LLVM calls `nest`, which the closure's own few
// bytes of code (closure-cells.ts) load. Pure text.
import {
  conventionOf,
  definition,
  memoryDeclarations,
  move,
  resultText,
  resultType,
  returnAggregate,
} from "../emit/abi/index.ts";
import { scalarType } from "../emit/abi/passing.ts";
import { llvm } from "../llvm/index.ts";
import { type CType, isAggregate } from "../types/ctype.ts";
import { sizeOf } from "../types/layout.ts";
import { type Crossings, endOf, placesOf, readSlot, writeSlot } from "./crossing.ts";
import { item } from "./mailbox-layout.ts";
import { failure } from "./pending-error.ts";
import { pointerTo, slot, stateIndex } from "./slots.ts";

/** Offsets in a closure's cell, in bytes. */
export const cell = {
  body: 0,
  reference: 8,
  /** How many calls were answered with the default, and why the last one was (an int32 of `failure`). */
  refusals: 16,
  reason: 24,
  /** Nanoseconds that another thread waits while this one stays inside a native call. */
  patience: 32,
  /** The default result, in the form that it has in the result slot. */
  fallback: 40,
  size: 48,
} as const;

export interface ClosureCode {
  readonly symbol: string;
  readonly crossings: Crossings;
  readonly slots: bigint;
  readonly napi: bigint;
  /** The address of the mailbox's `ask`. */
  readonly ask: bigint;
}

export const closureDeclarations = `
declare i64 @pthread_self()
declare ptr @calloc(i64, i64)
declare void @free(ptr)
declare i32 @napi_open_handle_scope(ptr, ptr)
declare i32 @napi_close_handle_scope(ptr, ptr)
declare i32 @napi_get_reference_value(ptr, ptr, ptr)
declare i32 @napi_call_function(ptr, ptr, ptr, i64, ptr, ptr)
declare i32 @napi_get_and_clear_last_exception(ptr, ptr)
declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
${memoryDeclarations.join("\n")}
`;

/**
 * On the thread it was made on: arguments to slots, a handle scope (without it every call would leak handles), the
 * JavaScript function, the result from its slot. On any other thread: the arguments to a request, which that thread
 * serves. Where it cannot run: the default result, and a note of why.
 */
export function closureText({ symbol, crossings, slots, napi, ask }: ClosureCode): string {
  const { params, result, signature } = crossings;
  const at = (index: number) => pointerTo(slots + BigInt(8 * index));
  const failed = pointerTo(slots + BigInt(4 * stateIndex.failed));
  const depth = pointerTo(slots + BigInt(4 * stateIndex.depth));
  const passed = conventionOf(llvm().target().triple).classify(signature);
  const memory = isAggregate(signature.result) ? "%result.memory" : undefined;
  const names = params.map((_, i) => `%a${i}`);
  const { params: declared, prologue } = definition(passed, names, memory);
  const type = resultType(passed);
  const env = `ptr ${pointerTo(napi)}`;
  const lines = (list: readonly string[]): string => list.map((line) => `  ${line}\n`).join("");
  const places = placesOf(params);
  const size = memory === undefined ? 0 : sizeOf(signature.result);
  /** Words of arguments and of a result that is an aggregate, which takes their place. */
  const [words, answerWords] = [endOf(params) - slot.arguments, Math.ceil(size / 8)];
  const inRequest = (index: number) => item.arguments + 8 * index;
  const put = (param: Crossings["params"][number], name: string, to: string): string =>
    param.kind === "aggregate" ? `  ${move(to, `%${name}`, sizeOf(param.type))}\n` : writeSlot(param, name, to);
  const writes = params.map((param, i) => put(param, `a${i}`, at(places[i] ?? 0)));
  const paramType = (i: number): CType => signature.params[i]?.type ?? signature.result;
  const requests = params.map((param, i) => {
    const to = `  %r${i} = getelementptr i8, ptr %request, i64 ${inRequest((places[i] ?? 0) - slot.arguments)}\n`;
    if (param.kind === "aggregate") return `${to}${put(param, `a${i}`, `%r${i}`)}`;
    return `${to}  %q${i} = freeze ${scalarType(paramType(i))} %a${i}\n${put(param, `q${i}`, `%r${i}`)}`;
  });
  const returned = (name: string): string => {
    if (memory !== undefined) return lines(returnAggregate(passed, memory, `%${name}`));
    return `  ret ${type}${result.kind === "void" ? "" : ` %${name}`}\n`;
  };
  /** Reads the result from where its word or its bytes are. */
  const taken = (name: string, word: string, bytes: string): string =>
    memory === undefined ? readSlot(result, name, word) : `  ${move(memory, bytes, size)}\n`;
  const fallback =
    memory === undefined
      ? readSlot(result, "default", "%fallback.at")
      : `  call void @llvm.memset.p0.i64(ptr ${memory}, i8 0, i64 ${size}, i1 false)\n`;
  return `
define ${resultText(passed)} @"${symbol}"(${["ptr nest %cell", ...declared].join(", ")}) nounwind {
entry:
${lines(prologue)}  %scope = alloca ptr
  %function = alloca ptr
  %answer = alloca ptr
  %self = call i64 @pthread_self()
  %home = load atomic i64, ptr ${at(slot.home)} seq_cst, align 8
  %here = icmp eq i64 %self, %home
  br i1 %here, label %own, label %other
other:
  %gone = icmp eq i64 %home, 0
  br i1 %gone, label %refuse, label %live.there
live.there:
  %there.at = getelementptr i8, ptr %cell, i64 ${cell.reference}
  %there = load atomic ptr, ptr %there.at seq_cst, align 8
  %ended = icmp eq ptr %there, null
  br i1 %ended, label %refuse, label %allocate
allocate:
  %request = call ptr @calloc(i64 ${inRequest(Math.max(words, answerWords))}, i64 1)
  %full = icmp eq ptr %request, null
  br i1 %full, label %refuse, label %ask
ask:
  %count.at = getelementptr i8, ptr %request, i64 ${item.count}
  store i64 ${words}, ptr %count.at
  %words.at = getelementptr i8, ptr %request, i64 ${item.answerWords}
  store i64 ${answerWords}, ptr %words.at
${requests.join("")}
  %unanswered = call i32 ${pointerTo(ask)}(ptr %request, ptr %cell)
  %answered = icmp eq i32 %unanswered, 0
  br i1 %answered, label %take, label %refuse
take:
  %answer.at = getelementptr i8, ptr %request, i64 ${item.result}
  %bytes.at = getelementptr i8, ptr %request, i64 ${item.arguments}
${taken("there.result", "%answer.at", "%bytes.at")}  call void @free(ptr %request)
${returned("there.result")}own:
  %before = load i32, ptr ${failed}
  %clean = icmp eq i32 %before, 0
  br i1 %clean, label %live, label %fallback
live:
  %reference.at = getelementptr i8, ptr %cell, i64 ${cell.reference}
  %reference = load ptr, ptr %reference.at
  %disposed = icmp eq ptr %reference, null
  br i1 %disposed, label %refuse, label %run
run:
  %s1 = call i32 @napi_open_handle_scope(${env}, ptr %scope)
  %opened = icmp eq i32 %s1, 0
  br i1 %opened, label %enter, label %refuse
enter:
  %s2 = call i32 @napi_get_reference_value(${env}, ptr %reference, ptr %function)
  %f = load ptr, ptr %function
${writes.join("")}
  %s3 = call i32 @napi_call_function(${env}, ptr %f, ptr %f, i64 0, ptr null, ptr %answer)
  %ran = icmp eq i32 %s3, 0
  br i1 %ran, label %close, label %clear
clear:
  %s4 = call i32 @napi_get_and_clear_last_exception(${env}, ptr %answer)
  br label %close
close:
  %s = load ptr, ptr %scope
  %s5 = call i32 @napi_close_handle_scope(${env}, ptr %s)
  br i1 %ran, label %done, label %refuse
done:
${taken("result", at(slot.result), at(slot.arguments))}${returned("result")}refuse:
  %why = phi i32 [${failure.refused}, %other], [${failure.disposed}, %live.there], [${failure.refused}, %allocate], [%unanswered, %ask], [${failure.disposed}, %live], [${failure.refused}, %run], [${failure.refused}, %close]
  %refusals = getelementptr i8, ptr %cell, i64 ${cell.refusals}
  %count = atomicrmw add ptr %refusals, i64 1 seq_cst
  %reason = getelementptr i8, ptr %cell, i64 ${cell.reason}
  store atomic i32 %why, ptr %reason seq_cst, align 4
  %under = load atomic i32, ptr ${depth} seq_cst, align 4
  %call = icmp ne i32 %under, 0
  br i1 %call, label %note, label %fallback
note:
  store atomic i32 %why, ptr ${failed} seq_cst, align 4
  br label %fallback
fallback:
  %fallback.at = getelementptr i8, ptr %cell, i64 ${cell.fallback}
${fallback}${returned("default")}}
`;
}
