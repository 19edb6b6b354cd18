// How a thunk turns a JavaScript string into a C string: on its own stack, in the one call that is made anyway. It does so
// for arguments whose slot says so; pointers.ts says it only of strings that fit and have a C string. Pure text.
import { pointerTo } from "./slots.ts";

/** In the slot of an argument, in place of an address: the argument is a string of JavaScript, to be encoded. */
export const encodeMark = 1;
const roomBytes = 1024;
/** Strings up to this length fit, whatever they hold: a UTF-16 unit takes at most three bytes. */
export const longestInThunk = Math.floor((roomBytes - 1) / 3);

/** Addresses of N-API functions. */
export interface TextFunctions {
  readonly napi_get_cb_info: bigint;
  readonly napi_get_value_string_utf8: bigint;
}

/** Where parameter `name` has its string; `count` is that of the thunk's arguments up to it. In the entry block of the thunk. */
export const textRoom = (name: string, count: number): string =>
  `  %${name}.room = alloca [${roomBytes} x i8]\n  %${name}.argc = alloca i64\n  %${name}.argv = alloca [${count} x ptr]\n`;

/**
 * Instructions that make `%<name>` of `%<name>.given`, what was in the slot. The string is the thunk's argument of this
 * index; `%env` and `%info` are those of the thunk.
 */
export function encodeText(name: string, index: number, functions: TextFunctions): string {
  const { napi_get_cb_info, napi_get_value_string_utf8 } = functions;
  const count = index + 1;
  return `  %${name}.marked = icmp eq ptr %${name}.given, ${pointerTo(encodeMark)}
  br i1 %${name}.marked, label %${name}.encode, label %${name}.keep
${name}.encode:
  store i64 ${count}, ptr %${name}.argc
  call i32 ${pointerTo(napi_get_cb_info)}(ptr %env, ptr %info, ptr %${name}.argc, ptr %${name}.argv, ptr null, ptr null)
  %${name}.value.at = getelementptr ptr, ptr %${name}.argv, i64 ${index}
  %${name}.value = load ptr, ptr %${name}.value.at
  call i32 ${pointerTo(napi_get_value_string_utf8)}(ptr %env, ptr %${name}.value, ptr %${name}.room, i64 ${roomBytes}, ptr null)
  br label %${name}.keep
${name}.keep:
  %${name} = select i1 %${name}.marked, ptr %${name}.room, ptr %${name}.given
`;
}
