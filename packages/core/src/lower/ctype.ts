// C scalars at the boundary: the conversion to the representation that the checker chose for their values.
import { type FunctionBuilder, intConstant } from "../ir/builder.ts";
import type { Operand } from "../ir/ir.ts";
import type { CType } from "../types/ctype.ts";

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
