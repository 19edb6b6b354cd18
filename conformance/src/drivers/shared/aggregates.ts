// Structures, unions and complex numbers as vectors write them, plain objects, and as bytes. An argument that is a union
// has one member; one that came back has all of them, read over one another. Never calls anything.
import type { AggregateType, CType } from "@cfunc/core";
import type { Value } from "@cfunc/core/contract";
import { pointerTo, Region } from "@cfunc/core/memory";
import { sizeOf } from "@cfunc/core/types";

/** The place of a value of this type at the start of the bytes. */
const placeIn = (bytes: Uint8Array, type: AggregateType) => pointerTo(Region.of(bytes), 0, type);

/** Writes a plain value; bytes of padding stay as they were. */
export function writeAggregate(bytes: Uint8Array, type: AggregateType, value: unknown): void {
  placeIn(bytes, type).set(0, value);
}

export const readAggregate = (bytes: Uint8Array, type: AggregateType): Value => plain(type, placeOf(bytes, type));

/** A copy in memory of its own: what TypeScript sees of a structure by value. */
export function inMemory(type: AggregateType, value: unknown): unknown {
  const bytes = new Uint8Array(sizeOf(type));
  writeAggregate(bytes, type, value);
  return placeOf(bytes, type);
}

const placeOf = (bytes: Uint8Array, type: AggregateType): unknown => placeIn(bytes, type).get(0);

/** A value that any library gave, as a plain value of the type. Throws for what lacks a part. */
export function plain(type: CType, value: unknown): Value {
  if (type.kind === "int" && type.bits === 64 && type.js === "bigint" && typeof value === "number")
    return BigInt(value);
  if (type.kind !== "complex" && type.kind !== "struct" && type.kind !== "union" && type.kind !== "array") {
    return value as Value;
  }
  if (typeof value !== "object" || value === null) throw new Error(`a ${type.kind} came back as ${String(value)}`);
  const parts = value as { readonly [key: string | number]: unknown };
  if (type.kind === "complex") return { re: parts.re as Value, im: parts.im as Value };
  if (type.kind === "array") return Array.from({ length: type.length }, (_, i) => plain(type.of, parts[i]));
  return Object.fromEntries(type.fields.map((field) => [field.name, plain(field.type, parts[field.name])]));
}
