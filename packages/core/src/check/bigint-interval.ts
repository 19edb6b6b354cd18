// JavaScript's bigint operations on intervals.
import type { ArithmeticOp, BitwiseOp } from "../parse/tree.ts";
import { BIGINT_LIMIT, type BigintFact, bigints, mayBeZero, withoutZero } from "./fact.ts";

const min = (values: readonly bigint[]): bigint => values.reduce((a, b) => (b < a ? b : a));
const max = (values: readonly bigint[]): bigint => values.reduce((a, b) => (b > a ? b : a));
const unbounded = bigints(-BIGINT_LIMIT, BIGINT_LIMIT);
const magnitude = (a: BigintFact): bigint => max([a.lo < 0n ? -a.lo : a.lo, a.hi < 0n ? -a.hi : a.hi]);

/** The result of `a op b`, where there is one, or undefined for an operation that does not compile on bigints. */
export function bigintBinary(op: ArithmeticOp | BitwiseOp, a: BigintFact, b: BigintFact): BigintFact | undefined {
  switch (op) {
    case "+":
      return bigints(a.lo + b.lo, a.hi + b.hi);
    case "-":
      return bigints(a.lo - b.hi, a.hi - b.lo);
    case "*": {
      const corners = [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi];
      return bigints(min(corners), max(corners));
    }
    case "/": {
      // on either side of zero, truncating division is monotone in both operands
      const divisors = [b.lo, -1n, 1n, b.hi].filter((by) => by !== 0n && by >= b.lo && by <= b.hi);
      const corners = divisors.flatMap((by) => [a.lo / by, a.hi / by]);
      return bigints(min(corners), max(corners));
    }
    case "%": {
      const most = min([magnitude(a), max([magnitude(b) - 1n, 0n])]);
      return bigints(a.lo >= 0n ? 0n : -most, a.hi <= 0n ? 0n : most);
    }
    case "&":
      if (a.lo >= 0n && b.lo >= 0n) return bigints(0n, min([a.hi, b.hi]));
      if (b.lo >= 0n) return bigints(0n, b.hi);
      return a.lo >= 0n ? bigints(0n, a.hi) : covering(a, b);
    case "|":
    case "^":
      return covering(a, b);
    case "<<":
    case ">>": {
      if (b.lo !== b.hi || b.lo < 0n || b.lo > 127n) return undefined;
      const by = b.lo;
      return op === "<<" ? bigints(a.lo << by, a.hi << by) : bigints(a.lo >> by, a.hi >> by);
    }
    case ">>>":
    case "**":
      return undefined;
  }
}

/** Bitwise results stay within the two's complement width of the wider operand. */
function covering(a: BigintFact, b: BigintFact): BigintFact {
  // -2^63 needs no more bits than 2^63 - 1
  const most = max([a.lo, a.hi, b.lo, b.hi].map((bound) => (bound < 0n ? ~bound : bound)));
  if (most >= BIGINT_LIMIT) return unbounded;
  const bits = BigInt(most.toString(2).length);
  return bigints(a.lo >= 0n && b.lo >= 0n ? 0n : -(1n << bits), (1n << bits) - 1n);
}

export const negateBigint = (a: BigintFact): BigintFact =>
  mayBeZero(a) ? bigints(-a.hi, -a.lo) : withoutZero(bigints(-a.hi, -a.lo));
export const notBigint = (a: BigintFact): BigintFact => bigints(~a.hi, ~a.lo);

/** `BigInt.asIntN(bits, a)` or `asUintN`. */
export function wrapBigint(signed: boolean, bits: number, a: BigintFact): BigintFact {
  const half = 1n << BigInt(bits - 1);
  const [lo, hi] = signed ? [-half, half - 1n] : [0n, 2n * half - 1n];
  return a.lo >= lo && a.hi <= hi ? a : bigints(lo, hi);
}

/** A bound that grew goes to the next width at once. */
export function widenBigint(previous: BigintFact, next: BigintFact): BigintFact {
  const steps = [0n, 1n << 31n, 1n << 63n, 1n << 64n, 1n << 127n, BIGINT_LIMIT];
  const above = (value: bigint) => steps.find((s) => s >= value) ?? BIGINT_LIMIT;
  const lo = next.lo < previous.lo ? (next.lo >= 0n ? 0n : -above(-next.lo)) : next.lo;
  const hi = next.hi > previous.hi ? (next.hi <= 0n ? 0n : above(next.hi)) : next.hi;
  return mayBeZero(next) ? bigints(lo, hi) : withoutZero(bigints(lo, hi));
}
