// Signatures as a compiler of another language sees them: types that cross alike are one, so that `size_t` and `uint64`,
// or two kinds of pointers, share a generated caller. Structures and unions stay what their declarations say. Pure.

import type { CType, Signature } from "@cfunc/core/contract";
import { type AggregateType, isAggregate } from "@cfunc/core/types";
import type { DeclaredSignature } from "../../vectors/vector.ts";

const scalarShapes = [
  ...(["void", "bool", "pointer", "float32", "float64"] as const),
  ...(["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"] as const),
] as const;
export type ScalarShape = (typeof scalarShapes)[number];
export type ShapeType = ScalarShape | AggregateType;

export interface Shape {
  readonly result: ShapeType;
  readonly params: readonly ShapeType[];
  /** The C text that declares the structures and unions among them. */
  readonly declarations: string;
  /** Of a variadic function: how many parameters have names. */
  readonly named?: number;
}

export function shapeOf({ result, params }: Signature, declarations = "", named?: number): Shape {
  const shape = { result: shapeTypeOf(result), params: params.map(({ type }) => shapeTypeOf(type)), declarations };
  return named === undefined ? shape : { ...shape, named };
}

/** How many parameters of a variadic function have names, or undefined. */
export function namedOf({ further }: DeclaredSignature, { params, variadic }: Signature): number | undefined {
  return variadic ? params.length - (further?.length ?? 0) : undefined;
}

/** Texts of the parameters, with C's dots where a variadic function's named ones end. */
export function parameterTexts({ params, named }: Shape, text: (type: ShapeType) => string): readonly string[] {
  const texts = params.map(text);
  return named === undefined ? texts : [...texts.slice(0, named), "..."];
}

export const shapeTypeOf = (type: CType): ShapeType => (isAggregate(type) ? type : scalarShapeOf(type));

export function scalarShapeOf(type: CType): ScalarShape {
  const name = type.kind === "int" ? `${type.signed ? "int" : "uint"}${type.bits}` : type.kind;
  const wanted = type.kind === "float" ? `float${type.bits}` : name;
  const found = scalarShapes.find((known) => known === wanted);
  if (found === undefined) throw new Error(`the generated callers have no ${wanted}`);
  return found;
}

/** Whether callers can make such a call without declarations of structures, which the library's contract does not have as C text. */
export function hasShape({ result, params }: Signature): boolean {
  return [result, ...params.map(({ type }) => type)].every(({ kind }) => kind !== "struct" && kind !== "union");
}

/** How a type is called in declarations: a structure's own name, else the scalar's. */
export function nameOfShape(type: ShapeType): string {
  if (typeof type === "string") return type;
  if (type.kind === "complex") return `complex${type.bits}`;
  if (type.kind === "array") throw new Error("C passes no arrays by value");
  return type.name;
}

export const keyOf = ({ result, params, declarations, named }: Shape): string =>
  `${declarations} ${nameOfShape(result)}(${params.map(nameOfShape).join(", ")})${named === undefined ? "" : ` variadic from ${named}`}`.trimStart();
