// Arrays of any rank over a region: `a[i][j]`, `a.get(i, j)`, `a.set(i, j, v)`, row- or column-major by their strides.
// Every index is checked: outside of the shape is CF5501, never another element.
import type { CType } from "../types/ctype.ts";
import { printType } from "../types/print.ts";
import type { NDArray } from "../types/values.ts";
import { type Codec, codecOf, registerCodec } from "./codec.ts";
import { type Indexed, makeIndexed, readElement, writeElement } from "./indexed.ts";
import { memoryError, show } from "./memory-error.ts";
import { pointerTo } from "./ptr.ts";
import type { Region } from "./region.ts";

export type Order = "row" | "column";

class ArrayView implements Indexed {
  readonly shape: readonly number[];
  readonly #type: CType;
  readonly #codec: Codec;
  readonly #region: Region;
  readonly #offset: number;
  /** Bytes from one index to the next, a dimension. */
  readonly #strides: readonly number[];
  /** Rows that were asked for: a loop over `a[i][j]` makes each once. */
  #rows: Map<number, ArrayView> | undefined;

  constructor(region: Region, offset: number, type: CType, shape: readonly number[], strides: readonly number[]) {
    this.shape = shape;
    this.#type = type;
    this.#codec = codecOf(type);
    this.#region = region;
    this.#offset = offset;
    this.#strides = strides;
  }

  get ndim(): number {
    return this.shape.length;
  }
  get length(): number {
    return this.shape[0] ?? 0;
  }
  get size(): number {
    return this.shape.reduce((product, n) => product * n, 1);
  }

  get(...indices: readonly number[]): unknown {
    return this.#codec.read(this.#region, this.#place(indices));
  }

  set(...indicesAndValue: readonly unknown[]): void {
    const indices = indicesAndValue.slice(0, -1) as readonly number[];
    this.#codec.write(this.#region, this.#place(indices), indicesAndValue.at(-1));
  }

  *[Symbol.iterator](): Iterator<unknown> {
    for (let i = 0; i < this.length; i++) yield this[readElement](i);
  }

  [readElement](index: number): unknown {
    const offset = this.#offset + this.#step(index, 0);
    if (this.shape.length === 1) return this.#codec.read(this.#region, offset);
    this.#rows ??= new Map();
    let row = this.#rows.get(index);
    if (row === undefined) {
      row = new ArrayView(this.#region, offset, this.#type, this.shape.slice(1), this.#strides.slice(1));
      this.#rows.set(index, row);
    }
    return row;
  }

  [writeElement](index: number, value: unknown): void {
    if (this.shape.length > 1) {
      throw memoryError("CF5503", "a row is not assigned as a whole", `assign its elements: a[${index}][j] = value`);
    }
    this.#codec.write(this.#region, this.#offset + this.#step(index, 0), value);
  }

  /** Writes every element from a list of the same length; rows from lists of lists. */
  fill(values: unknown): void {
    if (!isList(values) || values.length !== this.length) {
      const given = isList(values) ? `${values.length} elements` : show(values);
      throw memoryError("CF5503", `${this} takes a list of ${this.length} elements, not ${given}`);
    }
    for (let i = 0; i < this.length; i++) {
      const row = this.shape.length > 1 ? this[readElement](i) : undefined;
      if (row instanceof ArrayView) row.fill(values[i]);
      else this[writeElement](i, values[i]);
    }
  }

  toString(): string {
    return `${printType(this.#type)}[${this.shape.join("][")}]`;
  }

  toJSON(): unknown[] {
    return [...this];
  }

  [Symbol.for("nodejs.util.inspect.custom")](): unknown {
    return [...this];
  }

  #place(indices: readonly number[]): number {
    if (indices.length !== this.shape.length) {
      throw memoryError("CF5501", `${this} takes ${this.shape.length} indices, not ${indices.length}`);
    }
    let offset = this.#offset;
    for (let axis = 0; axis < indices.length; axis++) offset += this.#step(indices[axis], axis);
    return offset;
  }

  #step(index: unknown, axis: number): number {
    const bound = this.shape[axis] ?? 0;
    if (typeof index !== "number" || !Number.isInteger(index) || index < 0 || index >= bound) {
      const where = this.shape.length > 1 ? ` of dimension ${axis}` : "";
      throw memoryError(
        "CF5501",
        `index ${show(index)}${where} is outside of ${this}`,
        bound === 0 ? "the array is empty" : `an index is a whole number from 0 to ${bound - 1}`,
      );
    }
    return index * (this.#strides[axis] ?? 0);
  }
}
makeIndexed(ArrayView.prototype);

function isList(values: unknown): values is ArrayLike<unknown> {
  return typeof values === "object" && values !== null && "length" in values;
}

/** Bytes from one index to the next, a dimension: the last (row-major) or first (column-major) is contiguous. */
function stridesOf(shape: readonly number[], size: number, order: Order): number[] {
  const strides: number[] = new Array(shape.length);
  let stride = size;
  for (let k = 0; k < shape.length; k++) {
    const axis = order === "row" ? shape.length - 1 - k : k;
    strides[axis] = stride;
    stride *= shape[axis] ?? 1;
  }
  return strides;
}

/** A view of `shape` elements of the type from `offset` on. The shape was checked. */
export function makeArrayView(
  region: Region,
  offset: number,
  type: CType,
  shape: readonly number[],
  order: Order = "row",
): NDArray<unknown, number> {
  const view = new ArrayView(
    region,
    offset,
    type,
    Object.freeze([...shape]),
    stridesOf(shape, codecOf(type).size, order),
  );
  // The class answers integer keys through its prototype, which a class cannot declare.
  return view as unknown as NDArray<unknown, number>;
}

// `array(array(T, 4), 3)` is one view of 3 x 4: C lays nested arrays out row-major.
registerCodec("array", (type) => {
  if (type.length === 0) return flexibleCodec(type.of);
  const shape: number[] = [];
  let element: CType = type;
  while (element.kind === "array") {
    shape.push(element.length);
    element = element.of;
  }
  const { size } = codecOf(element);
  const strides = stridesOf(shape, size, "row");
  const open = (region: Region, offset: number): ArrayView => new ArrayView(region, offset, element, shape, strides);
  return {
    size: shape.reduce((product, n) => product * n, size),
    read: open,
    write: (region, offset, value) => open(region, offset).fill(value),
  };
});

/** An array without a length is a pointer to its first element; what the memory behind it holds is not known here. */
function flexibleCodec(of: CType): Codec {
  return {
    size: 0,
    read: (region, offset) => pointerTo(region, offset, of),
    write: (region, offset, value) => {
      const length: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "length") : undefined;
      if (typeof length !== "number" || !Number.isSafeInteger(length) || length < 0) {
        throw memoryError("CF5503", `an array of ${printType(of)} takes an array of values, not ${show(value)}`);
      }
      if (length > 0) new ArrayView(region, offset, of, [length], [codecOf(of).size]).fill(value);
    },
  };
}
