// Asynchronous calls as LLVM text: a thread of its own makes the call and posts the job to the mailbox, whose module this
// text is part of. Pure text.
import { item, itemKind } from "./mailbox-layout.ts";
import { slot } from "./slots.ts";

/** `field` names the address of a part of an item, `at` is the address of a slot. */
export function jobsText(
  field: (name: string, of: string, offset: number) => string,
  at: (index: number) => string,
): string {
  return `; Starts a thread that calls what the slots describe. The result slot then holds the job, or 0 where there is none.
define ptr @start_job(ptr %env, ptr %info) nounwind {
entry:
  %thread = alloca i64
  %count = load i64, ${at(slot.count)}
  %words = mul i64 %count, 8
  %bytes = add i64 %words, ${item.arguments}
  %job = call ptr @calloc(i64 %bytes, i64 1)
  store ptr null, ${at(slot.result)}
  %none = icmp eq ptr %job, null
  br i1 %none, label %end, label %fill
fill:
${field("kind.at", "%job", item.kind)}  store i32 ${itemKind.job}, ptr %kind.at
${field("body.at", "%job", item.body)}  %body = load ptr, ${at(slot.body)}
  store ptr %body, ptr %body.at
${field("target.at", "%job", item.target)}  %target = load ptr, ${at(slot.target)}
  store ptr %target, ptr %target.at
${field("payload.at", "%job", item.payload)}  %payload = load ptr, ${at(slot.payload)}
  store ptr %payload, ptr %payload.at
${field("arguments.at", "%job", item.arguments)}  call void @llvm.memcpy.p0.p0.i64(ptr %arguments.at, ${at(slot.arguments)}, i64 %words, i1 false)
  store ptr %job, ${at(slot.result)}
  %failed = call i32 @pthread_create(ptr %thread, ptr null, ptr @run_job, ptr %job)
  %started = icmp eq i32 %failed, 0
  br i1 %started, label %detach, label %drop
detach:
  %t = load i64, ptr %thread
  call i32 @pthread_detach(i64 %t)
  br label %end
drop:
  call void @free(ptr %job)
  store ptr null, ${at(slot.result)}
  br label %end
end:
  ret ptr null
}

define private ptr @run_job(ptr %job) nounwind {
entry:
${field("thread.at", "%job", item.thread)}  %self = call i64 @pthread_self()
  store atomic i64 %self, ptr %thread.at seq_cst, align 8
${field("body.at", "%job", item.body)}  %body = load ptr, ptr %body.at
  call void %body(ptr %job)
  %posted = call i32 @post(ptr %job)
  %gone = icmp eq i32 %posted, 0
  br i1 %gone, label %drop, label %end
drop:
${field("payload.at", "%job", item.payload)}  %payload = load ptr, ptr %payload.at
  call void @free(ptr %payload)
  call void @free(ptr %job)
  br label %end
end:
  ret ptr null
}
`;
}
