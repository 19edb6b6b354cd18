// Types that are named before they are complete: `struct Node { struct Node *next; }`. Pointers and signatures that name
// an incomplete type find the complete one when they are read, so that descriptions stay plain and unchanging for
// whoever reads them. Completing happens once, before the type is handed out. Pure.
import type { CType, OpaqueType, Parameter, PointerType, Signature } from "./ctype.ts";

const completions = new WeakMap<OpaqueType, CType>();

/** A type that has a name and no layout: `struct sqlite3;`. Only pointers to it exist. */
export function opaqueType<Name extends string>(name: Name): OpaqueType<Name> {
  return Object.freeze({ kind: "opaque", name });
}

/** Says what an incomplete type is. From then on whatever points to it points to `type`. */
export function complete(opaque: OpaqueType, type: CType): void {
  if (!completions.has(opaque)) completions.set(opaque, type);
}

/** The complete type, where the type was incomplete and has been completed. */
export function resolved(type: CType): CType {
  return type.kind === "opaque" ? (completions.get(type) ?? type) : type;
}

/** A pointer to a type, which may be completed later. */
export function pointerType(to: CType, constant: boolean): PointerType {
  if (to.kind !== "opaque") return { kind: "pointer", to, constant };
  return lazyPointer(() => resolved(to), constant);
}

/** A pointer that asks what it points to when that is read. */
export function lazyPointer(to: () => CType, constant: boolean): PointerType {
  return Object.freeze({
    kind: "pointer",
    get to() {
      return to();
    },
    constant,
  });
}

/** A parameter of a type that may be completed later. */
export function parameter(type: CType, name: string | undefined): Parameter {
  const named = name === undefined ? {} : { name };
  if (type.kind !== "opaque") return { ...named, type };
  return Object.freeze({
    ...named,
    get type() {
      return resolved(type);
    },
  });
}

/** A signature whose result may be completed later. */
export function signatureType(result: CType, params: readonly Parameter[], variadic: boolean): Signature {
  if (result.kind !== "opaque") return { result, params, variadic };
  return Object.freeze({
    get result() {
      return resolved(result);
    },
    params,
    variadic,
  });
}
