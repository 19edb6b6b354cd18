// Sizes and alignments, as the C compiler has them: the System V ABI for x86-64, section 3.1.2 (the same rules hold on
// AArch64 Linux). Where members lie is in record-layout.ts. Never touches memory. Pure.
import { CFuncError } from "../diagnostics/error.ts";
import { assertNever, type CType, type FunctionType, type OpaqueType, type VoidType } from "./ctype.ts";
import { printType } from "./print.ts";

export const pointerSize = 8;

/** Bytes that a value of the type takes, padding included. Throws CF1104 for `void`, functions and incomplete types. */
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
    case "opaque":
    case "function":
      throw noSize(type);
    default:
      return assertNever(type);
  }
}

/** The alignment of the type in bytes, a power of two. Throws CF1104 like `sizeOf`. */
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
    case "opaque":
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

function noSize(type: VoidType | OpaqueType | FunctionType): CFuncError {
  return new CFuncError([
    {
      code: "CF1104",
      severity: "error",
      message: `a value of type ${printType(type)} has no size`,
      help: {
        void: "use a pointer, voidptr",
        opaque: "its members are not known: use a pointer to it",
        function: "use a function pointer, CFunction(...)",
      }[type.kind],
    },
  ]);
}
