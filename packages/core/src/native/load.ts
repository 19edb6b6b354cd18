// `load` and `closure`: the public way to foreign functions, with types that follow from the signatures. A foreign
// function knows its address, signature and symbol, so that compiled code calls it directly.
import type { Signature } from "../types/ctype.ts";
import { type DeclaredTypes, parseSignature } from "../types/signature-parser.ts";
import type { CallableOf, CheckedSignature, Declared, FnOf } from "../types/signature-types.ts";
import { type CallOptions, makeCallable, type NativeCall, prepare, revoke } from "./call.ts";
import { type Closure, makeClosure } from "./closure.ts";
import { openLibrary } from "./library.ts";

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

export interface LoadOptions<X extends Declared = Record<never, never>> extends Pick<CallOptions, "wrap"> {
  /** Types that the signatures name: `{ Point }`. */
  readonly types?: X;
}

export interface LibraryHandle {
  readonly path: string | null;
  /** Closes the library; its functions throw CF5003 from then on. Doing it twice does nothing. */
  close(): void;
  [Symbol.dispose](): void;
}

type Functions<D, X> = { readonly [K in keyof D]: D[K] extends string | Signature ? ForeignFunction<D[K], X> : never };
type Checked<D, X> = { readonly [K in keyof D]: D[K] extends string ? CheckedSignature<D[K], X> : D[K] };

/** The handle of a loaded library, apart from its functions so that no symbol's name can clash with it. */
const handles = new WeakMap<object, LibraryHandle>();

/**
 * Opens a library and gives its functions, by name: `load("libm.so.6", { cbrt: "float64(float64)" }).cbrt(8)`. `null`
 * is the process itself. Throws CF5001, CF5002, the signature parser's CF11xx, and CF5020 for types that cannot cross.
 */
export function load<
  const D extends Readonly<Record<string, string | Signature>>,
  X extends Declared = Record<never, never>,
>(path: string | null, declarations: D & Checked<NoInfer<D>, X>, options: LoadOptions<X> = {}): Functions<D, X> {
  const wanted = Object.entries<string | Signature>(declarations).map(([name, given]) => ({
    name,
    signature: typeof given === "string" ? parseSignature(given, options.types as DeclaredTypes) : given,
  }));
  const library = openLibrary(path);
  const functions: Record<string, NativeCall & ForeignMembers> = {};
  try {
    const found = wanted.map((one) => ({ ...one, address: library.symbol(one.name) }));
    prepare(wanted);
    for (const { name, signature, address } of found) {
      const call = makeCallable(address, signature, { name, wrap: options.wrap === true });
      const members: ForeignMembers = { address, signature, symbol: name, nativeName: name, [foreignBrand]: 1 };
      functions[name] = Object.assign(call, members);
    }
  } catch (error) {
    library.close();
    throw error;
  }
  const close = () => {
    for (const [name, call] of Object.entries(functions)) revoke(call, `${name}: its library ${path} was closed`);
    library.close();
  };
  handles.set(functions, { path, close, [Symbol.dispose]: close });
  return functions as Functions<D, X>;
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
