// Facts: what the checker proved about the values of an expression. Pure data and the operations every kind has.
import type { CapturedValue } from "../source/captured-value.ts";
import { assertNever, type CType, type Signature, type StructType, type UnionType } from "../types/ctype.ts";
import { sameSignature, sameType } from "../types/print.ts";

/** Numbers: an interval of the values that are not NaN (-0 counts as 0), and what else may occur. */
export interface NumberFact {
  readonly kind: "number";
  readonly lo: number;
  readonly hi: number;
  /** No value has a fractional part; infinities may occur where a bound is infinite. */
  readonly integer: boolean;
  readonly negativeZero: boolean;
  readonly nan: boolean;
  /** Neither 0 nor -0 occurs, although the interval may hold 0. */
  readonly nonZero?: true;
}
export interface BooleanFact {
  readonly kind: "boolean";
  /** The only value, where there is just one. */
  readonly known: boolean | undefined;
}
/** Bigints: an interval whose bounds are cut off at +-2^200, which stands for "unbounded". */
export interface BigintFact {
  readonly kind: "bigint";
  readonly lo: bigint;
  readonly hi: bigint;
  /** 0n does not occur, although the interval may hold it. */
  readonly nonZero?: true;
}
export interface PointerFact {
  readonly kind: "pointer";
  readonly to: CType;
  /** Nothing may be written through it. */
  readonly constant: boolean;
}
export interface NullFact {
  readonly kind: "null";
}
/** A pointer to C code that can be called. */
export interface CodeFact {
  readonly kind: "code";
  readonly signature: Signature;
  /** It was compared with null, or called before. */
  readonly nonNull?: true;
}
/** A view made by `carray` or `farray`, or a row of one. */
export interface ViewFact {
  readonly kind: "view";
  readonly element: CType;
  readonly constant: boolean;
  readonly order: "row-major" | "column-major";
  /** The length of every dimension, outermost first. */
  readonly dims: readonly NumberFact[];
  /** The captured array that the view is of, which is a constant of the compiled code. */
  readonly data?: ConstantArray;
}
/** A captured array as a constant: what it holds, and the values as they are stored. */
export interface ConstantArray {
  /** The live array: two names for it are one constant. */
  readonly identity: object;
  readonly values: readonly (number | bigint)[];
  /** What any element can be. */
  readonly range: NumberFact | BigintFact;
}
/** A structure or union in memory: `p[i]`, a nested field. It is a place, never a copy. */
export interface StructFact {
  readonly kind: "struct";
  readonly type: StructType | UnionType;
  readonly constant: boolean;
}
/** An object that never changes, `{ re, im }`: as good as one value for each field. */
export interface RecordFact {
  readonly kind: "record";
  /** In the order of their names. */
  readonly fields: readonly { readonly name: string; readonly fact: Fact }[];
}
/** `a.shape`: usable only as `a.shape[k]`. */
export interface ShapeFact {
  readonly kind: "shape";
  readonly of: ViewFact;
}
/** Something known when the function is compiled that is no run-time value: `Math`, a namespace, a function. */
export interface StaticFact {
  readonly kind: "static";
  readonly value: CapturedValue;
}
export interface VoidFact {
  readonly kind: "void";
}
export type Fact =
  | NumberFact
  | BooleanFact
  | BigintFact
  | PointerFact
  | NullFact
  | CodeFact
  | ViewFact
  | StructFact
  | RecordFact
  | ShapeFact
  | StaticFact
  | VoidFact;

export const MAX_SAFE = Number.MAX_SAFE_INTEGER;
export const INT32_MIN = -(2 ** 31);
export const INT32_MAX = 2 ** 31 - 1;
/** Stands for "no bound known" in bigint facts. */
export const BIGINT_LIMIT = 2n ** 200n;

