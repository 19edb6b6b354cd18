// The fact of a value that comes from C: a parameter, an element in memory, the result of a call.
import { assertNever, type CType, type StructType, type UnionType } from "../types/ctype.ts";
import { printType, sameType } from "../types/print.ts";
import {
  anyNumber,
  asNumber,
  bigints,
  boolean,
  describe,
  type Fact,
  integers,
  MAX_SAFE,
  type NumberFact,
  ofNumber,
  type RecordFact,
  voidFact,
} from "./fact.ts";
import { complexFact, fieldOf, recordOf } from "./record-fact.ts";

/** What a C type has in TypeScript; undefined for arrays, which are no values. Structures and unions are places. */
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
      return complexFact;
    case "struct":
    case "union":
      return { kind: "struct", type, constant: false };
    case "array":
    case "opaque":
      return undefined;
    default:
      return assertNever(type);
  }
}

/** The record of a structure's values, or undefined for one with arrays or unions: those are used in memory. */
export function recordOfStruct(type: StructType): RecordFact | undefined {
  const fields: [string, Fact][] = [];
  for (const field of type.fields) {
    const isPlace = field.type.kind === "array" || field.type.kind === "union";
    const fact = field.type.kind === "struct" ? recordOfStruct(field.type) : factOfCType(field.type);
    if (isPlace || fact === undefined || field.name === "") return undefined;
    fields.push([field.name, fact]);
  }
  return recordOf(fields);
}

/** What a call gives of a C function that returns the type: a record where that can be, else a place. */
export const factOfResult = (type: CType): Fact | undefined =>
  (type.kind === "struct" ? recordOfStruct(type) : undefined) ?? factOfCType(type);

/** The fact of a place in memory: what a C type can be read as, or undefined for `void`. */
export function factOfPlace(type: CType, constant: boolean): Fact | undefined {
  if (type.kind === "void" || type.kind === "opaque") return undefined;
  if (type.kind === "struct" || type.kind === "union") return { kind: "struct", type, constant };
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
      return (
        fact.kind === "record" && ["re", "im"].every((name) => asNumber(fieldOf(fact, name) ?? fact) !== undefined)
      );
    case "struct":
    case "union":
      return aggregateMismatch(fact, type) === undefined;
    case "array":
    case "opaque":
      return false;
    default:
      return assertNever(type);
  }
}

/** Why a value cannot become a structure or union, or undefined where it can. */
function aggregateMismatch(fact: Fact, type: StructType | UnionType): string | undefined {
  const what = `${type.kind} ${type.name}`;
  if (fact.kind === "struct") return sameType(fact.type, type) ? undefined : `the C type is ${what}`;
  if (fact.kind !== "record")
    return `give it an object with ${type.kind === "struct" ? "the fields" : "one field"} of ${what}`;
  const unknown = fact.fields.find(({ name }) => !type.fields.some((field) => field.name === name));
  if (unknown !== undefined) return `${what} has no field \`${unknown.name}\``;
  if (type.fields.some(({ name }) => name === "")) return `${what} has members without a name: assign its parts`;
  if (type.kind === "union" && fact.fields.length !== 1) return `${what} takes an object with one field`;
  for (const field of type.fields) {
    const given = fieldOf(fact, field.name);
    if (given === undefined && type.kind === "struct") return `the field \`${field.name}\` of ${what} is missing`;
    if (given === undefined || converts(given, field.type)) continue;
    const why = conversionHint(given, field.type);
    return `the field \`${field.name}\` of ${what} is ${describe(given)}${why === undefined ? "" : `: ${why}`}`;
  }
  return undefined;
}

/** What to write instead, where `converts` says no. */
export function conversionHint(fact: Fact, type: CType): string | undefined {
  if (type.kind === "int" && type.js === "bigint" && fact.kind === "number") return "write `BigInt(value)`";
  if ((type.kind === "int" || type.kind === "float") && fact.kind === "bigint") return "write `Number(value)`";
  if (type.kind === "complex") return "give it an object { re, im } of two numbers";
  if (type.kind === "struct" || type.kind === "union") return aggregateMismatch(fact, type);
  return `the C type is ${printType(type)}`;
}
