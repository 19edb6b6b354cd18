// Which ctypes values may stand for an address in a call, and what that address is. The rules of each pointer type are
// in its own file; this is what they share.
import type { CType } from "@cfunc/core";
import { typeNames } from "@cfunc/core";
import { CArgument, CData, memoryOf } from "./cdata.ts";
import { hold, type Storage } from "./storage.ts";
import { type CDataType, findInfo, type TypeInfo, typeOf } from "./type-info.ts";

/** Addresses cross as 64-bit integers, which C cannot tell from pointers on the machines that core supports. */
export const addressCrossing: CType = typeNames.uint64;

/** The address in the first bytes of a pointer object. */
export function readAddress(storage: Storage): bigint {
  return storage.readAddress();
}

/** The description of a ctypes object's class, or undefined where the value is no ctypes object. */
export function infoOfValue(value: unknown): TypeInfo | undefined {
  return value instanceof CData ? findInfo(typeOf(value)) : undefined;
}

/** The address that a pointer-like object holds, which is kept alive for the call. */
export function passHeld(value: CData): bigint {
  const storage = value[memoryOf];
  hold(storage);
  return readAddress(storage);
}

/** The address of an object itself, which is kept alive for the call. */
export function passWhere(value: CData): bigint {
  const storage = value[memoryOf];
  hold(storage);
  return storage.address;
}

/** An array or a pointer of elements of this class (any class where undefined), or a `byref` of one; else undefined. */
export function passElements(value: unknown, element: CDataType | undefined): unknown {
  if (value instanceof CArgument) return fits(value.target, element) ? value.pass() : undefined;
  const info = infoOfValue(value);
  if (info === undefined || !fits(info.element, element)) return undefined;
  return info.kind === "array" ? passWhere(value as CData) : passHeld(value as CData);
}

function fits(given: CDataType | undefined, wanted: CDataType | undefined): boolean {
  if (given === undefined || wanted === undefined || given === wanted) return given !== undefined;
  return given.prototype instanceof wanted;
}
