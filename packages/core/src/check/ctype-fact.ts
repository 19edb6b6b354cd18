// The fact of a value that comes from C: a parameter, an element in memory, the result of a call.
import { assertNever, type CType } from "../types/ctype.ts";
import { printType } from "../types/print.ts";
import {
  anyNumber,
  bigints,
  boolean,
  type Fact,
  integers,
  MAX_SAFE,
  type NumberFact,
  ofNumber,
  voidFact,
} from "./fact.ts";

/** The values a C type has in TypeScript, or undefined for types that are no scalar. */
export function factOfCType(type: CType): Fact | undefined {
  switch (type.kind) {
    case "void":
      return voidFact;
    case "bool":
      return boolean();
    case "int": {
      const bits = BigInt(type.bits);
      const lo = type.signed ? -(1n << (bits - 1n)) : 0n;
      const hi = type.signed ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
      if (type.js === "bigint") return bigints(lo, hi);
      // size_t and intp are numbers by contract, at most 2^53 - 1
      return type.bits === 64 ? integers(type.signed ? -MAX_SAFE : 0, MAX_SAFE) : integers(Number(lo), Number(hi));
    }
    case "float":
      return anyNumber;
    case "pointer":
      if (type.to.kind === "function") return { kind: "code", signature: type.to.signature };
      return { kind: "pointer", to: type.to, constant: type.constant };
    case "function":
      return { kind: "code", signature: type.signature };
    case "complex":
    case "opaque":
    case "array":
    case "struct":
    case "union":
      return undefined;
    default:
      return assertNever(type);
  }
}

/** The fact of a place in memory: what a C type can be read as, or undefined for `void`. */
export function factOfPlace(type: CType, constant: boolean): Fact | undefined {
  if (type.kind === "void" || type.kind === "opaque") return undefined;
  if (type.kind === "struct") return { kind: "struct", type, constant };
  if (type.kind !== "array") return factOfCType(type);
  // A flexible array is a pointer to its first element.
  if (type.length === 0) return { kind: "pointer", to: type.of, constant };
  const dims: NumberFact[] = [];
  let element: CType = type;
  for (; element.kind === "array"; element = element.of) dims.push(ofNumber(element.length));
  return { kind: "view", element, constant, order: "row-major", dims };
}

/** Whether a value with this fact may be stored as, returned as or passed for a C type. */
export function converts(fact: Fact, type: CType): boolean {
  switch (type.kind) {
    case "void":
      return true;
    case "bool":
      return fact.kind === "boolean" || fact.kind === "number" || fact.kind === "bigint" || fact.kind === "pointer";
    case "int":
      return type.js === "bigint" ? fact.kind === "bigint" : fact.kind === "number" || fact.kind === "boolean";
    case "float":
      return fact.kind === "number" || fact.kind === "boolean";
    case "pointer":
      return fact.kind === "null" || fact.kind === "pointer" || (fact.kind === "code" && type.to.kind === "function");
    case "function":
      return fact.kind === "code" || fact.kind === "null";
    case "complex":
    case "opaque":
    case "array":
    case "struct":
    case "union":
      return false;
    default:
      return assertNever(type);
  }
}

/** What to write instead, where `converts` says no. */
export function conversionHint(fact: Fact, type: CType): string | undefined {
  if (type.kind === "int" && type.js === "bigint" && fact.kind === "number") return "write `BigInt(value)`";
  if ((type.kind === "int" || type.kind === "float") && fact.kind === "bigint") return "write `Number(value)`";
  return `the C type is ${printType(type)}`;
}
