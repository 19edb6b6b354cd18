// JavaScript's number operations on intervals. Bounds may be computed with rounded arithmetic, because rounding to
// nearest is monotone. Source of the -0 and NaN rules: ECMAScript, "Number::add" and its siblings.
import type { ArithmeticOp, BitwiseOp } from "../parse/tree.ts";
import {
  anyInt32,
  anyNumber,
  constantOf,
  INT32_MAX,
  INT32_MIN,
  integers,
  MAX_SAFE,
  mayBeZero,
  type NumberFact,
  number,
  ofNumber,
} from "./fact.ts";

const UINT32_MAX = 2 ** 32 - 1;

const infinite = (a: NumberFact) => a.lo === -Infinity || a.hi === Infinity;

export function arithmetic(op: ArithmeticOp, a: NumberFact, b: NumberFact): NumberFact {
  const x = constantOf(a);
  const y = constantOf(b);
  if (x !== undefined && y !== undefined && op !== "**") return ofNumber(compute(op, x, y));
  switch (op) {
    case "+":
      return sum(a, b);
    case "-":
      return sum(a, { ...negate(b), negativeZero: mayBeZero(b) });
    case "*":
      return product(a, b);
    case "/":
      return quotient(a, b);
    case "%":
      return remainder(a, b);
    case "**":
      return anyNumber;
  }
}

function compute(op: Exclude<ArithmeticOp, "**">, x: number, y: number): number {
  switch (op) {
    case "+":
      return x + y;
    case "-":
      return x - y;
    case "*":
      return x * y;
    case "/":
      return x / y;
    case "%":
      return x % y;
  }
}

function sum(a: NumberFact, b: NumberFact): NumberFact {
  const opposite = (a.lo === -Infinity && b.hi === Infinity) || (a.hi === Infinity && b.lo === -Infinity);
  const nan = a.nan || b.nan || opposite;
  const lo = a.lo + b.lo;
  const hi = a.hi + b.hi;
  return number(
    Number.isNaN(lo) ? -Infinity : lo,
    Number.isNaN(hi) ? Infinity : hi,
    a.integer && b.integer,
    a.negativeZero && b.negativeZero,
    nan,
  );
}

export function negate(a: NumberFact): NumberFact {
  return number(0 - a.hi, 0 - a.lo, a.integer, mayBeZero(a), a.nan);
}

function product(a: NumberFact, b: NumberFact): NumberFact {
  const times = (x: number, y: number) => (x === 0 || y === 0 ? 0 : x * y);
  const corners = [times(a.lo, b.lo), times(a.lo, b.hi), times(a.hi, b.lo), times(a.hi, b.hi)];
  const integer = a.integer && b.integer;
  const opposite = (a.lo < 0 && b.hi > 0) || (a.hi > 0 && b.lo < 0);
  // a tiny negative product of fractions rounds to -0
  const negativeZero =
    a.negativeZero ||
    b.negativeZero ||
    (mayBeZero(a) && b.lo < 0) ||
    (mayBeZero(b) && a.lo < 0) ||
    (!integer && opposite);
  const nan = a.nan || b.nan || (mayBeZero(a) && infinite(b)) || (mayBeZero(b) && infinite(a));
  return number(Math.min(...corners), Math.max(...corners), integer, negativeZero, nan);
}

function quotient(a: NumberFact, b: NumberFact): NumberFact {
  const negativeZero = a.negativeZero || (a.lo < 0 && b.hi > 0) || (a.hi >= 0 && b.lo < 0);
  const nan = a.nan || b.nan || (mayBeZero(a) && mayBeZero(b)) || (infinite(a) && infinite(b));
  if (mayBeZero(b) || (infinite(a) && infinite(b))) return number(-Infinity, Infinity, false, true, nan);
  if (b.lo <= 0 && b.hi >= 0) {
    // without 0 an integer is at least 1 away from it
    const most = b.integer ? Math.max(Math.abs(a.lo), Math.abs(a.hi)) : Infinity;
    return number(-most, most, false, true, nan);
  }
  const corners = [a.lo / b.lo, a.lo / b.hi, a.hi / b.lo, a.hi / b.hi];
  return number(Math.min(...corners), Math.max(...corners), false, negativeZero, nan);
}

