// A function object that exists before the native call it forwards to. Arguments are forwarded one by one for common
// arities, because a rest parameter allocates an array for each call.
import type { NativeCall } from "./call.ts";

/** A function of `arity` parameters that calls what `resolve` gives; a call with another count is passed on as it is. */
export function forwarder(arity: number, resolve: () => NativeCall): NativeCall {
  let call: NativeCall = (...args) => {
    call = resolve();
    return call(...args);
  };
  const any: NativeCall = (...args) => call(...args);
  switch (arity) {
    case 0:
      return any;
    case 1:
      return function (a) {
        return arguments.length === 1 ? call(a) : Reflect.apply(any, undefined, arguments);
      };
    case 2:
      return function (a, b) {
        return arguments.length === 2 ? call(a, b) : Reflect.apply(any, undefined, arguments);
      };
    case 3:
      return function (a, b, c) {
        return arguments.length === 3 ? call(a, b, c) : Reflect.apply(any, undefined, arguments);
      };
    case 4:
      return function (a, b, c, d) {
        return arguments.length === 4 ? call(a, b, c, d) : Reflect.apply(any, undefined, arguments);
      };
    default:
      return any;
  }
}
