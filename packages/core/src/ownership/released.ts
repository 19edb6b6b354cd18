// Ownership at type level. `release(): asserts this is Released` turns the variable's type into `Live & Released`,
// which is `never`: a second release, and every later use, is a compile-time error. For that TypeScript wants the
// variable's type written out: `const text: Owned<string> = ...`. Types only.
/** The brand; there is no such property at run time. */
export declare const state: unique symbol;

export interface Live {
  readonly [state]: "live";
}

export interface Released {
  readonly [state]: "released";
}
