// What `load` takes and gives, as types: they follow from the declarations, which TypeScript checks. Types only, but
// for the brand of foreign functions.
import type { CType, Signature } from "../types/ctype.ts";
import type { CallableOf, CheckedSignature, CheckedType, Declared, ParseType } from "../types/signature-types.ts";
import type { Ptr, ValueOf } from "../types/values.ts";
import type { CallOptions } from "./call.ts";
import type { Variable } from "./variable.ts";

/** How other parts of the project know a foreign function. */
export const foreignBrand: unique symbol = Symbol.for("cfunc.foreign") as never;

/** What a foreign function carries besides being callable. */
export interface ForeignMembers {
  /** C function pointer, valid until the library is closed. */
  readonly address: bigint;
  readonly signature: Signature;
  /** The name it is exported under. */
  readonly symbol: string;
  readonly nativeName: string;
  readonly [foreignBrand]: 1;
}
export type ForeignFunction<S extends string | Signature = Signature, X = Record<never, never>> = CallableOf<S, X> &
  ForeignMembers;

/** What asynchronous calls of `f` give. With the option `errno` they tell it too: another call may end meanwhile. */
export interface WithAsync<F, E = false> {
  /**
   * Calls the function on a thread of its own. Strings and JavaScript buffers are copied, and copied back where the
   * function may write to them; native memory is passed as it is. Whatever is wrong rejects the promise.
   */
  readonly async: F extends (...args: infer A) => infer R
    ? (...args: A) => Promise<E extends true ? { readonly value: R; readonly errno: number } : R>
    : never;
}

/** Present with the option `errno`. */
export interface WithErrno {
  /**
   * C's `errno` as the last call of this very function left it: 0 where that call did not set it. Says something only
   * where the function reported a failure; `node:os` names the numbers in `constants.errno`.
   */
  readonly errno: number;
}

export interface LoadOptions<X extends Declared = Record<never, never>, E extends boolean = boolean>
  extends Pick<CallOptions, "wrap"> {
  /** Types that the signatures name: `{ Point }`. */
  readonly types?: X;
  /** Every function keeps the `errno` of its last call, as its property `errno`. */
  readonly errno?: E;
  /**
   * The library finds its own functions before those of the same name in the process (`RTLD_DEEPBIND`): for libraries that
   * Node has a copy of, such as SQLite or OpenSSL, whose functions would otherwise call Node's. Nothing where the library
   * is loaded already, or under a sanitizer. Not for libraries in C++, whose types must be one with the process's.
   */
  readonly deepbind?: boolean;
}

export interface LibraryHandle {
  readonly path: string | null;
  /** Closes the library; its functions throw CF5003 and its variables CF5502 from then on. Doing it twice does nothing. */
  close(): void;
  [Symbol.dispose](): void;
}

/** What declares one C function. */
export type FunctionDeclaration = string | Signature;

/**
 * What `load` takes for a name: the signature of a function; `variable(type)`; or overloads, of which the TypeScript
 * types of the arguments choose one: several signatures of one symbol in an array, or several symbols in an object.
 */
export type Declaration =
  | FunctionDeclaration
  | Variable
  | readonly FunctionDeclaration[]
  | Readonly<Record<string, FunctionDeclaration>>;

/** What an overloaded function carries besides being callable. */
export interface OverloadMembers {
  /** Each signature on its own, in the order in which they are tried. */
  readonly overloads: readonly ForeignFunction[];
  readonly [foreignBrand]: 1;
}

/** What `load` gives for its declarations. */
export type Found<D, X, E> = { readonly [K in keyof D]: FoundOne<D[K], X, E> };
type FoundOne<D, X, E> =
  D extends Variable<infer T>
    ? Ptr<ValueOf<TypeOf<T, X>>>
    : D extends FunctionDeclaration
      ? ForeignFunction<D, X> & WithAsync<CallableOf<D, X>, E> & Extra<E>
      : D extends readonly FunctionDeclaration[]
        ? AllOf<D, X> & Overloaded<AsyncOfAll<D, X, E>, E>
        : Intersection<{ [K in keyof D]: D[K] extends FunctionDeclaration ? CallableOf<D[K], X> : never }[keyof D]> &
            Overloaded<Intersection<{ [K in keyof D]: AsyncOfOne<D[K], X, E> }[keyof D]>, E>;
type Overloaded<Async, E> = OverloadMembers & { readonly async: Async } & Extra<E>;
type AsyncOfOne<D, X, E> = D extends FunctionDeclaration ? WithAsync<CallableOf<D, X>, E>["async"] : never;
type AsyncOfAll<D extends readonly FunctionDeclaration[], X, E> = D extends readonly [
  infer First extends FunctionDeclaration,
  ...infer Others extends readonly FunctionDeclaration[],
]
  ? AsyncOfOne<First, X, E> & AsyncOfAll<Others, X, E>
  : unknown;
type Extra<E> = E extends true ? WithErrno : unknown;
/** TypeScript tries the members of an intersection from left to right. */
type AllOf<D extends readonly FunctionDeclaration[], X> = D extends readonly [
  infer First extends FunctionDeclaration,
  ...infer Others extends readonly FunctionDeclaration[],
]
  ? CallableOf<First, X> & AllOf<Others, X>
  : unknown;
type Intersection<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never;
type TypeOf<T extends string | CType, X> = T extends string
  ? ParseType<T, X> extends infer P extends CType
    ? P
    : never
  : T extends CType
    ? T
    : never;

/** The declarations where they are right, else types that say what is wrong with them. */
export type Checked<D, X> = { readonly [K in keyof D]: CheckedOne<D[K], X> };
type CheckedOne<D, X> = D extends string
  ? CheckedSignature<D, X>
  : D extends Variable<infer T>
    ? T extends string
      ? Variable<CheckedType<T, X>>
      : D
    : D extends Signature
      ? D
      : { readonly [K in keyof D]: D[K] extends string ? CheckedSignature<D[K], X> : D[K] };
