// ctypes classes as Python has them: `c_int(5)` makes an object as `new c_int(5)` does, and both can be derived from.

type Constructor = abstract new (...args: never[]) => object;

/** Makes an object of the class that `new` was used on. */
type Construct = (target: Constructor, args: readonly unknown[]) => object;

/** A class under another name that can be called without `new`. The given class must not be used on its own. */
export function callableType(
  base: Constructor,
  name: string,
  construct: Construct = (target, args) => Reflect.construct(base, args, target),
): unknown {
  const type = function (...args: unknown[]): object {
    return construct((new.target ?? type) as unknown as Constructor, args);
  };
  Object.setPrototypeOf(type, base);
  const { prototype } = base;
  Object.defineProperty(type, "prototype", { value: prototype });
  Object.defineProperty(type, "name", { value: name });
  Object.defineProperty(prototype, "constructor", { value: type, configurable: true, writable: true });
  return type;
}
