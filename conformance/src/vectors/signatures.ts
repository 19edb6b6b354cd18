// Signatures of vectors, read with the C declarations that stand beside them. The same text goes to C compilers, which lay
// the structures out by themselves. Pure, but for a memory of what was read.
import {
  alignOf,
  parseHeader,
  parseSignature,
  parseType,
  type StructType,
  type TypeObject,
  typeObject,
  type UnionType,
} from "@cfunc/core";
import type { Signature } from "@cfunc/core/contract";
import type { DeclaredSignature } from "./vector.ts";

const read = new Map<string, Readonly<Record<string, TypeObject>>>();

/** The types that C declarations give names to. Throws CFuncError for what is no C. */
export function typesOf(declarations = ""): Readonly<Record<string, TypeObject>> {
  let types = read.get(declarations);
  if (types === undefined) {
    const found = [...parseHeader(declarations).declarations.values()].flatMap((one) =>
      one.kind === "type" ? [one] : [],
    );
    types = Object.fromEntries(found.map(({ name, type }) => [name, typeObject(type)]));
    read.set(declarations, types);
  }
  return types;
}

/** With the types of what follows the named parameters, where the function is variadic. */
export function signatureOf({ signature, declarations, further = [] }: DeclaredSignature): Signature {
  const types = typesOf(declarations);
  const parsed = parseSignature(signature, types);
  return { ...parsed, params: [...parsed.params, ...further.map((text) => ({ type: parseType(text, types) }))] };
}

/** Whether members may lie closer than their alignment. */
export const isPacked = (type: StructType | UnionType): boolean =>
  type.fields.some((field) => field.bits === undefined && alignOf(field.type) > type.align);
