// What a captured variable held when the function was compiled. Types only: the check stage reads them without
// touching the outside world. They are made by classify.ts. Pure.

/** The elements of a captured array: a typed array's own type, or what a plain array holds. */
export type NumberElement =
  | "int8"
  | "uint8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "float32"
  | "float64"
  | "number";
export type BigIntElement = "int64" | "uint64" | "bigint";

export type CapturedValue =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "bigint"; readonly value: bigint }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "undefined" }
  | { readonly kind: "null" }
  | CapturedNumbers
  | CapturedObject
  /** `Math` itself. */
  | { readonly kind: "math" }
  /** A function of `Math`, however it was reached: `const { exp } = Math`. */
  | { readonly kind: "math-function"; readonly name: string }
  /** A global of the language, by its path: `Number`, `Number.isNaN`, `BigInt.asIntN`, `console`, `console.log`. */
  | { readonly kind: "builtin"; readonly name: string }
  /** A function such as `carray`, known by identity. */
  | { readonly kind: "intrinsic"; readonly name: string }
  | { readonly kind: "cfunc"; readonly value: object }
  /** A function made by `load`. */
  | { readonly kind: "foreign"; readonly value: object }
  /** A C type: `int32`, a struct. */
  | { readonly kind: "type"; readonly value: object }
  | { readonly kind: "function"; readonly value: JsFunction }
  /** Anything else; `what` completes "is ...": `an instance of Map`. */
  | { readonly kind: "unsupported"; readonly what: string };

/** A snapshot of an array of numbers. `value` is the live array: two names for it are one constant. */
export type CapturedNumbers =
  | {
      readonly kind: "numbers";
      readonly of: NumberElement;
      readonly elements: ArrayLike<number>;
      readonly value: object;
    }
  | {
      readonly kind: "numbers";
      readonly of: BigIntElement;
      readonly elements: ArrayLike<bigint>;
      readonly value: object;
    };

/** A namespace, an enum, a plain object, or a class with its static members. */
export interface CapturedObject {
  readonly kind: "object";
  readonly value: object;
  /** Completes "is ...": `a namespace`, `an object`, `a class`. */
  readonly what: string;
  /** A member, classified when it is asked for; absent where there is none. No getter runs but a namespace's own. */
  member(name: string): CapturedValue | undefined;
}

/** Any function, as far as the language itself types it. */
export type JsFunction = (...args: never[]) => unknown;

/** What a free name of a function stands for. */
export type Captured =
  | CapturedValue
  /** No scope and no global has it. */
  | { readonly kind: "missing" }
  /** Declared, not yet assigned. Node 20 does not tell it from `undefined`. */
  | { readonly kind: "uninitialised" };

/** The free names of a function with what they stand for. */
export type Captures = ReadonlyMap<string, Captured>;
