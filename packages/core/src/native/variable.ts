// Variables of a shared library: declared with their C type, given as a pointer to where the library keeps them. The
// pointer is checked against the declared size, and ends with the library.
import { pointerTo } from "../memory/ptr.ts";
import { Region } from "../memory/region.ts";
import type { CType } from "../types/ctype.ts";
import { sizeOf } from "../types/layout.ts";
import { printType } from "../types/print.ts";
import { type DeclaredTypes, parseType } from "../types/signature-parser.ts";
import { type TypeObject, typeOfObject } from "../types/type-object.ts";
import { nativeError } from "./argument-error.ts";
import type { Library } from "./library.ts";

const brand: unique symbol = Symbol("variable");

/** The declaration of a library's variable, from a type object or the text of a C type. */
export interface Variable<T extends string | CType = string | CType> {
  readonly [brand]: T;
}

/**
 * Declares a variable in `load`, which then gives a pointer to it: `load(path, { counter: variable("int32") })`, then
 * `counter[0]`.
 */
export function variable<const S extends string>(type: S): Variable<S>;
export function variable<C extends CType>(type: TypeObject<C>): Variable<C>;
export function variable(type: string | TypeObject): Variable {
  return { [brand]: typeof type === "string" ? type : typeOfObject(type, "what `variable` was given") };
}

export function isVariable(value: unknown): value is Variable {
  return typeof value === "object" && value !== null && brand in value;
}

/** The region is to be closed with the library. Throws CF5002 for no such symbol, CF5005 where it is something else. */
export function findVariable(
  library: Library,
  name: string,
  declared: Variable,
  types: DeclaredTypes | undefined,
): { readonly pointer: object; readonly region: Region } {
  const given = declared[brand];
  const type = typeof given === "string" ? parseType(given, types) : given;
  const bytes = sizeOf(type);
  const symbol = library.find(name);
  if (symbol.kind === "function")
    throw nativeError("CF5005", `${library.label}: ${name} is a function, not a variable`, "declare its signature");
  if (symbol.bytes !== undefined && symbol.bytes < bytes)
    throw nativeError(
      "CF5005",
      `${library.label}: the variable ${name} has ${symbol.bytes} bytes, ${printType(type)} has ${bytes}`,
      "declare it with the type it has in C",
    );
  const region = Region.fixed(symbol.address, bytes, `the variable ${name} of ${library.label}`);
  return { pointer: pointerTo(region, 0, type), region };
}
