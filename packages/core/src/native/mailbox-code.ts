// The mailbox of an environment, as LLVM text: how other threads reach its JavaScript thread. They append items, calls
// of closures that wait for an answer and asynchronous calls that are done, under a lock; libuv wakes the thread, which
// takes them one by one. Nothing in it is ever freed: a thread may come when the environment is long gone. Pure text.
import { jobsText } from "./job-code.ts";
import { item, itemKind, mailbox, requestState } from "./mailbox-layout.ts";
import { depthMark, pointerTo, slot, stateIndex } from "./slots.ts";

/** What `ask` answers, besides 0 for an answer. */
export interface AskFailures {
  /** The closure's thread stays inside a native call. */
  readonly blocked: number;
  /** The environment is gone. */
  readonly gone: number;
  readonly disposed: number;
}

/** Offsets in a closure's cell that `ask` and the serving side need. */
export interface CellOffsets {
  readonly reference: number;
  readonly patience: number;
  readonly fallback: number;
  readonly refusals: number;
  readonly reason: number;
}

export interface MailboxCode {
  /** Addresses. */
  readonly memory: bigint;
  readonly slots: bigint;
  readonly napi: bigint;
  readonly cell: CellOffsets;
  readonly failures: AskFailures;
}

/** Functions of the module: `open_mailbox`, `close_mailbox` and `start_job` are napi callbacks, `ask` is for closures. */
export function mailboxText({ memory, slots, napi, cell, failures }: MailboxCode): string {
  const part = (offset: number) => `ptr ${pointerTo(memory + BigInt(offset))}`;
  const at = (index: number) => `ptr ${pointerTo(slots + BigInt(8 * index))}`;
  const env = `ptr ${pointerTo(napi)}`;
  const depth = `ptr ${pointerTo(slots + BigInt(4 * stateIndex.depth))}`;
  const field = (name: string, of: string, offset: number) =>
    `  %${name} = getelementptr i8, ptr ${of}, i64 ${offset}\n`;
  const lock = `  call void @uv_mutex_lock(${part(mailbox.mutex)})\n`;
  const unlock = `  call void @uv_mutex_unlock(${part(mailbox.mutex)})\n`;
  return `
declare i32 @uv_mutex_init(ptr)
declare void @uv_mutex_lock(ptr)
declare void @uv_mutex_unlock(ptr)
declare i32 @uv_cond_init(ptr)
declare void @uv_cond_broadcast(ptr)
declare i32 @uv_cond_timedwait(ptr, ptr, i64)
declare i64 @uv_hrtime()
declare i32 @uv_async_init(ptr, ptr, ptr)
declare i32 @uv_async_send(ptr)
declare void @uv_unref(ptr)
declare void @uv_close(ptr, ptr)
declare ptr @calloc(i64, i64)
declare void @free(ptr)
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
declare i64 @pthread_self()
declare i32 @pthread_create(ptr, ptr, ptr, ptr)
declare i32 @pthread_detach(i64)
declare i32 @napi_get_uv_event_loop(ptr, ptr)
declare i32 @napi_async_init(ptr, ptr, ptr, ptr)
declare i32 @napi_add_async_cleanup_hook(ptr, ptr, ptr, ptr)
declare i32 @napi_remove_async_cleanup_hook(ptr)
declare i32 @napi_create_string_utf8(ptr, ptr, i64, ptr)
declare i32 @napi_get_cb_info(ptr, ptr, ptr, ptr, ptr, ptr)
declare i32 @napi_create_reference(ptr, ptr, i32, ptr)
declare i32 @napi_open_handle_scope(ptr, ptr)
declare i32 @napi_close_handle_scope(ptr, ptr)
declare i32 @napi_open_callback_scope(ptr, ptr, ptr, ptr)
declare i32 @napi_close_callback_scope(ptr, ptr)
declare i32 @napi_get_reference_value(ptr, ptr, ptr)
declare i32 @napi_call_function(ptr, ptr, ptr, i64, ptr, ptr)
declare i32 @napi_get_and_clear_last_exception(ptr, ptr)
@name = private constant [6 x i8] c"cfunc\\00"

; Called once, with the function that is told of finished jobs.
define ptr @open_mailbox(ptr %env, ptr %info) nounwind {
  %count = alloca i64
  %value = alloca ptr
  %loop = alloca ptr
  store i64 1, ptr %count
  call i32 @napi_get_cb_info(ptr %env, ptr %info, ptr %count, ptr %value, ptr null, ptr null)
  %function = load ptr, ptr %value
  call i32 @napi_create_reference(ptr %env, ptr %function, i32 1, ${part(mailbox.finished)})
  call i32 @napi_create_string_utf8(ptr %env, ptr @name, i64 5, ptr %value)
  %name = load ptr, ptr %value
  call i32 @napi_async_init(ptr %env, ptr null, ptr %name, ${part(mailbox.context)})
  call i32 @uv_mutex_init(${part(mailbox.mutex)})
  call i32 @uv_cond_init(${part(mailbox.condition)})
  call i32 @napi_get_uv_event_loop(ptr %env, ptr %loop)
  %l = load ptr, ptr %loop
  call i32 @uv_async_init(ptr %l, ${part(mailbox.handle)}, ptr @drain)
  call void @uv_unref(${part(mailbox.handle)})
  store i32 1, ${part(mailbox.open)}
  call i32 @napi_add_async_cleanup_hook(ptr %env, ptr @leave, ptr null, ${part(mailbox.hook)})
  ret ptr null
}

; From now on nobody is answered; those who wait are let go.
define ptr @close_mailbox(ptr %env, ptr %info) nounwind {
${lock}  store i32 0, ${part(mailbox.open)}
  call void @uv_cond_broadcast(${part(mailbox.condition)})
${unlock}  ret ptr null
}

define private void @leave(ptr %hook, ptr %data) nounwind {
  call ptr @close_mailbox(ptr null, ptr null)
  call void @uv_close(${part(mailbox.handle)}, ptr @closed)
  ret void
}

define private void @closed(ptr %handle) nounwind {
  %hook = load ptr, ${part(mailbox.hook)}
  call i32 @napi_remove_async_cleanup_hook(ptr %hook)
  ret void
}

; Appends an item and wakes the environment's thread. 0 where that is gone.
define private i32 @post(ptr %item) nounwind {
entry:
${lock}  %open = load i32, ${part(mailbox.open)}
  %answers = icmp ne i32 %open, 0
  br i1 %answers, label %append, label %end
append:
  %last = load ptr, ${part(mailbox.last)}
  %empty = icmp eq ptr %last, null
  %end.at = select i1 %empty, ${part(mailbox.first)}, ptr %last
  store ptr %item, ptr %end.at
  store ptr %item, ${part(mailbox.last)}
  call i32 @uv_async_send(${part(mailbox.handle)})
  br label %end
end:
${unlock}  ret i32 %open
}

; Waits until the closure ran for this request, whose result is then in the item. The other answers say why it did not.
define i32 @ask(ptr %item, ptr %cell) nounwind {
entry:
${field("thread.at", "%item", item.thread)}  %self = call i64 @pthread_self()
  store i64 %self, ptr %thread.at
${field("cell.at", "%item", item.cell)}  store ptr %cell, ptr %cell.at
${field("state.at", "%item", item.state)}${field("patience.at", "%cell", cell.patience)}  %patience = load i64, ptr %patience.at
  %eighth = udiv i64 %patience, 8
  %slice = add i64 %eighth, 1
  %posted = call i32 @post(ptr %item)
  %gone = icmp eq i32 %posted, 0
  br i1 %gone, label %never, label %wait
never:
  call void @free(ptr %item)
  ret i32 ${failures.gone}
wait:
${lock}  br label %look
look:
  %since = phi i64 [ 0, %wait ], [ 0, %idle ], [ %now, %mark ], [ %began, %guard ]
  %state = load i32, ptr %state.at
  %done = icmp eq i32 %state, ${requestState.done}
  br i1 %done, label %answered, label %still
answered:
${unlock}  ret i32 0
still:
  %open = load i32, ${part(mailbox.open)}
  %closed = icmp eq i32 %open, 0
  br i1 %closed, label %give.up, label %sleep
sleep:
  call i32 @uv_cond_timedwait(${part(mailbox.condition)}, ${part(mailbox.mutex)}, i64 %slice)
  %depth = load atomic i32, ${depth} seq_cst, align 4
  %outside = icmp eq i32 %depth, 0
  br i1 %outside, label %idle, label %inside
idle:
  br label %look
inside:
  ; The mark stays until the native call that is under way returns: the thunk then stores the depth it found.
  %now = call i64 @uv_hrtime()
  %bit = and i32 %depth, ${depthMark}
  %marked = icmp ne i32 %bit, 0
  br i1 %marked, label %guard, label %mark
mark:
  %with = or i32 %depth, ${depthMark}
  %swapped = cmpxchg ${depth}, i32 %depth, i32 %with seq_cst seq_cst
  br label %look
guard:
  %first = icmp eq i64 %since, 0
  %began = select i1 %first, i64 %now, i64 %since
  %waited = sub i64 %now, %began
  %enough = icmp uge i64 %waited, %patience
  br i1 %enough, label %check, label %look
check:
  %late = load i32, ptr %state.at
  %just = icmp eq i32 %late, ${requestState.done}
  br i1 %just, label %answered, label %give.up
give.up:
  %why = phi i32 [ ${failures.gone}, %still ], [ ${failures.blocked}, %check ]
  store i32 ${requestState.abandoned}, ptr %state.at
${unlock}  ret i32 %why
}

; libuv calls it on the environment's thread, from its event loop.
define private void @drain(ptr %handle) nounwind {
entry:
  br label %next
next:
${lock}  %item = load ptr, ${part(mailbox.first)}
  %none = icmp eq ptr %item, null
  br i1 %none, label %end, label %take
end:
${unlock}  ret void
take:
  %after = load ptr, ptr %item
  store ptr %after, ${part(mailbox.first)}
  store ptr null, ptr %item
  %was.last = icmp eq ptr %after, null
  %tail = load ptr, ${part(mailbox.last)}
  %new.last = select i1 %was.last, ptr null, ptr %tail
  store ptr %new.last, ${part(mailbox.last)}
${field("kind.at", "%item", item.kind)}  %kind = load i32, ptr %kind.at
${field("state.at", "%item", item.state)}  %state = load i32, ptr %state.at
  %is.job = icmp eq i32 %kind, ${itemKind.job}
  br i1 %is.job, label %job, label %request
job:
${unlock}${field("thread.at", "%item", item.thread)}${field("errno.at", "%item", item.errno)}  %errno = load i32, ptr %errno.at
${field("result.at", "%item", item.result)}  %result = load i64, ptr %result.at
  store i64 %result, ${at(slot.result)}
  store i32 %errno, ${at(slot.errno)}
  store ptr %item, ${at(slot.arguments)}
  %finished = load ptr, ${part(mailbox.finished)}
  call i32 @enter(ptr %finished, ptr null)
  br label %next
request:
  %abandoned = icmp eq i32 %state, ${requestState.abandoned}
  br i1 %abandoned, label %drop, label %run
drop:
${unlock}  call void @free(ptr %item)
  br label %next
run:
  store i32 ${requestState.running}, ptr %state.at
${unlock}  call void @serve(ptr %item)
  br label %next
}

; Runs the closure of a request with its arguments.
define private void @serve(ptr %item) nounwind {
entry:
${field("cell.at", "%item", item.cell)}  %cell = load ptr, ptr %cell.at
${field("reference.at", "%cell", cell.reference)}  %reference = load ptr, ptr %reference.at
  %disposed = icmp eq ptr %reference, null
  br i1 %disposed, label %refuse, label %run
run:
${field("count.at", "%item", item.count)}  %count = load i64, ptr %count.at
  %bytes = mul i64 %count, 8
${field("arguments.at", "%item", item.arguments)}  call void @llvm.memcpy.p0.p0.i64(${at(slot.arguments)}, ptr %arguments.at, i64 %bytes, i1 false)
${field("thread.at", "%item", item.thread)}  %thread = load i64, ptr %thread.at
  store i64 %thread, ${at(slot.caller)}
  %status = call i32 @enter(ptr %reference, ptr %item)
  store i64 0, ${at(slot.caller)}
  %ran = icmp eq i32 %status, 0
  br i1 %ran, label %end, label %refuse
refuse:
  %why = phi i32 [ ${failures.disposed}, %entry ], [ ${failures.gone}, %run ]
${field("refusals.at", "%cell", cell.refusals)}  %was = atomicrmw add ptr %refusals.at, i64 1 seq_cst
${field("reason.at", "%cell", cell.reason)}  store atomic i32 %why, ptr %reason.at seq_cst, align 4
${field("fallback.at", "%cell", cell.fallback)}  %fallback = load i64, ptr %fallback.at
  store i64 %fallback, ${at(slot.result)}
${field("zero.at", "%item", item.answerWords)}  %zero.words = load i64, ptr %zero.at
  %zero.bytes = mul i64 %zero.words, 8
  call void @llvm.memset.p0.i64(${at(slot.arguments)}, i8 0, i64 %zero.bytes, i1 false)
  call void @answer(ptr %item)
  ret void
end:
  ret void
}

; The result slot is the answer to a request. Whoever waits may go on.
define private void @answer(ptr %item) nounwind {
entry:
  %result = load i64, ${at(slot.result)}
${field("result.at", "%item", item.result)}  store i64 %result, ptr %result.at
${field("words.at", "%item", item.answerWords)}  %words = load i64, ptr %words.at
  %bytes = mul i64 %words, 8
${field("bytes.at", "%item", item.arguments)}  call void @llvm.memcpy.p0.p0.i64(ptr %bytes.at, ${at(slot.arguments)}, i64 %bytes, i1 false)
${field("state.at", "%item", item.state)}${lock}  %state = load i32, ptr %state.at
  %abandoned = icmp eq i32 %state, ${requestState.abandoned}
  br i1 %abandoned, label %drop, label %wake
wake:
  store i32 ${requestState.done}, ptr %state.at
  call void @uv_cond_broadcast(${part(mailbox.condition)})
${unlock}  ret void
drop:
${unlock}  call void @free(ptr %item)
  ret void
}

; Calls a JavaScript function. The request, if there is one, is answered before anything else may use the slots: when
; the callback scope closes, promises and ticks run.
define private i32 @enter(ptr %reference, ptr %request) nounwind {
entry:
  %scope = alloca ptr
  %callback = alloca ptr
  %function = alloca ptr
  %answer = alloca ptr
  store ptr null, ptr %function
  %s1 = call i32 @napi_open_handle_scope(${env}, ptr %scope)
  %opened = icmp eq i32 %s1, 0
  br i1 %opened, label %inside, label %failed
inside:
  %context = load ptr, ${part(mailbox.context)}
  %s2 = call i32 @napi_get_reference_value(${env}, ptr %reference, ptr %function)
  %f = load ptr, ptr %function
  %s3 = call i32 @napi_open_callback_scope(${env}, ptr %f, ptr %context, ptr %callback)
  %entered = icmp eq i32 %s3, 0
  br i1 %entered, label %run, label %close
run:
  %s4 = call i32 @napi_call_function(${env}, ptr %f, ptr %f, i64 0, ptr null, ptr %answer)
  %ok = icmp eq i32 %s4, 0
  br i1 %ok, label %ran, label %clear
clear:
  call i32 @napi_get_and_clear_last_exception(${env}, ptr %answer)
  br label %leave
ran:
  %alone = icmp eq ptr %request, null
  br i1 %alone, label %leave, label %reply
reply:
  call void @answer(ptr %request)
  br label %leave
leave:
  %c = load ptr, ptr %callback
  call i32 @napi_close_callback_scope(${env}, ptr %c)
  br label %close
close:
  %status = phi i32 [ %s4, %leave ], [ %s3, %inside ]
  %s = load ptr, ptr %scope
  call i32 @napi_close_handle_scope(${env}, ptr %s)
  ret i32 %status
failed:
  ret i32 %s1
}
${jobsText(field, at)}`;
}
