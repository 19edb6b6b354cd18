// `copy` and `fill`: many values at once, between any two places in memory. Bounds are checked for the whole of it
// before the first byte is written.
import type { CType } from "../types/ctype.ts";
import { printType, sameType } from "../types/print.ts";
import type { PointerTo } from "../types/values.ts";
import { codecOf } from "./codec.ts";
import type { Place } from "./fields.ts";
import { memoryError, show } from "./memory-error.ts";
import { PointerView } from "./ptr.ts";
import { Region } from "./region.ts";

interface Elements extends Place {
  readonly type: CType;
  readonly size: number;
}

/**
 * Copies `count` values from one pointer to another of the same type, as `memmove` does: the places may overlap. Throws
 * CF5501 where one of them is too short, CF5502 for released memory, CF5503 for pointers to different types.
 */
export function copy<T>(to: PointerTo<T>, from: PointerTo<T>, count: number): void {
  const [target, source] = [elementsAt(to, "copy"), elementsAt(from, "copy")];
  if (!sameType(target.type, source.type)) {
    throw memoryError(
      "CF5503",
      `copy takes two pointers to one type, not to ${printType(target.type)} and ${printType(source.type)}`,
      "cast one of them if the bytes are meant: p.cast(type)",
    );
  }
  const length = bytesOf(target, count, "copy");
  bytesOf(source, count, "copy");
  if (length === 0) return;
  // Both first: looking at the one may move the window onto the other.
  target.region.at(target.offset, length);
  source.region.at(source.offset, length);
  // Two windows onto one memory are different buffers to JavaScript, which could copy them in either direction.
  bytesAt(target, length).set(bytesAt(source, length).slice());
}

/**
 * Writes a value `count` times, from a pointer on. Throws CF5501 where the memory is too short, CF5503 for a value that
 * the type cannot hold.
 */
export function fill<T>(to: PointerTo<T>, value: T, count: number): void {
  const target = elementsAt(to, "fill");
  const length = bytesOf(target, count, "fill");
  if (length === 0) return;
  target.region.at(target.offset, length);
  // Aside first: a value that does not fit leaves the memory as it was, and it may be a view of it.
  const one = Region.of(new ArrayBuffer(target.size));
  codecOf(target.type).write(one, 0, value);
  const bytes = bytesAt(target, length);
  bytes.set(bytesAt({ region: one, offset: 0 }, target.size));
  for (let done = target.size; done < length; done *= 2) bytes.copyWithin(done, 0, Math.min(done, length - done));
}

function elementsAt(pointer: unknown, user: string): Elements {
  if (!(pointer instanceof PointerView)) {
    const help = pointer === null ? "compare with null first" : "typed arrays have `set` and `fill` of their own";
    throw memoryError(pointer === null ? "CF5507" : "CF5503", `${user} takes pointers, not ${show(pointer)}`, help);
  }
  const { type } = pointer;
  if (type.kind === "void")
    throw memoryError("CF5504", `${user} needs to know what is there, not a void pointer`, "cast it: p.cast(uint8)");
  return { ...PointerView.place(pointer), type, size: codecOf(type).size };
}

function bytesOf({ region, offset, size }: Elements, count: number, user: string): number {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw memoryError("CF5505", `${user} takes a count, not ${show(count)}`, "a count is a whole number, 0 or more");
  }
  region.address(offset); // released memory is refused even where no byte is touched
  return size * count;
}

function bytesAt({ region, offset }: Place, length: number): Uint8Array {
  const { buffer, byteOffset } = region.bytes(offset, length, 1);
  return new Uint8Array(buffer, byteOffset, length);
}
