// The simple types: c_int and its like. Each is a class of objects with a `value`; where Python would have an int, a
// float, bytes or None, so has TypeScript, and only classes derived from these read as objects.

import type { CType } from "@cfunc/core";
import { callableType, initialize } from "./callable-type.ts";
import { CData, type ClassMethods, memoryOf, overMemory } from "./cdata.ts";
import { addressCrossing, infoOfValue, passElements, passHeld } from "./pass-address.ts";
import { bool, isBytes, isInt, truth } from "./python-values.ts";
import { repr, reprFloat } from "./repr.ts";
import { type Codec, codecs, type Native, same } from "./simple-codecs.ts";
import { hold, Storage } from "./storage.ts";
import { type CDataType, describe, incompatible, passAttribute, type TypeInfo } from "./type-info.ts";

/** Only in the type system: what a class accepts, what it reads as. */
export declare const valueTypes: unique symbol;

/** An object of a simple type. */
export interface Simple<In = unknown, Out = unknown, Name extends string = string> extends CData {
  /** The value as Python shows it; what is assigned is converted, integers modulo 2^n. */
  get value(): Out;
  set value(value: In | Out);
  /** Makes `c_int` and `c_long` different types to TypeScript too. */
  readonly [valueTypes]: { readonly name: Name; readonly in: In; readonly out: Out };
}

export interface SimpleType<In, Out, Name extends string = string> extends ClassMethods {
  new (value?: In): Simple<In, Out, Name>;
  (value?: In): Simple<In, Out, Name>;
  readonly prototype: Simple<In, Out, Name>;
  readonly name: string;
  readonly [valueTypes]: { readonly name: Name; readonly in: In; readonly out: Out };
}

/** What Python's ints may be given as. */
export type Int = number | bigint | boolean;

type Name = keyof typeof codecs;

/** What a call accepts besides values and instances: text pointers take arrays, and `void *` almost everything. */
type Pass = (value: unknown, convert: (value: unknown) => Native) => unknown;

function simpleType<In, Out, const N extends Name>(name: N, pass: Pass = passValue): SimpleType<In, Out, N> {
  const codec: Codec = codecs[name];
  class Concrete extends CData {
    [initialize](values: readonly unknown[]): void {
      if (values.length > 1) throw new TypeError(`__init__ expected at most 1 argument, got ${values.length}`);
      this[memoryOf] = Storage.allocate(codec.size);
      if (values[0] !== undefined) this.value = values[0];
    }

    get value(): unknown {
      return codec.present(readNative(codec, this));
    }

    set value(value: unknown) {
      store(codec, this[memoryOf], 0, value);
    }

    get [truth](): boolean {
      const native = readNative(codec, this);
      return name === "c_char" ? native !== 0 : bool(native);
    }

    override toString(): string {
      const { value } = this;
      const address = typeof value !== "bigint" && codec.size === 8 && name.endsWith("_p") && value !== null;
      const shown = address ? readNative(codec, this) : value;
      return `${this.constructor.name}(${typeof shown === "number" && codec.ctype.kind === "float" ? reprFloat(shown) : repr(shown)})`;
    }

    static [describe](type: CDataType): TypeInfo {
      return describeSimple(type, codec, pass, type === (exact as unknown));
    }
  }
  const exact = callableType(Concrete, name);
  return exact as SimpleType<In, Out, N>;
}

function readNative(codec: Codec, value: CData): Native {
  const { view, start } = value[memoryOf];
  return codec.read(view, start);
}

function store(codec: Codec, storage: Storage, offset: number, value: unknown): void {
  const native = codec.convert(value, (kept) => storage.retain(offset, kept));
  codec.write(storage.view, storage.start + offset, native);
}

