// Products of integers that are computed as doubles although only an integer of 32 bits is wanted of them: exact
// JavaScript, several times slower than a multiplication of integers.
import type { CheckedFunction } from "../check/program.ts";
import { ofNumberFact } from "../check/representation.ts";
import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import type { IrFunction } from "../ir/ir.ts";
import type { BinaryExpr, Expr } from "../parse/tree.ts";
import { children, eachNode } from "../parse/walk.ts";
import type { CType } from "../types/ctype.ts";
import { rangeText } from "./range-text.ts";

const bitwise: ReadonlySet<string> = new Set(["&", "|", "^", "<<", ">>", ">>>"]);
const ring: ReadonlySet<string> = new Set(["+", "-", "*"]);

export function products(fn: CheckedFunction, ir: IrFunction): readonly Diagnostic[] {
  const found = new Set<BinaryExpr>();
  const visit = (expr: Expr, integerWanted: boolean): void => {
    for (const child of children(expr)) visit(child, wants(fn, expr, child, integerWanted));
    // the innermost product is the one to rewrite
    if (expr.kind === "binary" && expr.op === "*" && integerWanted && isWide(fn, expr) && !contains(expr, found))
      found.add(expr);
  };
  eachNode(fn.tree.body, {
    stmt: (stmt) => {
      const result = fn.signature?.result;
      if (stmt.kind === "return" && stmt.value !== undefined)
        visit(stmt.value, result !== undefined && isNarrow(result));
      if (stmt.kind === "expr") visit(stmt.expr, false);
      if (stmt.kind === "declare" && stmt.init !== undefined) visit(stmt.init, false);
      if (stmt.kind === "if") visit(stmt.test, false);
      if (stmt.kind === "loop") for (const part of [stmt.test, stmt.update]) if (part !== undefined) visit(part, false);
    },
  });
  return [...found].filter((expr) => isDouble(ir, expr.span)).map((expr) => note(fn, expr));
}

/** Whether only 32 bits of `child` matter, or its remainder, where its parent uses it. */
function wants(fn: CheckedFunction, parent: Expr, child: Expr, parentWanted: boolean): boolean {
  switch (parent.kind) {
    case "binary":
      if (bitwise.has(parent.op)) return true;
      if (parent.op === "%") return child === parent.left;
      return ring.has(parent.op) && parentWanted;
    case "unary":
      return parent.op === "~" || parentWanted;
    case "conditional":
      return child !== parent.test && parentWanted;
    case "call":
      return parent.callee.kind === "member" && (parent.callee.name === "imul" || parent.callee.name === "clz32");
    case "assign": {
      if (parent.target.kind === "local" || child !== parent.value) return false;
      const object = fn.facts.get(parent.target.object);
      const element = object?.kind === "view" ? object.element : object?.kind === "pointer" ? object.to : undefined;
      return parent.target.kind === "index" && element !== undefined && isNarrow(element);
    }
    default:
      return false;
  }
}

const isNarrow = (type: CType): boolean => type.kind === "int" && type.bits <= 32;

/** A product of two integers whose exact value a double may have to round. */
function isWide({ facts }: CheckedFunction, { left, right }: BinaryExpr): boolean {
  return [left, right].every((side) => {
    const fact = facts.get(side);
    return fact?.kind === "number" && ofNumberFact(fact) !== "f64";
  });
}

const contains = (expr: Expr, found: ReadonlySet<BinaryExpr>): boolean =>
  [...found].some(({ span }) => expr.span.start <= span.start && span.end <= expr.span.end);

/** Whether the code multiplies doubles for a piece of the text. */
function isDouble({ blocks }: IrFunction, { start, end }: Span): boolean {
  return blocks.some(({ instructions }) =>
    instructions.some(({ what, span }) => what.op === "fmul" && start <= span.start && span.end <= end),
  );
}

function note({ tree: { source }, facts }: CheckedFunction, expr: BinaryExpr): Diagnostic {
  const fact = facts.get(expr);
  const range = fact?.kind === "number" ? ` (${rangeText(fact)})` : "";
  return {
    code: "CF6002",
    severity: "note",
    message: "this product of integers is computed as a double",
    primary: { source, span: expr.span, message: `it may leave the safe integers${range}, where JavaScript rounds` },
    help: "`Math.imul(a, b)` is the product that C computes for 32-bit integers; an `int64` (bigint) holds 64 bits",
  };
}
