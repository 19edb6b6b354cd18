// Sizes, alignments and field offsets, as the C compiler lays them out: the System V ABI for x86-64, section 3.1.2 (the
// same rules hold on AArch64 Linux). Never touches memory. Pure.
import { CFuncError } from "../diagnostics/error.ts";
import { assertNever, type CType, type FieldType, type FieldTypes, type StructType } from "./ctype.ts";
import { printType } from "./print.ts";

export const pointerSize = 8;

/** Bytes that a value of the type takes, padding included. Throws CF1104 for `void` and functions, which have none. */
export function sizeOf(type: CType): number {
  switch (type.kind) {
    case "bool":
      return 1;
    case "int":
    case "float":
      return type.bits / 8;
    case "pointer":
      return pointerSize;
    case "array":
      return sizeOf(type.of) * type.length;
    case "struct":
      return type.size;
    case "void":
    case "function":
      throw noSize(type);
    default:
      return assertNever(type);
  }
}

/** The alignment of the type in bytes, a power of two. Throws CF1104 for `void` and functions. */
export function alignOf(type: CType): number {
  switch (type.kind) {
    case "array":
      return alignOf(type.of);
    case "struct":
      return type.align;
    case "void":
    case "function":
      throw noSize(type);
    case "bool":
    case "int":
    case "float":
    case "pointer":
      return sizeOf(type);
    default:
      return assertNever(type);
  }
}

/** `offset` rounded up to a multiple of `align`. */
export function alignUp(offset: number, align: number): number {
  return Math.ceil(offset / align) * align;
}

/** Lays fields out in their order. Throws CF1105 for a structure that C cannot have. */
export function layoutStruct<F extends FieldTypes>(name: string, fields: F): StructType<F> {
  if (!/^[A-Za-z_]\w*$/.test(name)) throw badStruct(`\`${name}\` is not a C identifier`, "use letters, digits and `_`");
  const laidOut: FieldType[] = [];
  let end = 0;
  let align = 1;
  for (const [fieldName, type] of Object.entries(fields)) {
    if (!/^[A-Za-z_]\w*$/.test(fieldName)) {
      throw badStruct(`field \`${fieldName}\` of struct ${name} is not a C identifier`, "use letters, digits and `_`");
    }
    const fieldAlign = alignOf(type);
    const offset = alignUp(end, fieldAlign);
    laidOut.push(Object.freeze({ name: fieldName, type, offset }));
    end = offset + sizeOf(type);
    align = Math.max(align, fieldAlign);
  }
  if (laidOut.length === 0) throw badStruct(`struct ${name} has no fields`, "a C structure has at least one field");
  return Object.freeze({ kind: "struct", name, fields: Object.freeze(laidOut), size: alignUp(end, align), align });
}

function badStruct(message: string, help: string): CFuncError {
  return new CFuncError([{ code: "CF1105", severity: "error", message, help }]);
}

function noSize(type: CType): CFuncError {
  return new CFuncError([
    {
      code: "CF1104",
      severity: "error",
      message: `a value of type ${printType(type)} has no size`,
      help: type.kind === "void" ? "use a pointer, voidptr" : "use a function pointer, CFunction(...)",
    },
  ]);
}
