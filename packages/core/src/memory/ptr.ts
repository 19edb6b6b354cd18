// Pointers: `p[i]`, `p.get(i)`, `p.add(n)`, `p.cast(T)`, and for pointers to structures the fields. Null is `null`, so
// a Ptr always has an address. Where the extent of the memory is known, leaving it is CF5501; at a foreign address
// nobody can know it.
import type { CType, PointerType, Signature } from "../types/ctype.ts";
import { asType } from "../types/fields.ts";
import { sizeOf } from "../types/layout.ts";
import { printType } from "../types/print.ts";
import type { TypeObject } from "../types/type-object.ts";
import type { Ptr } from "../types/values.ts";
import { type Codec, codecOf, registerCodec } from "./codec.ts";
import { defineFields, type Place } from "./fields.ts";
import { type Indexed, makeIndexed, readElement, writeElement } from "./indexed.ts";
import { hex, memoryError, show } from "./memory-error.ts";
import { Region } from "./region.ts";
import { structAddress } from "./struct-view.ts";

export class PointerView implements Indexed {
  /** The type pointed to. */
  readonly type: CType;
  readonly #region: Region;
  readonly #offset: number;
  #codec: Codec | undefined;

  constructor(region: Region, offset: number, type: CType) {
    this.type = type;
    this.#region = region;
    this.#offset = offset;
  }

  get address(): bigint {
    return this.#region.address(this.#offset);
  }

  get(index: number): unknown {
    return this.#elements().read(this.#region, this.#place(index));
  }

  set(index: number, value: unknown): void {
    this.#elements().write(this.#region, this.#place(index), value);
  }

  [readElement](index: number): unknown {
    return this.get(index);
  }
  [writeElement](index: number, value: unknown): void {
    this.set(index, value);
  }

  add(count: number): Ptr<unknown> {
    this.#elements();
    return pointerTo(this.#region, this.#place(count), this.type);
  }

  cast(type: TypeObject | string): Ptr<unknown> {
    return pointerTo(this.#region, this.#offset, asType(type));
  }

  toString(): string {
    return `CPointer(${printType(this.type)}) ${hex(this.address)}`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.#region.released ? `CPointer(${printType(this.type)}) <released>` : `[${this}]`;
  }

  static place(self: PointerView): Place {
    return { region: self.#region, offset: self.#offset };
  }

  #elements(): Codec {
    if (this.type.kind === "void") {
      throw memoryError(
        "CF5504",
        "a void pointer has no elements",
        "say what it points to: p.cast(float64), or carray(p, n, float64)",
      );
    }
    this.#codec ??= codecOf(this.type);
    return this.#codec;
  }

  #place(index: number): number {
    if (!Number.isSafeInteger(index)) {
      throw memoryError("CF5501", `${show(index)} is not an index`, "an index is a whole number");
    }
    return this.#offset + index * this.#elements().size;
  }
}
makeIndexed(PointerView.prototype);

/** Members of a pointer that a field of the same name does not hide: `p[0].get` reaches such a field. */
const members: ReadonlySet<string> = new Set(["address", "type", "get", "set", "add", "cast", "length", "release"]);

type PointerClass<V extends PointerView> = new (region: Region, offset: number, type: CType) => V;

/** Makes, once a structure or union type, the class of pointers whose fields are properties. */
export function classesFor<V extends PointerView>(Base: PointerClass<V>): (type: CType) => PointerClass<V> {
  const classes = new WeakMap<CType, PointerClass<V>>();
  return (type) => {
    if (type.kind !== "struct" && type.kind !== "union") return Base;
    let found = classes.get(type);
    if (found === undefined) {
      found = class extends (Base as PointerClass<PointerView>) {} as PointerClass<V>;
      defineFields<PointerView>(found.prototype, type, PointerView.place, members);
      classes.set(type, found);
    }
    return found;
  };
}

const pointerClass = classesFor(PointerView);

/** A pointer into a region that is known already. */
export function pointerTo(region: Region, offset: number, type: CType): Ptr<unknown> {
  // The class answers integer keys and fields through its prototype, which a class cannot declare.
  return new (pointerClass(type))(region, offset, type) as unknown as Ptr<unknown>;
}

/** The pointer at an address to values of the type; null for 0. Reads nothing yet. */
export function makePointer(address: bigint, type: CType): Ptr<unknown> | null {
  return address === 0n ? null : pointerTo(Region.foreign(address), 0, type);
}

/** What a function pointer that is read from memory becomes. */
export type MakeFunctionPointer = (address: bigint, signature: Signature) => object;
let makeFunctionPointer: MakeFunctionPointer = (address, signature) => Object.freeze({ address, signature });

/** Makes function pointers in memory callable: whoever can call native code says how. */
export function installFunctionPointers(make: MakeFunctionPointer): void {
  makeFunctionPointer = make;
}

/** The address of anything that stands for one; null is 0n. Throws CF5503 for anything else. */
export function addressFor(type: PointerType, value: unknown): bigint {
  if (value === null) return 0n;
  const struct = structAddress(value);
  if (struct !== undefined) return struct;
  if ((typeof value === "object" || typeof value === "function") && !ArrayBuffer.isView(value) && "address" in value) {
    const address: unknown = value.address;
    if (typeof address === "bigint") return address;
  }
  throw memoryError(
    "CF5503",
    `${printType(type)} holds a pointer or null, not ${show(value)}`,
    ArrayBuffer.isView(value) || value instanceof ArrayBuffer
      ? "memory of JavaScript goes away when it is collected: use alloc(type, n)"
      : undefined,
  );
}

registerCodec("pointer", (type) => ({
  size: sizeOf(type),
  read: (region, offset) => {
    const at = region.at(offset, 8);
    const address = region.view.getBigUint64(at, true);
    if (address === 0n) return null;
    return type.to.kind === "function"
      ? makeFunctionPointer(address, type.to.signature)
      : makePointer(address, type.to);
  },
  write: (region, offset, value) => {
    const address = addressFor(type, value);
    const at = region.at(offset, 8);
    region.view.setBigUint64(at, address, true);
  },
}));
