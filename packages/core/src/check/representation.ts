// How a value is held in a register: the narrowest representation that is exact for every value its fact allows.
import { assertNever } from "../types/ctype.ts";
import { type Fact, INT32_MAX, INT32_MIN, MAX_SAFE, type NumberFact } from "./fact.ts";

/** `i128` holds bigints beyond 64 bits; `ptr` pointers and code addresses. */
export type Representation = "i1" | "i32" | "i64" | "i128" | "f64" | "ptr";

/** Whether every value is an integer within the bounds; -0 is not one. */
const within = (fact: NumberFact, lo: number, hi: number): boolean =>
  fact.integer && !fact.nan && !fact.negativeZero && fact.lo >= lo && fact.hi <= hi;

export const ignoringZeroSign = (fact: NumberFact): NumberFact => ({ ...fact, negativeZero: false });

/** Exact as an integer whose sign of zero does not matter. */
export const isSafeInteger = (fact: NumberFact): boolean => within(ignoringZeroSign(fact), -MAX_SAFE, MAX_SAFE);

export function ofNumberFact(fact: NumberFact): "i32" | "i64" | "f64" {
  if (within(fact, INT32_MIN, INT32_MAX)) return "i32";
  return within(fact, -MAX_SAFE, MAX_SAFE) ? "i64" : "f64";
}

/** The representation of a value, or undefined for what is no run-time value or wider than 128 bits. */
export function representationOf(fact: Fact): Representation | undefined {
  switch (fact.kind) {
    case "number":
      return ofNumberFact(fact);
    case "boolean":
      return "i1";
    case "bigint":
      if (fact.lo >= -(1n << 63n) && fact.hi < 1n << 63n) return "i64";
      return fact.lo >= -(1n << 127n) && fact.hi < 1n << 127n ? "i128" : undefined;
    case "pointer":
    case "code":
    case "null":
      return "ptr";
    case "view":
    case "struct":
    case "record":
    case "shape":
    case "static":
    case "void":
      return undefined;
    default:
      return assertNever(fact);
  }
}

const order: readonly Representation[] = ["i1", "i32", "i64", "i128", "f64", "ptr"];

/** The wider of two number representations. */
export const widest = <R extends Representation>(...all: R[]): R =>
  all.reduce((a, b) => (order.indexOf(b) > order.indexOf(a) ? b : a));
