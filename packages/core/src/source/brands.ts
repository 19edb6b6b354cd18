// The brands by which values of other parts of the project are known, without importing those parts. Registered
// symbols, so that two copies of the package, or two realms, understand each other. Pure.

/** Set, to anything truthy, on: compiled cfuncs, functions made by `load`, C types. */
export const brands = {
  cfunc: Symbol.for("cfunc.compiled"),
  foreign: Symbol.for("cfunc.foreign"),
  type: Symbol.for("cfunc.type"),
} as const;

export type Brand = keyof typeof brands;

/** The brand of a value, if it bears one. */
export function brandOf(value: object): Brand | undefined {
  for (const kind of ["cfunc", "foreign", "type"] as const) if (Reflect.get(value, brands[kind])) return kind;
  return undefined;
}
