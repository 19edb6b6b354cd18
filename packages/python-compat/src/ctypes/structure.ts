// Structures: classes with `_fields_`, laid out by core as the C compiler does. `struct({...})` is the same with fields
// that TypeScript knows. No bit-fields, `_pack_` or `_anonymous_`, and no unions.
import { type CType, layoutStruct } from "@cfunc/core";
import { aggregate } from "./array.ts";
import { callableType, initialize } from "./callable-type.ts";
import { byValue, CData, type ClassMethods, memoryOf, overMemory } from "./cdata.ts";
import { AttributeError, NotImplementedError } from "./errors.ts";
import { Storage } from "./storage.ts";
import {
  type CDataType,
  describe,
  expected,
  findInfo,
  infoOf,
  passAttribute,
  type TypeInfo,
  typeOf,
} from "./type-info.ts";
import type { InitOf, ValueOf } from "./values.ts";

/** One entry of `_fields_`. */
export type FieldDeclaration = readonly [name: string, type: CDataType];

/** A field as its class knows it: `Point.y.offset`. */
export class Field {
  readonly name: string;
  /** Bytes from the start of the structure. */
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
  readonly type: CDataType;

  constructor(name: string, offset: number, { size, type }: TypeInfo) {
    this.name = name;
    this.offset = offset;
    this.size = size;
    this.type = type;
  }

  toString(): string {
    return `<Field type=${this.type.name}, ofs=${this.offset}, size=${this.size}>`;
  }
}

/** The base of structures. A derived class says `static _fields_`, in its body or later, before its first use. */
export abstract class Structure extends CData {
  static readonly _fields_?: readonly FieldDeclaration[];

  /** Initial values in the order of the fields, and at the end an object for fields by name. */
  constructor(...values: readonly unknown[]) {
    super();
    this[initialize](values);
  }

  [initialize](values: readonly unknown[]): void {
    const info = infoOf(typeOf(this));
    this[memoryOf] = Storage.allocate(info.size);
    const names = fieldNames.get(info) ?? [];
    const last = values.at(-1);
    const named = isPlainObject(last) ? last : {};
    const positional = isPlainObject(last) ? values.slice(0, -1) : values;
    if (positional.length > names.length) throw new TypeError("too many initializers");
    const duplicate = names.slice(0, positional.length).find((name) => Object.hasOwn(named, name));
    if (duplicate !== undefined) throw new TypeError(`duplicate values for field '${duplicate}'`);
    for (const [i, value] of positional.entries()) Reflect.set(this, names[i] ?? "", value);
    Object.assign(this, named);
  }

  static [describe](type: CDataType): TypeInfo | undefined {
    return type === (Structure as unknown) ? undefined : describeStructure(type);
  }
}

export interface StructType<F extends Readonly<Record<string, CDataType>>> extends ClassMethods {
  new (...values: readonly (InitOf<F[keyof F]> | StructInit<F>)[]): StructObject<F>;
  (...values: readonly (InitOf<F[keyof F]> | StructInit<F>)[]): StructObject<F>;
  readonly prototype: StructObject<F>;
  readonly name: string;
  readonly _fields_?: readonly FieldDeclaration[];
}
export type StructInit<F> = { readonly [K in keyof F]?: InitOf<F[K]> };
export type StructObject<F> = Structure & { -readonly [K in keyof F]: ValueOf<F[K]> };

/**
 * A structure with fields in this order, which TypeScript knows: `class Point extends struct({ x: c_int, y: c_int }) {}`,
 * or `const Point = struct({ x: c_int, y: c_int }, "Point")`. Throws TypeError for what is no ctypes class.
 */
export function struct<const F extends Readonly<Record<string, CDataType>>>(
  fields: F,
  name = "Structure",
): StructType<F> {
  class Concrete extends Structure {
    static override readonly _fields_ = Object.entries(fields);
  }
  const type = callableType(Concrete, name);
  infoOf(type);
  return type as StructType<F>;
}

const fieldNames = new WeakMap<TypeInfo, readonly string[]>();

