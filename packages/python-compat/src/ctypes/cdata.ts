// CData: what all ctypes objects are, a typed window on memory; and CArgument, what `byref` and `from_param` give. Holds
// the class methods that every ctypes class has. Knows no particular kind of type.
import { type CType, typeNames } from "@cfunc/core";
import type { ArrayType } from "./array.ts";
import { NotImplementedError, ValueError } from "./errors.ts";
import { index, isInt, typeName } from "./python-values.ts";
import { hold, holding, release, Storage, takeHeld } from "./storage.ts";
import { type CDataType, infoOf } from "./type-info.ts";

/** Where an object's memory is. */
export const memoryOf: unique symbol = Symbol("ctypes memory");

/** How a library looks a symbol up; for `in_dll`. */
export const findSymbol: unique symbol = Symbol("ctypes symbol");
export interface SymbolSource {
  /** Throws `failure(message)` where there is no such symbol. */
  [findSymbol](name: string, failure: new (message: string) => Error): bigint;
}

/** The base of all ctypes classes. */
export abstract class CData {
  /** The object's bytes. */
  declare [memoryOf]: Storage;

  declare static from_address: ClassMethods["from_address"];
  declare static from_buffer: ClassMethods["from_buffer"];
  declare static from_buffer_copy: ClassMethods["from_buffer_copy"];
  declare static in_dll: ClassMethods["in_dll"];
  declare static from_param: ClassMethods["from_param"];
  declare static mul: ClassMethods["mul"];

  /** Whether memory was allocated by this object. */
  get _b_needsfree_(): boolean {
    const storage = this[memoryOf];
    return storage.whole === storage && storage.owner === undefined;
  }

  toString(): string {
    return `<${this.constructor.name} object at 0x${this[memoryOf].address.toString(16).padStart(12, "0")}>`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

const classMethods = {
  /** An object over native memory, which it neither owns nor keeps. Throws TypeError, ValueError. */
  from_address<T extends CData>(this: CDataType<T>, address: number | bigint): T {
    if (!isInt(address)) throw new TypeError("integer expected");
    const info = infoOf(this);
    return info.instance(Storage.at(BigInt(address), info.size)) as T;
  },

  /** An object that shares the bytes of a buffer and keeps it alive. Throws ValueError if it is too small. */
  from_buffer<T extends CData>(this: CDataType<T>, source: ArrayBufferView | ArrayBufferLike, offset = 0): T {
    const info = infoOf(this);
    checkBuffer(source, info.size, offset);
    return info.instance(Storage.over(source, offset, info.size)) as T;
  },

  /** An object with a copy of a buffer's bytes. Throws ValueError if it is too small. */
  from_buffer_copy<T extends CData>(this: CDataType<T>, source: ArrayBufferView | ArrayBufferLike, offset = 0): T {
    const info = infoOf(this);
    checkBuffer(source, info.size, offset);
    const storage = Storage.allocate(info.size);
    storage.copyFrom(Storage.over(source, offset, info.size));
    return info.instance(storage) as T;
  },

  /** A variable that a library exports. Throws ValueError if there is none. */
  in_dll<T extends CData>(this: CDataType<T>, library: SymbolSource, name: string): T {
    const info = infoOf(this);
    return info.instance(Storage.at(library[findSymbol](name, ValueError), info.size, library)) as T;
  },

  /** What is passed for a value where `argtypes` has this class. Throws TypeError where it does not fit. */
  from_param(this: unknown, value: unknown): unknown {
    const info = infoOf(this);
    if (value instanceof CData && value instanceof info.type) return value;
    const mark = holding();
    try {
      const native = info.pass(value);
      return new CArgument(info.crossing ?? typeNames.voidptr, native, takeHeld(mark));
    } finally {
      release(mark);
    }
  },

  /** Python's `type * length`: the class of arrays. Throws TypeError, ValueError. */
  mul<T extends CDataType>(this: T, length: number): ArrayType<T> {
    return arrays.of(this, length);
  },
};

/** What makes classes of arrays; array.ts knows how. */
export const arrays: { of: <T extends CDataType>(element: T, length: number) => ArrayType<T> } = {
  of: () => {
    throw new NotImplementedError("arrays are in array.ts");
  },
};

/** The class methods, for the types of classes that are called without `new` as well. */
export type ClassMethods = typeof classMethods;

Object.assign(CData, classMethods);

/** An object of a class over existing memory, without its constructor being run. */
export function overMemory(type: CDataType, storage: Storage): CData {
  const object = Object.create(type.prototype) as CData;
  object[memoryOf] = storage;
  return object;
}

function checkBuffer(source: unknown, size: number, offset: number): void {
  if (!ArrayBuffer.isView(source) && !(source instanceof ArrayBuffer) && !(source instanceof SharedArrayBuffer))
    throw new TypeError(`a bytes-like object is required, not '${typeName(source)}'`);
  const start = index(offset);
  if (start < 0) throw new ValueError("offset cannot be negative");
  if (source.byteLength < start + size)
    throw new ValueError(`Buffer size too small (${source.byteLength} instead of at least ${start + size} bytes)`);
}

/** A converted argument, ready to be passed: what `byref` gives, cheaper than a pointer object. */
export class CArgument {
  readonly crossing: CType;
  readonly native: unknown;
  /** The class that a `byref` points to. */
  readonly target: CDataType | undefined;
  private readonly kept: unknown;

  constructor(crossing: CType, native: unknown, kept: unknown, target?: CDataType) {
    this.crossing = crossing;
    this.native = native;
    this.kept = kept;
    this.target = target;
  }

  /** The value for core, kept alive for the call. */
  pass(): unknown {
    hold(this.kept);
    return this.native;
  }
}

/** For structures and unions where an argument or a result goes by value. */
export function byValue(type: CDataType): Error {
  return new NotImplementedError(
    `${type.name} cannot be passed or returned by value yet; pass byref(...) and declare POINTER(${type.name})`,
  );
}
