// Bytes that name the value and the position that they belong to, so that a mismatch explains itself; and which bytes
// of a type mean anything, for padding does not.
import { leavesOf } from "../../src/emit/abi/leaves.ts";
import type { CType, Signature } from "../../src/types/ctype.ts";
import { placesOf } from "./c-source.ts";

/** The offsets of all bytes of a type but padding. */
export function meaningful(type: CType): readonly number[] {
  if (type.kind === "void") return [];
  const offsets = leavesOf(type).flatMap(({ offset, size }) => Array.from({ length: size }, (_, i) => offset + i));
  return [...new Set(offsets)];
}

const boolsOf = (type: CType, at = 0): readonly number[] => {
  switch (type.kind) {
    case "bool":
      return [at];
    case "struct":
    case "union":
      return type.fields.flatMap((field) => boolsOf(field.type, at + field.offset));
    default:
      return [];
  }
};

/** Value `index` holds, at byte `i`, `67 * (index + 1) + i` modulo 256; a bool holds 1. */
export function fill(bytes: Uint8Array, type: CType, at: number, index: number): void {
  for (const offset of meaningful(type)) bytes[at + offset] = 67 * (index + 1) + offset;
  for (const offset of boolsOf(type)) bytes[at + offset] = 1;
}

export function fillAll(bytes: Uint8Array, { params, result }: Signature): void {
  const places = placesOf({ params, result, variadic: false });
  params.forEach(({ type }, i) => {
    fill(bytes, type, places.params[i] ?? 0, i);
  });
  fill(bytes, result, places.result, params.length);
}

/** What arrived wrong, in words: `parameter 2, byte 5: 37, not 21`. */
export function differences(sent: Uint8Array, received: Uint8Array, signature: Signature): string[] {
  const places = placesOf(signature);
  const compare = (type: CType, at: number, what: string): string[] =>
    meaningful(type)
      .filter((offset) => sent[at + offset] !== received[at + offset])
      .map((offset) => `${what}, byte ${offset}: ${received[at + offset]}, not ${sent[at + offset]}`);
  return [
    ...signature.params.flatMap(({ type }, i) => compare(type, places.params[i] ?? 0, `parameter ${i}`)),
    ...compare(signature.result, places.result, "the result"),
  ];
}
