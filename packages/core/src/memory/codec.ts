// Codecs: how a value of a C type is read from and written to a region. Integers wrap modulo 2^n as TypedArray stores
// do, a bool goes by truthiness, 64-bit integers are bigint or number as their type says. The scalar codecs are here;
// pointers, structures and arrays register theirs, because theirs lead back to this table.
import { assertNever, type BoolType, type ComplexType, type CType, type IntType } from "../types/ctype.ts";
import { sizeOf } from "../types/layout.ts";
import { printType } from "../types/print.ts";
import { memoryError, show } from "./memory-error.ts";
import type { Region } from "./region.ts";

/** Asks `region.at` before it looks at `region.view`: reaching further may replace the view. */
export interface Codec {
  /** Bytes. */
  readonly size: number;
  read(region: Region, offset: number): unknown;
  /** Throws CF5503 for a value that the type cannot hold. */
  write(region: Region, offset: number, value: unknown): void;
}

type Aggregate = "pointer" | "struct" | "union" | "array";
type Maker<K extends Aggregate> = (type: Extract<CType, { kind: K }>) => Codec;
const makers: { [K in Aggregate]?: Maker<K> } = {};
const known = new WeakMap<CType, Codec>();

export function registerCodec<K extends Aggregate>(kind: K, make: Maker<K>): void {
  Object.assign(makers, { [kind]: make });
}

/** The codec of a type. Throws CF1104 for `void`, functions and incomplete types, which are not values. */
export function codecOf(type: CType): Codec {
  let codec = known.get(type);
  if (codec === undefined) {
    codec = makeCodec(type);
    known.set(type, codec);
  }
  return codec;
}

function makeCodec(type: CType): Codec {
  switch (type.kind) {
    case "bool":
      return {
        size: 1,
        read: (region, offset) => {
          const at = region.at(offset, 1);
          return region.view.getUint8(at) !== 0;
        },
        write: (region, offset, value) => {
          const at = region.at(offset, 1);
          region.view.setUint8(at, value ? 1 : 0);
        },
      };
    case "int":
      return type.bits === 64 ? wideCodec(type) : narrowCodec(type);
    case "float":
      return type.bits === 32
        ? numberCodec(type, 4, "getFloat32", "setFloat32")
        : numberCodec(type, 8, "getFloat64", "setFloat64");
    case "pointer":
      return made(makers.pointer?.(type));
    case "complex":
      return complexCodec(type);
    case "struct":
      return made(makers.struct?.(type));
    case "union":
      return made(makers.union?.(type));
    case "array":
      return made(makers.array?.(type));
    case "void":
    case "opaque":
    case "function":
      sizeOf(type);
      throw new Error("internal error: a type without a size has a size");
    default:
      return assertNever(type);
  }
}

function made(codec: Codec | undefined): Codec {
  if (codec === undefined) throw new Error("internal error: a codec is missing; import memory/index.ts");
  return codec;
}

type Getter =
  | "getInt8"
  | "getUint8"
  | "getInt16"
  | "getUint16"
  | "getInt32"
  | "getUint32"
  | "getFloat32"
  | "getFloat64";
type Setter =
  | "setInt8"
  | "setUint8"
  | "setInt16"
  | "setUint16"
  | "setInt32"
  | "setUint32"
  | "setFloat32"
  | "setFloat64";

function narrowCodec(type: IntType): Codec {
  const sign = type.signed ? "Int" : "Uint";
  const bits = type.bits === 64 ? 32 : type.bits;
  return numberCodec(type, bits / 8, `get${sign}${bits}`, `set${sign}${bits}`);
}

/** DataView's setters wrap and round exactly as TypedArray stores do. */
function numberCodec(type: CType, size: number, get: Getter, set: Setter): Codec {
  return {
    size,
    read: (region, offset) => {
      const at = region.at(offset, size);
      return region.view[get](at, true);
    },
    write: (region, offset, value) => {
      const number = numberFor(type, value);
      const at = region.at(offset, size);
      region.view[set](at, number, true);
    },
  };
}

/** The value as an integer, for a type whose values are integers. Throws CF5503. */
export function integerFor(type: IntType | BoolType, value: unknown): bigint {
  if (type.kind === "bool") return value ? 1n : 0n;
  return type.js === "bigint" ? bigintFor(type, value) : integerOf(numberFor(type, value));
}

/** An integer as TypeScript holds values of the type. */
export function valueOfInteger(type: IntType | BoolType, integer: bigint): boolean | bigint | number {
  if (type.kind === "bool") return integer !== 0n;
  return type.js === "bigint" ? integer : Number(integer);
}

function wideCodec(type: IntType): Codec {
  const get = type.signed ? "getBigInt64" : "getBigUint64";
  return {
    size: 8,
    read: (region, offset) => {
      const at = region.at(offset, 8);
      const value = region.view[get](at, true);
      return valueOfInteger(type, value);
    },
    write: (region, offset, value) => {
      const integer = integerFor(type, value);
      const at = region.at(offset, 8);
      region.view.setBigInt64(at, BigInt.asIntN(64, integer), true);
    },
  };
}

/** A complex number is read as a value of its own, which writing to memory does not change. */
function complexCodec(type: ComplexType): Codec {
  const part = codecOf({ kind: "float", bits: type.bits === 64 ? 32 : 64 });
  return {
    size: 2 * part.size,
    read: (region, offset) =>
      Object.freeze({ re: part.read(region, offset), im: part.read(region, offset + part.size) }),
    write: (region, offset, value) => {
      const { re, im } = partsOf(type, value);
      region.at(offset, 2 * part.size);
      part.write(region, offset, re);
      part.write(region, offset + part.size, im);
    },
  };
}

function partsOf(type: ComplexType, value: unknown): { readonly re: number; readonly im: number } {
  if (typeof value === "object" && value !== null && "re" in value && "im" in value) {
    const { re, im } = value;
    if (typeof re === "number" && typeof im === "number") return { re, im };
  }
  const help = typeof value === "number" ? "write { re: value, im: 0 }" : undefined;
  throw memoryError("CF5503", `${printType(type)} holds { re, im }, two numbers, not ${show(value)}`, help);
}

/** The integer part; NaN and the infinities are 0, as in a TypedArray store. */
function integerOf(value: number): bigint {
  return Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
}

function numberFor(type: CType, value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  throw memoryError(
    "CF5503",
    `${printType(type)} holds a number, not ${show(value)}`,
    typeof value === "bigint" ? "convert explicitly: Number(value)" : undefined,
  );
}

function bigintFor(type: CType, value: unknown): bigint {
  if (typeof value === "bigint") return value;
  throw memoryError(
    "CF5503",
    `${printType(type)} holds a bigint, not ${show(value)}`,
    typeof value === "number" ? "convert explicitly: BigInt(value)" : undefined,
  );
}
