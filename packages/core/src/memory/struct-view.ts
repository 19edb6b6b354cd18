// Structures in memory as typed objects: the fields are properties, and reading one reads memory. A class a structure
// type, made once. `Point.new(...)` gives a structure that owns its memory.
import type { StructType } from "../types/ctype.ts";
import { installStructs } from "../types/objects.ts";
import { codecOf, registerCodec } from "./codec.ts";
import { defineFields, type Place } from "./fields.ts";
import { memoryError, show } from "./memory-error.ts";
import { Region } from "./region.ts";

class StructView {
  readonly #place: Place;
  readonly #type: StructType;

  constructor(region: Region, offset: number, type: StructType) {
    this.#place = { region, offset };
    this.#type = type;
  }

  get address(): bigint {
    return this.#place.region.address(this.#place.offset);
  }

  toString(): string {
    return `struct ${this.#type.name}`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): unknown {
    return Object.fromEntries(this.#type.fields.map(({ name }) => [name, Reflect.get(this, name)]));
  }

  static place(self: StructView): Place {
    return self.#place;
  }
  static typeOf(self: StructView): StructType {
    return self.#type;
  }
}

/** A structure that owns its memory. */
class OwnedStructView extends StructView {
  release(): void {
    StructView.place(this).region.release();
  }
  [Symbol.dispose](): void {
    const { region } = StructView.place(this);
    if (!region.released) region.release();
  }
}

type StructClass = new (region: Region, offset: number, type: StructType) => StructView;
const viewClasses = new WeakMap<StructType, StructClass>();
const ownedClasses = new WeakMap<StructType, StructClass>();

function classOf(type: StructType, classes: WeakMap<StructType, StructClass>, Base: StructClass): StructClass {
  let found = classes.get(type);
  if (found === undefined) {
    found = class extends Base {};
    Object.defineProperty(found, "name", { value: type.name });
    defineFields<StructView>(found.prototype, type, StructView.place);
    classes.set(type, found);
  }
  return found;
}

export function makeStructView(region: Region, offset: number, type: StructType): object {
  return new (classOf(type, viewClasses, StructView))(region, offset, type);
}

/** A new structure in memory of its own, zeroed where `init` says nothing. */
export function makeOwnedStruct(type: StructType, init?: object): object {
  const region = Region.allocate(type.size, type.align, `${type.name}.new(...)`);
  try {
    if (init !== undefined) codecOf(type).write(region, 0, init);
  } catch (error) {
    region.release();
    throw error;
  }
  return new (classOf(type, ownedClasses, OwnedStructView))(region, 0, type);
}

/** The address of a structure in memory, whatever its fields are called; undefined for anything else. */
export function structAddress(value: unknown): bigint | undefined {
  if (!(value instanceof StructView)) return undefined;
  const { region, offset } = StructView.place(value);
  return region.address(offset);
}

registerCodec("struct", (type) => ({
  size: type.size,
  read: (region, offset) => makeStructView(region, offset, type),
  write: (region, offset, value) => {
    if (value instanceof StructView && StructView.typeOf(value) === type) {
      copy(StructView.place(value), { region, offset }, type.size);
      return;
    }
    if (typeof value !== "object" || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) {
      throw memoryError("CF5503", `struct ${type.name} takes an object with its fields, not ${show(value)}`);
    }
    writeFields(type, { region, offset }, value);
  },
}));

/** The bytes at a place; valid until the region reaches further. */
function bytesAt({ region, offset }: Place, size: number): Uint8Array {
  const at = region.at(offset, size);
  return new Uint8Array(region.view.buffer, region.view.byteOffset + at, size);
}

function copy(from: Place, to: Place, size: number): void {
  const bytes = bytesAt(from, size).slice();
  bytesAt(to, size).set(bytes);
}

/**
 * Assigning an object writes every field; one that it lacks becomes zero, as in a C compound literal. Written aside
 * first: the values may be views of the target, and a value that does not fit leaves the target as it was.
 */
function writeFields(type: StructType, target: Place, value: object): void {
  const unknown = Object.keys(value).find((key) => !type.fields.some((field) => field.name === key));
  if (unknown !== undefined) {
    const names = type.fields.map((field) => field.name).join(", ");
    throw memoryError("CF5503", `struct ${type.name} has no field \`${unknown}\``, `its fields are ${names}`);
  }
  const aside: Place = { region: Region.of(new ArrayBuffer(type.size)), offset: 0 };
  for (const field of type.fields) {
    const fieldValue: unknown = Reflect.get(value, field.name);
    if (fieldValue !== undefined) codecOf(field.type).write(aside.region, field.offset, fieldValue);
  }
  copy(aside, target, type.size);
}

installStructs(makeOwnedStruct);
