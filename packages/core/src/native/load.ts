// `load` and `closure`: the public way to foreign functions, with types that follow from the signatures. A foreign
// function knows its address, signature and symbol, so that compiled code calls it directly.
import type { Header } from "../c/index.ts";
import type { Region } from "../memory/region.ts";
import type { Signature } from "../types/ctype.ts";
import { isSignature } from "../types/objects.ts";
import { type DeclaredTypes, parseSignature } from "../types/signature-parser.ts";
import type { CheckedSignature, Declared, FnOf } from "../types/signature-types.ts";
import { nativeError, show } from "./argument-error.ts";
import { asyncOf, errnoOf, makeCallable, type NativeCall, prepare, revoke } from "./call.ts";
import { type Closure, type ClosureOptions, makeClosure } from "./closure.ts";
import { type Library, openLibrary } from "./library.ts";
import { type HeaderLibrary, type HeaderLoadOptions, headerLibrary } from "./load-header.ts";
import {
  type Checked,
  type Declaration,
  type ForeignMembers,
  type Found,
  type FunctionDeclaration,
  foreignBrand,
  type LibraryHandle,
  type LoadOptions,
} from "./load-types.ts";
import { overloaded } from "./overloads.ts";
import { findVariable, isVariable } from "./variable.ts";

export type {
  Declaration,
  ForeignFunction,
  ForeignMembers,
  LibraryHandle,
  LoadOptions,
  OverloadMembers,
  WithErrno,
} from "./load-types.ts";

/** The handle of a loaded library, apart from its functions so that no symbol's name can clash with it. */
const handles = new WeakMap<object, LibraryHandle>();

interface Wanted {
  readonly name: string;
  readonly signature: Signature;
}

/**
 * Opens a library and gives its functions and variables, by name: `load("libm.so.6", { cbrt: "float64(float64)" })`.
 * `null` is the process itself. Throws CF5001, CF5002, CF5005 for a symbol of the other kind, CF5021 for an overload
 * that can never be chosen, the signature parser's CF11xx, and CF5020 for types that cannot cross.
 */
export function load<
  const D extends Readonly<Record<string, Declaration>>,
  X extends Declared = Record<never, never>,
  E extends boolean = false,
