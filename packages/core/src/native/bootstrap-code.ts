// The N-API primitives, as LLVM text: what a hand-written addon would hold. They take numbers through the slots and
// only JavaScript values as arguments. Pure text.
import { pointerTo, slot, slotBytes } from "./slots.ts";

/** What `register` puts on the addon's exports. */
export interface Primitives {
  /** The slots. */
  readonly slots: ArrayBuffer;
  /** A JavaScript function whose `napi_callback` is the address in the first argument slot. */
  functionAt(): () => void;
  /** An ArrayBuffer over the memory whose address and size are in the first two argument slots. */
  viewAt(): ArrayBuffer;
  /** Stores in the result slot where the value's bytes are: a typed array, a DataView or an ArrayBuffer. */
  locate(value: object): void;
  /**
   * Writes the UTF-8 of a string and a NUL to the memory whose address, and size as an int32, are in the first two
   * argument slots. Stores in the halves of the result slot how many bytes it wrote, and how many up to the first NUL.
   */
  encode(text: string): void;
  /** The UTF-8 text at the address in the first argument slot: as many bytes as the int32 in the second, or -1: to the NUL. */
  decode(): string | undefined;
  /** Makes an ArrayBuffer unusable. */
  detach(value: ArrayBuffer): void;
  /** Stores in the result slot a strong `napi_ref` to a function. */
  reference(value: object): void;
  /** Deletes the `napi_ref` in the first argument slot. */
  unreference(): void;
  /** Calls the address in the target slot with the first six argument slots as 64-bit integers. */
  raw(): void;
}

const names = [
  "functionAt",
  "viewAt",
  "locate",
  "encode",
  "decode",
  "detach",
  "reference",
  "unreference",
  "raw",
] as const;

