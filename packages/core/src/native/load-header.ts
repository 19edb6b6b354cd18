// A library as a header describes it: functions and variables are bound when they are first asked for, since a header
// declares far more than a program uses, and what it declares need not all be there or able to cross.
import { type ConstantValue, type Header, type HeaderOptions, parseHeader } from "../c/index.ts";
import type { Signature } from "../types/ctype.ts";
import { typeObject } from "../types/objects.ts";
import type { ParseSignature } from "../types/signature-types.ts";
import type { AnyPointer } from "../types/values.ts";
import { nativeError } from "./argument-error.ts";
import type { ForeignFunction, ForeignMembers, LibraryHandle } from "./load-types.ts";
import { type Variable, variable } from "./variable.ts";

/** A function whose types TypeScript could not read from the text; a call checks its arguments even so. */
export type LooseFunction = ((...args: unknown[]) => unknown) & ForeignMembers;

/** The prototypes of a fragment, by name, where the text is a literal. */
export type HeaderFunctions<T extends string> = string extends T
  ? Readonly<Record<string, LooseFunction>>
  : Statements<WithoutDirectives<T>>;
type WithoutDirectives<T extends string> = T extends `${infer Before}#${string}\n${infer After}`
  ? WithoutDirectives<`${Before}${After}`>
  : T;
type Statements<T extends string, All = unknown> = T extends `${infer One};${infer Rest}`
  ? Statements<Rest, All & Prototype<One>>
  : All;
type Prototype<S extends string> = S extends `${string}typedef ${string}`
  ? unknown
  : S extends `${infer Head}(${string}`
    ? { readonly [Name in LastWord<Head>]: ParseSignature<S> extends Signature ? ForeignFunction<S> : LooseFunction }
    : unknown;
type LastWord<S extends string> = S extends `${infer Before}${" " | "\n" | "\t"}`
  ? LastWord<Before>
  : S extends `${string}${" " | "\n" | "\t" | "*"}${infer After}`
    ? LastWord<After>
    : S;

/** What `load.header` gives. Reading a name binds it: that throws CF5002 without such a symbol, CF1103 where it cannot cross. */
export interface HeaderLibrary<T extends string = string> extends LibraryHandle {
  readonly functions: HeaderFunctions<T>;
  /** Pointers to the data that the library exports. */
  readonly variables: Readonly<Record<string, AnyPointer>>;
  readonly constants: Readonly<Record<string, ConstantValue>>;
  readonly header: Header;
}

export interface HeaderLoadOptions extends Pick<HeaderOptions, "name" | "types"> {
  /** As for `load`: integers that do not fit wrap. */
  readonly wrap?: boolean;
}

/** Binds one symbol, and gives it with the handle of its library. */
type Bind = (symbol: string, declared: Signature | Variable) => { readonly value: object; readonly close: () => void };

export function headerLibrary(
  path: string | null,
  text: string | Header,
  options: HeaderLoadOptions,
  bind: Bind,
): HeaderLibrary {
  const header = typeof text === "string" ? parseHeader(text, options) : text;
  const closers: (() => void)[] = [];
  let closed = false;
  const bound = (symbol: string, declared: Signature | Variable): object => {
    if (closed) throw nativeError("CF5003", `${symbol}: its library ${path} was closed`, "keep the library open");
    const { value, close } = bind(symbol, declared);
    closers.push(close);
    return value;
  };
  const functions: Record<string, LooseFunction> = {};
  const variables: Record<string, AnyPointer> = {};
  const constants: Record<string, ConstantValue> = {};
  for (const one of header.declarations.values()) {
    if (one.kind === "function") lazily(functions, one.name, () => bound(one.symbol, one.signature));
    else if (one.kind === "variable")
      lazily(variables, one.name, () => bound(one.symbol, variable(typeObject(one.type))));
    else if (one.kind === "constant") constants[one.name] = one.value;
    // Which of the two it would have been is not known: asking for it says why it is neither.
    else if (one.kind === "unavailable") lazily(functions, one.name, () => header.function(one.name));
  }
  const close = (): void => {
    closed = true;
    for (const each of closers.splice(0)) each();
  };
  return { path, functions, variables, constants: Object.freeze(constants), header, close, [Symbol.dispose]: close };
}

/** A property that is computed when it is first read. */
function lazily(object: object, name: string, make: () => object): void {
  Object.defineProperty(object, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = make();
      Object.defineProperty(object, name, { value, enumerable: true });
      return value;
    },
  });
}
