// Conditions as control flow, and comparisons.
import { truthOf } from "../check/condition.ts";
import { widest } from "../check/representation.ts";
import type { FloatPredicate, IntPredicate, Operand } from "../ir/ir.ts";
import type { BinaryExpr, CompareOp, Expr } from "../parse/tree.ts";
import { bigint } from "./bigints.ts";
import { effect, truthy, value, widthOfBigint } from "./expressions.ts";
import { type FunctionLowering, UNREACHABLE } from "./function.ts";
import { number } from "./numbers.ts";

/** Which of the two ways out of a condition can be taken. */
export interface Taken {
  readonly then: boolean;
  readonly otherwise: boolean;
}

/** As `branchOn`, for a test that may never give a value: then neither way is taken. */
export function tryBranchOn(f: FunctionLowering, test: Expr, then: string, otherwise: string): Taken {
  try {
    return branchOn(f, test, then, otherwise);
  } catch (error) {
    if (error !== UNREACHABLE) throw error;
    f.b.unreachable();
    return { then: false, otherwise: false };
  }
}

/** Ends the current block by going to one of two labels. */
export function branchOn(f: FunctionLowering, test: Expr, then: string, otherwise: string): Taken {
  const { b } = f;
  if (test.kind === "unary" && test.op === "!") {
    const taken = branchOn(f, test.operand, otherwise, then);
    return { then: taken.otherwise, otherwise: taken.then };
  }
  if (test.kind === "logical" && test.op !== "??") {
    const isAnd = test.op === "&&";
    const middle = b.label(isAnd ? "and" : "or");
    const left = isAnd ? branchOn(f, test.left, middle, otherwise) : branchOn(f, test.left, then, middle);
    if (!(isAnd ? left.then : left.otherwise)) return left;
    b.enter(middle);
    const right = tryBranchOn(f, test.right, then, otherwise);
    return isAnd
      ? { then: right.then, otherwise: left.otherwise || right.otherwise }
      : { then: left.then || right.then, otherwise: right.otherwise };
  }
  const known = truthOf(f.fact(test));
  if (known !== undefined) {
    effect(f, test);
    b.jump(known ? then : otherwise);
    return { then: known, otherwise: !known };
  }
  b.branch(truthy(f, test), then, otherwise);
  return { then: true, otherwise: true };
}

const intPredicates: Readonly<Record<CompareOp, IntPredicate>> = {
  "<": "slt",
  "<=": "sle",
  ">": "sgt",
  ">=": "sge",
  "==": "eq",
  "===": "eq",
  "!=": "ne",
  "!==": "ne",
};
const floatPredicates: Readonly<Record<CompareOp, FloatPredicate>> = {
  "<": "olt",
  "<=": "ole",
  ">": "ogt",
  ">=": "oge",
  "==": "oeq",
  "===": "oeq",
  "!=": "une",
  "!==": "une",
};
const isCompare = (op: string): op is CompareOp => op in intPredicates;

/** A comparison, at the narrowest representation that holds both sides. */
export function compare(f: FunctionLowering, expr: BinaryExpr): Operand {
  const { b } = f;
  const { op, left, right } = expr;
  if (!isCompare(op)) return f.internal(expr, "no comparison");
  const kind = f.fact(left).kind;
  if (kind === "pointer" || kind === "null" || kind === "code") {
    const l = value(f, left);
    return b.icmp(intPredicates[op], l, value(f, right));
  }
  if (kind === "bigint") {
    const width = widest(widthOfBigint(f, left), widthOfBigint(f, right));
    const l = bigint(f, left, width);
    return b.icmp(intPredicates[op], l, bigint(f, right, width));
  }
  const width = widest(f.naturalInteger(left), f.naturalInteger(right));
  const l = number(f, left, width);
  const r = number(f, right, width);
  return width === "f64" ? b.fcmp(floatPredicates[op], l, r) : b.icmp(intPredicates[op], l, r);
}
