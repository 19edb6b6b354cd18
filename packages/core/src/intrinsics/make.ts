// What the intrinsics do in plain JavaScript, over native memory or a TypedArray, with every index checked. Compiled
// code never comes here.

import { placeOf } from "../memory/alloc.ts";
import { memoryError, show } from "../memory/memory-error.ts";
import { makeArrayView, type Order } from "../memory/nd-array.ts";
import { PointerView } from "../memory/ptr.ts";
import { Region } from "../memory/region.ts";
import type { CType } from "../types/ctype.ts";
import { asType } from "../types/fields.ts";
import { typeNames } from "../types/names.ts";
import { typeObject } from "../types/objects.ts";
import { printType, sameType } from "../types/print.ts";
import { type TypeObject, typeOfObject } from "../types/type-object.ts";
import type { NDArray } from "../types/values.ts";
import type { Intrinsics, MakeArray } from "./types.ts";

export function makeIntrinsics(): Intrinsics {
  // The overloads of the types say more than one implementation can.
  const carray = named("carray", (memory, shape, dtype) => arrayOver("carray", "row", memory, shape, dtype));
  const farray = named("farray", (memory, shape, dtype) => arrayOver("farray", "column", memory, shape, dtype));
  const cast = (pointer: unknown, type: TypeObject | string): unknown => {
    if (pointer === null) return null;
    const target = typeOfObject(type, "cast");
    if (target.kind !== "pointer") {
      throw memoryError(
        "CF5503",
        `cast gives a pointer, ${printType(target)} is none`,
        `write CPointer(${printType(target)})`,
      );
    }
    if (pointer instanceof PointerView) return pointer.cast(typeObject(target.to));
    throw memoryError("CF5503", `cast takes a pointer, not ${show(pointer)}`);
  };
  const as = (type: TypeObject, value: unknown): unknown => Object.freeze({ type: asType(type), value });
  return Object.freeze({ carray, farray, cast: cast as Intrinsics["cast"], as: as as Intrinsics["as"] });
}

type Untyped = (memory: unknown, shape: unknown, dtype?: TypeObject | string) => NDArray<unknown, number>;

function named(name: string, make: Untyped): MakeArray {
  return Object.defineProperty(make, "name", { value: name }) as unknown as MakeArray;
}

function arrayOver(
  user: string,
  order: Order,
  memory: unknown,
  shape: unknown,
  dtype: TypeObject | string | undefined,
): NDArray<unknown, number> {
  const dimensions = checkShape(user, shape);
  const asked = dtype === undefined ? undefined : asType(dtype);
  const elements = ArrayBuffer.isView(memory) ? elementsOf(memory) : undefined;
  if (ArrayBuffer.isView(memory)) {
    const type = asked ?? elements;
    if (type === undefined) throw noElements(user, "a DataView");
    return makeArrayView(Region.of(memory), 0, type, dimensions, order);
  }
  const { region, offset } = placeOf(memory, user);
  const pointed = memory instanceof PointerView ? memory.type : undefined;
  const type = asked ?? pointed;
  if (type === undefined || type.kind === "void") throw noElements(user, "a void pointer");
  if (pointed !== undefined && pointed.kind !== "void" && !sameType(pointed, type)) {
    throw memoryError(
      "CF5503",
      `${user} was given a pointer to ${printType(pointed)} and the element type ${printType(type)}`,
      "to read memory as another type, cast the pointer: p.cast(type)",
    );
  }
  return makeArrayView(region, offset, type, dimensions, order);
}

function noElements(user: string, what: string): Error {
  return memoryError("CF5504", `${what} has no element type`, `name it: ${user}(p, n, float64)`);
}

function checkShape(user: string, shape: unknown): readonly number[] {
  const dimensions: readonly unknown[] = Array.isArray(shape) ? shape : [shape];
  if (dimensions.length === 0) throw memoryError("CF5505", `${user} needs at least one dimension`);
  return dimensions.map((n, axis) => {
    if (typeof n === "number" && Number.isSafeInteger(n) && n >= 0) return n;
    throw memoryError(
      "CF5505",
      `dimension ${axis} of ${user} is ${show(n)}`,
      typeof n === "bigint" ? "convert it: Number(n)" : "a dimension is a whole number, 0 or more",
    );
  });
}

/** The C type of the elements of a TypedArray; undefined for a DataView. */
function elementsOf(array: ArrayBufferView): CType | undefined {
  if (array instanceof Float64Array) return typeNames.float64;
  if (array instanceof Float32Array) return typeNames.float32;
  if (array instanceof Int8Array) return typeNames.int8;
  if (array instanceof Uint8Array || array instanceof Uint8ClampedArray) return typeNames.uint8;
  if (array instanceof Int16Array) return typeNames.int16;
  if (array instanceof Uint16Array) return typeNames.uint16;
  if (array instanceof Int32Array) return typeNames.int32;
  if (array instanceof Uint32Array) return typeNames.uint32;
  if (array instanceof BigInt64Array) return typeNames.int64;
  if (array instanceof BigUint64Array) return typeNames.uint64;
  return undefined;
}
