// The driver `ctypes`: everything is called as Python's ctypes would, in TypeScript. Compiled functions through their
// `ctypes` member, the library through CDLL with argtypes and restype, texts as bytes, memory read by string_at.
import type { CType, Signature } from "@cfunc/core";
import {
  CData,
  type CDataType,
  CDLL,
  c_char,
  c_char_p,
  c_void_p,
  cast,
  classOf,
  type FuncPtr,
  type ParameterType,
  string_at,
} from "@cfunc/python-compat/ctypes";
import { libraryPath } from "../shared/bridge-library.ts";
import { runNative } from "../shared/native-driver.ts";
import { serve } from "../shared/serve.ts";
import { type Caller, isPointer, type NativeArgument, type NativeResult } from "../shared/target.ts";

/** Every class of ctypes is a parameter type; the general type of classes does not say so. */
const parameter = (type: unknown): ParameterType => type as ParameterType;
const character = parameter(c_char);
const simple = { voidPointer: parameter(c_void_p), string: parameter(c_char_p) };

let library: CDLL | undefined;

const call: Caller = (target, args) => {
  const { signature, compiled, name } = target;
  const fn = compiled === undefined ? exported(name, signature) : (compiled.ctypes as FuncPtr);
  const types = fn.argtypes ?? [];
  const result = fn(...args.map((argument, i) => crossing(argument, types[i])));
  return returned(result, signature.result);
};

function exported(name: string, { params, result }: Signature): FuncPtr {
  library ??= new CDLL(libraryPath);
  const fn = library[name];
  if (fn === undefined) throw new Error(`the library has no ${name}`);
  fn.argtypes = params.map(({ type }) => declared(type));
  fn.restype = result.kind === "void" ? null : (declared(result) as unknown as CDataType);
  return fn;
}

/** What a script would write: c_char_p for strings in, c_void_p for every other pointer. */
function declared(type: CType): ParameterType {
  if (type.kind !== "pointer") return parameter(classOf(type));
  return type.constant && type.to.kind === "int" && type.to.name === "char" ? simple.string : simple.voidPointer;
}

function crossing(argument: NativeArgument, type: ParameterType | undefined): unknown {
  if (typeof argument === "string") return Buffer.from(argument);
  // A character is one byte of text in ctypes.
  if (type === character) return Buffer.of(Number(argument) & 0xff);
  if (!isPointer(argument)) return argument;
  if (type === simple.voidPointer) return argument.address;
  // An address is no bytes: as in CPython, it goes in as an object of the type.
  if (type === simple.string) return new c_char_p(argument.address);
  return cast(argument.address, type as unknown as CDataType);
}

function returned(value: unknown, type: CType): NativeResult {
  if (type.kind === "pointer") {
    const address = value instanceof CData ? (cast(value, c_void_p) as { readonly value: unknown }).value : value;
    return { address: address === null ? 0n : (address as bigint) };
  }
  if (type.kind === "void") return undefined;
  if (value instanceof Uint8Array) return new Int8Array(value)[0];
  return type.kind === "int" && type.js === "number" ? Number(value) : (value as NativeResult);
}

await serve({
  name: "ctypes",
  capabilities: {
    callback: true,
    function: true,
    c: "this driver opens the library under test alone",
    ownership: true,
    diagnostic: true,
  },
  lacks: Object.fromEntries(
    ["struct", "union", "complex64", "complex128"].map((type) => [
      `type:${type}`,
      "this driver hands over scalars and pointers only",
    ]),
  ),
  run: (work) => runNative(work, call, (address, size) => string_at(address, size)),
});
