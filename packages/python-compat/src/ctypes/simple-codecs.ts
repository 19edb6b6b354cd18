// The simple C types: what Python values each takes, its bytes, and what it reads as. One table entry a type. Integers
// wrap modulo 2^n without any check, as in CPython. Pure, but for the bytes that pointers to text need.
import { type CType, typeNames } from "@cfunc/core";
import { cStringAt, encodeWide, wideCharacter, wideStringAt } from "./c-library.ts";
import { OverflowError } from "./errors.ts";
import { bool, isBytes, isInt, typeName } from "./python-values.ts";
import { Storage } from "./storage.ts";

/** A value in the form that core takes and gives. */
export type Native = number | bigint | boolean;

export interface Codec {
  readonly size: number;
  readonly ctype: CType;
  /** From a Python value. Throws TypeError. What the native value points to is given to `retain`. */
  convert(value: unknown, retain: (kept: Storage | undefined) => void): Native;
  read(view: DataView, offset: number): Native;
  write(view: DataView, offset: number, native: Native): void;
  /** What the value is in TypeScript. */
  present(native: Native): unknown;
}

const integer = (value: unknown): number | bigint => {
  if (typeof value === "number" && Number.isInteger(value)) return value;
  if (!isInt(value)) throw new TypeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
  return typeof value === "bigint" ? value : Number(value);
};

/** For stores that wrap by themselves: only the low 32 bits of a bigint matter. */
const int32 = (value: unknown): number => {
  const given = integer(value);
  return typeof given === "number" ? given : Number(BigInt.asIntN(32, given));
};

const int64 = (value: unknown): bigint => (typeof value === "bigint" ? value : BigInt(integer(value)));

const real = (value: unknown): number => {
  if (typeof value === "number") return value;
  if (!isInt(value)) throw new TypeError(`must be real number, not ${typeName(value)}`);
  const number = Number(value);
  if (!Number.isFinite(number)) throw new OverflowError("int too large to convert to float");
  return number;
};

/** For types whose values are what core gives. */
export const same = (native: Native): unknown => native;

type Reader<T> = (view: DataView, offset: number) => T;
type Writer<T> = (view: DataView, offset: number, value: T) => void;

function small(ctype: CType, size: number, read: Reader<number>, write: Writer<number>): Codec {
  return { size, ctype, convert: int32, read, write: write as Codec["write"], present: same };
}

function large(ctype: CType, read: Reader<bigint>, write: Writer<bigint>): Codec {
  return { size: 8, ctype, convert: int64, read, write: write as Codec["write"], present: same };
}

function float(ctype: CType, size: number, read: Reader<number>, write: Writer<number>): Codec {
  return { size, ctype, convert: real, read, write: write as Codec["write"], present: same };
}

/** A pointer that is passed and read as its address. */
function address(convert: Codec["convert"], present: (address: bigint) => unknown): Codec {
  return {
    size: 8,
    ctype: typeNames.voidptr,
    convert,
    read: (view, at) => view.getBigUint64(at, true),
    write: (view, at, value) => view.setBigUint64(at, value as bigint, true),
    present: (native) => (native === 0n ? null : present(native as bigint)),
  };
}

/** Bytes and a terminator of their own: what a `char *` or `wchar_t *` made from a value points to. */
export function terminated(bytes: Uint8Array, zeros: number): Storage {
  const storage = Storage.allocate(bytes.length + zeros);
  storage.writeBytes(0, bytes);
  return storage;
}

const text = (accepts: string, encode: (value: unknown) => Storage | undefined): Codec["convert"] => {
  return (value, retain) => {
    const copy = encode(value);
    if (copy === undefined && value !== null && !isInt(value))
      throw new TypeError(`${accepts} or integer address expected instead of ${typeName(value)} instance`);
    retain(copy);
    return copy?.address ?? (value === null ? 0n : BigInt.asUintN(64, BigInt(value as bigint)));
  };
};

const unsigned64 = (value: unknown, retain: (kept: undefined) => void): bigint => {
  if (value !== null && !isInt(value)) throw new TypeError("cannot be converted to pointer");
  retain(undefined);
  return value === null ? 0n : BigInt.asUintN(64, BigInt(value));
};

const t = typeNames;
const wide = "unicode string";

export const codecs = {
  c_bool: {
    ...{ size: 1, ctype: t.bool, convert: bool, present: same },
    read: (view, at) => view.getUint8(at) !== 0,
    write: (view, at, value) => view.setUint8(at, value ? 1 : 0),
  },
  c_char: {
    ...{ size: 1, ctype: t.char },
    convert: (value) => {
      const byte = isBytes(value) ? (value.length === 1 ? value[0] : undefined) : value;
      const code = isInt(byte) ? Number(byte) : -1;
      if (code >= 0 && code <= 255) return code;
      throw new TypeError("one character bytes, bytearray or integer expected");
    },
    read: (view, at) => view.getUint8(at),
    write: (view, at, value) => view.setUint8(at, value as number),
    present: (native) => Buffer.from([Number(native)]),
  },
  c_wchar: {
    ...{ size: 4, ctype: t.int32 },
    convert: (value) => {
      if (typeof value !== "string") throw new TypeError(`${wide} expected instead of ${typeName(value)} instance`);
      const [character, ...others] = value;
      if (character === undefined || others.length > 0) throw new TypeError(`one character ${wide} expected`);
      return character.codePointAt(0) ?? 0;
    },
    read: (view, at) => view.getInt32(at, true),
    write: (view, at, value) => view.setInt32(at, value as number, true),
    present: (native) => wideCharacter(native as number),
  },
  c_byte: small(
    t.int8,
    1,
    (view, at) => view.getInt8(at),
    (view, at, value) => view.setInt8(at, value),
  ),
  c_ubyte: small(
    t.uint8,
    1,
    (view, at) => view.getUint8(at),
    (view, at, value) => view.setUint8(at, value),
  ),
  c_short: small(
    t.int16,
    2,
    (view, at) => view.getInt16(at, true),
    (view, at, value) => view.setInt16(at, value, true),
  ),
  c_ushort: small(
    t.uint16,
    2,
    (view, at) => view.getUint16(at, true),
    (view, at, value) => view.setUint16(at, value, true),
  ),
  c_int: small(
    t.int32,
    4,
    (view, at) => view.getInt32(at, true),
    (view, at, value) => view.setInt32(at, value, true),
  ),
  c_uint: small(
    t.uint32,
    4,
    (view, at) => view.getUint32(at, true),
    (view, at, value) => view.setUint32(at, value, true),
  ),
  c_long: large(
    t.long,
    (view, at) => view.getBigInt64(at, true),
    (view, at, value) => view.setBigInt64(at, value, true),
  ),
  c_ulong: large(
    t.ulong,
    (view, at) => view.getBigUint64(at, true),
    (view, at, value) => view.setBigUint64(at, value, true),
  ),
  c_float: float(
    t.float32,
    4,
    (view, at) => view.getFloat32(at, true),
    (view, at, value) => view.setFloat32(at, value, true),
  ),
  c_double: float(
    t.float64,
    8,
    (view, at) => view.getFloat64(at, true),
    (view, at, value) => view.setFloat64(at, value, true),
  ),
  c_char_p: address(
    text("bytes", (value) => (isBytes(value) ? terminated(value, 1) : undefined)),
    cStringAt,
  ),
  c_wchar_p: address(
    text(wide, (value) => (typeof value === "string" ? terminated(encodeWide(value), 4) : undefined)),
    wideStringAt,
  ),
  c_void_p: address(unsigned64, same),
} as const satisfies Readonly<Record<string, Codec>>;
