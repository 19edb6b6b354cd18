// Bit-fields: some bits of some bytes as a value. Reads and writes the bytes that hold the bits and no others; a write
// keeps the other bits, and wraps modulo 2^width as C does.
import type { BitRange, BoolType, CType, FieldType, IntType } from "../types/ctype.ts";
import { type Codec, codecOf, integerFor, valueOfInteger } from "./codec.ts";
import type { Region } from "./region.ts";

const known = new WeakMap<FieldType, Codec>();

/** The codec of a field: of its type, or of its bits. */
export function codecOfField(field: FieldType): Codec {
  if (field.bits === undefined) return codecOf(field.type);
  let codec = known.get(field);
  if (codec === undefined) {
    codec = bitCodec(integral(field.type), field.bits);
    known.set(field, codec);
  }
  return codec;
}

function integral(type: CType): IntType | BoolType {
  if (type.kind === "int" || type.kind === "bool") return type;
  throw new Error(`internal error: a bit-field of a ${type.kind}`);
}

function bitCodec(type: IntType | BoolType, { at, width }: BitRange): Codec {
  const size = Math.ceil((at + width) / 8);
  const shift = BigInt(at);
  const others = ~(((1n << BigInt(width)) - 1n) << shift);
  const extend = type.kind === "int" && type.signed ? BigInt.asIntN : BigInt.asUintN;
  const bytes = (region: Region, offset: number): bigint => {
    const start = region.at(offset, size);
    let all = 0n;
    for (let i = size - 1; i >= 0; i--) all = (all << 8n) | BigInt(region.view.getUint8(start + i));
    return all;
  };
  return {
    size,
    read: (region, offset) => valueOfInteger(type, extend(width, bytes(region, offset) >> shift)),
    write: (region, offset, value) => {
      const bits = BigInt.asUintN(width, integerFor(type, value)) << shift;
      let all = (bytes(region, offset) & others) | bits;
      const start = region.at(offset, size);
      for (let i = 0; i < size; i++, all >>= 8n) region.view.setUint8(start + i, Number(all & 0xffn));
    },
  };
}
