// The subset tree as an indented outline, with what the checker found beside every expression that has a value.
import type { Fact } from "../../src/check/fact.ts";
import { representationOf } from "../../src/check/representation.ts";
import type { Expr, FunctionTree, Stmt } from "../../src/parse/tree.ts";
import { children, childStatements, expressionsOf } from "../../src/parse/walk.ts";

type FactOf = (expr: Expr) => Fact | undefined;

export function outline(tree: FunctionTree, factOf: FactOf = () => undefined): string {
  const lines: string[] = [];
  const add = (depth: number, text: string, fact?: Fact): void => {
    const head = `${"  ".repeat(depth)}${text}`;
    lines.push(fact === undefined ? head : `${head.padEnd(22)} ${describe(fact)}`);
  };
  const expression = (expr: Expr, depth: number): void => {
    add(depth, [expr.kind, labelOf(expr)].join(" ").trim(), factOf(expr));
    for (const child of children(expr)) expression(child, depth + 1);
  };
  const statement = (stmt: Stmt, depth: number): void => {
    add(depth, stmt.kind === "declare" ? `declare ${stmt.variable.name}` : stmt.kind);
    for (const expr of expressionsOf(stmt)) expression(expr, depth + 1);
    for (const child of childStatements(stmt)) statement(child, depth + 1);
  };
  add(0, `function (${tree.params.map((p) => p.name).join(", ")}), free: ${tree.freeNames.join(", ")}`);
  for (const stmt of tree.body) statement(stmt, 1);
  return `${lines.join("\n")}\n`;
}

function labelOf(expr: Expr): string {
  switch (expr.kind) {
    case "local":
      return expr.variable.name;
    case "free":
    case "member":
      return expr.name;
    case "number":
      return `${expr.value}`;
    case "unary":
    case "binary":
    case "logical":
      return expr.op;
    default:
      return "";
  }
}

function describe(fact: Fact): string {
  if (fact.kind !== "number") return `${fact.kind} in ${representationOf(fact) ?? "no register"}`;
  const { lo, hi, integer, negativeZero, nan } = fact;
  const range = lo === hi ? `${lo}` : `${lo} to ${hi}`;
  const rest = [integer ? "integer" : "", negativeZero ? "or -0" : "", nan ? "or NaN" : ""].filter((s) => s !== "");
  return `${[range, ...rest].join(" ")}, held as ${representationOf(fact)}`;
}
