// C types as a user of ffi-rs declares them: a constant for each scalar, an object of fields for a structure on the stack.
import type { CType } from "@cfunc/core/contract";
import { arrayConstructor, DataType, type FieldType } from "ffi-rs";
import { type ScalarShape, scalarShapeOf } from "../shared/shape.ts";

/** Pointers and bigints go as BigInt, 64-bit integers that TypeScript holds as numbers as I64 and U64. */
const dataTypes: Readonly<Partial<Record<ScalarShape, DataType>>> = {
  void: DataType.Void,
  bool: DataType.Boolean,
  pointer: DataType.BigInt,
  float32: DataType.Float,
  float64: DataType.Double,
  uint8: DataType.U8,
  int16: DataType.I16,
  int32: DataType.I32,
  uint32: DataType.U32,
};

/** The arrays that may stand in a structure. */
const arrayTypes: Readonly<Record<string, DataType>> = {
  uint8: DataType.U8Array,
  int32: DataType.I32Array,
  float64: DataType.DoubleArray,
};

export function dataTypeOf(type: CType): FieldType {
  if (type.kind === "struct") {
    const fields = type.fields.map((field) => [field.name, dataTypeOf(field.type)] as const);
    return { ...Object.fromEntries(fields), ffiTypeTag: DataType.StackStruct } as unknown as FieldType;
  }
  if (type.kind === "array") {
    const of = arrayTypes[scalarShapeOf(type.of)];
    if (of === undefined) throw new Error(`ffi-rs has no arrays of ${scalarShapeOf(type.of)} in structures`);
    const made = { type: of, length: type.length, ffiTypeTag: DataType.StackArray };
    return arrayConstructor(made as never) as unknown as FieldType;
  }
  if (type.kind === "int" && type.bits === 64) {
    return type.js === "bigint" ? DataType.BigInt : type.signed ? DataType.I64 : DataType.U64;
  }
  const found = dataTypes[scalarShapeOf(type)];
  if (found === undefined) throw new Error(`ffi-rs has no ${scalarShapeOf(type)}`);
  return found;
}
