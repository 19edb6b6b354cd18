// The generated side of closures, as LLVM text: a C function that lets JavaScript run, one for each shape of
// signature. It finds out which closure it is from the register that LLVM calls `nest`, which the closure's own few
// bytes of code (closure-cells.ts) load. Pure text.
import { type Crossings, extension, llvmType, readSlot, writeSlot } from "./crossing.ts";
import { item } from "./mailbox-code.ts";
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
`;

/**
 * On the thread it was made on: arguments to slots, a handle scope (without it every call would leak handles), the
 * JavaScript function, the result from its slot. On any other thread: the arguments to a request, which that thread
 * serves. Where it cannot run: the default result, and a note of why.
 */
export function closureText({ symbol, crossings, slots, napi, ask }: ClosureCode): string {
  const { params, result } = crossings;
  const at = (index: number) => pointerTo(slots + BigInt(8 * index));
  const failed = pointerTo(slots + BigInt(4 * stateIndex.failed));
  const depth = pointerTo(slots + BigInt(4 * stateIndex.depth));
  const declared = params.map((param, i) => `, ${llvmType(param)} %a${i}`).join("");
  const type = llvmType(result);
  const env = `ptr ${pointerTo(napi)}`;
  const returned = (name: string) => `  ret ${type}${result.kind === "void" ? "" : ` %${name}`}\n`;
  const inRequest = (index: number) => item.arguments + 8 * index;
  return `
define${extension(result)} ${type} @"${symbol}"(ptr nest %cell${declared}) nounwind {
entry:
  %scope = alloca ptr
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
  %request = call ptr @calloc(i64 ${inRequest(params.length)}, i64 1)
  %full = icmp eq ptr %request, null
  br i1 %full, label %refuse, label %ask
ask:
  %count.at = getelementptr i8, ptr %request, i64 ${item.count}
  store i64 ${params.length}, ptr %count.at
${params.map((param, i) => `  %r${i} = getelementptr i8, ptr %request, i64 ${inRequest(i)}\n  %q${i} = freeze ${llvmType(param)} %a${i}\n${writeSlot(param, `q${i}`, `%r${i}`)}`).join("")}
  %unanswered = call i32 ${pointerTo(ask)}(ptr %request, ptr %cell)
  %answered = icmp eq i32 %unanswered, 0
  br i1 %answered, label %take, label %refuse
take:
  %answer.at = getelementptr i8, ptr %request, i64 ${item.result}
${readSlot(result, "there.result", "%answer.at")}  call void @free(ptr %request)
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
${params.map((param, i) => writeSlot(param, `a${i}`, at(slot.arguments + i))).join("")}
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
${readSlot(result, "result", at(slot.result))}${returned("result")}refuse:
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
${readSlot(result, "default", "%fallback.at")}${returned("default")}}
`;
}
