// Pointers: `POINTER(c_int)`, `pointer(object)`, `p.contents`, `p[i]`. What a pointer was made from stays alive as long
// as the pointer. Following any other address is as safe as in C.
import { typeNames } from "@cfunc/core";
import { checkAddress, cLibrary } from "./c-library.ts";
import { callableType, initialize } from "./callable-type.ts";
import { CArgument, CData, type ClassMethods, memoryOf, overMemory } from "./cdata.ts";
import { ValueError } from "./errors.ts";
import { getItem, type Indexed, indexedLayer, setItem } from "./indexed.ts";
import { addressCrossing, infoOfValue, passElements, passHeld, passWhere, readAddress } from "./pass-address.ts";
import { truth, typeName } from "./python-values.ts";
import { c_void_p } from "./simple-types.ts";
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
import type { ClassOf, InstanceOf, ValueOf } from "./values.ts";

/** A pointer object. */
export abstract class Pointer<T extends CDataType = CDataType> extends CData implements Indexed {
  [index: number]: ValueOf<T>;

  constructor(...values: readonly unknown[]) {
    super();
    this[initialize](values);
  }

  [initialize](values: readonly unknown[]): void {
    infoOf(typeOf(this));
    if (values.length > 1)
      throw new TypeError(`${typeOf(this).name} expected at most 1 argument, got ${values.length}`);
    this[memoryOf] = Storage.allocate(8);
    if (values[0] !== undefined) this.contents = values[0] as InstanceOf<T>;
  }

  /** The object pointed to, a new one each time. Throws ValueError for a null pointer. */
  get contents(): InstanceOf<T> {
    const element = elementOf(typeOf(this));
    const [storage, offset] = this.target(0, element.size);
    return element.instance(storage.slice(offset, element.size)) as InstanceOf<T>;
  }

  /** Points to another object, and keeps it alive. Throws TypeError for other classes. */
  set contents(object: InstanceOf<T>) {
    const { type } = elementOf(typeOf(this));
    if (!(object instanceof type)) throw new TypeError(`expected ${type.name} instead of ${typeName(object)}`);
    pointTo(this[memoryOf], 0, object[memoryOf]);
  }

  [getItem](index: number): unknown {
    const element = elementOf(typeOf(this));
    const [storage, offset] = this.target(index, element.size, element.readsValue);
    return element.get(storage, offset);
  }

  [setItem](index: number, value: unknown): void {
    const element = elementOf(typeOf(this));
    const [storage, offset] = this.target(index, element.size);
    element.set(storage, offset, value);
  }

  /** False for the null pointer, to `bool`. */
  get [truth](): boolean {
    return readAddress(this[memoryOf]) !== 0n;
  }

  /** Python's `p[start:stop]`: a list. */
  slice(start: number, stop: number): ValueOf<T>[] {
    return Array.from({ length: Math.max(0, stop - start) }, (_, i) => this[getItem](start + i) as ValueOf<T>);
  }

  /** The memory of an element: that of the object it is known to point into, else native memory, or a copy of it. */
  private target(index: number, size: number, copy: boolean | undefined = false): readonly [Storage, number] {
    const pointer = this[memoryOf];
    const address = readAddress(pointer);
    if (address === 0n) throw new ValueError("NULL pointer access");
    const at = address + BigInt(index * size);
    const known = pointer.retained(0);
    if (known instanceof Storage && known.whole.covers(at, size)) {
      const { whole } = known;
      return [whole, Number(at - whole.address)];
    }
    return [copy ? copied(at, size) : Storage.at(at, size, pointer), 0];
  }

  static [describe](type: CDataType): TypeInfo | undefined {
    return type === (Pointer as unknown) ? undefined : describePointer(type);
  }
}

Object.setPrototypeOf(Pointer.prototype, indexedLayer(CData.prototype, "Pointer indices must be integer"));

export interface PointerType<T extends CDataType = CDataType> extends ClassMethods {
  new (object?: InstanceOf<T>): Pointer<T>;
  (object?: InstanceOf<T>): Pointer<T>;
  readonly prototype: Pointer<T>;
  readonly name: string;
  readonly _type_: T;
}

let scratch: Storage | undefined;

/** Native memory of a simple value, in a place that the next call uses again. */
function copied(address: bigint, size: number): Storage {
  checkAddress(address);
  scratch ??= Storage.allocate(8);
  cLibrary().memmove(scratch.address, address, BigInt(size));
  return scratch;
}

const elementOf = (type: CDataType): TypeInfo =>
  infoOf((type as CDataType & { readonly _type_: CDataType })._type_, "_type_ must have storage info");

const made = new WeakMap<CDataType, PointerType>();

/** The class of pointers to this class; the same class every time. `null` gives c_void_p. Throws TypeError. */
export function POINTER(element: null): typeof c_void_p;
export function POINTER<T extends CDataType>(element: T): PointerType<T>;
export function POINTER(element: CDataType | null): PointerType | typeof c_void_p {
  if (element === null) return c_void_p;
  if (typeof element !== "function" || !(element.prototype instanceof CData))
    throw new TypeError("must be a ctypes type");
  const known = made.get(element);
  if (known !== undefined) return known;
  class Concrete extends Pointer {
    static readonly _type_ = element;
  }
  const type = callableType(Concrete, `LP_${element.name}`) as PointerType;
  made.set(element, type);
  return type;
}

/** A pointer to an object, which it keeps alive. Throws TypeError for what is no ctypes object. */
export function pointer<T extends CData>(object: T): Pointer<ClassOf<T>> {
  if (!(object instanceof CData)) throw new TypeError("_type_ must have storage info");
  return new (POINTER(typeOf(object)))(object) as unknown as Pointer<ClassOf<T>>;
}

/** Stores the address of a block's part, and keeps the block alive. */
function pointTo(storage: Storage, offset: number, target: Storage): void {
  storage.writeAddress(offset, target.address, target);
}

function describePointer(type: CDataType): TypeInfo {
  const { _type_: element } = type as CDataType & { readonly _type_: CDataType };
  const instance = (storage: Storage) => overMemory(type, storage);
  const info: TypeInfo = {
    ...{ kind: "pointer", type, size: 8, align: 8, element, instance, result: undefined },
    // Layouts ask for no more; the pointee may be a structure that has no fields yet.
    ctype: typeNames.voidptr,
    crossing: addressCrossing,
    get: (storage, offset) => instance(storage.slice(offset, 8)),
    set(storage, offset, value) {
      const given = infoOfValue(value);
      if (value === null) {
        storage.writeAddress(offset, 0n, undefined);
      } else if (value instanceof type) {
        storage.retain(offset, undefined);
        storage.copyFrom(value[memoryOf], offset);
      } else if (given?.kind === "array" && given.element === element) {
        pointTo(storage, offset, (value as CData)[memoryOf]);
      } else if (value instanceof CData) throw new TypeError(incompatible(type, value));
      else throw new TypeError(`expected ${type.name} instance, got ${typeName(value)}`);
    },
    pass(value) {
      if (value === null) return 0n;
      if (value instanceof type) return passHeld(value);
      if (value instanceof element) return passWhere(value);
      const passed = passElements(value, element);
      if (passed !== undefined) return passed;
      const byref = value instanceof CArgument && value.target !== undefined ? value.target.name : undefined;
      const message = expected(type, value, byref === undefined ? undefined : `pointer to ${byref}`);
      return passAttribute(info, value, message);
    },
    receive(native) {
      const storage = Storage.allocate(8);
      storage.writeAddress(0, native as bigint, undefined);
      return instance(storage);
    },
  };
  return info;
}