export const number = (lo: number, hi: number, integer: boolean, negativeZero = false, nan = false): NumberFact => ({
  kind: "number",
  // a bound of -0 means 0: the sign of zero is told by the flag alone
  lo: lo + 0,
  hi: hi + 0,
  integer,
  negativeZero: negativeZero && lo <= 0 && hi >= 0,
  nan,
});
export const integers = (lo: number, hi: number): NumberFact => number(lo, hi, true);
export const anyNumber: NumberFact = number(-Infinity, Infinity, false, true, true);
export const anyInt32: NumberFact = integers(INT32_MIN, INT32_MAX);
export const boolean = (known?: boolean): BooleanFact => ({ kind: "boolean", known });
export const bigints = (lo: bigint, hi: bigint): BigintFact => ({
  kind: "bigint",
  lo: lo < -BIGINT_LIMIT ? -BIGINT_LIMIT : lo,
  hi: hi > BIGINT_LIMIT ? BIGINT_LIMIT : hi,
});
export const voidFact: VoidFact = { kind: "void" };

/** The fact of one number. */
export function ofNumber(value: number): NumberFact {
  if (Number.isNaN(value)) return number(0, 0, false, false, true);
  return number(value, value, Number.isInteger(value), Object.is(value, -0), false);
}

/** The one value a fact allows, where that is certain. */
export function constantOf(fact: NumberFact): number | undefined {
  return fact.lo === fact.hi && !fact.nan && !(fact.lo === 0 && fact.negativeZero) ? fact.lo : undefined;
}

/** Booleans count as 0 and 1 in arithmetic. */
export function asNumber(fact: Fact): NumberFact | undefined {
  if (fact.kind === "number") return fact;
  if (fact.kind !== "boolean") return undefined;
  return fact.known === undefined ? integers(0, 1) : ofNumber(fact.known ? 1 : 0);
}

/** The smallest fact that covers both, or undefined where the kinds do not mix. */
export function join(a: Fact, b: Fact): Fact | undefined {
  if (a === b) return a;
  switch (a.kind) {
    case "number":
      if (b.kind !== "number") return undefined;
      return joinNumbers(a, b);
    case "boolean":
      return b.kind === "boolean" ? (a.known === b.known ? a : boolean()) : undefined;
    case "bigint":
      return b.kind === "bigint" ? joinBigints(a, b) : undefined;
    case "null":
      if (b.kind === "code") return maybeNull(b);
      return b.kind === "null" || b.kind === "pointer" ? b : undefined;
    case "code":
      if (b.kind === "code" && sameSignature(a.signature, b.signature)) return a.nonNull ? b : a;
      return b.kind === "null" ? maybeNull(a) : undefined;
    case "pointer":
      if (b.kind === "pointer" && a.kind === "pointer" && sameElement(a.to, b.to)) return a.constant ? a : b;
      return b.kind === "null" || sameFact(a, b) ? a : undefined;
    case "record":
      return b.kind === "record" ? joinRecords(a, b) : undefined;
    case "view":
    case "struct":
    case "shape":
    case "static":
    case "void":
      return sameFact(a, b) ? a : undefined;
    default:
      return assertNever(a);
  }
}

function joinRecords(a: RecordFact, b: RecordFact): RecordFact | undefined {
  const fields: RecordFact["fields"][number][] = [];
  for (const [i, { name, fact }] of a.fields.entries()) {
    const other = b.fields[i];
    const joined = other?.name === name ? join(fact, other.fact) : undefined;
    if (joined === undefined) return undefined;
    fields.push({ name, fact: joined });
  }
  return fields.length === b.fields.length ? { kind: "record", fields } : undefined;
}

function joinNumbers(a: NumberFact, b: NumberFact): NumberFact {
  const joined = number(
    Math.min(a.lo, b.lo),
    Math.max(a.hi, b.hi),
    a.integer && b.integer,
    a.negativeZero || b.negativeZero,
    a.nan || b.nan,
  );
  return mayBeZero(joined) && !mayBeZero(a) && !mayBeZero(b) ? withoutZero(joined) : joined;
}

function joinBigints(a: BigintFact, b: BigintFact): BigintFact {
  const joined = bigints(a.lo < b.lo ? a.lo : b.lo, a.hi > b.hi ? a.hi : b.hi);
  return mayBeZero(a) || mayBeZero(b) ? joined : withoutZero(joined);
}

const maybeNull = ({ kind, signature }: CodeFact): CodeFact => ({ kind, signature });

