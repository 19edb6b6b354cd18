// CFUNCTYPE: classes of typed function pointers, made from a JavaScript function, an address, a compiled function, or a
// symbol of a library. A JavaScript function runs on this thread only; what it throws, the call it ran under throws.
import { type CType, type Signature, typeNames } from "@cfunc/core";
import { type Closure, makeClosure } from "@cfunc/core/native";
import { callableType } from "./callable-type.ts";
import { byValue, CData, type ClassMethods, findSymbol, type SymbolSource } from "./cdata.ts";
import { AttributeError } from "./errors.ts";
import { CFuncPtr, type FuncPtr, functionAddress, functionObject } from "./function.ts";
import { checkedArgtypes, checkedRestype, type ResultType } from "./function-state.ts";
import { isInt } from "./python-values.ts";
import { sameCalls, signatureText } from "./signatures.ts";
import type { Storage } from "./storage.ts";
import { type CDataType, findInfo, type TypeInfo } from "./type-info.ts";
import type { ArgumentsOf, InitOf, ValueOf, ValuesOf } from "./values.ts";

/** What core knows as a compiled or foreign function. */
export interface NativeFunction {
  readonly address: bigint;
  readonly signature: Signature;
}

/** A class of function pointers. */
export interface FunctionType<R extends CDataType | null, A extends readonly CDataType[]> extends ClassMethods {
  new (source?: FunctionSource<R, A>): FuncPtr<ArgumentsOf<A>, ValueOf<R>>;
  (source?: FunctionSource<R, A>): FuncPtr<ArgumentsOf<A>, ValueOf<R>>;
  readonly prototype: FuncPtr<ArgumentsOf<A>, ValueOf<R>>;
  readonly name: string;
  readonly _restype_: R;
  readonly _argtypes_: A;
}

/** A JavaScript function, an address, a compiled function, or a library's function by name. */
export type FunctionSource<R, A extends readonly unknown[]> =
  | ((...args: ValuesOf<A>) => R extends null ? unknown : InitOf<R>)
  | number
  | bigint
  | NativeFunction
  | readonly [name: string, library: SymbolSource];

const made = new Map<string, FunctionType<CDataType | null, readonly CDataType[]>>();
const ids = new WeakMap<object, number>();
let lastId = 0;

function idOf(type: object | null): number {
  if (type === null) return 0;
  const known = ids.get(type);
  if (known !== undefined) return known;
  lastId += 1;
  ids.set(type, lastId);
  return lastId;
}

/**
 * The class of C functions with this result (null for void) and these parameters; the same class every time. Throws
 * TypeError for what is no type.
 */
export function CFUNCTYPE<R extends CDataType | null, const A extends readonly CDataType[]>(
  restype: R,
  ...argtypes: A
): FunctionType<R, A> {
  checkedArgtypes(argtypes);
  checkedRestype(restype, "_restype_");
  const key = [restype, ...argtypes].map(idOf).join();
  const known = made.get(key);
  if (known !== undefined) return known as unknown as FunctionType<R, A>;
  class Concrete extends CFuncPtr {
    static readonly _restype_ = restype;
    static readonly _argtypes_ = argtypes;
  }
  const type = callableType(Concrete, "CFunctionType", (target, sources) =>
    functionFrom(target as unknown as FunctionClass, sources),
  ) as FunctionType<R, A>;
  made.set(key, type as unknown as FunctionType<CDataType | null, readonly CDataType[]>);
  return type;
}

interface FunctionClass extends CDataType {
  readonly _restype_: CDataType | null;
  readonly _argtypes_: readonly CDataType[];
}

function functionFrom(type: FunctionClass, sources: readonly unknown[]): FuncPtr {
  const [source] = sources;
  if (source === undefined) return functionObject(type, functionAddress(0n));
  if (Array.isArray(source)) {
    const [name, library] = source as unknown as readonly [string, SymbolSource];
    const address = library[findSymbol](name, AttributeError);
    return functionObject(type, functionAddress(address, library), name);
  }
  if (isNativeFunction(source)) {
    const wanted = signatureOf(type);
    if (!sameCalls(source.signature, wanted))
      throw new TypeError(`expected a function ${signatureText(wanted)}, got ${signatureText(source.signature)}`);
    return functionObject(type, functionAddress(source.address, source));
  }
  if (typeof source === "function") {
    const name = source.name === "" ? "callback" : source.name;
    return functionObject(type, closureAddress(type, source as Callback, name), name);
  }
  if (!isInt(source)) throw new TypeError("argument must be callable or integer function address");
  return functionObject(type, functionAddress(BigInt.asUintN(64, BigInt(source))));
}

function isNativeFunction(source: unknown): source is NativeFunction {
  if ((typeof source !== "object" && typeof source !== "function") || source === null) return false;
  if (source instanceof CData) return false;
  return "address" in source && typeof source.address === "bigint" && "signature" in source;
}

/** The C signature of a class of function pointers. Throws NotImplementedError for structures by value. */
export function signatureOf(type: {
  readonly _restype_: ResultType;
  readonly _argtypes_: readonly CDataType[];
}): Signature {
  const params = type._argtypes_.map((one) => ({ type: crossingOf(one) }));
  const { _restype_: result } = type;
  return { params, result: result === null ? typeNames.void : crossingOf(result as CDataType), variadic: false };
}

function crossingOf(type: CDataType): CType {
  const info = findInfo(type);
  if (info === undefined) throw new TypeError(`${type.name} has no C type`);
  if (info.crossing === undefined || info.kind === "array") throw byValue(type);
  return info.crossing;
}

type Callback = (...args: unknown[]) => unknown;

const finished = new FinalizationRegistry<Closure>((closure) => closure.dispose());

/** Memory with the address of a closure, which ends when no memory keeps it any more. */
function closureAddress(type: FunctionClass, callback: Callback, name: string): Storage {
  const result = type._restype_ === null ? undefined : findInfo(type._restype_)?.result;
  if (result === undefined && type._restype_ !== null) throw new TypeError("invalid result type for callback function");
  const signature = signatureOf(type);
  const params = type._argtypes_.map((one) => findInfo(one)).filter((info) => info !== undefined);
  const closure = makeClosure(signature, converting(callback, params, result), { name });
  const token = {};
  finished.register(token, closure);
  return functionAddress(closure.address, token);
}

type Convert = ((value: unknown) => unknown) | undefined;

/** The callback with ctypes' conversions. It must not refer to the function pointer object, or that would never end. */
function converting(callback: Callback, params: readonly TypeInfo[], result: Convert): Callback {
  const finish = result ?? (() => undefined);
  const [first, second] = params;
  if (first === undefined) return () => finish(callback());
  if (second === undefined) return (a) => finish(callback(first.receive(a)));
  if (params.length === 2) return (a, b) => finish(callback(first.receive(a), second.receive(b)));
  return (...args) => finish(callback(...params.map((info, i) => info.receive(args[i]))));
}
