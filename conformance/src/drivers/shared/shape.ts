// Signatures as a compiler of another language sees them: types that cross alike are one, so that `size_t` and `uint64`,
// or two kinds of pointers, share a generated caller. Pure.
import type { CType, Signature } from "@cfunc/core/contract";

const shapeTypes = [
  ...(["void", "bool", "pointer", "float32", "float64"] as const),
  ...(["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"] as const),
] as const;
export type ShapeType = (typeof shapeTypes)[number];

export interface Shape {
  readonly result: ShapeType;
  readonly params: readonly ShapeType[];
}

export function shapeOf({ result, params }: Signature): Shape {
  return { result: shapeTypeOf(result), params: params.map(({ type }) => shapeTypeOf(type)) };
}

export function shapeTypeOf(type: CType): ShapeType {
  const name = type.kind === "int" ? `${type.signed ? "int" : "uint"}${type.bits}` : type.kind;
  const wanted = type.kind === "float" ? `float${type.bits}` : name;
  const found = shapeTypes.find((known) => known === wanted);
  if (found === undefined) throw new Error(`the generated callers have no ${wanted}`);
  return found;
}

/** Whether the generated callers can make such a call: they pass no structures by value. */
export function hasShape({ result, params }: Signature): boolean {
  return [result, ...params.map(({ type }) => type)].every(({ kind }) => kind !== "struct" && kind !== "union");
}

export const keyOf = ({ result, params }: Shape): string => `${result}(${params.join(", ")})`;
