// Function pointer objects: JavaScript functions that are ctypes objects too. Calling one calls the C function whose
// address is in its memory. Where they come from is in cdll.ts and callback.ts.
import { typeNames } from "@cfunc/core";
import { CData, memoryOf } from "./cdata.ts";
import {
  defaultResult,
  type ErrorCheck,
  FunctionState,
  type ParameterType,
  type ResultType,
} from "./function-state.ts";
import { addressCrossing, passHeld, readAddress } from "./pass-address.ts";
import { truth, typeName } from "./python-values.ts";
import { Storage } from "./storage.ts";
import { type CDataType, describe, expected, incompatible, passAttribute, type TypeInfo } from "./type-info.ts";

/** A function pointer object; `A` and `R` are what its arguments and its result are to TypeScript. */
export interface FuncPtr<in A extends readonly unknown[] = unknown[], out R = unknown> extends CData {
  (...args: A): R;
  /** The classes of the parameters; null where each value decides what it is passed as. */
  get argtypes(): readonly ParameterType[] | null;
  set argtypes(types: readonly ParameterType[] | null);
  /** The class of the result, c_int to begin with; null for void. */
  get restype(): ResultType;
  set restype(type: ResultType);
  /** Sees each result, with the function and the arguments, and says what the call returns. */
  get errcheck(): ErrorCheck | null;
  set errcheck(check: ErrorCheck | null);
}

const stateOf: unique symbol = Symbol("ctypes function");

/** The base of the classes of function pointers. */
export abstract class CFuncPtr extends CData {
  declare readonly [stateOf]: FunctionState;

  get argtypes(): readonly ParameterType[] | null {
    return this[stateOf].argtypes;
  }

  set argtypes(types: readonly ParameterType[] | null) {
    this[stateOf].argtypes = types;
  }

  get restype(): ResultType {
    return this[stateOf].restype;
  }

  set restype(type: ResultType) {
    this[stateOf].restype = type;
  }

  get errcheck(): ErrorCheck | null {
    return this[stateOf].errcheck;
  }

  set errcheck(check: ErrorCheck | null) {
    this[stateOf].errcheck = check;
  }

  /** False for the null pointer, to `bool`. */
  get [truth](): boolean {
    return readAddress(this[memoryOf]) !== 0n;
  }

  static [describe](type: CDataType): TypeInfo | undefined {
    return type === (CFuncPtr as unknown) ? undefined : describeFunction(type);
  }
}

// What functions have of their own, `call` and `apply`, comes after what ctypes objects have.
const functionMembers: object = Object.create(CData.prototype, {
  call: { value: Function.prototype.call },
  apply: { value: Function.prototype.apply },
  bind: { value: Function.prototype.bind },
});
Object.setPrototypeOf(CFuncPtr.prototype, functionMembers);

interface FunctionStatics extends CDataType {
  readonly _argtypes_?: readonly ParameterType[];
  readonly _restype_?: ResultType;
}

/** A function pointer object of this class over the memory that holds its address. */
export function functionObject(type: CDataType, storage: Storage, name = "function"): FuncPtr<unknown[], unknown> {
  const { _argtypes_: types = null, _restype_: result = defaultResult } = type as FunctionStatics;
  const state = new FunctionState(storage, name, types, result);
  const object = (...args: readonly unknown[]): unknown => {
    const { length } = args;
    if (length !== state.arity || !state.current) return state.call(object, args);
    switch (length) {
      case 0:
        return state.run();
      case 1:
        return state.run(args[0]);
      case 2:
        return state.run(args[0], args[1]);
      case 3:
        return state.run(args[0], args[1], args[2]);
      default:
        return state.run(...args);
    }
  };
  Object.setPrototypeOf(object, type.prototype);
  const members = {
    [memoryOf]: { value: storage, writable: true },
    [stateOf]: { value: state },
    name: { value: name },
  };
  Object.defineProperties(object, members);
  return object as unknown as FuncPtr<unknown[], unknown>;
}

/** Memory that holds the address of a function, and what keeps the function alive. */
export function functionAddress(address: bigint, kept?: unknown): Storage {
  const storage = Storage.allocate(8);
  storage.writeAddress(0, address, kept);
  return storage;
}

function describeFunction(type: CDataType): TypeInfo {
  const info: TypeInfo = {
    ...{ kind: "function", type, size: 8, align: 8, ctype: typeNames.voidptr, crossing: addressCrossing },
    instance: (storage) => functionObject(type, storage),
    get: (storage, offset) => functionObject(type, storage.slice(offset, 8)),
    set(storage, offset, value) {
      if (value instanceof type) storage.copyFrom(value[memoryOf], offset);
      else if (value instanceof CData) throw new TypeError(incompatible(type, value));
      else throw new TypeError(`expected ${type.name} instance, got ${typeName(value)}`);
    },
    pass(value) {
      if (value instanceof type) return passHeld(value);
      return passAttribute(info, value, expected(type, value));
    },
    receive: (native) => functionObject(type, functionAddress(native as bigint)),
    result: undefined,
  };
  return info;
}
