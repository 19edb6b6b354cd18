// What a type object is: a C type that users hold in a variable, and can call to make a signature. Known by a brand
// under a registered symbol, so that two copies of the package recognise each other's. Pure.
import { CFuncError } from "../diagnostics/error.ts";
import type { CType, Signature } from "./ctype.ts";

/** The brand. Its value is the version of the brand. */
export const typeBrand: unique symbol = Symbol.for("cfunc.type") as never;

/**
 * A C type as a value: `float64`, `CPointer(Point)`. Calling it makes the signature of a function that returns it:
 * `float64(CPointer(Point), intp)`.
 */
export interface TypeObject<T extends CType = CType> {
  <const P extends readonly TypeObject[]>(...params: P): Signature<TypesOf<P>, T, false>;
  readonly [typeBrand]: 1;
  readonly type: T;
  /** Bytes; 0 for `void`. */
  readonly size: number;
  /** Bytes; 1 for `void`. */
  readonly align: number;
  /** The type in the grammar of signatures. */
  toString(): string;
}

/** `[TypeObject<A>, TypeObject<B>]` to `[A, B]`. */
export type TypesOf<P extends readonly TypeObject[]> = {
  readonly [K in keyof P]: P[K] extends TypeObject<infer T> ? T : never;
};

export function isTypeObject(value: unknown): value is TypeObject {
  return typeof value === "function" && Object.hasOwn(value, typeBrand);
}

/** The C type that a user's value stands for. Throws CF1106, naming `place`, where it is not a type object. */
export function typeOfObject(value: unknown, place: string): CType {
  if (isTypeObject(value)) return value.type;
  throw new CFuncError([
    {
      code: "CF1106",
      severity: "error",
      message: `${place} is not a type`,
      help: "pass a type object such as float64, CPointer(float64) or struct(...)",
    },
  ]);
}
