// Bit-fields in compiled code: the bytes that hold the bits, and no others, are loaded and stored one by one; LLVM makes
// wider accesses of them where that is allowed. Values wrap modulo 2^width, as in C.
import { intConstant } from "../ir/builder.ts";
import { memoryType } from "../ir/c-types.ts";
import type { IrType, Operand } from "../ir/ir.ts";
import type { BitRange, CType } from "../types/ctype.ts";
import type { FunctionLowering } from "./function.ts";

type Word = "i32" | "i64" | "i128";
const widths = { i1: 1, i8: 8, i16: 16, i32: 32, i64: 64, i128: 128 } as const;
const isInteger = (type: IrType): type is keyof typeof widths => Object.hasOwn(widths, type);

const byteCount = ({ at, width }: BitRange): number => Math.ceil((at + width) / 8);

/** Registers that hold all the bytes. */
function wordFor(bits: BitRange): Word {
  const bytes = byteCount(bits);
  return bytes <= 4 ? "i32" : bytes <= 8 ? "i64" : "i128";
}

function byteAt(f: FunctionLowering, at: Operand, i: number): Operand {
  return f.b.offset(at, intConstant("i64", i), 1);
}

/** An integer in another width; a wider one is filled with zeros or, where `signed`, with its sign. */
function resized(f: FunctionLowering, value: Operand, type: IrType, signed: boolean): Operand {
  if (value.type === type) return value;
  if (!isInteger(value.type) || !isInteger(type)) throw new Error(`internal error: bits of a ${value.type}`);
  if (widths[value.type] > widths[type]) return f.b.convert("trunc", value, type);
  return f.b.convert(signed ? "sext" : "zext", value, type);
}

/** The bits as a value of the field's type, as memory would hold it. */
export function loadBits(f: FunctionLowering, at: Operand, type: CType, bits: BitRange): Operand {
  const word = wordFor(bits);
  let all: Operand = intConstant(word, 0);
  for (let i = 0; i < byteCount(bits); i++) {
    const byte = f.b.convert("zext", f.b.load("i8", byteAt(f, at, i)), word);
    all = i === 0 ? byte : f.b.int("or", all, f.b.int("shl", byte, intConstant(word, 8 * i)));
  }
  const signed = type.kind === "int" && type.signed;
  const unused = widths[word] - bits.width;
  const high = f.b.int("shl", all, intConstant(word, unused - bits.at));
  return resized(f, f.b.int(signed ? "ashr" : "lshr", high, intConstant(word, unused)), memoryType(type), signed);
}

/** Stores a value of the field's type into the bits; what else the bytes hold stays. */
export function storeBits(f: FunctionLowering, at: Operand, value: Operand, bits: BitRange): void {
  const word = wordFor(bits);
  const mask = ((1n << BigInt(bits.width)) - 1n) << BigInt(bits.at);
  const shifted = f.b.int("shl", resized(f, value, word, false), intConstant(word, bits.at));
  for (let i = 0; i < byteCount(bits); i++) {
    const own = Number((mask >> BigInt(8 * i)) & 0xffn);
    const place = byteAt(f, at, i);
    const moved = i === 0 ? shifted : f.b.int("lshr", shifted, intConstant(word, 8 * i));
    const byte = f.b.convert("trunc", moved, "i8");
    if (own === 0xff) {
      f.b.store(place, byte);
      continue;
    }
    const kept = f.b.int("and", f.b.load("i8", place), intConstant("i8", 0xff & ~own));
    f.b.store(place, f.b.int("or", kept, f.b.int("and", byte, intConstant("i8", own))));
  }
}