function describeSimple(type: CDataType, codec: Codec, pass: Pass, exact: boolean): TypeInfo {
  const { size, ctype } = codec;
  const instance = (storage: Storage) => overMemory(type, storage);
  const convert = (value: unknown) => codec.convert(value, hold);
  const info: TypeInfo = {
    ...{ kind: "simple", type, size, align: size, ctype, instance, readsValue: exact },
    crossing: ctype.kind === "pointer" ? addressCrossing : ctype,
    get: exact
      ? (storage, offset) => codec.present(codec.read(storage.view, storage.start + offset))
      : (storage, offset) => instance(storage.slice(offset, size)),
    set(storage, offset, value) {
      if (value instanceof CData) storage.copyFrom(compatible(type, value), offset);
      else store(codec, storage, offset, value);
    },
    pass(value) {
      if (value instanceof type) {
        hold(ctype.kind === "pointer" ? value[memoryOf] : undefined);
        return readNative(codec, value);
      }
      const native = pass(value, convert);
      return native === undefined ? passAttribute(info, value, "wrong type") : native;
    },
    receive: exact
      ? (native) => codec.present(native as Native)
      : (native) => {
          const storage = Storage.allocate(size);
          codec.write(storage.view, storage.start, native as Native);
          return instance(storage);
        },
    result: convert,
    plain: exact && codec.present === same ? plainNumbers(ctype) : undefined,
  };
  return info;
}

function plainNumbers(ctype: CType): "int" | "float" | undefined {
  if (ctype.kind === "float") return "float";
  return ctype.kind === "int" && ctype.bits <= 32 ? "int" : undefined;
}

/** The memory of a value of this class; any other class is a TypeError. */
function compatible(type: CDataType, value: CData): Storage {
  if (value instanceof type) return value[memoryOf];
  throw new TypeError(incompatible(type, value));
}

function passValue(value: unknown, convert: (value: unknown) => Native): unknown {
  try {
    return convert(value);
  } catch {
    return undefined;
  }
}

export const c_bool = simpleType<unknown, boolean, "c_bool">("c_bool");
export const c_char = simpleType<Uint8Array | Int, Buffer, "c_char">("c_char");
export const c_wchar = simpleType<string, string, "c_wchar">("c_wchar");
export const c_byte = simpleType<Int, number, "c_byte">("c_byte");
export const c_ubyte = simpleType<Int, number, "c_ubyte">("c_ubyte");
export const c_short = simpleType<Int, number, "c_short">("c_short");
export const c_ushort = simpleType<Int, number, "c_ushort">("c_ushort");
export const c_int = simpleType<Int, number, "c_int">("c_int");
export const c_uint = simpleType<Int, number, "c_uint">("c_uint");
export const c_long = simpleType<Int, bigint, "c_long">("c_long");
export const c_ulong = simpleType<Int, bigint, "c_ulong">("c_ulong");
export const c_float = simpleType<Int, number, "c_float">("c_float");
export const c_double = simpleType<Int, number, "c_double">("c_double");

export const c_char_p = simpleType<Uint8Array | Int | null, Buffer | null, "c_char_p">("c_char_p", (value, convert) => {
  if (value === null || isBytes(value)) return convert(value);
  return passElements(value, c_char);
});
export const c_wchar_p = simpleType<string | Int | null, string | null, "c_wchar_p">("c_wchar_p", (value, convert) => {
  if (value === null || typeof value === "string") return convert(value);
  return passElements(value, c_wchar);
});
export const c_void_p = simpleType<Int | null, bigint | null, "c_void_p">("c_void_p", (value, convert) => {
  if (value === null || isInt(value)) return convert(value);
  if (isBytes(value)) return codecs.c_char_p.convert(value, hold);
  if (typeof value === "string") return codecs.c_wchar_p.convert(value, hold);
  const kind = infoOfValue(value)?.kind;
  if (kind === "function" || value instanceof c_char_p || value instanceof c_wchar_p) return passHeld(value as CData);
  return passElements(value, undefined);
});

// The same types under other names, as on 64-bit Linux in C.
export const c_longlong = c_long;
export const c_ulonglong = c_ulong;
export const c_size_t = c_ulong;
export const c_ssize_t = c_long;
export const c_int8 = c_byte;
export const c_uint8 = c_ubyte;
export const c_int16 = c_short;
export const c_uint16 = c_ushort;
export const c_int32 = c_int;
export const c_uint32 = c_uint;
export const c_int64 = c_long;
export const c_uint64 = c_ulong;
export const c_voidp = c_void_p;