function describeStructure(type: CDataType): TypeInfo {
  for (const later of ["_pack_", "_anonymous_", "_align_"])
    if (later in type) throw new NotImplementedError(`${type.name}: ${later} is not supported yet`);
  const base = findInfo(Object.getPrototypeOf(type));
  const own = ownFields(type);
  const layout = layOut(type.name, base, own);
  for (const [i, { name, info }] of own.entries()) install(type, name, layout.offsets[i] ?? 0, info);
  Object.defineProperty(type, "_fields_", {
    get: () => own.map(({ name, info }) => [name, info.type]),
    set() {
      throw new AttributeError("_fields_ is final");
    },
    configurable: false,
  });
  const { size, align, ctype } = layout;
  const instance = (storage: Storage) => overMemory(type, storage);
  const info: TypeInfo = {
    ...{ kind: "structure", type, size, align, ctype, crossing: undefined, instance, result: undefined },
    get: (storage, offset) => instance(storage.slice(offset, size)),
    set(storage, offset, value) {
      storage.copyFrom(aggregate(type, isPlainObject(value) ? [value] : value)[memoryOf], offset);
    },
    pass(value) {
      if (value instanceof type) throw byValue(type);
      return passAttribute(info, value, expected(type, value));
    },
    receive: () => undefined,
  };
  const inherited = base === undefined ? [] : (fieldNames.get(base) ?? []);
  fieldNames.set(info, [...inherited, ...own.map(({ name }) => name)]);
  return info;
}

interface OwnField {
  readonly name: string;
  readonly info: TypeInfo;
}

/** The fields that the class itself declares. */
function ownFields(type: CDataType): readonly OwnField[] {
  const declared: unknown = Object.hasOwn(type, "_fields_") ? Reflect.get(type, "_fields_") : [];
  if (!Array.isArray(declared)) throw new TypeError("'_fields_' must be a sequence of pairs");
  return declared.map((field: unknown, i) => {
    const [name, fieldType, bits]: unknown[] = Array.isArray(field) ? field : [];
    if (typeof name !== "string") throw new TypeError("'_fields_' must be a sequence of (name, C type) pairs");
    const info = findInfo(fieldType);
    if (info === undefined) throw new TypeError(`second item in _fields_ tuple (index ${i}) must be a C type`);
    if (bits !== undefined) throw new NotImplementedError(`${type.name}.${name}: bit-fields are not supported yet`);
    return { name, info };
  });
}

interface Layout {
  readonly size: number;
  readonly align: number;
  readonly ctype: CType | undefined;
  readonly offsets: readonly number[];
}

/** Core's layout; what a base class has comes first, as a structure. Fields without bytes are beyond what C knows. */
function layOut(name: string, base: TypeInfo | undefined, own: readonly OwnField[]): Layout {
  const fields: Record<string, CType> = {};
  if (base?.ctype !== undefined) fields.base = base.ctype;
  for (const [i, { info }] of own.entries()) if (info.ctype !== undefined) fields[`field${i}`] = info.ctype;
  if (Object.keys(fields).length === 0) return { size: 0, align: 1, ctype: undefined, offsets: own.map(() => 0) };
  const ctype = layoutStruct(/^[A-Za-z_]\w*$/.test(name) ? name : "Structure", fields);
  const known = new Map(ctype.fields.map((field) => [field.name, field.offset]));
  let end = 0;
  const offsets = own.map(({ info }, i) => {
    const offset = known.get(`field${i}`) ?? end;
    end = offset + info.size;
    return offset;
  });
  return { size: ctype.size, align: ctype.align, ctype, offsets };
}

function install(type: CDataType, name: string, offset: number, info: TypeInfo): void {
  Object.defineProperty(type.prototype, name, {
    get(this: CData) {
      return info.get(this[memoryOf], offset);
    },
    set(this: CData, value: unknown) {
      info.set(this[memoryOf], offset, value);
    },
    enumerable: true,
    configurable: true,
  });
  // What classes have of themselves, such as `name`, stays what it is.
  if (!(name in type)) Object.defineProperty(type, name, { value: new Field(name, offset, info), configurable: true });
}

/** The fields of a structure class, base classes' first. Throws TypeError for other classes. */
export function fieldsOf(type: CDataType): readonly string[] {
  const info = infoOf(type);
  const names = fieldNames.get(info);
  if (names === undefined) throw new TypeError(`${type.name} has no _fields_`);
  return names;
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