/** The module whose `register` is the body of `napi_register_module_v1`; `slots` is the address of the slots. */
export function bootstrapText(slots: bigint): string {
  const at = (index: number) => `ptr ${pointerTo(slots + BigInt(8 * index))}`;
  const argument = (index: number) => at(slot.arguments + index);
  const constants = [...names, "slots"].map(
    (name) => `@name.${name} = private constant [${name.length + 1} x i8] c"${name}\\00"`,
  );
  const exports = names.map(
    (name) => `
  call i32 @napi_create_function(ptr %env, ptr null, i64 0, ptr @${name}, ptr null, ptr %r)
  %${name} = load ptr, ptr %r
  call i32 @napi_set_named_property(ptr %env, ptr %exports, ptr @name.${name}, ptr %${name})`,
  );
  return `
declare i32 @napi_create_function(ptr, ptr, i64, ptr, ptr, ptr)
declare i32 @napi_set_named_property(ptr, ptr, ptr, ptr)
declare i32 @napi_get_cb_info(ptr, ptr, ptr, ptr, ptr, ptr)
declare i32 @napi_get_typedarray_info(ptr, ptr, ptr, ptr, ptr, ptr, ptr)
declare i32 @napi_get_dataview_info(ptr, ptr, ptr, ptr, ptr, ptr)
declare i32 @napi_get_arraybuffer_info(ptr, ptr, ptr, ptr)
declare i32 @napi_create_external_arraybuffer(ptr, ptr, i64, ptr, ptr, ptr)
declare i32 @napi_detach_arraybuffer(ptr, ptr)
declare i32 @napi_create_reference(ptr, ptr, i32, ptr)
declare i32 @napi_delete_reference(ptr, ptr)
declare i32 @napi_add_env_cleanup_hook(ptr, ptr, ptr)
declare i32 @napi_get_value_string_utf8(ptr, ptr, ptr, i64, ptr)
declare i32 @napi_create_string_utf8(ptr, ptr, i64, ptr)
declare i64 @strlen(ptr)
declare i64 @pthread_self()
${constants.join("\n")}

define ptr @functionAt(ptr %env, ptr %info) nounwind {
  %r = alloca ptr
  store ptr null, ptr %r
  %address = load ptr, ${argument(0)}
  call i32 @napi_create_function(ptr %env, ptr null, i64 0, ptr %address, ptr null, ptr %r)
  %result = load ptr, ptr %r
  ret ptr %result
}

define ptr @viewAt(ptr %env, ptr %info) nounwind {
  %r = alloca ptr
  store ptr null, ptr %r
  %address = load ptr, ${argument(0)}
  %size = load i64, ${argument(1)}
  call i32 @napi_create_external_arraybuffer(ptr %env, ptr %address, i64 %size, ptr null, ptr null, ptr %r)
  %result = load ptr, ptr %r
  ret ptr %result
}

define private ptr @first(ptr %env, ptr %info) nounwind {
  %count = alloca i64
  %values = alloca ptr
  store i64 1, ptr %count
  call i32 @napi_get_cb_info(ptr %env, ptr %info, ptr %count, ptr %values, ptr null, ptr null)
  %value = load ptr, ptr %values
  ret ptr %value
}

define ptr @locate(ptr %env, ptr %info) nounwind {
entry:
  %value = call ptr @first(ptr %env, ptr %info)
  %data = alloca ptr
  store ptr null, ptr %data
  %s1 = call i32 @napi_get_typedarray_info(ptr %env, ptr %value, ptr null, ptr null, ptr %data, ptr null, ptr null)
  %ok1 = icmp eq i32 %s1, 0
  br i1 %ok1, label %done, label %buffer
buffer:
  %s2 = call i32 @napi_get_arraybuffer_info(ptr %env, ptr %value, ptr %data, ptr null)
  %ok2 = icmp eq i32 %s2, 0
  br i1 %ok2, label %done, label %view
view:
  %s3 = call i32 @napi_get_dataview_info(ptr %env, ptr %value, ptr null, ptr %data, ptr null, ptr null)
  br label %done
done:
  %address = load ptr, ptr %data
  store ptr %address, ${at(slot.result)}
  ret ptr null
}

define ptr @encode(ptr %env, ptr %info) nounwind {
  %value = call ptr @first(ptr %env, ptr %info)
  %to = load ptr, ${argument(0)}
  %room = load i32, ${argument(1)}
  %size = zext i32 %room to i64
  %length = alloca i64
  store i64 0, ptr %length
  call i32 @napi_get_value_string_utf8(ptr %env, ptr %value, ptr %to, i64 %size, ptr %length)
  %written = load i64, ptr %length
  %visible = call i64 @strlen(ptr %to)
  %high = shl i64 %visible, 32
  %both = or i64 %high, %written
  store i64 %both, ${at(slot.result)}
  ret ptr null
}

define ptr @decode(ptr %env, ptr %info) nounwind {
  %r = alloca ptr
  store ptr null, ptr %r
  %from = load ptr, ${argument(0)}
  %length = load i32, ${argument(1)}
  %bytes = sext i32 %length to i64
  call i32 @napi_create_string_utf8(ptr %env, ptr %from, i64 %bytes, ptr %r)
  %text = load ptr, ptr %r
  ret ptr %text
}

define ptr @detach(ptr %env, ptr %info) nounwind {
  %value = call ptr @first(ptr %env, ptr %info)
  call i32 @napi_detach_arraybuffer(ptr %env, ptr %value)
  ret ptr null
}

define ptr @reference(ptr %env, ptr %info) nounwind {
  %value = call ptr @first(ptr %env, ptr %info)
  %r = alloca ptr
  store ptr null, ptr %r
  call i32 @napi_create_reference(ptr %env, ptr %value, i32 1, ptr %r)
  %result = load ptr, ptr %r
  store ptr %result, ${at(slot.result)}
  ret ptr null
}

define ptr @unreference(ptr %env, ptr %info) nounwind {
  %reference = load ptr, ${argument(0)}
  call i32 @napi_delete_reference(ptr %env, ptr %reference)
  ret ptr null
}

define ptr @raw(ptr %env, ptr %info) nounwind {
  %target = load ptr, ${at(slot.target)}
${[0, 1, 2, 3, 4, 5].map((i) => `  %a${i} = load i64, ${argument(i)}`).join("\n")}
  %result = call i64 %target(i64 %a0, i64 %a1, i64 %a2, i64 %a3, i64 %a4, i64 %a5)
  store i64 %result, ${at(slot.result)}
  ret ptr null
}

define void @leave(ptr %home) nounwind {
  store atomic i64 0, ptr %home seq_cst, align 8
  ret void
}

define ptr @register(ptr %env, ptr %exports) nounwind {
  %r = alloca ptr
  %thread = call i64 @pthread_self()
  store i64 %thread, ${at(slot.home)}
  call i32 @napi_add_env_cleanup_hook(ptr %env, ptr @leave, ${at(slot.home)})
  store ptr %env, ${at(slot.result)}
  call i32 @napi_create_external_arraybuffer(ptr %env, ${at(0)}, i64 ${slotBytes}, ptr null, ptr null, ptr %r)
  %slots = load ptr, ptr %r
  call i32 @napi_set_named_property(ptr %env, ptr %exports, ptr @name.slots, ptr %slots)${exports.join("")}
  ret ptr %exports
}`;
}
