// Conditions: evaluates a test and says what holds where it is true and where it is false.
import type { CompareOp, Expr, LogicalExpr } from "../parse/tree.ts";
import { assigns } from "../parse/walk.ts";
import { type Analysis, BOTTOM, joinEnv } from "./analysis.ts";
import type { Env } from "./env.ts";
import { evaluate } from "./expressions.ts";
import {
  type BigintFact,
  type BooleanFact,
  bigints,
  boolean,
  describe,
  type Fact,
  join,
  mayBeZero,
  type NumberFact,
  number,
  voidFact,
  withoutZero,
} from "./fact.ts";

export interface Outcomes {
  readonly then: Env | undefined;
  readonly otherwise: Env | undefined;
}

/** Evaluates `test` in `a.env`; afterwards the caller continues in one of the two environments. */
export function condition(a: Analysis, test: Expr): Outcomes {
  if (test.kind === "unary" && test.op === "!") {
    const { then, otherwise } = condition(a, test.operand);
    const outcomes = { then: otherwise, otherwise: then };
    a.facts.set(test, truthFact(outcomes));
    return outcomes;
  }
  if (test.kind === "logical" && test.op !== "??") return logicalCondition(a, test);
  const fact = evaluate(a, test);
  const truth = truthOf(testable(a, test, fact));
  const env = a.here;
  const then = truth === false ? undefined : env.fork();
  const otherwise = truth === true ? undefined : env.fork();
  if (test.kind === "local" && then && ["number", "bigint", "code"].includes(fact.kind))
    then.set(test.variable, withTruth(fact, true));
  if (test.kind === "binary" && !assigns(test)) {
    if (then) refine(a, then, test.op, test.left, test.right);
    if (otherwise) refine(a, otherwise, negated(a, test.op, test.left, test.right), test.left, test.right);
  }
  return { then, otherwise };
}

/** Also records the value of the whole, which is the value of one of its sides. */
function logicalCondition(a: Analysis, test: LogicalExpr): Outcomes {
  const isAnd = test.op === "&&";
  const left = condition(a, test.left);
  a.env = isAnd ? left.then : left.otherwise;
  const right = a.env === undefined ? nowhere : conditionOrNowhere(a, test.right);
  const outcomes = isAnd
    ? { then: right.then, otherwise: joinEnv(left.otherwise, right.otherwise) }
    : { then: joinEnv(left.then, right.then), otherwise: right.otherwise };
  const sides: Expr[] = [];
  if ((isAnd ? left.otherwise : left.then) !== undefined) sides.push(test.left);
  if (right.then !== undefined || right.otherwise !== undefined) sides.push(test.right);
  const facts = sides.map((side) => {
    const fact = a.facts.get(side) ?? voidFact;
    return side === test.left ? withTruth(fact, !isAnd) : fact;
  });
  const [first = truthFact(outcomes), second = first] = facts;
  const value = sides.some((side) => a.truthOnly.has(side)) ? undefined : join(first, second);
  if (value === undefined) a.truthOnly.add(test);
  else a.truthOnly.delete(test);
  a.facts.set(test, value ?? truthFact(outcomes));
  return outcomes;
}

const nowhere: Outcomes = { then: undefined, otherwise: undefined };

function conditionOrNowhere(a: Analysis, test: Expr): Outcomes {
  try {
    return condition(a, test);
  } catch (error) {
    if (error !== BOTTOM) throw error;
    return nowhere;
  }
}

/** The truth of a condition by the ways out of it. */
export const truthFact = ({ then, otherwise }: Outcomes): BooleanFact =>
  boolean(then === undefined ? false : otherwise === undefined ? true : undefined);

/** The values of a fact that are truthy, or those that are falsy. */
function withTruth(fact: Fact, truth: boolean): Fact {
  switch (fact.kind) {
    case "number":
      return truth ? { ...withoutZero(fact), nan: false } : number(0, 0, true, fact.negativeZero, fact.nan);
    case "boolean":
      return boolean(truth);
    case "bigint":
      return truth ? withoutZero(fact) : bigints(0n, 0n);
    case "code":
      return truth ? { ...fact, nonNull: true } : fact;
    default:
      return fact;
  }
}

