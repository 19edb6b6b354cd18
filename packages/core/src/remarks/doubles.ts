// Variables that start as integers and are held as doubles: why, and which expression is responsible. Variables that
// are fed with fractions from outside (a float64 parameter, an element, a square root) are doubles by intention.
import { MAX_SAFE, type NumberFact } from "../check/fact.ts";
import type { CheckedFunction } from "../check/program.ts";
import { ofNumberFact } from "../check/representation.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { BinaryOp, Expr, Variable } from "../parse/tree.ts";
import { eachNode } from "../parse/walk.ts";
import { rangeText } from "./range-text.ts";

/** What an integer register cannot hold, the most telling first. */
const obstacles = ["fraction", "nan", "range", "negative-zero"] as const;
type Obstacle = (typeof obstacles)[number];

/** The operations that can bring an obstacle in where neither operand has it. */
const introducers: Readonly<Record<Obstacle, ReadonlySet<BinaryOp>>> = {
  fraction: new Set<BinaryOp>(["/", "**"]),
  nan: new Set<BinaryOp>(["+", "-", "*", "/", "%", "**"]),
  range: new Set<BinaryOp>(["+", "-", "*", "/", "**"]),
  "negative-zero": new Set<BinaryOp>(["*", "/", "%", "**"]),
};

function has(fact: NumberFact, obstacle: Obstacle): boolean {
  switch (obstacle) {
    case "fraction":
      return !fact.integer;
    case "nan":
      return fact.nan;
    case "range":
      return fact.lo < -MAX_SAFE || fact.hi > MAX_SAFE;
    case "negative-zero":
      return fact.negativeZero;
  }
}

export function doubles(fn: CheckedFunction): readonly Diagnostic[] {
  const search = new Search(fn);
  const notes: Diagnostic[] = [];
  for (const [variable, { fact, representation }] of fn.variables) {
    if (representation !== "f64" || fact.kind !== "number" || !isWritten(fn, variable)) continue;
    if (!search.startsAsInteger(variable)) continue;
    const obstacle = obstacles.find((one) => has(fact, one));
    const cause = obstacle && search.causeOf(variable, obstacle);
    if (obstacle === undefined || cause === undefined || cause === "intended") continue;
    const { source } = fn.tree;
    notes.push({
      code: "CF6001",
      severity: "note",
      message: `\`${variable.name}\` is held as a double, not as an integer`,
      primary: { source, span: variable.span, message: "declared here" },
      related: [{ source, span: cause.span, message: says(obstacle, search.factOf(cause)) }],
      help: advice(obstacle, cause),
    });
  }
  return notes;
}

/** Whether the variable stands in the text; the compiler has some of its own. */
const isWritten = ({ tree }: CheckedFunction, { name, span }: Variable): boolean =>
  name !== "" && tree.source.text.slice(span.start, span.end) === name;

class Search {
  private readonly fn: CheckedFunction;
  private readonly definitions = new Map<Variable, Expr[]>();

  constructor(fn: CheckedFunction) {
    this.fn = fn;
    const define = (variable: Variable, value: Expr): void => {
      const known = this.definitions.get(variable);
      if (known === undefined) this.definitions.set(variable, [value]);
      else known.push(value);
    };
    eachNode(fn.tree.body, {
      stmt: (stmt) => {
        if (stmt.kind === "declare" && stmt.init !== undefined) define(stmt.variable, stmt.init);
      },
      expr: (expr) => {
        if ((expr.kind === "assign" || expr.kind === "update") && expr.target.kind === "local")
          define(expr.target.variable, expr.value);
      },
    });
  }

  factOf(expr: Expr): NumberFact | undefined {
    const fact = this.fn.facts.get(expr);
    return fact?.kind === "number" ? fact : undefined;
  }

  startsAsInteger(variable: Variable): boolean {
    const given = variable.kind === "param" ? this.fn.params[this.fn.tree.params.indexOf(variable)] : undefined;
    const [first] = this.definitions.get(variable) ?? [];
    const fact = given ?? (first && this.fn.facts.get(first));
    return fact?.kind === "number" && ofNumberFact(fact) !== "f64";
  }

  /** The innermost expression that brings the obstacle in; undefined where only the variable itself does. */
  causeOf(variable: Variable, obstacle: Obstacle, seen: Set<Variable> = new Set()): Expr | "intended" | undefined {
    if (seen.has(variable)) return undefined;
    seen.add(variable);
    const values = this.definitions.get(variable) ?? [];
    // `const half = n / 2` says that it is no integer
    const isFraction = (variable.kind === "param" || obstacle === "fraction") && !this.startsAsInteger(variable);
    return isFraction ? "intended" : this.first(values, obstacle, seen);
  }

  private first(exprs: readonly Expr[], obstacle: Obstacle, seen: Set<Variable>): Expr | "intended" | undefined {
    for (const expr of exprs) {
      const fact = this.factOf(expr);
      const cause = fact !== undefined && has(fact, obstacle) ? this.within(expr, obstacle, seen) : undefined;
      if (cause !== undefined) return cause;
    }
    return undefined;
  }

  private within(expr: Expr, obstacle: Obstacle, seen: Set<Variable>): Expr | "intended" | undefined {
    switch (expr.kind) {
      case "local":
        return this.causeOf(expr.variable, obstacle, seen);
      case "binary":
        return (
          this.first([expr.left, expr.right], obstacle, seen) ?? (introducers[obstacle].has(expr.op) ? expr : undefined)
        );
      case "unary":
        return this.first([expr.operand], obstacle, seen) ?? (obstacle === "negative-zero" ? expr : undefined);
      case "conditional":
        return this.first([expr.then, expr.otherwise], obstacle, seen);
      case "logical":
        return this.first([expr.left, expr.right], obstacle, seen);
      case "sequence":
        return this.first(expr.exprs.slice(-1), obstacle, seen);
      case "assign":
      case "update":
        return this.first([expr.value], obstacle, seen);
      case "call":
        // Math.floor and its like give integers of any size; what else is called is meant to give what it gives
        return this.fn.callees.get(expr)?.kind === "math" && obstacle !== "fraction" ? expr : "intended";
      default:
        return "intended";
    }
  }
}

function says(obstacle: Obstacle, fact: NumberFact | undefined): string {
  switch (obstacle) {
    case "fraction":
      return "this may have a fraction";
    case "nan":
      return "this may be NaN";
    case "range":
      return `this may leave the safe integers: ${fact === undefined ? "no bound is known" : rangeText(fact)}`;
    case "negative-zero":
      return "this may be -0";
  }
}

function advice(obstacle: Obstacle, cause: Expr): string {
  const op = cause.kind === "binary" ? cause.op : undefined;
  switch (obstacle) {
    case "fraction":
      return op === "/"
        ? "if whole numbers are meant, write `(a / b) | 0` or `Math.trunc(a / b)`"
        : "if whole numbers are meant, round where it is assigned: `x | 0`";
    case "nan":
      return op === "%" ? "`(a % b) | 0` is 0 where `a % b` is NaN" : "`x | 0` is 0 where `x` is NaN";
    case "range":
      return op === "*"
        ? "`Math.imul(a, b)` multiplies as C does, and `x | 0` keeps 32 bits"
        : "`x | 0` keeps 32 bits; a loop of known length bounds a sum";
    case "negative-zero":
      return "`x | 0` or `x + 0` is 0 where `x` is -0";
  }
}
