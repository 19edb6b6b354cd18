// C scalars at the boundary: the IR type that holds one, and the conversion from it to the representation that the
// checker chose for its values.
import { type FunctionBuilder, intConstant } from "../ir/builder.ts";
import type { IrType, Operand } from "../ir/ir.ts";
import type { CType } from "../types/ctype.ts";

const intTypes = { 8: "i8", 16: "i16", 32: "i32", 64: "i64" } as const;

/** The IR type of a C scalar as a parameter or result; `_Bool` is i1 there and i8 in memory. */
export function scalarType(type: CType): IrType {
  switch (type.kind) {
    case "bool":
      return "i1";
    case "int":
      return intTypes[type.bits];
    case "float":
      return type.bits === 32 ? "f32" : "f64";
    case "pointer":
    case "function":
      return "ptr";
    default:
      throw new Error(`internal error: ${type.kind} is no scalar`);
  }
}

export const memoryType = (type: CType): IrType => (type.kind === "bool" ? "i8" : scalarType(type));

/** A C scalar as the representation of `factOfCType(type)`. */
export function fromC(b: FunctionBuilder, type: CType, value: Operand): Operand {
  switch (type.kind) {
    case "bool":
      return value.type === "i1" ? value : b.icmp("ne", value, intConstant("i8", 0));
    case "float":
      return type.bits === 32 ? b.convert("fpext", value, "f64") : value;
    case "int":
      if (type.js === "bigint") return type.signed ? value : b.convert("zext", value, "i128");
      if (type.bits === 64) return value;
      if (type.bits === 32) return type.signed ? value : b.convert("zext", value, "i64");
      return b.convert(type.signed ? "sext" : "zext", value, "i32");
    default:
      return value;
  }
}
