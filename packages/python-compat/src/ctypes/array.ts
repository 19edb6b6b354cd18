// Arrays of a fixed length: `c_int.mul(3)`, Python's `c_int * 3`. Elements read as their class says; arrays of c_char
// have a `value` and a `raw`. One class for each element class and length.

import { decodeWide, encodeWide } from "./c-library.ts";
import { callableType, initialize } from "./callable-type.ts";
import { arrays, CData, type ClassMethods, memoryOf, overMemory } from "./cdata.ts";
import { errorName, IndexError, RuntimeError, ValueError } from "./errors.ts";
import { getItem, type Indexed, indexedLayer, setItem } from "./indexed.ts";
import { addressCrossing, passWhere } from "./pass-address.ts";
import { isBytes, isInt, typeName } from "./python-values.ts";
import { c_char, c_wchar } from "./simple-types.ts";
import { Storage } from "./storage.ts";
import {
  type CDataType,
  describe,
  expected,
  incompatible,
  infoOf,
  passAttribute,
  type TypeInfo,
  typeOf,
} from "./type-info.ts";
import type { InitOf, ValueOf } from "./values.ts";

/** An array object. Indices may be negative, from the end. */
export abstract class ArrayData<T extends CDataType = CDataType> extends CData implements Indexed {
  [index: number]: ValueOf<T>;

  constructor(...values: readonly unknown[]) {
    super();
    this[initialize](values);
  }

  [initialize](values: readonly unknown[]): void {
    const info = infoOf(typeOf(this));
    this[memoryOf] = Storage.allocate(info.size);
    for (const [i, value] of values.entries()) this[setItem](i, value);
  }

  /** Number of elements. */
  get length(): number {
    return lengthOf(typeOf(this));
  }

  [getItem](index: number): unknown {
    const element = elementOf(typeOf(this));
    return element.get(this[memoryOf], this.offset(index, element.size));
  }

  [setItem](index: number, value: unknown): void {
    const element = elementOf(typeOf(this));
    element.set(this[memoryOf], this.offset(index, element.size), value);
  }

  private offset(index: number, size: number): number {
    const { length } = this;
    const at = index < 0 ? index + length : index;
    if (at < 0 || at >= length) throw new IndexError("invalid index");
    return at * size;
  }

  *[Symbol.iterator](): Generator<ValueOf<T>> {
    for (let i = 0; i < this.length; i++) yield this[getItem](i) as ValueOf<T>;
  }

  /** Python's `array[start:stop]`: a list, bytes for c_char, text for c_wchar. */
  slice(start?: number, stop?: number): SliceOf<T> {
    const values = Array.from({ length: this.length }, (_, i) => i)
      .slice(start, stop)
      .map((i) => this[getItem](i));
    const { type } = elementOf(typeOf(this));
    if (type === (c_char as CDataType)) return Buffer.concat(values as Buffer[]) as SliceOf<T>;
    return (type === (c_wchar as CDataType) ? values.join("") : values) as SliceOf<T>;
  }

  static [describe](type: CDataType): TypeInfo | undefined {
    return type === (ArrayData as unknown) ? undefined : describeArray(type);
  }
}

Object.setPrototypeOf(ArrayData.prototype, indexedLayer(CData.prototype, "indices must be integers"));

type SliceOf<T> = T extends typeof c_char ? Buffer : T extends typeof c_wchar ? string : ValueOf<T>[];

/** An array of bytes. */
export interface CharArray extends ArrayData<typeof c_char> {
  /** The bytes before the first NUL; assigning adds one where there is room. Throws ValueError for too many. */
  get value(): Buffer;
  set value(bytes: Uint8Array);
  /** A copy of all bytes. Throws ValueError for too many. */
  get raw(): Buffer;
  set raw(bytes: Uint8Array);
}
/** An array of `wchar_t`. */
export interface WideArray extends ArrayData<typeof c_wchar> {
  /** The text before the first NUL. */
  value: string;
}

export interface ArrayType<T extends CDataType = CDataType> extends ClassMethods {
  new (...values: InitOf<T>[]): ArrayObject<T>;
  (...values: InitOf<T>[]): ArrayObject<T>;
  readonly prototype: ArrayObject<T>;
  readonly name: string;
  readonly _type_: T;
  readonly _length_: number;
}
export type ArrayObject<T extends CDataType> = T extends typeof c_char
  ? CharArray
  : T extends typeof c_wchar
    ? WideArray
    : ArrayData<T>;

interface ArrayStatics extends CDataType {
  readonly _type_: CDataType;
  readonly _length_: number;
}

const elementOf = (type: CDataType): TypeInfo => infoOf((type as ArrayStatics)._type_);
const lengthOf = (type: CDataType): number => (type as ArrayStatics)._length_;

const made = new WeakMap<CDataType, Map<number, ArrayType>>();

