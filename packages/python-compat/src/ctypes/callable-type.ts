// ctypes classes as Python has them: `c_int(5)` makes an object as `new c_int(5)` does, and both can be derived from.

/** How the objects of a class get their first values. */
export const initialize: unique symbol = Symbol("__init__");

interface Initialized {
  readonly [initialize]?: (values: readonly unknown[]) => void;
}

type Constructor = abstract new (...args: never[]) => object;

/** Makes the object in place of the one that `new` would make. */
type Construct = (type: Constructor, values: readonly unknown[]) => object;

/**
 * A class under another name that can be called without `new`. The given class lends it its prototype and its class
 * methods; its constructor is never run, `initialize` is. (A constructor run for another class is much slower.)
 */
export function callableType(base: Constructor, name: string, construct?: Construct): unknown {
  const type = function (this: Initialized, ...values: unknown[]): object {
    if (new.target === undefined) return new (type as unknown as new (...values: unknown[]) => object)(...values);
    if (construct !== undefined) return construct(new.target as unknown as Constructor, values);
    this[initialize]?.(values);
    return this;
  };
  Object.setPrototypeOf(type, base);
  const { prototype } = base;
  Object.defineProperty(type, "prototype", { value: prototype });
  Object.defineProperty(type, "name", { value: name });
  Object.defineProperty(prototype, "constructor", { value: type, configurable: true, writable: true });
  return type;
}
