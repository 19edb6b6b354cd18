// `alloc` and `view`: native memory with an owner, and typed views of memory. Memory is released by its owner, once;
// nothing here is released by the garbage collector.
import type { CType } from "../types/ctype.ts";
import { asType } from "../types/fields.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import { printType } from "../types/print.ts";
import type { TypeObject } from "../types/type-object.ts";
import type { AnyPointer, ElementsOf, NDArray, OwnedPtr, ValueOf } from "../types/values.ts";
import { memoryError, show } from "./memory-error.ts";
import { makeArrayView } from "./nd-array.ts";
import { classesFor, PointerView } from "./ptr.ts";
import { Region } from "./region.ts";

class OwnedPointerView extends PointerView {
  /** Values of the type that the memory holds. */
  get length(): number {
    return lengths.get(this) ?? 0;
  }
  release(): void {
    PointerView.place(this).region.release();
  }
  [Symbol.dispose](): void {
    const { region } = PointerView.place(this);
    if (!region.released) region.release();
  }
}

const lengths = new WeakMap<OwnedPointerView, number>();
const ownedClass = classesFor(OwnedPointerView);

/**
 * Zeroed native memory for `count` values of the type, with an owner: `using a = alloc(float64, 100)`. A pointer whose
 * bounds are checked; after `a.release()` every use of it, and of what was made from it, throws CF5502.
 */
export function alloc<C extends CType>(type: TypeObject<C>, count = 1): OwnedPtr<ValueOf<C>> {
  const element = asType(type);
  if (!Number.isSafeInteger(count) || count < 0) {
    throw memoryError("CF5505", `cannot allocate ${show(count)} values`, "a count is a whole number, 0 or more");
  }
  const region = Region.allocate(sizeOf(element) * count, alignOf(element), `alloc(${printType(element)}, ${count})`);
  const pointer = new (ownedClass(element))(region, 0, element);
  lengths.set(pointer, count);
  // The class answers integer keys and fields through its prototype, which a class cannot declare.
  return pointer as unknown as OwnedPtr<ValueOf<C>>;
}

type TypedArrayClass = new (
  buffer: ArrayBuffer,
  byteOffset: number,
  length: number,
) => ArrayBufferView & { readonly length: number };

/** What `view` gives: a TypedArray where its elements are what TypeScript holds for the type, else an array view. */
export type ViewOf<C extends CType> = [C] extends [{ readonly kind: "int"; readonly bits: 64; readonly js: "number" }]
  ? NDArray<number, 1>
  : [C] extends [{ readonly kind: "int" | "float" }]
    ? ViewArray<C>
    : NDArray<ValueOf<C>, 1>;
type ViewArray<C extends CType> = C extends { readonly name: "char" }
  ? Int8Array
  : C extends { readonly name: "uint8" }
    ? Uint8Array
    : ElementsOf<C>;

/**
 * A view of `count` values at a pointer. It owns nothing: it is valid while the memory is. Scalars give the TypedArray
 * of their type; bool, pointers, structures, `size_t` and `intp` an array view.
 */
export function view<C extends CType>(pointer: AnyPointer | null, type: TypeObject<C>, count: number): ViewOf<C>;
export function view(pointer: unknown, type: TypeObject | string, count: number): unknown {
  const element = asType(type);
  const { region, offset } = placeOf(pointer, "view");
  if (!Number.isSafeInteger(count) || count < 0) {
    throw memoryError("CF5505", `cannot view ${show(count)} values`, "a count is a whole number, 0 or more");
  }
  const Elements = typedArrayOf(element);
  if (Elements === undefined) return makeArrayView(region, offset, element, [count]);
  const size = sizeOf(element);
  if (count === 0) return new Elements(new ArrayBuffer(0), 0, 0);
  const { buffer, byteOffset } = region.bytes(offset, size * count, size);
  return new Elements(buffer as ArrayBuffer, byteOffset, count);
}

/** Where a pointer points. Throws CF5507 for null, CF5503 for anything that is not a pointer. */
export function placeOf(pointer: unknown, user: string): { readonly region: Region; readonly offset: number } {
  if (pointer instanceof PointerView) return PointerView.place(pointer);
  if (pointer === null) throw memoryError("CF5507", `${user} was given the null pointer`, "compare with null first");
  throw memoryError("CF5503", `${user} takes a pointer, not ${show(pointer)}`);
}

function typedArrayOf(type: CType): TypedArrayClass | undefined {
  if (type.kind === "float") return type.bits === 32 ? Float32Array : Float64Array;
  if (type.kind !== "int") return undefined;
  switch (type.bits) {
    case 8:
      return type.signed ? Int8Array : Uint8Array;
    case 16:
      return type.signed ? Int16Array : Uint16Array;
    case 32:
      return type.signed ? Int32Array : Uint32Array;
    case 64:
      if (type.js === "number") return undefined;
      return type.signed ? BigInt64Array : BigUint64Array;
  }
}