/** The fact of a value that is tested; what has no run-time value cannot be. */
export function testable(a: Analysis, test: Expr, fact: Fact): Fact {
  if (["number", "boolean", "bigint", "pointer", "code", "null"].includes(fact.kind)) return fact;
  return a.fail("CF2011", test, `${describe(fact)} cannot be tested`, "test a number, a boolean or a pointer");
}

/** The truth of a value, where it is certain. */
export function truthOf(fact: Fact | undefined): boolean | undefined {
  if (fact?.kind === "boolean") return fact.known;
  if (fact?.kind === "number") {
    if (fact.lo === 0 && fact.hi === 0) return false;
    return !fact.nan && (fact.lo > 0 || fact.hi < 0) ? true : undefined;
  }
  if (fact?.kind === "null") return false;
  return undefined;
}

const inverse: Readonly<Record<CompareOp, CompareOp>> = {
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
  "==": "!=",
  "!=": "==",
  "===": "!==",
  "!==": "===",
};
const isCompare = (op: string): op is CompareOp => op in inverse;

/** What holds where `left op right` is false; nothing where a NaN may have made it so. */
function negated(a: Analysis, op: string, left: Expr, right: Expr): string {
  if (!isCompare(op)) return "";
  const unordered = mayBeNan(a.facts.get(left)) || mayBeNan(a.facts.get(right));
  return unordered && op !== "!=" && op !== "!==" ? "" : inverse[op];
}
const mayBeNan = (fact: Fact | undefined) => fact?.kind === "number" && fact.nan;

function refine(a: Analysis, env: Env, op: string, left: Expr, right: Expr): void {
  const l = a.facts.get(left);
  const r = a.facts.get(right);
  if (l?.kind === "bigint" && r?.kind === "bigint") {
    refineBigints(env, op, left, right, l, r);
    return;
  }
  if (op === "!=" || op === "!==") {
    if (r?.kind === "null") excludeNull(env, left);
    if (l?.kind === "null") excludeNull(env, right);
  }
  if (l?.kind !== "number" || r?.kind !== "number") return;
  const step = l.integer && r.integer ? 1 : 0;
  switch (op) {
    case "<":
      clamp(a, env, left, -Infinity, r.hi - step);
      clamp(a, env, right, l.lo + step, Infinity);
      break;
    case "<=":
      clamp(a, env, left, -Infinity, r.hi);
      clamp(a, env, right, l.lo, Infinity);
      break;
    case ">":
      clamp(a, env, left, r.lo + step, Infinity);
      clamp(a, env, right, -Infinity, l.hi - step);
      break;
    case ">=":
      clamp(a, env, left, r.lo, Infinity);
      clamp(a, env, right, -Infinity, l.hi);
      break;
    case "==":
    case "===":
      clamp(a, env, left, r.lo, r.hi);
      clamp(a, env, right, l.lo, l.hi);
      break;
    case "!=":
    case "!==":
      exclude(env, left, r);
      exclude(env, right, l);
      break;
  }
}

