// C types as a user of koffi declares them: names for scalars, `struct`, `pack` and `union` objects for the rest. Types
// are made once for each text of declarations, since koffi keeps them.
import type { CType } from "@cfunc/core/contract";
import { isAggregate, type UnionType } from "@cfunc/core/types";
import koffi, { Union } from "koffi";
import { isPacked } from "../../vectors/signatures.ts";
import { cScalarNames } from "../c/callers.ts";
import { nameOfShape, type ScalarShape, scalarShapeOf } from "../shared/shape.ts";

export type KoffiType = Parameters<typeof koffi.sizeof>[0];

const scalars: Readonly<Record<ScalarShape, string>> = { ...cScalarNames, bool: "bool" };

const made = new Map<string, KoffiType>();

/** Texts as `const char *`, every other pointer as an address. */
export function koffiType(type: CType, declarations = ""): KoffiType {
  if (type.kind === "array") return koffi.array(koffiType(type.of, declarations), type.length);
  if (type.kind === "pointer" && type.constant && type.to.kind === "int" && type.to.name === "char") {
    return "const char *";
  }
  if (!isAggregate(type)) return scalars[scalarShapeOf(type)];
  const key = `${declarations} ${nameOfShape(type)}`;
  let found = made.get(key);
  if (found === undefined) {
    if (type.kind === "complex") throw new Error("koffi has no complex numbers");
    const fields = Object.fromEntries(type.fields.map((field) => [field.name, koffiType(field.type, declarations)]));
    const make = type.kind === "union" ? koffi.union : isPacked(type) ? koffi.pack : koffi.struct;
    found = make(fields);
    made.set(key, found);
  }
  return found;
}

/** A union goes as an object of koffi's class, with the one member that is set. */
export function koffiUnion(type: UnionType, value: object, declarations = ""): unknown {
  return Object.assign(new Union(koffiType(type, declarations)), value);
}
