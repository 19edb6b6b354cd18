// `load` and `closure`: the public way to foreign functions, with types that follow from the signatures. A foreign
// function knows its address, signature and symbol, so that compiled code calls it directly.
import type { Region } from "../memory/region.ts";
import type { CType, Signature } from "../types/ctype.ts";
import { type DeclaredTypes, parseSignature } from "../types/signature-parser.ts";
import type { CallableOf, CheckedSignature, CheckedType, Declared, FnOf, ParseType } from "../types/signature-types.ts";
import type { Ptr, ValueOf } from "../types/values.ts";
import { nativeError } from "./argument-error.ts";
import { type CallOptions, errnoOf, makeCallable, type NativeCall, prepare, revoke } from "./call.ts";
import { type Closure, makeClosure } from "./closure.ts";
import { type Library, openLibrary } from "./library.ts";
import { findVariable, isVariable, type Variable } from "./variable.ts";

/** How other parts of the project know a foreign function. */
const foreignBrand: unique symbol = Symbol.for("cfunc.foreign") as never;

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
}

export interface LibraryHandle {
  readonly path: string | null;
  /** Closes the library; its functions throw CF5003 and its variables CF5502 from then on. Doing it twice does nothing. */
  close(): void;
  [Symbol.dispose](): void;
}

/** What `load` takes for a name: the signature of a function, or `variable(type)`. */
export type Declaration = string | Signature | Variable;

type Found<D, X, E> = { readonly [K in keyof D]: FoundOne<D[K], X, E> };
type FoundOne<D, X, E> =
  D extends Variable<infer T>
    ? Ptr<ValueOf<TypeOf<T, X>>>
    : D extends string | Signature
      ? ForeignFunction<D, X> & (E extends true ? WithErrno : unknown)
      : never;
type TypeOf<T extends string | CType, X> = T extends string
  ? ParseType<T, X> extends infer P extends CType
    ? P
    : never
  : T extends CType
    ? T
    : never;
type Checked<D, X> = { readonly [K in keyof D]: CheckedOne<D[K], X> };
type CheckedOne<D, X> = D extends string
  ? CheckedSignature<D, X>
  : D extends Variable<infer T>
    ? T extends string
      ? Variable<CheckedType<T, X>>
      : D
    : D;

/** The handle of a loaded library, apart from its functions so that no symbol's name can clash with it. */
const handles = new WeakMap<object, LibraryHandle>();

/**
 * Opens a library and gives its functions and variables, by name: `load("libm.so.6", { cbrt: "float64(float64)" })`.
 * `null` is the process itself. Throws CF5001, CF5002, CF5005 for a symbol of the other kind, the signature parser's
 * CF11xx, and CF5020 for types that cannot cross.
 */
export function load<
  const D extends Readonly<Record<string, Declaration>>,
  X extends Declared = Record<never, never>,
  E extends boolean = false,
>(path: string | null, declarations: D & Checked<NoInfer<D>, X>, options: LoadOptions<X, E> = {}): Found<D, X, E> {
  const types = options.types as DeclaredTypes | undefined;
  const { wrap = false, errno = false } = options;
  const entries = Object.entries<Declaration>(declarations);
  const wanted = entries.flatMap(([name, given]) =>
    isVariable(given) ? [] : [{ name, signature: typeof given === "string" ? parseSignature(given, types) : given }],
  );
  const library = openLibrary(path);
  const found: Record<string, object> = {};
  const calls: { readonly name: string; readonly call: NativeCall }[] = [];
  const regions: Region[] = [];
  try {
    const functions = wanted.map((one) => ({ ...one, address: functionAddress(library, one.name) }));
    prepare(wanted, { errno });
    for (const { name, signature, address } of functions) {
      const call = makeCallable(address, signature, { name, wrap, errno });
      const members: ForeignMembers = { address, signature, symbol: name, nativeName: name, [foreignBrand]: 1 };
      calls.push({ name, call });
      found[name] = Object.assign(call, members);
      if (errno) Object.defineProperty(call, "errno", { get: () => errnoOf(call), enumerable: true });
    }
    for (const [name, given] of entries) {
      if (!isVariable(given)) continue;
      const { pointer, region } = findVariable(library, name, given, types);
      regions.push(region);
      found[name] = pointer;
    }
  } catch (error) {
    library.close();
    throw error;
  }
  const close = () => {
    for (const { name, call } of calls) revoke(call, `${name}: its library ${path} was closed`);
    for (const region of regions) region.close("its library was closed");
    library.close();
  };
  handles.set(found, { path, close, [Symbol.dispose]: close });
  return found as Found<D, X, E>;
}

/** Calling what is no code would end the process. */
function functionAddress(library: Library, name: string): bigint {
  const { address, kind } = library.find(name);
  if (kind !== "variable") return address;
  throw nativeError("CF5005", `${library.label}: ${name} is a variable, not a function`, `write variable("int32")`);
}

/** The library behind what `load` returned, to close it. */
export function libraryOf(functions: object): LibraryHandle | undefined {
  return handles.get(functions);
}

/**
 * A JavaScript function as a C function pointer: `closure("int32(voidptr, voidptr)", (a, b) => ...)`. It runs on this
 * thread only, synchronously; what it throws is thrown by the native call it ran under. See `Closure`.
 */
export function closure<const S extends string, X extends Declared = Record<never, never>>(
  signature: S & CheckedSignature<S, X>,
  fn: NoInfer<FnOf<S, X>>,
  options?: { readonly types?: X; readonly name?: string },
): Closure;
export function closure<const S extends Signature>(
  signature: S,
  fn: NoInfer<FnOf<S>>,
  options?: { readonly name?: string },
): Closure;
export function closure(
  signature: string | Signature,
  fn: (...args: never[]) => unknown,
  options: { readonly types?: Declared; readonly name?: string } = {},
): Closure {
  const parsed = typeof signature === "string" ? parseSignature(signature, options.types) : signature;
  return makeClosure(parsed, fn, options.name === undefined ? {} : { name: options.name });
}
