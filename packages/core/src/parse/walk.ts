// Walks over the subset tree: the parts of a node, in the order they are evaluated.
import type { Expr, FunctionTree, InnerExpr, LocalExpr, Stmt, Variable } from "./tree.ts";

/** The direct subexpressions of an expression. */
export function children(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "member":
      return [expr.object];
    case "index":
      return [expr.object, expr.index];
    case "unary":
      return [expr.operand];
    case "binary":
    case "logical":
      return [expr.left, expr.right];
    case "conditional":
      return [expr.test, expr.then, expr.otherwise];
    case "assign":
      // a compound assignment has its target inside the value as well
      return expr.compound ? [expr.value] : [expr.target, expr.value];
    case "update":
      return [expr.value];
    case "call":
      return [expr.callee, ...expr.args];
    case "array":
      return expr.elements;
    case "object":
      return expr.properties.map((property) => property.value);
    case "sequence":
      return expr.exprs;
    case "inner":
      return expr.captured;
    default:
      return [];
  }
}

/** The statements that an expression runs: the body of an inlined function. */
export const statementsIn = (expr: Expr): readonly Stmt[] =>
  expr.kind === "inline" ? [...expr.params, ...expr.body] : [];

/** Visits statements and, inside out of them, every statement and expression they contain, inlined bodies too. */
export function eachNode(
  statements: readonly Stmt[],
  visit: { readonly stmt?: (stmt: Stmt) => void; readonly expr?: (expr: Expr) => void },
): void {
  const visitExpr = (expr: Expr): void => {
    visit.expr?.(expr);
    for (const child of children(expr)) visitExpr(child);
    eachNode(statementsIn(expr), visit);
  };
  for (const stmt of statements) {
    visit.stmt?.(stmt);
    for (const expr of expressionsOf(stmt)) visitExpr(expr);
    eachNode(childStatements(stmt), visit);
  }
}

/** The expressions that a statement itself evaluates. */
export function expressionsOf(stmt: Stmt): readonly Expr[] {
  const some = (...exprs: (Expr | undefined)[]) => exprs.filter((e) => e !== undefined);
  switch (stmt.kind) {
    case "expr":
      return [stmt.expr];
    case "declare":
      return some(stmt.init);
    case "if":
      return [stmt.test];
    case "loop":
      return some(stmt.test, stmt.update);
    case "switch":
      return some(...stmt.cases.map((c) => c.test));
    case "return":
      return some(stmt.value);
    default:
      return [];
  }
}

/** The statements directly inside a statement. */
export function childStatements(stmt: Stmt): readonly Stmt[] {
  switch (stmt.kind) {
    case "if":
      return stmt.otherwise === undefined ? [stmt.then] : [stmt.then, stmt.otherwise];
    case "loop":
      return [...stmt.init, stmt.body];
    case "switch":
      return stmt.cases.flatMap((c) => c.body);
    case "block":
      return stmt.body;
    default:
      return [];
  }
}

/** What a function is given: its parameters, then the variables that it captures from functions around it. */
export const parametersOf = (tree: FunctionTree): readonly Variable[] => [
  ...tree.params,
  ...tree.captures.map((capture) => capture.variable),
];

/** Whether evaluating the expression assigns the variable (any variable where none is given). */
export function assigns(expr: Expr, variable?: Variable): boolean {
  if (expr.kind === "assign" || expr.kind === "update") {
    const { target } = expr;
    if (target.kind === "local" && (variable === undefined || target.variable === variable)) return true;
  }
  if (variable === undefined && expr.kind === "inline") return true;
  if (expr.kind === "inner")
    return writtenBy(expr).some((read) => variable === undefined || read.variable === variable);
  return (
    children(expr).some((child) => assigns(child, variable)) ||
    (variable !== undefined && statementsIn(expr).some((stmt) => assignsIn(stmt, variable)))
  );
}

/** The caller's variables that a call of an inner function may assign. */
export const writtenBy = ({ fn, captured }: InnerExpr): readonly LocalExpr[] =>
  captured.filter((_, i) => fn.captures[i]?.written === true);

/** Whether running the statement assigns the variable. */
export function assignsIn(stmt: Stmt, variable: Variable): boolean {
  return (
    (stmt.kind === "declare" && stmt.variable === variable) ||
    expressionsOf(stmt).some((expr) => assigns(expr, variable)) ||
    childStatements(stmt).some((child) => assignsIn(child, variable))
  );
}
