// Which variables' sign of zero can make a difference. `a % b` is -0 where a is negative, and -0 is no integer of the
// machine; where nothing can tell -0 from 0, as in Euclid's algorithm, the variable is held as an integer all the same.
import type { CallExpr, Expr, Stmt, Variable } from "../parse/tree.ts";
import { children, childStatements, statementsIn } from "../parse/walk.ts";
import { assertNever, type CType } from "../types/ctype.ts";
import type { Analysis } from "./analysis.ts";

/** Functions of Math whose result's sign of zero is all that the argument's can change. */
const passing: ReadonlySet<string> = new Set(["floor", "ceil", "trunc", "round", "sign", "sqrt", "min", "max"]);
/** Functions of Math that give the same for both zeros. */
const ignoring: ReadonlySet<string> = new Set(["abs", "imul", "clz32"]);

export class ZeroSigns {
  private readonly a: Analysis;
  /** Whether the sign of a returned zero can be seen. */
  private readonly returned: boolean;
  private readonly seen = new Set<Variable>();
  private readonly values = new Map<Variable, Expr[]>();
  private readonly pending: Variable[] = [];
  private readonly inlined = new Set<Expr>();

  /** `result` is the C type that the function returns, undefined where it is no C function. */
  constructor(a: Analysis, result: CType | undefined) {
    this.a = a;
    this.returned = result === undefined || shows(result);
    for (const { variable, written } of a.unit.tree.captures) if (written) this.mark(variable);
    for (const stmt of a.unit.tree.body) this.statement(stmt, this.returned);
    // the zeros that reach a variable can be seen where the variable's can
    for (let next = this.pending.pop(); next !== undefined; next = this.pending.pop()) {
      for (const value of this.values.get(next) ?? []) this.use(value, true);
    }
  }

  /** Whether something can tell a -0 in this variable from a 0. */
  matter(variable: Variable): boolean {
    return this.seen.has(variable);
  }

  private statement(stmt: Stmt, returned: boolean): void {
    switch (stmt.kind) {
      case "expr":
        this.use(stmt.expr, false);
        break;
      case "declare":
        if (stmt.init !== undefined) this.define(stmt.variable, stmt.init);
        break;
      case "if":
        this.use(stmt.test, false);
        break;
      case "loop":
        if (stmt.test !== undefined) this.use(stmt.test, false);
        if (stmt.update !== undefined) this.use(stmt.update, false);
        break;
      case "switch":
        for (const { test } of stmt.cases) if (test !== undefined) this.use(test, false);
        break;
      case "return":
        if (stmt.value !== undefined) this.use(stmt.value, returned);
        break;
      case "throw":
      case "break":
      case "continue":
      case "block":
        break;
      default:
        assertNever(stmt);
    }
    for (const child of childStatements(stmt)) this.statement(child, returned);
  }

  private define(variable: Variable, value: Expr): void {
    const values = this.values.get(variable);
    if (values === undefined) this.values.set(variable, [value]);
    else values.push(value);
    this.use(value, this.seen.has(variable));
  }

  private mark(variable: Variable): void {
    if (this.seen.has(variable)) return;
    this.seen.add(variable);
    this.pending.push(variable);
  }

  /** Notes an expression whose sign of zero can be `seen` or not. */
  private use(expr: Expr, seen: boolean): void {
    switch (expr.kind) {
      case "local":
        if (seen) this.mark(expr.variable);
        return;
      case "unary":
        this.use(expr.operand, seen && expr.op !== "!" && expr.op !== "~");
        return;
      case "binary": {
        const [left, right] = operands[expr.op] ?? [no, no];
        this.use(expr.left, left(seen));
        this.use(expr.right, right(seen));
        return;
      }
      case "logical":
        this.use(expr.left, seen);
        this.use(expr.right, seen);
        return;
      case "conditional":
        this.use(expr.test, false);
        this.use(expr.then, seen);
        this.use(expr.otherwise, seen);
        return;
      case "sequence":
        for (const e of expr.exprs) this.use(e, seen && e === expr.exprs.at(-1));
        return;
      case "index":
        this.use(expr.object, true);
        this.use(expr.index, false);
        return;
      case "assign":
      case "update":
        if (expr.target.kind === "local") {
          this.define(expr.target.variable, expr.value);
          // what the assignment gives, for `x++` the value before
          if (seen) this.use(expr.target, true);
        } else {
          this.use(expr.target, true);
          this.use(expr.value, seen || this.stores(expr.target));
        }
        return;
      case "call":
        this.use(expr.callee, true);
        expr.args.forEach((arg, i) => {
          this.use(arg, this.argument(expr, i, seen));
        });
        return;
      case "inline":
        if (this.inlined.has(expr)) return;
        this.inlined.add(expr);
        for (const stmt of statementsIn(expr)) this.statement(stmt, true);
        return;
      default:
        for (const child of children(expr)) this.use(child, true);
    }
  }

  /** Whether a store there keeps the sign of zero. */
  private stores(target: Expr): boolean {
    const object = target.kind === "index" ? this.a.facts.get(target.object) : undefined;
    if (object?.kind === "pointer") return shows(object.to);
    return object?.kind !== "view" || shows(object.element);
  }

  private argument(call: CallExpr, i: number, seen: boolean): boolean {
    const callee = this.a.callees.get(call);
    switch (callee?.kind) {
      case "math":
        return ignoring.has(callee.name) ? false : passing.has(callee.name) ? seen : true;
      case "predicate":
      case "wrap":
      case "advance":
        return false;
      case "view":
        return false;
      case "element":
        // a value that is stored is counted as seen, whatever the element's type
        return callee.access === "set" && i === call.args.length - 1;
      case "convert":
        return callee.to === "number" && seen;
      case "compiled":
      case "foreign":
      case "pointer": {
        const type = callee.signature.params[i]?.type;
        return type === undefined || shows(type);
      }
      default:
        return true;
    }
  }
}

type Context = (seen: boolean) => boolean;
const no: Context = () => false;
const yes: Context = () => true;
const same: Context = (seen) => seen;
/** Operators through which a zero's sign is seen; comparisons and bitwise operators hide it. */
const operands: Readonly<Record<string, readonly [Context, Context]>> = {
  "+": [same, same],
  "-": [same, same],
  "*": [same, same],
  "/": [same, yes],
  "%": [same, no],
  "**": [yes, yes],
};

/** Whether a value of this type has a sign of zero: integers and booleans do not. */
const shows = (type: CType): boolean => type.kind !== "int" && type.kind !== "bool" && type.kind !== "void";
