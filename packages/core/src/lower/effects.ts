// Expressions that are run for what they do. Where one gives no value, because nobody can use it, as an array view that
// stands alone, or because one of its parts never returns, its parts still run, in order.
import { intConstant } from "../ir/builder.ts";
import type { BinaryExpr, Expr, InlineExpr } from "../parse/tree.ts";
import { children } from "../parse/walk.ts";
import { callEffect } from "./calls.ts";
import { branchOn } from "./conditions.ts";
import { effect } from "./expressions.ts";
import { refuseZero } from "./failure.ts";
import { type FunctionLowering, UNREACHABLE } from "./function.ts";
import { statements } from "./statements.ts";

/** The body of an inner function in place of its call; `take` is given each value that it returns. */
export function inlined(f: FunctionLowering, expr: InlineExpr, take: (value: Expr) => void): void {
  const end = f.b.label("returned");
  f.returns.push({ to: end, take });
  statements(f, expr.params);
  statements(f, expr.body);
  f.returns.pop();
  f.b.jump(end);
  f.b.enter(end);
  // a body that never returns ends here: what follows cannot run
  if (!f.checked.facts.has(expr)) throw UNREACHABLE;
}

/** Runs one of two expressions for its effects. */
export function either(f: FunctionLowering, test: Expr, then: Expr | undefined, otherwise: Expr | undefined): void {
  const side = (expr: Expr | undefined) => (): void => {
    if (expr !== undefined) effect(f, expr);
  };
  choose(f, test, side(then), side(otherwise));
}

/** Runs one of two paths. */
export function choose(f: FunctionLowering, test: Expr, then: () => void, otherwise: () => void): void {
  const { b } = f;
  const [thenLabel, elseLabel, endLabel] = [b.label("then"), b.label("else"), b.label("end")];
  const taken = branchOn(f, test, thenLabel, elseLabel);
  let arrives = false;
  for (const [runs, label, path] of [
    [taken.then, thenLabel, then],
    [taken.otherwise, elseLabel, otherwise],
  ] as const) {
    if (!runs) continue;
    b.enter(label);
    try {
      path();
      b.jump(endLabel);
      arrives = true;
    } catch (error) {
      if (error !== UNREACHABLE) throw error;
      b.unreachable();
    }
  }
  if (!arrives) throw UNREACHABLE;
  b.enter(endLabel);
}

/** Runs an expression for which the checker found no value up to the part that never returns. */
export function abandon(f: FunctionLowering, expr: Expr): void {
  switch (expr.kind) {
    case "inline":
      inlined(f, expr, (value) => effect(f, value));
      return;
    case "conditional":
      either(f, expr.test, expr.then, expr.otherwise);
      return;
    case "logical": {
      const isAnd = expr.op === "&&";
      if (expr.op === "??") effect(f, expr.left);
      else either(f, expr.left, isAnd ? expr.right : undefined, isAnd ? undefined : expr.right);
      return;
    }
    case "call":
      // a function that never returns is called all the same
      if (f.checked.callees.get(expr)?.kind === "function") callEffect(f, expr);
      else partEffects(f, expr);
      return;
    case "binary":
      partEffects(f, expr);
      if (dividesByZero(f, expr)) refuseZero(f, expr, intConstant("i64", 0));
      return;
    default:
      partEffects(f, expr);
  }
}

/** Whether the checker found no value because a bigint is divided by zero. */
function dividesByZero(f: FunctionLowering, { op, right }: BinaryExpr): boolean {
  const fact = f.fact(right);
  return (op === "/" || op === "%") && fact.kind === "bigint" && fact.lo === 0n && fact.hi === 0n;
}

/** The effects of the parts of an expression that does nothing itself. */
export function partEffects(f: FunctionLowering, expr: Expr): void {
  for (const part of evaluatedParts(expr)) effect(f, part);
}

/** The parts that every evaluation evaluates, in order. */
function evaluatedParts(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "assign":
      if (expr.compound) return [expr.value];
      return expr.target.kind === "local" ? [expr.value] : [...children(expr.target), expr.value];
    case "call": {
      const { callee, args } = expr;
      const given = args.flatMap((arg) => (arg.kind === "array" ? arg.elements : arg.kind === "string" ? [] : [arg]));
      // an inner function is no value: there is nothing to evaluate
      if (callee.kind === "inner") return given;
      return callee.kind === "member" ? [callee.object, ...given] : [callee, ...given];
    }
    default:
      return children(expr);
  }
}
