// What a function pointer object knows: the address in its memory, `argtypes`, `restype`, `errcheck`, and the call that
// follows from them, which is made when first needed and after each change.
import { typeNames } from "@cfunc/core";
import { type Call, type Conversion, type Outcome, planCall } from "./call-plan.ts";
import { byValue, CData } from "./cdata.ts";
import { NotImplementedError, ValueError } from "./errors.ts";
import { readAddress } from "./pass-address.ts";
import { c_int } from "./simple-types.ts";
import type { Storage } from "./storage.ts";
import { type CDataType, findInfo } from "./type-info.ts";
import { UntypedCall } from "./untyped-call.ts";

/** What may stand in `argtypes`: a ctypes class, or anything that converts with a `from_param`. */
export interface ParameterType {
  from_param(value: unknown): unknown;
}
/** What `restype` may be: a class, null for void, or a function of the C int that was returned. */
export type ResultType = CDataType | null | ((result: number) => unknown);
export type ErrorCheck = (result: unknown, func: unknown, args: readonly unknown[]) => unknown;

export class FunctionState {
  readonly storage: Storage;
  readonly name: string;
  private types: readonly ParameterType[] | null;
  private result: ResultType;
  private check: ErrorCheck | null = null;
  private plan: Call | UntypedCall | undefined;
  private low = 0;
  private high = 0;
  /** How many arguments `run` takes as they are; -1 where every call goes through `call`. */
  arity = -1;
  run: Call = () => undefined;

  constructor(storage: Storage, name: string, types: readonly ParameterType[] | null, result: ResultType) {
    this.storage = storage;
    this.name = name;
    this.types = types;
    this.result = result;
  }

  get argtypes(): readonly ParameterType[] | null {
    return this.types;
  }

  set argtypes(types: unknown) {
    this.types = types === null || types === undefined ? null : checkedArgtypes(types);
    this.forget();
  }

  get restype(): ResultType {
    return this.result;
  }

  set restype(type: unknown) {
    this.result = checkedRestype(type, "restype");
    this.forget();
  }

  get errcheck(): ErrorCheck | null {
    return this.check;
  }

  set errcheck(check: unknown) {
    if (check !== null && typeof check !== "function") throw new TypeError("the errcheck attribute must be callable");
    this.check = check as ErrorCheck | null;
    this.forget();
  }

  private forget(): void {
    this.plan = undefined;
    this.arity = -1;
  }

  /** Whether the pointer is still the one that `run` calls. */
  get current(): boolean {
    const { view, start } = this.storage;
    return view.getUint32(start, true) === this.low && view.getUint32(start + 4, true) === this.high;
  }

  /** A call with whatever it takes: makes the plan, checks the number of arguments, asks `errcheck`. */
  call(func: unknown, args: readonly unknown[]): unknown {
    if (this.plan === undefined || !this.current) this.plan = this.planned();
    const { plan, types, check } = this;
    if (types !== null) checkCount(this.name, types.length, args.length);
    if (plan instanceof UntypedCall) {
      const result = plan.run(args);
      return check === null ? result : check(result, func, args);
    }
    if (check !== null) return check(plan(...args), func, args);
    this.run = plan;
    this.arity = args.length;
    return plan(...args);
  }

  private planned(): Call | UntypedCall {
    const { types, storage, name } = this;
    const address = readAddress(storage);
    if (address === 0n || address >= 1n << 47n) throw new ValueError("NULL function pointer access");
    const outcome = outcomeOf(this.result);
    this.low = storage.view.getUint32(storage.start, true);
    this.high = storage.view.getUint32(storage.start + 4, true);
    const conversions = types?.map(conversionOf) ?? [undefined];
    if (conversions.every((one) => one !== undefined)) return planCall(name, address, conversions, outcome);
    const prepare = (value: unknown, i: number) => (types === null ? value : types[i]?.from_param(value));
    return new UntypedCall(name, address, outcome, prepare);
  }
}

/** How a class converts, unless it says so itself with a `from_param` of its own. */
function conversionOf(type: ParameterType): Conversion | undefined {
  const info = findInfo(type);
  if (info === undefined || type.from_param !== CData.from_param) return undefined;
  return { crossing: info.crossing ?? typeNames.voidptr, pass: info.pass, plain: info.plain };
}

function outcomeOf(type: ResultType): Outcome {
  if (type === null) return { crossing: typeNames.void, receive: () => undefined, plain: true };
  const info = findInfo(type);
  if (info === undefined) {
    const convert = type as (result: number) => unknown;
    return { crossing: typeNames.int32, receive: (native) => convert(native as number) };
  }
  if (info.crossing === undefined || info.kind === "array") throw byValue(info.type);
  return { crossing: info.crossing, receive: info.receive, plain: info.plain !== undefined };
}

function checkCount(name: string, wanted: number, given: number): void {
  if (given < wanted)
    throw new TypeError(`this function takes at least ${wanted} argument${wanted === 1 ? "" : "s"} (${given} given)`);
  if (given > wanted)
    throw new NotImplementedError(
      `${name} takes ${wanted} argument${wanted === 1 ? "" : "s"} (${given} given); variadic calls are not supported yet`,
    );
}

/** Throws TypeError for what is no list of parameter types. */
export function checkedArgtypes(types: unknown): readonly ParameterType[] {
  if (!Array.isArray(types)) throw new TypeError("_argtypes_ must be a sequence of types");
  const wrong = types.findIndex((type: unknown) => !hasFromParam(type));
  if (wrong >= 0) throw new TypeError(`item ${wrong + 1} in _argtypes_ has no from_param method`);
  return [...(types as readonly ParameterType[])];
}

function hasFromParam(type: unknown): type is ParameterType {
  const holder = typeof type === "function" || (typeof type === "object" && type !== null);
  return holder && "from_param" in type && typeof type.from_param === "function";
}

/** Throws TypeError for what is neither a class nor a function nor null. */
export function checkedRestype(type: unknown, attribute: "restype" | "_restype_"): ResultType {
  if (type !== null && typeof type !== "function")
    throw new TypeError(`${attribute} must be a type, a callable, or None`);
  return type as ResultType;
}

export const defaultResult: ResultType = c_int;
