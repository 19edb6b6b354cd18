// Sizes, alignments and field offsets, as the C compiler lays them out: the System V ABI for x86-64, section 3.1.2 (the
// same rules hold on AArch64 Linux). Never touches memory. Pure.
import { CFuncError } from "../diagnostics/error.ts";
import { assertNever, type CType, type FieldType, type FieldTypes, type StructType, type UnionType } from "./ctype.ts";
import { printType } from "./print.ts";

export const pointerSize = 8;

/** Bytes that a value of the type takes, padding included. Throws CF1104 for `void` and functions, which have none. */
export function sizeOf(type: CType): number {
  switch (type.kind) {
    case "bool":
      return 1;
    case "int":
    case "float":
    case "complex":
      return type.bits / 8;
    case "pointer":
      return pointerSize;
    case "array":
      return sizeOf(type.of) * type.length;
    case "struct":
    case "union":
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
    case "complex":
      return type.bits / 16;
    case "struct":
    case "union":
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
  checkNames("struct", name, fields);
  const laidOut: FieldType[] = [];
  let end = 0;
  let align = 1;
  for (const [fieldName, type] of Object.entries(fields)) {
    const fieldAlign = alignOf(type);
    const offset = alignUp(end, fieldAlign);
    laidOut.push(Object.freeze({ name: fieldName, type, offset }));
    end = offset + sizeOf(type);
    align = Math.max(align, fieldAlign);
  }
  return Object.freeze({ kind: "struct", name, fields: Object.freeze(laidOut), size: alignUp(end, align), align });
}

/** Lays the fields of a union over one another. Throws CF1105 for a union that C cannot have. */
export function layoutUnion<F extends FieldTypes>(name: string, fields: F): UnionType<F> {
  checkNames("union", name, fields);
  const types = Object.values(fields);
  const align = Math.max(...types.map(alignOf));
  const size = alignUp(Math.max(...types.map(sizeOf)), align);
  const laidOut = Object.entries(fields).map(([field, type]) => Object.freeze({ name: field, type, offset: 0 }));
  return Object.freeze({ kind: "union", name, fields: Object.freeze(laidOut), size, align });
}

function checkNames(kind: "struct" | "union", name: string, fields: FieldTypes): void {
  const isIdentifier = (text: string) => /^[A-Za-z_]\w*$/.test(text);
  if (!isIdentifier(name)) throw badStruct(`\`${name}\` is not a C identifier`, "use letters, digits and `_`");
  const bad = Object.keys(fields).find((field) => !isIdentifier(field));
  if (bad !== undefined) {
    throw badStruct(`field \`${bad}\` of ${kind} ${name} is not a C identifier`, "use letters, digits and `_`");
  }
  if (Object.keys(fields).length > 0) return;
  const help = `a C ${kind === "struct" ? "structure" : "union"} has at least one field`;
  throw badStruct(`${kind} ${name} has no fields`, help);
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