/** Narrows the variable that `expr` reads to the values that satisfy a comparison; such a value is not NaN. */
function clamp(a: Analysis, env: Env, expr: Expr, lo: number, hi: number): void {
  if (expr.kind === "local") {
    const fact = env.get(expr.variable);
    if (fact?.kind !== "number") return;
    const [low, high] = fact.integer ? [Math.ceil(lo), Math.floor(hi)] : [lo, hi];
    const narrowed = { ...fact, lo: Math.max(fact.lo, low), hi: Math.min(fact.hi, high), nan: false };
    // an empty interval means that this path cannot be taken; keeping the old bounds is sound
    env.set(expr.variable, narrowed.lo <= narrowed.hi ? narrowed : { ...fact, nan: false });
    return;
  }
  if (expr.kind !== "binary") return;
  const { op, left, right } = expr;
  // x + k < y narrows x, where the sum is exact
  if ((op === "+" || op === "-") && right.kind === "number" && left.kind === "local") {
    const sum = a.facts.get(expr);
    const exact = sum?.kind === "number" && sum.integer && Math.abs(sum.lo) < 2 ** 53 && Math.abs(sum.hi) < 2 ** 53;
    if (!exact || !Number.isInteger(right.value)) return;
    const k = op === "+" ? right.value : -right.value;
    clamp(a, env, left, lo - k, hi - k);
  }
  // i * i <= n narrows i
  if (
    op === "*" &&
    left.kind === "local" &&
    right.kind === "local" &&
    left.variable === right.variable &&
    // where the root is exact to less than 1
    hi < 2 ** 100
  ) {
    const fact = env.get(left.variable);
    if (fact?.kind === "number" && fact.integer) {
      const root = Math.floor(Math.sqrt(Math.max(hi, 0))) + 1;
      clamp(a, env, left, -root, root);
    }
  }
}

function excludeNull(env: Env, expr: Expr): void {
  const fact = expr.kind === "local" ? env.get(expr.variable) : undefined;
  if (expr.kind === "local" && fact?.kind === "code") env.set(expr.variable, { ...fact, nonNull: true });
}

/** `x !== k` moves a bound that equals k, where x is an integer; `x !== 0` leaves out both zeros. */
function exclude(env: Env, expr: Expr, other: NumberFact): void {
  if (expr.kind !== "local" || other.lo !== other.hi || other.nan) return;
  const fact = env.get(expr.variable);
  if (fact?.kind !== "number" || fact.lo === fact.hi) return;
  if (other.lo === 0) env.set(expr.variable, withoutZero(fact));
  if (!fact.integer) return;
  if (fact.lo === other.lo) env.set(expr.variable, { ...fact, lo: fact.lo + 1 });
  else if (fact.hi === other.lo) env.set(expr.variable, { ...fact, hi: fact.hi - 1 });
}

function refineBigints(env: Env, op: string, left: Expr, right: Expr, l: BigintFact, r: BigintFact): void {
  const clampBig = (expr: Expr, lo: bigint | undefined, hi: bigint | undefined): void => {
    if (expr.kind !== "local") return;
    const fact = env.get(expr.variable);
    if (fact?.kind !== "bigint") return;
    const low = lo !== undefined && lo > fact.lo ? lo : fact.lo;
    const high = hi !== undefined && hi < fact.hi ? hi : fact.hi;
    if (low > high) return;
    const narrowed = bigints(low, high);
    env.set(expr.variable, mayBeZero(fact) ? narrowed : withoutZero(narrowed));
  };
  const excludeBig = (expr: Expr, fact: BigintFact, other: BigintFact): void => {
    if (other.lo !== other.hi) return;
    // moves a bound that equals the other side
    clampBig(expr, fact.lo === other.lo ? fact.lo + 1n : undefined, fact.hi === other.lo ? fact.hi - 1n : undefined);
    const rest = expr.kind === "local" ? env.get(expr.variable) : undefined;
    if (expr.kind === "local" && rest?.kind === "bigint" && other.lo === 0n) env.set(expr.variable, withoutZero(rest));
  };
  switch (op) {
    case "<":
      clampBig(left, undefined, r.hi - 1n);
      clampBig(right, l.lo + 1n, undefined);
      return;
    case "<=":
      clampBig(left, undefined, r.hi);
      clampBig(right, l.lo, undefined);
      return;
    case ">":
      clampBig(left, r.lo + 1n, undefined);
      clampBig(right, undefined, l.hi - 1n);
      return;
    case ">=":
      clampBig(left, r.lo, undefined);
      clampBig(right, undefined, l.hi);
      return;
    case "==":
    case "===":
      clampBig(left, r.lo, r.hi);
      clampBig(right, l.lo, l.hi);
      return;
    case "!=":
    case "!==":
      excludeBig(left, l, r);
      excludeBig(right, r, l);
      return;
  }
}
