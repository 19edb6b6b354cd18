// How the intermediate representation holds the values of C types: the one place that says so. Pure.
import { type CType, isAggregate, type Signature } from "../types/ctype.ts";
import type { IrType } from "./ir.ts";

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

/** The parameters of a function with a C signature: the address for an aggregate result comes first. */
export function signatureParams({ params, result }: Signature): IrType[] {
  const types = params.map(({ type }) => (isAggregate(type) ? "ptr" : scalarType(type)));
  return isAggregate(result) ? ["ptr", ...types] : types;
}

export const signatureResult = ({ result }: Signature): IrType | "void" =>
  result.kind === "void" || isAggregate(result) ? "void" : scalarType(result);
