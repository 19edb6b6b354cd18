// The C signature of a function or of a call, as IR text shows it: only where the IR's own types do not say it.
import type { Signature } from "../types/ctype.ts";
import { printSignature, sameSignature } from "../types/print.ts";
import { type DeclaredTypes, parseSignature } from "../types/signature-parser.ts";
import type { IrType } from "./ir.ts";

const names: Readonly<Record<IrType, string | undefined>> = {
  i1: "bool",
  i8: "int8",
  i16: "int16",
  i32: "int32",
  i64: "int64",
  i128: undefined,
  f32: "float32",
  f64: "float64",
  ptr: "voidptr",
};

/** What the types mean without a signature: `i32` is `int32`, `ptr` is `voidptr`. */
function plainSignature(params: readonly IrType[], result: IrType | "void"): Signature | undefined {
  const all = [result, ...params].map((type) => (type === "void" ? type : names[type]));
  const [first, ...others] = all;
  return all.includes(undefined) ? undefined : parseSignature(`${first}(${others.join(", ")})`);
}

/** ` as float64(CPointer(float64))`, or nothing. */
export function signatureText(signature: Signature, params: readonly IrType[], result: IrType | "void"): string {
  const plain = plainSignature(params, result);
  return plain !== undefined && sameSignature(plain, signature) ? "" : ` as ${printSignature(signature)}`;
}

/** Reads what `signatureText` wrote; `types` holds the structures that it names. */
export function readSignature(
  text: string | undefined,
  params: readonly IrType[],
  result: IrType | "void",
  types: DeclaredTypes,
): Signature | undefined {
  return text === undefined ? plainSignature(params, result) : parseSignature(text, types);
}