function remainder(a: NumberFact, b: NumberFact): NumberFact {
  const integer = a.integer && b.integer;
  const divisor = Math.max(Math.abs(b.lo), Math.abs(b.hi));
  const most = Math.max(0, integer ? divisor - 1 : divisor);
  const nan = a.nan || b.nan || mayBeZero(b) || infinite(a);
  return number(
    a.lo >= 0 ? 0 : Math.max(a.lo, -most),
    a.hi <= 0 ? 0 : Math.min(a.hi, most),
    integer,
    a.lo < 0 || a.negativeZero,
    nan,
  );
}

/** ToInt32. */
export function toInt32(a: NumberFact): NumberFact {
  const lo = Math.trunc(a.lo) + 0;
  const hi = Math.trunc(a.hi) + 0;
  if (lo < INT32_MIN || hi > INT32_MAX) return anyInt32;
  return a.nan ? integers(Math.min(lo, 0), Math.max(hi, 0)) : integers(lo, hi);
}

/** ToUint32. */
export function toUint32(a: NumberFact): NumberFact {
  const lo = Math.trunc(a.lo) + 0;
  const hi = Math.trunc(a.hi) + 0;
  if (lo < 0 || hi > UINT32_MAX) return integers(0, UINT32_MAX);
  return a.nan ? integers(0, hi) : integers(lo, hi);
}

export function bitwise(op: BitwiseOp, left: NumberFact, right: NumberFact): NumberFact {
  const b = toInt32(right);
  const shift = b.lo === b.hi ? b.lo & 31 : undefined;
  if (op === ">>>") {
    const a = toUint32(left);
    return shift === undefined ? integers(0, UINT32_MAX) : integers(a.lo >>> shift, a.hi >>> shift);
  }
  const a = toInt32(left);
  switch (op) {
    case "&":
      if (a.lo >= 0 && b.lo >= 0) return integers(0, Math.min(a.hi, b.hi));
      if (b.lo >= 0) return integers(0, b.hi);
      return a.lo >= 0 ? integers(0, a.hi) : anyInt32;
    case "|":
    case "^": {
      if (b.lo === 0 && b.hi === 0) return a;
      if (a.lo < 0 || b.lo < 0) return anyInt32;
      return integers(op === "|" ? Math.max(a.lo, b.lo) : 0, bitsCovering(Math.max(a.hi, b.hi)));
    }
    case ">>":
      if (shift !== undefined) return integers(a.lo >> shift, a.hi >> shift);
      return integers(Math.min(a.lo, 0), Math.max(a.hi, 0));
    case "<<": {
      if (shift === undefined) return anyInt32;
      const lo = a.lo * 2 ** shift;
      const hi = a.hi * 2 ** shift;
      return lo >= INT32_MIN && hi <= INT32_MAX ? integers(lo, hi) : anyInt32;
    }
  }
}

/** The smallest 2^n - 1 that is at least `value`. */
function bitsCovering(value: number): number {
  let mask = 0;
  while (mask < value) mask = mask * 2 + 1;
  return mask;
}

export function bitNot(a: NumberFact): NumberFact {
  const x = toInt32(a);
  return integers(~x.hi, ~x.lo);
}

/** Bounds that widening goes through, so that loops converge in a few rounds. */
const thresholds = [
  0,
  1,
  2 ** 8 - 1,
  2 ** 16 - 1,
  2 ** 31 - 2,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
  MAX_SAFE,
  Infinity,
];

/** `next` with each bound that grew since `previous` moved out to the next threshold. */
export function widen(previous: NumberFact, next: NumberFact): NumberFact {
  const above = (value: number) => thresholds.find((t) => t >= value) ?? Infinity;
  let { lo, hi } = next;
  if (next.lo < previous.lo) lo = next.lo >= 0 ? 0 : -above(-next.lo);
  if (next.hi > previous.hi) hi = next.hi <= 0 ? 0 : above(next.hi);
  return number(lo, hi, next.integer, next.negativeZero, next.nan);
}
