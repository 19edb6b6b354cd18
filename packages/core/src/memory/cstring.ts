// `cstring`: a C string that its owner keeps. What is passed for a `const char *` in a call needs none.
import { stringError } from "../native/argument-error.ts";
import { stringProblem } from "../native/strings.ts";
import { typeNames } from "../types/names.ts";
import { typeObject } from "../types/objects.ts";
import type { OwnedPtr } from "../types/values.ts";
import { alloc, view } from "./alloc.ts";
import { memoryError, show } from "./memory-error.ts";

const char = typeObject(typeNames.char);

/**
 * The text as UTF-8 with a NUL behind it, in native memory with an owner: `using name = cstring("x")`. Its `length` counts
 * the bytes, the NUL included. Throws CF5013 for a text with a NUL in it, CF5016 for one with half a surrogate pair.
 */
export function cstring(text: string): OwnedPtr<number> {
  if (typeof text !== "string") throw memoryError("CF5503", `cstring takes a string, not ${show(text)}`);
  const problem = stringProblem(text);
  if (problem !== undefined) throw stringError("cstring", problem);
  const bytes = Buffer.from(`${text}\0`);
  const memory = alloc(char, bytes.length);
  view(memory, char, bytes.length).set(bytes);
  return memory;
}
