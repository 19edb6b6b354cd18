// What is known of each ctypes class: its size, how its values are read, stored, passed and received. A class that the
// user derives gets its own description at first use. Knows no particular kind of type.
import type { CType } from "@cfunc/core";
import type { CData } from "./cdata.ts";
import { typeName } from "./python-values.ts";
import type { Storage } from "./storage.ts";

/** A ctypes class. */
export interface CDataType<T extends CData = CData> {
  new (...args: never[]): T;
  readonly prototype: T;
  readonly name: string;
}

export type Kind = "simple" | "pointer" | "array" | "structure" | "function";

export interface TypeInfo {
  readonly kind: Kind;
  readonly type: CDataType;
  readonly size: number;
  readonly align: number;
  /** What arrays consist of and pointers point to. */
  readonly element?: CDataType;
  /** Core's description, for layouts; undefined for an aggregate without bytes, which C does not have. */
  readonly ctype: CType | undefined;
  /** As what core passes and returns it; undefined for what goes by value as a whole. */
  readonly crossing: CType | undefined;
  /** An object over existing memory, without its constructor being run. */
  instance(storage: Storage): CData;
  /** Whether `get` gives a copy, no window. */
  readonly readsValue?: boolean;
  /** What a field, element or pointee of this type reads as. */
  get(storage: Storage, offset: number): unknown;
  /** Converts and stores. Throws TypeError, ValueError. */
  set(storage: Storage, offset: number, value: unknown): void;
  /** An argument, as `from_param` accepts it, in core's form. What must outlive the call is given to `hold`. */
  pass(value: unknown): unknown;
  /** The numbers that are passed as they are; undefined where each value is converted. */
  readonly plain?: "int" | "float" | undefined;
  /** A result or a callback's argument, from core's form. */
  receive(native: unknown): unknown;
  /** A callback's result in core's form; undefined where C callbacks may not return this type. */
  readonly result: ((value: unknown) => unknown) | undefined;
}

const known = new WeakMap<object, TypeInfo>();

/** Where a class keeps the function that describes it and classes derived from it. */
export const describe: unique symbol = Symbol("describe ctypes class");

interface Describable extends CDataType {
  readonly [describe]?: (type: CDataType) => TypeInfo;
}

/** The description of a ctypes class; undefined for everything else, and for the abstract classes. */
export function findInfo(type: unknown): TypeInfo | undefined {
  if (typeof type !== "function") return undefined;
  const found = known.get(type);
  if (found !== undefined) return found;
  const made = (type as unknown as Describable)[describe]?.(type as unknown as CDataType);
  if (made !== undefined) known.set(type, made);
  return made;
}

/** As `findInfo`; throws TypeError with this message. */
export function infoOf(type: unknown, message = "abstract class"): TypeInfo {
  const info = findInfo(type);
  if (info === undefined) throw new TypeError(message);
  return info;
}

/** The class of a ctypes object. */
export function typeOf(object: CData): CDataType {
  return object.constructor as unknown as CDataType;
}

/** `value._as_parameter_`, converted in the value's place; throws TypeError with this message where there is none. */
export function passAttribute(info: TypeInfo, value: unknown, message: string): unknown {
  if (((typeof value === "object" && value !== null) || typeof value === "function") && "_as_parameter_" in value)
    return info.pass(value._as_parameter_);
  throw new TypeError(message);
}

/** The message of most conversions that want an object of one class. */
export function expected(type: CDataType, value: unknown, description = typeName(value)): string {
  return `expected ${type.name} instance instead of ${description}`;
}

/** The message where an object of another class is stored. */
export function incompatible(type: CDataType, value: CData): string {
  return `incompatible types, ${typeOf(value).name} instance instead of ${type.name} instance`;
}
