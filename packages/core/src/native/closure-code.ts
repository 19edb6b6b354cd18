// The generated side of closures, as LLVM text: a C function that lets JavaScript run, one for each shape of
// signature. It finds out which closure it is from the register that LLVM calls `nest`, which the closure's own few
// bytes of code (closure-cells.ts) load. Pure text.
import { type Crossings, extension, llvmType, readSlot, writeSlot } from "./crossing.ts";
import { failure } from "./pending-error.ts";
import { pointerTo, slot, stateIndex } from "./slots.ts";

/** Offsets in a closure's cell, in bytes. */
export const cell = { body: 0, reference: 8, refusals: 16, size: 32 } as const;

export interface ClosureCode {
  readonly symbol: string;
  readonly crossings: Crossings;
  readonly slots: bigint;
  readonly napi: bigint;
}

export const closureDeclarations = `
declare i64 @pthread_self()
declare i32 @napi_open_handle_scope(ptr, ptr)
declare i32 @napi_close_handle_scope(ptr, ptr)
declare i32 @napi_get_reference_value(ptr, ptr, ptr)
declare i32 @napi_call_function(ptr, ptr, ptr, i64, ptr, ptr)
declare i32 @napi_get_and_clear_last_exception(ptr, ptr)
`;

/**
 * On the thread it was made on: arguments to slots, a handle scope (without it every call would leak handles), the
 * JavaScript function, the result from its slot. Anywhere else, or after an error: zero, and a note of why.
 */
export function closureText({ symbol, crossings, slots, napi }: ClosureCode): string {
  const { params, result } = crossings;
  const at = (index: number) => pointerTo(slots + BigInt(8 * index));
  const failed = pointerTo(slots + BigInt(4 * stateIndex.failed));
  const depth = pointerTo(slots + BigInt(4 * stateIndex.depth));
  const declared = params.map((param, i) => `, ${llvmType(param)} %a${i}`).join("");
  const type = llvmType(result);
  const env = `ptr ${pointerTo(napi)}`;
  const zero =
    result.kind === "void"
      ? "ret void"
      : `ret ${type} ${result.kind === "pointer" ? "null" : result.kind === "float" ? "0.0" : "0"}`;
  return `
define${extension(result)} ${type} @"${symbol}"(ptr nest %cell${declared}) nounwind {
entry:
  %scope = alloca ptr
  %function = alloca ptr
  %answer = alloca ptr
  %self = call i64 @pthread_self()
  %home = load atomic i64, ptr ${at(slot.home)} seq_cst, align 8
  %here = icmp eq i64 %self, %home
  br i1 %here, label %own, label %refuse
own:
  %before = load i32, ptr ${failed}
  %clean = icmp eq i32 %before, 0
  br i1 %clean, label %live, label %zero
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
${readSlot(result, "result", at(slot.result))}  ret ${type}${result.kind === "void" ? "" : " %result"}
refuse:
  %why = phi i32 [${failure.otherThread}, %entry], [${failure.disposed}, %live], [${failure.refused}, %run], [${failure.refused}, %close]
  %refusals = getelementptr i8, ptr %cell, i64 ${cell.refusals}
  %count = atomicrmw add ptr %refusals, i64 1 seq_cst
  %under = load atomic i32, ptr ${depth} seq_cst, align 4
  %call = icmp ne i32 %under, 0
  br i1 %call, label %note, label %zero
note:
  store atomic i32 %why, ptr ${failed} seq_cst, align 4
  br label %zero
zero:
  ${zero}
}
`;
}
