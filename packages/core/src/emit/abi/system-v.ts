// The System V x86-64 calling convention as LLVM spells it. Scalars only: LLVM assigns the registers, what is left to
// say is that narrow integers and _Bool arrive and leave extended to 32 bits (System V ABI 3.2.3; clang and gcc do so).
import type { CType, Signature } from "../../types/ctype.ts";

/** A scalar's LLVM type. */
export function llvmType(type: CType): string {
  switch (type.kind) {
    case "void":
      return "void";
    case "bool":
      return "i1";
    case "int":
      return `i${type.bits}`;
    case "float":
      return type.bits === 32 ? "float" : "double";
    case "pointer":
    case "function":
      return "ptr";
    default:
      throw new Error(`internal error: ${type.kind} by value has no scalar type`);
  }
}

/** `signext` or `zeroext ` with a space after it, where the convention asks for it. */
export function extension(type: CType): string {
  if (type.kind === "bool") return "zeroext ";
  if (type.kind === "int" && type.bits < 32) return type.signed ? "signext " : "zeroext ";
  return "";
}

export const resultText = ({ result }: Signature): string => `${extension(result)}${llvmType(result)}`;
