// Core's C types as ctypes classes, for functions that core compiled. The same type always gives the same class.
import { type CType, type IntType, printType, type StructType } from "@cfunc/core";
import { ARRAY } from "./array.ts";
import { CFUNCTYPE, type FunctionType } from "./callback.ts";
import { POINTER } from "./pointer.ts";
import * as simple from "./simple-types.ts";
import { struct } from "./structure.ts";
import type { CDataType } from "./type-info.ts";

/** The class of function pointers with a signature of core's. */
export function functionTypeOf(signature: {
  readonly result: CType;
  readonly params: readonly { readonly type: CType }[];
}): FunctionType<CDataType | null, readonly CDataType[]> {
  const params = signature.params.map(({ type }) => classOf(type));
  return CFUNCTYPE(signature.result.kind === "void" ? null : classOf(signature.result), ...params);
}

/** The ctypes class of a C type. Throws TypeError for void and functions, which have no objects. */
export function classOf(type: CType): CDataType {
  switch (type.kind) {
    case "bool":
      return simple.c_bool;
    case "int":
      return integerClass(type);
    case "float":
      return type.bits === 32 ? simple.c_float : simple.c_double;
    case "pointer":
      if (type.to.kind === "void" || type.to.kind === "opaque") return simple.c_void_p;
      if (type.to.kind === "function") return functionTypeOf(type.to.signature) as unknown as CDataType;
      return type.constant && type.to.kind === "int" && type.to.name === "char"
        ? simple.c_char_p
        : POINTER(classOf(type.to));
    case "array":
      return ARRAY(classOf(type.of), type.length) as unknown as CDataType;
    case "struct":
      return structClass(type);
    case "union":
    case "complex":
      throw new TypeError(`ctypes objects of ${printType(type)} are not supported yet`);
    case "void":
    case "opaque":
    case "function":
      throw new TypeError("this C type has no objects");
  }
}

const bySize = {
  signed: { 8: simple.c_byte, 16: simple.c_short, 32: simple.c_int, 64: simple.c_long },
  unsigned: { 8: simple.c_ubyte, 16: simple.c_ushort, 32: simple.c_uint, 64: simple.c_ulong },
} as const;

function integerClass(type: IntType): CDataType {
  if (type.name === "char") return simple.c_char;
  return bySize[type.signed ? "signed" : "unsigned"][type.bits];
}

const structs = new WeakMap<StructType, CDataType>();

function structClass(type: StructType): CDataType {
  const known = structs.get(type);
  if (known !== undefined) return known;
  const fields = Object.fromEntries(type.fields.map((field) => [field.name, classOf(field.type)]));
  const made = struct(fields, type.name) as unknown as CDataType;
  structs.set(type, made);
  return made;
}
