// What is known of ctypes objects and classes: sizes, alignments, addresses; `byref` and `cast`.

import { CArgument, CData, memoryOf } from "./cdata.ts";
import { ArgumentError, errorName } from "./errors.ts";
import { addressCrossing, infoOfValue } from "./pass-address.ts";
import { index, typeName } from "./python-values.ts";
import { c_void_p } from "./simple-types.ts";
import { holding, Storage, takeHeld } from "./storage.ts";
import { type CDataType, findInfo, infoOf, typeOf } from "./type-info.ts";

/** Bytes of an object, or of the objects of a class. Throws TypeError. */
export function sizeof(value: CData | CDataType): number {
  if (value instanceof CData) return value[memoryOf].size;
  return infoOf(value, "this type has no size").size;
}

/** Alignment in bytes. Throws TypeError. */
export function alignment(value: CData | CDataType): number {
  return infoOf(value instanceof CData ? typeOf(value) : value, "no alignment info").align;
}

/** Where an object is; valid as long as the object lives. Throws TypeError. */
export function addressof(object: CData): bigint {
  if (!(object instanceof CData)) throw new TypeError("invalid type");
  return object[memoryOf].address;
}

/** The address of an object, plus bytes, as an argument: what `pointer` gives, cheaper. Throws TypeError. */
export function byref(object: CData, offset = 0): CArgument {
  if (!(object instanceof CData))
    throw new TypeError(`byref() argument must be a ctypes instance, not '${typeName(object)}'`);
  const storage = object[memoryOf];
  const address = storage.address + BigInt(index(offset));
  return new CArgument(addressCrossing, address, storage, typeOf(object));
}

/** The address that `void *` would get for a value, and the memory to keep alive for it. Throws ArgumentError. */
export function addressArgument(value: unknown, position: number): readonly [bigint, readonly unknown[]] {
  const mark = holding();
  try {
    const address = infoOf(c_void_p).pass(value) as bigint;
    return [address, takeHeld(mark)];
  } catch (error) {
    takeHeld(mark);
    const message = error instanceof Error ? error.message : String(error);
    throw new ArgumentError(`argument ${position}: ${errorName(error)}: ${message}`, { cause: error });
  }
}

/**
 * A pointer of another class to the same place, which keeps alive what the first one does. Throws TypeError for classes
 * that are no pointers, ArgumentError for values that are none.
 */
export function cast<T extends CData>(value: unknown, type: CDataType<T>): T {
  const info = findInfo(type);
  const isPointer = info?.kind === "pointer" || info?.kind === "function" || info?.ctype?.kind === "pointer";
  if (info === undefined || !isPointer) {
    const name = info === undefined ? typeName(type) : type.name;
    throw new TypeError(`cast() argument 2 must be a pointer type, not ${name}`);
  }
  const [address, [held]] = addressArgument(value, 1);
  const storage = Storage.allocate(8);
  // A pointer's own memory does not matter: what it keeps alive does.
  const viaPointer = held instanceof Storage && infoOfValue(value)?.kind !== "array" && !(value instanceof CArgument);
  const target = viaPointer && value instanceof CData ? held.retained(0) : held;
  storage.writeAddress(0, address, target ?? held);
  return info.instance(storage) as T;
}
