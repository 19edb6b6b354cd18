// `stringAt`: the text behind a pointer, copied to a JavaScript string. Bytes that are no UTF-8 are refused, never
// changed.
import { utf8 } from "../native/memory.ts";
import type { CType } from "../types/ctype.ts";
import { printType } from "../types/print.ts";
import type { AnyPointer } from "../types/values.ts";
import { placeOf } from "./alloc.ts";
import { nativeMemory } from "./backing.ts";
import { memoryError, show } from "./memory-error.ts";
import { PointerView } from "./ptr.ts";
import { Region } from "./region.ts";

/**
 * The UTF-8 text at a pointer to `char`, up to the NUL, or exactly `bytes` bytes: `stringAt(c.getenv("HOME"))`. Null is
 * null. A TypedArray will do too: `stringAt(buffer)`. Throws CF5508 for bytes that are no UTF-8, CF5501 where memory of
 * known extent ends before the text, CF5503 for what points to something else.
 */
export function stringAt(pointer: AnyPointer | Uint8Array | Int8Array, bytes?: number): string;
export function stringAt(pointer: AnyPointer | Uint8Array | Int8Array | null, bytes?: number): string | null;
export function stringAt(pointer: AnyPointer | Uint8Array | Int8Array | null, bytes?: number): string | null {
  if (pointer === null) return null;
  if (bytes !== undefined && (!Number.isSafeInteger(bytes) || bytes < 0)) {
    throw memoryError("CF5505", `a text cannot have ${show(bytes)} bytes`, "a length is a whole number, 0 or more");
  }
  const { region, offset } = ArrayBuffer.isView(pointer)
    ? { region: Region.of(pointer), offset: 0 }
    : placeOf(pointer, "stringAt");
  if (pointer instanceof PointerView && !holdsText(pointer.type)) {
    throw memoryError(
      "CF5503",
      `stringAt takes a pointer to char, not to ${printType(pointer.type)}`,
      "to read other memory as text, cast the pointer: p.cast(char)",
    );
  }
  if (region.extent === undefined) return nativeMemory().readText(region.address(offset), bytes);
  return utf8(bytesIn(region, region.extent, offset, bytes));
}

function holdsText(type: CType): boolean {
  return type.kind === "void" || (type.kind === "int" && type.bits === 8);
}

/** The bytes of the text in memory of known extent, without the NUL. */
function bytesIn(region: Region, extent: number, offset: number, length: number | undefined): Uint8Array {
  region.address(offset); // released memory is refused even where no byte is read
  const at = region.at(offset, length ?? 1);
  const { buffer, byteOffset } = region.view;
  if (length !== undefined) return new Uint8Array(buffer, byteOffset + at, length);
  const rest = new Uint8Array(buffer, byteOffset + at, extent - offset);
  const end = rest.indexOf(0);
  if (end >= 0) return rest.subarray(0, end);
  throw memoryError(
    "CF5501",
    `no NUL ends the text within the ${rest.length} bytes that are left of ${region}`,
    "say how many bytes the text has: stringAt(p, bytes)",
  );
}
