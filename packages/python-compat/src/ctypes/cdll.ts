// CDLL: a shared library whose functions are its attributes, `new CDLL("libm.so.6").cbrt`. Each is looked up once.
import { callableType } from "./callable-type.ts";
import { findSymbol, type SymbolSource } from "./cdata.ts";
import { findAddress, openLibrary, RTLD_LOCAL } from "./dynamic-loader.ts";
import { AttributeError } from "./errors.ts";
import { CFuncPtr, type FuncPtr, functionAddress, functionObject } from "./function.ts";
import { typeName } from "./python-values.ts";
import { type CDataType, infoOf } from "./type-info.ts";

/** The class of functions that libraries export. */
class LibraryFunction extends CFuncPtr {}
Object.defineProperty(LibraryFunction, "name", { value: "_FuncPtr" });
infoOf(LibraryFunction);

class Library implements SymbolSource {
  /** As it was given; null for the process itself. */
  readonly _name: string | null;
  /** The loader's handle. */
  readonly _handle: bigint;

  constructor(name: string | null, mode: number = RTLD_LOCAL) {
    if (name !== null && typeof name !== "string")
      throw new TypeError(`expected str, bytes or os.PathLike object, not ${typeName(name)}`);
    this._name = name;
    this._handle = openLibrary(name, mode);
  }

  [findSymbol](name: string, failure: new (message: string) => Error): bigint {
    const address = findAddress(this._handle, name);
    if (typeof address === "string") throw new failure(address);
    return address;
  }

  toString(): string {
    return `<CDLL '${this._name}', handle ${this._handle.toString(16)}>`;
  }
}

// Nothing of JavaScript's objects hides a function of the library.
Object.setPrototypeOf(Library.prototype, null);

/** What JavaScript itself asks of any object: where a library has no such symbol, it is just not there. */
const asked = new Set(["then", "toJSON", "constructor", "valueOf", "hasOwnProperty", "isPrototypeOf"]);

const functions: ProxyHandler<Library> = {
  get(library, key, receiver) {
    if (typeof key === "symbol" || key in library) return Reflect.get(library, key, receiver);
    if (key.startsWith("__") && key.endsWith("__")) throw new AttributeError(key);
    const address = findAddress(library._handle, key);
    if (typeof address === "string") {
      if (asked.has(key)) return undefined;
      throw new AttributeError(address);
    }
    const found = functionObject(LibraryFunction as unknown as CDataType, functionAddress(address, library), key);
    Object.defineProperty(library, key, { value: found, configurable: true, writable: true, enumerable: true });
    return found;
  },
};

/** A library. Its functions are attributes; unknown ones throw AttributeError. */
export type CDLL = Library & { readonly [name: string]: FuncPtr };

export interface CDLLType {
  /** Opens a library by path, or by name as the loader searches it; null is the process. Throws OSError, TypeError. */
  new (name: string | null, mode?: number): CDLL;
  (name: string | null, mode?: number): CDLL;
  readonly prototype: CDLL;
}

export const CDLL = callableType(
  Library,
  "CDLL",
  (target, args) => new Proxy(Reflect.construct(Library, args, target) as Library, functions),
) as CDLLType;

/** Python's `ctypes.cdll`. */
export const cdll = {
  /** A new CDLL each time. */
  LoadLibrary: (name: string | null): CDLL => new CDLL(name),
};
