// The types of the intermediate representation as LLVM spells them. Pure.
import type { IrType } from "../ir/ir.ts";

export const llvmTypes: Readonly<Record<IrType, string>> = {
  i1: "i1",
  i8: "i8",
  i16: "i16",
  i32: "i32",
  i64: "i64",
  i128: "i128",
  f32: "float",
  f64: "double",
  ptr: "ptr",
};
