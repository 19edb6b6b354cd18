// `p[i]` for objects of arrays and pointers: a layer in their prototype chain that answers integer keys, negative ones
// too. The objects themselves stay ordinary. Never answers a key that is no number.

export const getItem: unique symbol = Symbol("__getitem__");
export const setItem: unique symbol = Symbol("__setitem__");

export interface Indexed {
  [getItem](index: number): unknown;
  [setItem](index: number, value: unknown): void;
}

/** A prototype that inherits from `parent`; `message` is the TypeError for a number that is no integer. */
export function indexedLayer(parent: object, message: string): object {
  const indexOf = (key: string | symbol): number | undefined => {
    if (typeof key === "symbol") return undefined;
    const first = key.charCodeAt(key.startsWith("-") ? 1 : 0);
    if (!(first >= 48 && first <= 57)) return undefined;
    const index = Number(key);
    if (!Number.isInteger(index)) throw new TypeError(message);
    return index;
  };
  return new Proxy(Object.create(parent) as object, {
    get(target, key, receiver: Indexed) {
      const index = indexOf(key);
      return index === undefined ? Reflect.get(target, key, receiver) : receiver[getItem](index);
    },
    set(target, key, value, receiver: Indexed) {
      const index = indexOf(key);
      if (index === undefined) return Reflect.set(target, key, value, receiver);
      receiver[setItem](index, value);
      return true;
    },
  });
}