/** Whether 0, -0 or 0n may occur. */
export const mayBeZero = (fact: NumberFact | BigintFact): boolean =>
  fact.nonZero !== true && fact.lo <= 0 && fact.hi >= 0;

/** The values that are not zero. */
export function withoutZero(fact: NumberFact): NumberFact;
export function withoutZero(fact: BigintFact): BigintFact;
export function withoutZero(fact: NumberFact | BigintFact): NumberFact | BigintFact {
  if (fact.kind === "number") return { ...fact, negativeZero: false, nonZero: true };
  const [lo, hi] = [fact.lo === 0n ? 1n : fact.lo, fact.hi === 0n ? -1n : fact.hi];
  // where no other value is left nothing gets there, and what was known holds
  return lo <= hi ? { ...fact, lo, hi, nonZero: true } : fact;
}

export function sameFact(a: Fact, b: Fact): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case "number":
      return (
        b.kind === "number" &&
        a.lo === b.lo &&
        a.hi === b.hi &&
        a.integer === b.integer &&
        a.negativeZero === b.negativeZero &&
        a.nan === b.nan &&
        mayBeZero(a) === mayBeZero(b)
      );
    case "boolean":
      return b.kind === "boolean" && a.known === b.known;
    case "bigint":
      return b.kind === "bigint" && a.lo === b.lo && a.hi === b.hi && mayBeZero(a) === mayBeZero(b);
    case "pointer":
      return b.kind === "pointer" && a.constant === b.constant && sameElement(a.to, b.to);
    case "code":
      return b.kind === "code" && sameSignature(a.signature, b.signature) && a.nonNull === b.nonNull;
    case "view":
      return (
        b.kind === "view" &&
        a.order === b.order &&
        a.constant === b.constant &&
        a.data?.identity === b.data?.identity &&
        sameElement(a.element, b.element) &&
        a.dims.length === b.dims.length &&
        a.dims.every((d, i) => b.dims[i] !== undefined && sameFact(d, b.dims[i]))
      );
    case "struct":
      return b.kind === "struct" && a.constant === b.constant && sameElement(a.type, b.type);
    case "record":
      return (
        b.kind === "record" &&
        a.fields.length === b.fields.length &&
        a.fields.every(({ name, fact }, i) => {
          const other = b.fields[i];
          return other?.name === name && sameFact(fact, other.fact);
        })
      );
    case "shape":
      return b.kind === "shape" && sameFact(a.of, b.of);
    case "static":
      return b.kind === "static" && sameStatic(a.value, b.value);
    case "null":
    case "void":
      return a.kind === b.kind;
    default:
      return assertNever(a);
  }
}

const sameElement = (a: CType, b: CType): boolean => a === b || sameType(a, b);

function sameStatic(a: CapturedValue, b: CapturedValue): boolean {
  if (a === b) return true;
  return a.kind === b.kind && "value" in a && "value" in b && a.value === b.value;
}

function describeStatic(value: CapturedValue): string {
  switch (value.kind) {
    case "object":
      return value.what;
    case "math":
      return "`Math`";
    case "math-function":
      return `\`Math.${value.name}\``;
    case "builtin":
    case "intrinsic":
      return `\`${value.name}\``;
    case "cfunc":
      return "a compiled function";
    case "foreign":
      return "a foreign function";
    case "numbers":
      return "a captured array";
    case "type":
      return "a C type";
    default:
      return `a captured ${value.kind}`;
  }
}

/** How a fact is named in a message: `a number`, `a pointer`, `a struct Point`. */
export function describe(fact: Fact): string {
  switch (fact.kind) {
    case "number":
    case "boolean":
    case "bigint":
      return `a ${fact.kind}`;
    case "null":
      return "null";
    case "void":
      return "nothing (undefined)";
    case "pointer":
      return "a pointer";
    case "code":
      return "a function pointer";
    case "view":
      return `an array view of rank ${fact.dims.length}`;
    case "struct":
      return `a ${fact.type.kind} ${fact.type.name}`;
    case "record":
      return `an object { ${fact.fields.map(({ name }) => name).join(", ")} }`;
    case "shape":
      return "a shape";
    case "static":
      return describeStatic(fact.value);
    default:
      return assertNever(fact);
  }
}
