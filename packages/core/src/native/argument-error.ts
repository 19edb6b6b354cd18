// What is wrong with an argument of a native call, in words. Runs only when something is wrong.
import type { Code } from "../diagnostics/codes.ts";
import { CFuncError } from "../diagnostics/error.ts";
import type { CType, IntType, Parameter, PointerType, Signature } from "../types/ctype.ts";
import { printSignature, printType } from "../types/print.ts";
import type { StringProblem } from "./strings.ts";

export function nativeError(code: Code, message: string, help?: string): CFuncError {
  return new CFuncError([{ code, severity: "error", message, ...(help === undefined ? {} : { help }) }]);
}

export function wrongArity(name: string, signature: Signature, got: number): CFuncError {
  const expected = signature.params.length;
  return nativeError(
    "CF5010",
    `${name} takes ${signature.variadic ? "at least " : ""}${expected} ${expected === 1 ? "argument" : "arguments"}, got ${got}`,
    `its signature is ${printSignature(signature)}`,
  );
}

/** The error for a value that an integer, float or bool parameter does not take. */
export function wrongScalar(name: string, param: Parameter, index: number, got: unknown): CFuncError {
  return wrongValue(`${name}: ${position(param, index)}`, param.type, got);
}

/** The same, for a value that `place` names. */
export function wrongValue(place: string, type: CType, got: unknown): CFuncError {
  const where = `${place} must be ${expectation(type)}`;
  if (type.kind === "int" && typeof got === type.js) {
    if (typeof got === "bigint" || Number.isInteger(got))
      return nativeError("CF5012", `${where}, ${show(got)} is out of range`, rangeHelp(type));
    return nativeError("CF5012", `${where}, got ${show(got)}`, "round it first, for example with Math.trunc");
  }
  const help =
    type.kind === "int" && type.js === "bigint" && typeof got === "number"
      ? "write a bigint: 1n, or BigInt(value)"
      : type.kind === "int" && type.js === "number" && typeof got === "bigint"
        ? "convert it: Number(value)"
        : undefined;
  return nativeError("CF5011", `${where}, got ${show(got)}`, help);
}

const rangeHelp = ({ js, bits }: IntType): string =>
  js === "bigint"
    ? "wrap it with BigInt.asIntN or BigInt.asUintN if that is what you want"
    : `set the option \`wrap\` if it should be taken modulo 2^${bits}`;

export function wrongPointer(
  name: string,
  param: Parameter,
  index: number,
  type: PointerType,
  got: unknown,
  why: string,
): CFuncError {
  const help =
    type.to.kind === "function"
      ? "pass a cfunc, a closure(...) or a foreign function of that signature, or null"
      : got === undefined
        ? "for a null pointer pass null"
        : "pass a pointer, a typed array, an ArrayBuffer or null";
  return nativeError("CF5011", `${name}: ${position(param, index)} must be ${printType(type)}, ${why}`, help);
}

export function badString(name: string, param: Parameter, index: number, problem: StringProblem): CFuncError {
  return stringError(`${name}: ${position(param, index)}`, problem);
}

/** The error for a text that has no C string; `where` says whose text it is. */
export function stringError(where: string, { code, why, help }: StringProblem): CFuncError {
  return nativeError(code, `${where}: the string ${why}`, help);
}

export function position(param: Parameter, index: number): string {
  return `argument ${index + 1}${param.name === undefined ? "" : ` (${param.name})`}`;
}

function expectation(type: CType): string {
  if (type.kind === "bool") return "bool, a boolean";
  if (type.kind === "float") return `${printType(type)}, a number`;
  if (type.kind !== "int") return printType(type);
  const safe = type.bits === 64 && type.js === "number";
  const bits = safe ? 53n : BigInt(type.signed ? type.bits - 1 : type.bits);
  const high = (1n << bits) - 1n;
  const low = type.signed ? (safe ? -high : -high - 1n) : 0n;
  return `${printType(type)}, ${type.js === "bigint" ? "a bigint" : "an integer"} from ${low} to ${high}`;
}

/** A value in a message: short, and never the work of a user's `toString`. */
export function show(value: unknown): string {
  switch (typeof value) {
    case "string":
      return `the string ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value)}`;
    case "bigint":
      return `${value}n`;
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "boolean":
    case "undefined":
      return String(value);
    case "symbol":
      return "a symbol";
    case "function":
      return `the function ${value.name === "" ? "(anonymous)" : value.name}`;
    default:
      return value === null ? "null" : Array.isArray(value) ? "an array" : "an object";
  }
}
