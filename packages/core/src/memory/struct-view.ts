// Structures and unions in memory as typed objects: the fields are properties, and reading one reads memory. A class a
// type, made once. `Point.new(...)` gives a structure that owns its memory.
import type { FieldType, StructType, UnionType } from "../types/ctype.ts";
import { sizeOf } from "../types/layout.ts";
import { memberOf, membersOf } from "../types/members.ts";
import { installStructs } from "../types/objects.ts";
import { codecOfField } from "./bit-field.ts";
import { type Codec, codecOf, registerCodec } from "./codec.ts";
import { defineFields, type Place } from "./fields.ts";
import { memoryError, show } from "./memory-error.ts";
import { Region } from "./region.ts";

type FieldsType = StructType | UnionType;

class StructView {
  readonly #place: Place;
  readonly #type: FieldsType;

  constructor(region: Region, offset: number, type: FieldsType) {
    this.#place = { region, offset };
    this.#type = type;
  }

  get address(): bigint {
    return this.#place.region.address(this.#place.offset);
  }

  toString(): string {
    return `${this.#type.kind} ${this.#type.name}`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): unknown {
    return Object.fromEntries([...membersOf(this.#type).keys()].map((name) => [name, Reflect.get(this, name)]));
  }

  static place(self: StructView): Place {
    return self.#place;
  }
  static typeOf(self: StructView): FieldsType {
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

type StructClass = new (region: Region, offset: number, type: FieldsType) => StructView;
const viewClasses = new WeakMap<FieldsType, StructClass>();
const ownedClasses = new WeakMap<FieldsType, StructClass>();

function classOf(type: FieldsType, classes: WeakMap<FieldsType, StructClass>, Base: StructClass): StructClass {
  let found = classes.get(type);
  if (found === undefined) {
    found = class extends Base {};
    Object.defineProperty(found, "name", { value: type.name });
    defineFields<StructView>(found.prototype, type, StructView.place);
    classes.set(type, found);
  }
  return found;
}

export function makeStructView(region: Region, offset: number, type: FieldsType): object {
  return new (classOf(type, viewClasses, StructView))(region, offset, type);
}

/** A new structure in memory of its own, zeroed where `init` says nothing. */
export function makeOwnedStruct(type: FieldsType, init?: object): object {
  const region = Region.allocate(sizeWith(type, init), type.align, `${type.name}.new(...)`);
  try {
    if (init !== undefined) codecOf(type).write(region, 0, init);
  } catch (error) {
    region.release();
    throw error;
  }
  return new (classOf(type, ownedClasses, OwnedStructView))(region, 0, type);
}

/** Where a structure or union lies, and its type; undefined for anything else. */
export function structPlace(value: unknown): (Place & { readonly type: StructType | UnionType }) | undefined {
  if (!(value instanceof StructView)) return undefined;
  const { region, offset } = StructView.place(value);
  return { region, offset, type: StructView.typeOf(value) };
}

/** The address of a structure in memory, whatever its fields are called; undefined for anything else. */
export function structAddress(value: unknown): bigint | undefined {
  if (!(value instanceof StructView)) return undefined;
  const { region, offset } = StructView.place(value);
  return region.address(offset);
}

function codecFor(type: FieldsType): Codec {
  return {
    size: type.size,
    read: (region, offset) => makeStructView(region, offset, type),
    write: (region, offset, value) => {
      if (value instanceof StructView && StructView.typeOf(value) === type) {
        copy(StructView.place(value), { region, offset }, type.size);
        return;
      }
      if (typeof value !== "object" || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) {
        const what = type.kind === "struct" ? "its fields" : "one of its fields";
        throw memoryError("CF5503", `${type.kind} ${type.name} takes an object with ${what}, not ${show(value)}`);
      }
      writeFields(type, { region, offset }, value);
    },
  };
}

registerCodec("struct", codecFor);
registerCodec("union", codecFor);

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
 * Assigning an object writes every field; one that it lacks becomes zero, as in a C compound literal. A union takes the
 * one field that the object has. Written aside first: the values may be views of the target, and a value that does not fit leaves the target as it was.
 */
function writeFields(type: FieldsType, target: Place, value: object): void {
  const members = membersOf(type);
  const unknown = Object.keys(value).find((key) => !members.has(key));
  if (unknown !== undefined) {
    const names = [...members.keys()].join(", ");
    throw memoryError("CF5503", `${type.kind} ${type.name} has no field \`${unknown}\``, `its fields are ${names}`);
  }
  const given = [...members.values()].filter(({ name }) => Reflect.get(value, name) !== undefined);
  const parts = type.fields.filter((field) => given.some(({ name }) => field.name === name || holds(field, name)));
  if (type.kind === "union" && parts.length !== 1) {
    const has = given.length === 0 ? "none" : given.map(({ name }) => `\`${name}\``).join(", ");
    throw memoryError("CF5503", `union ${type.name} takes an object with exactly one of its fields, this has ${has}`);
  }
  const size = sizeWith(type, value);
  const aside: Place = { region: Region.of(new ArrayBuffer(size)), offset: 0 };
  for (const field of given) codecOfField(field).write(aside.region, field.offset, Reflect.get(value, field.name));
  copy(aside, target, size);
}

/** Whether an anonymous member has a member of that name. */
const holds = (field: FieldType, name: string): boolean =>
  field.name === "" && memberOf(field.type, name) !== undefined;

/** Bytes of a structure with what `value` says of its flexible array, whose elements the type does not count. */
function sizeWith(type: FieldsType, value: object | undefined): number {
  const last = type.fields.at(-1);
  if (last?.type.kind !== "array" || last.type.length > 0 || value === undefined) return type.size;
  const elements: unknown = Reflect.get(value, last.name);
  if (typeof elements !== "object" || elements === null || !("length" in elements)) return type.size;
  const count = Number(elements.length);
  if (!Number.isSafeInteger(count)) return type.size;
  return Math.max(type.size, last.offset + count * sizeOf(last.type.of));
}

installStructs(makeOwnedStruct);
