// The state of the abstract interpretation of one function: the environment at the current point, the facts found so
// far, the loops around it. Expressions and statements are in files of their own.
import type { Code } from "../diagnostics/codes.ts";
import type { Label } from "../diagnostics/diagnostic.ts";
import { CFuncError } from "../diagnostics/error.ts";
import type { CallExpr, Expr, FunctionTree, LoopStmt, Stmt, Variable } from "../parse/tree.ts";
import { type CType, isAggregate } from "../types/ctype.ts";
import { printType } from "../types/print.ts";
import { Accumulators } from "./accumulators.ts";
import { conversionHint, converts } from "./ctype-fact.ts";
import { Env } from "./env.ts";
import { describe, type Fact, join } from "./fact.ts";
import type { Callee, CompiledCallee, ForeignCallee, Unit } from "./program.ts";

/**
 * Thrown where evaluation cannot continue: after a call that never returns, and after a recursive one whose result is
 * not known in this round.
 */
export const BOTTOM = Symbol("no value reaches this point");

/** A loop, or a `switch`, which can be left but not continued. */
export interface LoopFrame {
  readonly labels: readonly string[];
  /** A block with a label: only a `break` that names it leaves it. */
  readonly isBlock?: boolean;
  /** At most this many iterations each time the loop runs; Infinity where unknown. */
  trips: number;
  readonly breaks: (Env | undefined)[];
  readonly continues: (Env | undefined)[] | undefined;
}

/** The returns of an inner function: what they give, and what holds after them. */
export interface ReturnFrame {
  fact: Fact | undefined;
  readonly envs: (Env | undefined)[];
}

/** What calling a function for certain kinds of arguments gives. */
export interface CallOutcome {
  readonly name: string;
  /** Undefined while that is being found out, and where the function never returns. */
  readonly result: Fact | undefined;
  /** What the captured variables hold then that the function assigns. */
  readonly after: readonly (Fact | undefined)[];
  readonly never: boolean;
}

/** What the analysis of one function may ask of the whole program. */
export interface ProgramContext {
  /** Calls a plain function with these arguments. */
  callPlain(unit: Unit, args: readonly Fact[]): CallOutcome;
  /** The same for an inner function of a unit; the facts of its parameters and then of its captures. */
  callInner(unit: Unit, fn: FunctionTree, args: readonly Fact[]): CallOutcome;
  callCompiled(cfunc: object): CompiledCallee;
  foreign(fn: object): readonly ForeignCallee[];
  plainUnit(fn: object): Unit;
}

export class Analysis {
  readonly unit: Unit;
  readonly program: ProgramContext;
  /** The environment here, or undefined where execution cannot be. */
  env: Env | undefined;
  readonly facts = new Map<Expr, Fact>();
  readonly callees = new Map<CallExpr, Callee>();
  readonly reachable = new Set<Stmt>();
  /** Logical operators whose sides are of different kinds: they have a truth, but no value. */
  readonly truthOnly = new Set<Expr>();
  readonly loops: LoopFrame[] = [];
  /** What held at the head of every loop when it was last analysed, and how many passes over loops there were. */
  readonly heads = new Map<LoopStmt, Env>();
  passes = 0;
  readonly accumulators: Accumulators;
  /** Whether a call was met whose result is not known in this round. */
  waits = false;
  /** The function's C type returns nothing: what it returns is evaluated for its effects. */
  discardsResult = false;
  /** The C type that the function returns; undefined for a function that is no C function. */
  resultType: CType | undefined;
  /** Whether a `throw` can be reached. */
  throws = false;
  /** The join of what every `return` of the function gives. */
  result: Fact | undefined;
  /** What holds after the function, where it returns. */
  exit: Env | undefined;
  /** The inner function whose body is being analysed. */
  returns: ReturnFrame | undefined;
  private readonly kinds = new Map<Variable, Fact>();

  constructor(unit: Unit, program: ProgramContext) {
    this.unit = unit;
    this.program = program;
    this.env = Env.of(unit.tree.variables.length);
    this.accumulators = new Accumulators(unit.tree);
  }

  fail(code: Code, at: Expr | Stmt, message: string, help?: string, related?: readonly Label[]): never {
    const primary = { source: this.unit.tree.source, span: at.span };
    throw new CFuncError([
      {
        code,
        severity: "error",
        message,
        primary,
        ...(help === undefined ? {} : { help }),
        ...(related === undefined ? {} : { related }),
      },
    ]);
  }

  label(at: Expr, message: string): Label {
    return { source: this.unit.tree.source, span: at.span, message };
  }

  /** The environment, where the caller knows that execution gets here. */
  get here(): Env {
    if (this.env === undefined) throw BOTTOM;
    return this.env;
  }

  assign(variable: Variable, fact: Fact, at: Expr | Stmt): void {
    const known = this.kinds.get(variable);
    // a view is declared once, and may be another one each time round a loop
    const isView = known?.kind === "view" && fact.kind === "view";
    if (known !== undefined && !isView && join(known, fact) === undefined) {
      const [was, is] = [describe(known), describe(fact)];
      const mixed =
        (known.kind === "number" && fact.kind === "bigint") || (known.kind === "bigint" && fact.kind === "number");
      const help = mixed ? "convert explicitly with `BigInt(...)` or `Number(...)`" : "use a second variable";
      this.fail(
        mixed ? "CF2003" : "CF2011",
        at,
        `\`${variable.name}\` holds ${was} and cannot be assigned ${is}`,
        help,
      );
    }
    if (known === undefined || known.kind === "null") this.kinds.set(variable, fact);
    this.here.set(variable, fact);
  }

  returned(fact: Fact, at: Stmt): void {
    if (this.returns === undefined && this.resultType !== undefined && isAggregate(this.resultType)) {
      // an object on one path and a structure in memory on another are both copied
      if (!converts(fact, this.resultType)) {
        const message = `the function returns ${describe(fact)}, but its signature says ${printType(this.resultType)}`;
        this.fail(
          "CF2017",
          at.kind === "return" ? (at.value ?? at) : at,
          message,
          conversionHint(fact, this.resultType),
        );
      }
      this.result ??= fact;
      this.exit = joinEnv(this.exit, this.env);
      return;
    }
    const known = this.returns === undefined ? this.result : this.returns.fact;
    const joined = known === undefined ? fact : join(known, fact);
    if (joined === undefined) {
      const first = describe(known ?? fact);
      this.fail(
        "CF2011",
        at,
        `this returns ${describe(fact)}, but another path returns ${first}`,
        "return one kind of value",
      );
    }
    if (this.returns === undefined) {
      this.result = joined;
      this.exit = joinEnv(this.exit, this.env);
    } else {
      this.returns.fact = joined;
      this.returns.envs.push(this.env);
    }
  }
}

/** What holds on both of two paths that meet. */
export function joinEnv(a: Env | undefined, b: Env | undefined): Env | undefined {
  if (a === undefined) return b;
  return b === undefined || a === b ? a : a.join(b);
}