>(path: string | null, declarations: D & Checked<NoInfer<D>, X>, options: LoadOptions<X, E> = {}): Found<D, X, E> {
  if (typeof declarations !== "object" || declarations === null)
    throw nativeError("CF1106", `load: the declarations are ${show(declarations)}`, '{ cbrt: "float64(float64)" }');
  const types = options.types as DeclaredTypes | undefined;
  const { wrap = false, errno = false } = options;
  const entries = Object.entries<Declaration>(declarations).map(([name, given]) =>
    isVariable(given)
      ? { name, kind: "variable" as const, given }
      : { name, kind: "functions" as const, wanted: wantedFor(name, given, types), single: isSingle(given) },
  );
  const library = openLibrary(path, { deepbind: options.deepbind === true });
  const found: Record<string, object> = {};
  const calls: { readonly name: string; readonly call: NativeCall }[] = [];
  const regions: Region[] = [];
  const bind = ({ name, signature }: Wanted): NativeCall & ForeignMembers => {
    const address = functionAddress(library, name);
    const call = makeCallable(address, signature, { name, wrap, errno });
    calls.push({ name, call });
    const members: ForeignMembers = { address, signature, symbol: name, nativeName: name, [foreignBrand]: 1 };
    if (errno) Object.defineProperty(call, "errno", { get: () => errnoOf(call), enumerable: true });
    return Object.assign(call, { ...members, async: asyncOf(call) });
  };
  try {
    const all = entries.flatMap((one) => (one.kind === "functions" ? one.wanted : []));
    for (const { name } of all) functionAddress(library, name);
    prepare(all, { errno });
    for (const one of entries) {
      if (one.kind === "functions") {
        const bound = one.wanted.map(bind);
        const [first] = bound;
        found[one.name] = one.single && first !== undefined ? first : overloadSet(one.name, bound, errno);
      } else {
        const { pointer, region } = findVariable(library, one.name, one.given, types);
        regions.push(region);
        found[one.name] = pointer;
      }
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

/**
 * Opens a library as C's own header describes it, a fragment or a whole one after `gcc -E`:
 * `load.header("libm.so.6", "double cbrt(double);").functions.cbrt(8)`. A header that was read before may stand for the
 * text. Throws CF5001, and CF1101 to CF1105 for mistakes in the text.
 */
load.header = <const T extends string>(
  path: string | null,
  text: T | Header,
  options: HeaderLoadOptions = {},
): HeaderLibrary<T> => {
  const { wrap = false } = options;
  const whole = load(path, {});
  const library = headerLibrary(path, text, options, (symbol, declared) => {
    // What is declared is known at run time only: a variable is told by its brand.
    const declarations = { [symbol]: declared as Signature };
    const part = load(path, declarations, { wrap });
    return { value: Reflect.get(part, symbol), close: () => libraryOf(part)?.close() };
  });
  const close = () => {
    library.close();
    libraryOf(whole)?.close();
  };
  return { ...library, close, [Symbol.dispose]: close } as HeaderLibrary<T>;
};

const isSingle = (given: unknown): given is FunctionDeclaration => typeof given === "string" || isSignature(given);

/** The C functions that a declaration names: one, or overloads. */
function wantedFor(name: string, given: unknown, types: DeclaredTypes | undefined): readonly Wanted[] {
  const one = (symbol: string, declared: unknown): Wanted => {
    if (typeof declared === "string") return { name: symbol, signature: parseSignature(declared, types) };
    if (isSignature(declared)) return { name: symbol, signature: declared };
    throw nativeError(
      "CF1106",
      `load: ${symbol} is declared by ${show(declared)}, which is no signature`,
      'write "float64(float64)", or variable("int32")',
    );
  };
  if (isSingle(given) || typeof given !== "object" || given === null) return [one(name, given)];
  return Array.isArray(given)
    ? given.map((declared) => one(name, declared))
    : Object.entries(given).map(([symbol, declared]) => one(symbol, declared));
}

function overloadSet(name: string, bound: readonly (NativeCall & ForeignMembers)[], errno: boolean): object {
  const choose = overloaded(
    name,
    bound.map((call) => ({ signature: call.signature, call })),
  );
  let last: NativeCall | undefined;
  const call: NativeCall = (...args) => {
    last = choose(args);
    return last(...args);
  };
  Object.defineProperty(call, "name", { value: name, configurable: true });
  if (errno)
    Object.defineProperty(call, "errno", { get: () => (last === undefined ? 0 : errnoOf(last)), enumerable: true });
  const inBackground = async (...args: unknown[]) => asyncOf(choose(args))(...args);
  return Object.assign(call, { overloads: bound, async: inBackground, [foreignBrand]: 1 as const });
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
 * thread; a call from another one waits for it. What it throws is thrown by the native call it ran under. See `Closure`
 * and `ClosureOptions`.
 */
export function closure<const S extends string, X extends Declared = Record<never, never>>(
  signature: S & CheckedSignature<S, X>,
  fn: NoInfer<FnOf<S, X>>,
  options?: ClosureOptions & { readonly types?: X },
): Closure;
export function closure<const S extends Signature>(
  signature: S,
  fn: NoInfer<FnOf<S>>,
  options?: ClosureOptions,
): Closure;
export function closure(
  signature: string | Signature,
  fn: (...args: never[]) => unknown,
  options: ClosureOptions & { readonly types?: Declared } = {},
): Closure {
  const parsed = typeof signature === "string" ? parseSignature(signature, options.types) : signature;
  return makeClosure(parsed, fn, options);
}
