// Native functions as JavaScript functions. Checks every argument before any native code runs, and throws afterwards
// what a closure threw meanwhile. Never decides how long the native code lives: `revoke` is for whoever frees it.
import type { PointerType, Signature } from "../types/ctype.ts";
import { nativeError } from "./argument-error.ts";
import { callAsync } from "./async-call.ts";
import { type Crossings, crossingsOf, definedCrossings } from "./crossing.ts";
import { env } from "./environment.ts";
import { pointerResult } from "./pointer-result.ts";
import { addressBits } from "./pointers.ts";
import { sharedThunks, type Thunk } from "./thunk.ts";
import { VariadicCalls } from "./variadic.ts";
import { buildWrapper, type Wrapper } from "./wrapper.ts";

export interface CallOptions {
  /** How error messages call the function. */
  readonly name?: string;
  /** Integers wrap modulo 2^n and booleans go by truthiness, instead of an error for what is out of range. */
  readonly wrap?: boolean;
  /** Every call keeps the `errno` it ended with: `errnoOf` tells it. */
  readonly errno?: boolean;
}

export type NativeCall = (...args: unknown[]) => unknown;

const wrappers = new WeakMap<NativeCall, Wrapper>();

/**
 * A JavaScript function that calls the C function at `address`. Calling it throws CF5010 to CF5013 for arguments that
 * the signature does not take. Throws CF5020 for types that cannot cross, CF5011 for what is no address.
 */
export function makeCallable(address: bigint, signature: Signature, options: CallOptions = {}): NativeCall {
  const name = options.name ?? "native function";
  const target = addressBits(address, `the address of ${name}`);
  return signature.variadic
    ? variadicCall(signature, { ...options, name }, target)
    : callAt(crossingsOf(signature, name), signature, { ...options, name }, target);
}

/** `errno` as the last call through `call` left it; 0 where that did not set it, or where none was asked for. */
export function errnoOf(call: NativeCall): number {
  return wrappers.get(call)?.errno() ?? 0;
}

/**
 * As `makeCallable`, for a function with a thunk of its own: `thunkAddress` is that of a thunk from `thunkText`,
 * compiled for this thread.
 */
export function makeCallableFromThunk(
  thunkAddress: bigint,
  signature: Signature,
  options: CallOptions = {},
): NativeCall {
  const name = options.name ?? "native function";
  const crossings = definedCrossings(signature, name);
  addressBits(thunkAddress, `the thunk of ${name}`);
  return wrapper(crossings, signature, { ...options, name }, env().functionAt(thunkAddress), undefined);
}

/** Makes every later call throw CF5003 with this message, instead of running code that is no longer there. */
export function revoke(call: NativeCall, message: string): void {
  const gone = () => nativeError("CF5003", message);
  asyncCalls.set(call, () => Promise.reject(gone()));
  wrappers.get(call)?.replaceThunk(() => {
    throw gone();
  });
}

/**
 * Runs `action`, which frees native code, when no native call of this thread is under way: at once, or, asked from
 * inside a closure, after the call that is running has returned.
 */
export function whenIdle(action: () => void): void {
  env().whenIdle(action);
}

/** Compiles the thunks of many signatures at once, which is quicker than one by one. */
export function prepare(
  signatures: readonly { readonly signature: Signature; readonly name: string }[],
  options: CallOptions = {},
): void {
  const fixed = signatures.filter(({ signature }) => !signature.variadic);
  sharedThunks(fixed.map(({ signature, name }) => withErrno(crossingsOf(signature, name), options)));
}

const withErrno = (crossings: Crossings, { errno }: CallOptions): Crossings =>
  errno === true ? { ...crossings, errno } : crossings;

type Named = CallOptions & { readonly name: string };

/** A call of the C function at `target` through the thunk that its shape shares. */
function callAt(plain: Crossings, signature: Signature, options: Named, target: number): NativeCall {
  const crossings = withErrno(plain, options);
  const [thunk] = sharedThunks([crossings]);
  const call = wrapper(crossings, signature, options, thunk as Thunk, target);
  const parts = { name: options.name, signature, crossings, target, wrap: options.wrap === true };
  const pointers = (address: bigint) => pointerResult(address, signature.result as PointerType);
  asyncCalls.set(call, (args) => callAsync({ ...parts, pointerResult: pointers }, args));
  return call;
}

type AsyncCall = (args: readonly unknown[]) => Promise<unknown>;
const asyncCalls = new WeakMap<NativeCall, AsyncCall>();

/**
 * What `call` does, on a thread of its own: a function that gives a promise. With the option `errno` the promise is of
 * `{ value, errno }`.
 */
export function asyncOf(call: NativeCall): (...args: unknown[]) => Promise<unknown> {
  return async (...args) => {
    const start = asyncCalls.get(call);
    if (start === undefined) throw new Error("internal error: this call has no asynchronous form");
    return start(args);
  };
}

/** A call for each list of types that it is given after the named parameters, made at the first such call. */
function variadicCall(signature: Signature, options: Named, target: number): NativeCall {
  const { name } = options;
  const calls = new VariadicCalls(name, signature, (extra) => {
    const whole: Signature = { ...signature, params: [...signature.params, ...extra] };
    return callAt(crossingsOf(signature, name, extra), whole, options, target);
  });
  const call: NativeCall = (...args) => calls.run(args);
  asyncCalls.set(call, async (args) => {
    const { chosen, values } = calls.choose(args);
    return asyncOf(chosen)(...values);
  });
  Object.defineProperty(call, "name", { value: name, configurable: true });
  wrappers.set(call, {
    call,
    replaceThunk: (thunk) => calls.replace(thunk),
    errno: () => (calls.last === undefined ? 0 : errnoOf(calls.last)),
  });
  return call;
}

function wrapper(
  crossings: Crossings,
  signature: Signature,
  options: Named,
  thunk: Thunk,
  target: number | undefined,
): NativeCall {
  const { result } = signature;
  const built = buildWrapper({
    ...{ name: options.name, signature, crossings, thunk, target, wrap: options.wrap === true },
    pointerResult: (address) => pointerResult(address, result as PointerType),
  });
  Object.defineProperty(built.call, "name", { value: options.name, configurable: true });
  wrappers.set(built.call, built);
  return built.call;
}
