// Core's signatures and ctypes' classes of function pointers, compared as C's calling convention sees them: widths and
// kinds of registers count, names and pointees do not.
import { type CType, printSignature, type Signature } from "@cfunc/core";

/** Whether functions of both types are called alike. */
export function sameCalls(a: Signature, b: Signature): boolean {
  const types = (signature: Signature) => [signature.result, ...signature.params.map(({ type }) => type)];
  const [ours, theirs] = [types(a), types(b)];
  return ours.length === theirs.length && a.variadic === b.variadic && ours.every((type, i) => alike(type, theirs[i]));
}

function alike(a: CType, b: CType | undefined): boolean {
  return b !== undefined && register(a) === register(b);
}

function register(type: CType): string {
  switch (type.kind) {
    case "int":
      // Addresses cross as 64-bit integers.
      return type.bits === 64 ? "word" : `${type.signed ? "int" : "uint"}${type.bits}`;
    case "pointer":
      return "word";
    case "float":
      return `float${type.bits}`;
    default:
      return type.kind;
  }
}

export const signatureText: (signature: Signature) => string = printSignature;
