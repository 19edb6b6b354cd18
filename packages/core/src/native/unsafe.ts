// From a number to a pointer or a function: what nobody can check. Everything else in this project that touches memory
// was given a pointer by somebody who had one; the names here say that this was not.
import { makePointer } from "../memory/ptr.ts";
import type { CType, Signature } from "../types/ctype.ts";
import { type DeclaredTypes, parseSignature } from "../types/signature-parser.ts";
import type { CallableOf, CheckedSignature, Declared } from "../types/signature-types.ts";
import { type TypeObject, typeOfObject } from "../types/type-object.ts";
import type { Ptr, ValueOf } from "../types/values.ts";
import { nativeError, show } from "./argument-error.ts";
import { makeCallable } from "./call.ts";

/**
 * A pointer to values of the type at an address, which must be one: using it reads and writes whatever is there. Throws
 * CF5011 for what cannot be an address.
 */
export function unsafePointer<C extends CType>(address: bigint, type: TypeObject<C>): Ptr<ValueOf<C>> {
  const to = typeOfObject(type, "what unsafePointer points to");
  if (typeof address !== "bigint" || address <= 0n || address >= 1n << 64n)
    throw nativeError("CF5011", `unsafePointer takes an address, got ${show(address)}`, "a bigint; null is `null`");
  return makePointer(address, to) as Ptr<ValueOf<C>>;
}

/**
 * The C function at an address, which must be one of that signature: calling it runs whatever is there. It stands for a
 * `CFunction(...)` too. Throws CF5011 for what cannot be an address, and what `load` throws for the signature.
 */
export function unsafeFunction<const S extends string, X extends Declared = Record<never, never>>(
  address: bigint,
  signature: S & CheckedSignature<S, X>,
  options?: { readonly types?: X; readonly name?: string },
): CallableOf<S, X> & { readonly address: bigint; readonly signature: Signature };
export function unsafeFunction(
  address: bigint,
  signature: string,
  options: { readonly types?: DeclaredTypes; readonly name?: string } = {},
): object {
  const parsed = parseSignature(signature, options.types);
  return Object.assign(makeCallable(address, parsed, { name: options.name ?? "unsafe function" }), {
    address,
    signature: parsed,
  });
}