/** The class of arrays of `length` elements; the same class every time. Throws TypeError, ValueError. */
export function ARRAY<T extends CDataType>(element: T, length: number): ArrayType<T> {
  infoOf(element, "Expected a type object");
  if (!isInt(length)) throw new TypeError(`can't multiply sequence by non-int of type '${typeName(length)}'`);
  if (length < 0) throw new ValueError(`Array length must be >= 0, not ${length}`);
  const types = made.get(element) ?? new Map<number, ArrayType>();
  made.set(element, types);
  const known = types.get(length);
  if (known !== undefined) return known as unknown as ArrayType<T>;
  class Concrete extends ArrayData {
    static readonly _type_ = element;
    static readonly _length_ = length;
  }
  if (element === (c_char as CDataType)) Object.defineProperties(Concrete.prototype, charProperties);
  if (element === (c_wchar as CDataType)) Object.defineProperty(Concrete.prototype, "value", wideValue);
  const type = callableType(Concrete, `${element.name}_Array_${length}`) as ArrayType;
  types.set(length, type);
  return type as unknown as ArrayType<T>;
}

arrays.of = ARRAY;

const charProperties: PropertyDescriptorMap = {
  value: {
    get(this: CData) {
      return untilNul(this[memoryOf], 0, this[memoryOf].size);
    },
    set(this: CData, value: unknown) {
      storeBytes(this[memoryOf], value, true);
    },
  },
  raw: {
    get(this: CData) {
      return this[memoryOf].bytes();
    },
    set(this: CData, value: unknown) {
      storeBytes(this[memoryOf], value, false);
    },
  },
};

const wideValue: PropertyDescriptor = {
  get(this: CData) {
    return wideUntilNul(this[memoryOf], 0, this[memoryOf].size);
  },
  set(this: CData, value: unknown) {
    const { size } = this[memoryOf];
    storeWide(this[memoryOf], 0, size, value, "string too long");
  },
};

function untilNul(storage: Storage, offset: number, size: number): Buffer {
  const bytes = storage.bytes(offset, size);
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

function wideUntilNul(storage: Storage, offset: number, size: number): string {
  const [text = ""] = decodeWide(storage.bytes(offset, size)).split("\0");
  return text;
}

function storeBytes(storage: Storage, value: unknown, terminate: boolean, offset = 0, size = storage.size): void {
  if (!isBytes(value)) throw new TypeError(`bytes expected instead of ${typeName(value)} instance`);
  if (value.length > size) throw new ValueError("byte string too long");
  storage.writeBytes(offset, value);
  if (terminate && value.length < size) storage.writeBytes(offset + value.length, new Uint8Array(1));
}

function storeWide(storage: Storage, offset: number, size: number, value: unknown, tooLong: string): void {
  if (typeof value !== "string") throw new TypeError(`unicode string expected instead of ${typeName(value)} instance`);
  const bytes = encodeWide(value);
  if (bytes.length > size) throw new ValueError(tooLong);
  storage.writeBytes(offset, bytes);
  if (bytes.length < size) storage.writeBytes(offset + bytes.length, new Uint8Array(4));
}

function describeArray(type: CDataType): TypeInfo {
  const element = elementOf(type);
  const length = lengthOf(type);
  const size = element.size * length;
  const text =
    element.type === (c_char as CDataType) ? "bytes" : element.type === (c_wchar as CDataType) ? "wide" : "none";
  const instance = (storage: Storage) => overMemory(type, storage);
  const info: TypeInfo = {
    ...{ kind: "array", type, size, align: element.align, element: element.type, instance },
    ctype: element.ctype === undefined || length === 0 ? undefined : { kind: "array", of: element.ctype, length },
    crossing: addressCrossing,
    get(storage, offset) {
      if (text === "bytes") return untilNul(storage, offset, size);
      if (text === "wide") return wideUntilNul(storage, offset, size);
      return instance(storage.slice(offset, size));
    },
    set(storage, offset, value) {
      if (text === "bytes") {
        if (!isBytes(value)) throw new TypeError(`expected bytes, ${typeName(value)} found`);
        if (value.length > size) throw new ValueError(`bytes too long (${value.length}, maximum length ${size})`);
        storeBytes(storage, value, true, offset, size);
      } else if (text === "wide") {
        const tooLong = `string too long (${String(value).length}, maximum length ${length})`;
        storeWide(storage, offset, size, value, tooLong);
      } else storage.copyFrom(aggregate(type, value)[memoryOf], offset);
    },
    pass(value) {
      if (value instanceof type) return passWhere(value);
      return passAttribute(info, value, expected(type, value));
    },
    receive: () => undefined,
    result: undefined,
  };
  return info;
}

/** An array or structure to be copied: one of the class, or one made from a list or an object of initial values. */
export function aggregate(type: CDataType, value: unknown): CData {
  if (value instanceof type) return value;
  if (value instanceof CData) throw new TypeError(incompatible(type, value));
  const initial = Array.isArray(value) ? value : undefined;
  if (initial === undefined) throw new TypeError(`expected ${type.name} instance, got ${typeName(value)}`);
  try {
    return Reflect.construct(type, initial) as CData;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new RuntimeError(`(${type.name}) ${errorName(error)}: ${message}`, { cause: error });
  }
}
