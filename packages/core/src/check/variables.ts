// What every variable holds over its whole life, and which ones exist only to compute indices.
import type { CallExpr, Expr, FunctionTree, Stmt, Variable } from "../parse/tree.ts";
import { children, eachNode, expressionsOf, parametersOf } from "../parse/walk.ts";
import type { CType } from "../types/ctype.ts";
import type { Analysis } from "./analysis.ts";
import { type Fact, join } from "./fact.ts";
import type { VariableInfo } from "./program.ts";
import { ignoringZeroSign, representationOf } from "./representation.ts";
import { ZeroSigns } from "./zero-sign.ts";

/** `result` is the C type that the function returns, undefined where it is no C function. */
export function variablesOf(
  a: Analysis,
  params: readonly Fact[],
  result: CType | undefined,
): Map<Variable, VariableInfo> {
  const { tree } = a.unit;
  const facts = new Map<Variable, Fact>();
  const defined = (variable: Variable, fact: Fact | undefined): void => {
    const known = facts.get(variable);
    const joined = known === undefined ? fact : fact === undefined ? known : join(known, fact);
    if (joined !== undefined) facts.set(variable, joined);
  };
  parametersOf(tree).forEach((variable, i) => {
    if (params[i]?.kind !== "void") defined(variable, params[i]);
  });
  const indexOnly = new IndexUse(tree, a.callees);
  const expr = (expr: Expr): void => {
    if ((expr.kind === "assign" || expr.kind === "update") && expr.target.kind === "local") {
      defined(expr.target.variable, a.facts.get(expr.value));
    }
    const callee = expr.kind === "call" && expr.callee.kind === "inner" ? a.callees.get(expr) : undefined;
    if (expr.kind === "call" && expr.callee.kind === "inner" && callee?.kind === "function") {
      for (const [i, { variable }] of expr.callee.captured.entries()) defined(variable, callee.after[i]);
    }
  };
  const stmt = (stmt: Stmt): void => {
    if (stmt.kind === "declare" && stmt.init !== undefined) defined(stmt.variable, a.facts.get(stmt.init));
  };
  eachNode(tree.body, { expr, stmt });
  const zeros = new ZeroSigns(a, result);
  const infos = new Map<Variable, VariableInfo>();
  for (const [variable, fact] of facts) {
    const index = fact.kind === "number" && fact.integer && !fact.nan && indexOnly.has(variable);
    const signless = fact.kind === "number" && !zeros.matter(variable);
    const natural = representationOf(signless ? ignoringZeroSign(fact) : fact);
    const useIndex = index && natural === "f64" && variable.kind !== "param";
    if (holdsTooWide(fact)) tooWide(a, variable);
    infos.set(variable, { fact, representation: useIndex ? "i64" : natural, indexOnly: useIndex });
  }
  return infos;
}

/** Whether a value, or a field of it, may not fit any register. */
const holdsTooWide = (fact: Fact): boolean =>
  fact.kind === "record"
    ? fact.fields.some((field) => holdsTooWide(field.fact))
    : fact.kind === "bigint" && representationOf(fact) === undefined;

function tooWide(a: Analysis, variable: Variable): never {
  const at: Expr = { kind: "local", span: variable.span, variable };
  const help = `wrap it where it grows: ${variable.name} = BigInt.asIntN(64, ...)`;
  return a.fail("CF2012", at, `\`${variable.name}\` may need more than 128 bits`, help);
}

/** Variables whose every use is part of an index: they may be held in 64 bits although their interval is wider. */
class IndexUse {
  private readonly used = new Set<Variable>();
  private readonly otherwise = new Set<Variable>();
  private readonly definitions: { readonly variable: Variable; readonly value: Expr }[] = [];
  private readonly callees: ReadonlyMap<CallExpr, { readonly kind: string }>;

  constructor(tree: FunctionTree, callees: ReadonlyMap<CallExpr, { readonly kind: string }>) {
    this.callees = callees;
    const stmt = (s: Stmt): void => {
      if (s.kind === "declare" && s.init !== undefined) this.define(s.variable, s.init);
      else if (s.kind === "expr") this.effect(s.expr);
      else
        for (const expr of expressionsOf(s))
          s.kind === "loop" && expr === s.update ? this.effect(expr) : this.use(expr, false);
    };
    eachNode(tree.body, { stmt });
    for (const { variable, written } of tree.captures) if (written) this.otherwise.add(variable);
    // what flows into a variable with other uses has other uses itself
    for (let before = -1; before !== this.otherwise.size; ) {
      before = this.otherwise.size;
      for (const { variable, value } of this.definitions) if (this.otherwise.has(variable)) this.use(value, false);
    }
  }

  has(variable: Variable): boolean {
    return this.used.has(variable) && !this.otherwise.has(variable);
  }

  private define(variable: Variable, value: Expr): void {
    this.definitions.push({ variable, value });
    this.use(value, true, true);
  }

  /** An expression whose value nobody uses. */
  private effect(expr: Expr): void {
    if (expr.kind === "sequence") for (const e of expr.exprs) this.effect(e);
    else if ((expr.kind === "assign" || expr.kind === "update") && expr.target.kind === "local") {
      this.define(expr.target.variable, expr.value);
    } else this.use(expr, false);
  }

  private use(expr: Expr, index: boolean, quiet = false): void {
    switch (expr.kind) {
      case "local":
        if (!index) this.otherwise.add(expr.variable);
        else if (!quiet) this.used.add(expr.variable);
        return;
      case "index":
        this.use(expr.object, false);
        this.use(expr.index, true);
        return;
      case "binary": {
        const inner = index && (expr.op === "+" || expr.op === "-" || expr.op === "*");
        this.use(expr.left, inner, quiet);
        this.use(expr.right, inner, quiet);
        return;
      }
      case "assign":
      case "update":
        if (expr.target.kind === "local") {
          this.define(expr.target.variable, expr.value);
          if (!index) this.otherwise.add(expr.target.variable);
        } else {
          this.use(expr.target, false);
          this.use(expr.value, false);
        }
        return;
      case "call": {
        // indices of get and set; a value that is set is no index, but counting it as other use is safe
        const access = this.callees.get(expr)?.kind === "element";
        this.use(expr.callee, false);
        expr.args.forEach((arg, i) => {
          this.use(arg, access && (i < expr.args.length - 1 || expr.args.length === 1));
        });
        return;
      }
      default:
        for (const child of children(expr)) this.use(child, false);
    }
  }
}
