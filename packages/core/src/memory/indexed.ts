// `x[i]` for objects over memory. The prototype chain of such an object ends in one shared proxy, which sees integer
// keys only: methods and fields are found before it, so that they cost what a method costs. Never touches memory.
import { memoryError } from "./memory-error.ts";

export const readElement: unique symbol = Symbol("readElement");
export const writeElement: unique symbol = Symbol("writeElement");

export interface Indexed {
  [readElement](index: number): unknown;
  [writeElement](index: number, value: unknown): void;
}

/** The integer that a property key spells, or undefined. */
function indexOf(key: string | symbol): number | undefined {
  if (typeof key !== "string") return undefined;
  const number = Number(key);
  // `String(-0)` is "0", so that only a canonical integer comes back as itself.
  return Number.isInteger(number) && String(number) === key ? number : undefined;
}

/** A key that is a number but no integer: surely meant as an index. */
function isNumeric(key: string | symbol): boolean {
  return typeof key === "string" && String(Number(key)) === key;
}

function notAnIndex(key: string | symbol): Error {
  return memoryError("CF5501", `${String(key)} is not an index`, "an index is a whole number");
}

const byIndex: ProxyHandler<object> = {
  get(target, key, receiver: Indexed): unknown {
    const index = indexOf(key);
    if (index !== undefined) return receiver[readElement](index);
    if (isNumeric(key)) throw notAnIndex(key);
    return Reflect.get(target, key, receiver);
  },
  set(_target, key, value: unknown, receiver: Indexed): boolean {
    const index = indexOf(key);
    if (index === undefined) {
      if (isNumeric(key)) throw notAnIndex(key);
      return false;
    }
    receiver[writeElement](index, value);
    return true;
  },
};

const shared = new Proxy(Object.prototype, byIndex);

/** Makes instances of the class answer `x[i]` and `x[i] = v`. */
export function makeIndexed(prototype: Indexed): void {
  Object.setPrototypeOf(prototype, shared);
}
