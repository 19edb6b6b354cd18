// Bounds for variables that only ever grow by increments: counters and sums. Widening alone would send them to
// infinity; the number of iterations times the largest increment bounds them.
import type { BinaryExpr, Expr, FunctionTree, Variable } from "../parse/tree.ts";
import { eachNode, writtenBy } from "../parse/walk.ts";
import { type BigintFact, bigints, type Fact, join, MAX_SAFE, type NumberFact, number } from "./fact.ts";

interface Sum {
  /** Declaration value or argument. */
  init: NumberFact | BigintFact | undefined;
  /** How many loops were around the declaration. */
  depth: number;
  /** Every increment is +-1, or another literal of at most that size. */
  unitSteps: boolean;
  /** For each place that adds: the smallest and largest total it can add. */
  readonly sites: Map<Expr, { lo: number; hi: number }>;
  /** The same for bigints. */
  readonly bigSites: Map<Expr, { lo: bigint; hi: bigint }>;
}

/** What a place adds about which nothing is known. */
const unbounded = { lo: -Infinity, hi: Infinity };

/** More iterations than any loop runs: at one a nanosecond, 36 years. */
const LIFETIME = 2n ** 60n;

export class Accumulators {
  /** Set when a bound grew, so that the fixpoint iteration takes another round. */
  grew = false;
  private readonly sums = new Map<Variable, Sum>();

  constructor(tree: FunctionTree) {
    const disqualified = new Set<Variable>();
    const sum = (variable: Variable): Sum => {
      const known = this.sums.get(variable);
      if (known !== undefined) return known;
      const made: Sum = { init: undefined, depth: Infinity, unitSteps: true, sites: new Map(), bigSites: new Map() };
      this.sums.set(variable, made);
      return made;
    };
    const visit = (expr: Expr): void => {
      if ((expr.kind === "assign" || expr.kind === "update") && expr.target.kind === "local") {
        const { variable } = expr.target;
        const step = increment(expr);
        if (step === undefined) disqualified.add(variable);
        else if (!isUnit(step)) sum(variable).unitSteps = false;
        else sum(variable);
      }
      // what a function adds that is compiled on its own is not counted here
      if (expr.kind === "inner") for (const { variable } of writtenBy(expr)) disqualified.add(variable);
    };
    eachNode(tree.body, { expr: visit });
    for (const variable of disqualified) this.sums.delete(variable);
  }

  /** A declaration or parameter gave the variable its first value. */
  declared(variable: Variable, fact: Fact, depth: number): void {
    const sum = this.sums.get(variable);
    if (sum === undefined) return;
    const init = sum.init === undefined ? fact : join(sum.init, fact);
    if (init?.kind === "number" || init?.kind === "bigint") sum.init = init;
    // a `var` may be declared again, deeper
    sum.depth = Math.min(sum.depth, depth);
  }

  /**
   * The fact of a variable after `variable += step`, which plain arithmetic says is `fact`.
   * `trips[k]` is the largest number of iterations of the k-th loop around this place.
   */
  bound(
    variable: Variable,
    site: Expr,
    op: "+" | "-",
    step: NumberFact,
    fact: NumberFact,
    trips: readonly number[],
  ): NumberFact {
    const sum = this.sums.get(variable);
    if (sum?.init?.kind !== "number" || !sum.init.integer || sum.init.nan) return fact;
    // what a fraction or a NaN adds has no bound here, and neither has the variable from then on
    if (!step.integer || step.nan) {
      this.grew ||= sum.sites.get(site) !== unbounded;
      sum.sites.set(site, unbounded);
      return fact;
    }
    const times = trips.slice(sum.depth).reduce((a, b) => a * b, 1);
    const [lo, hi] = op === "+" ? [step.lo, step.hi] : [-step.hi, -step.lo];
    const known = sum.sites.get(site);
    const total = {
      lo: Math.min(known?.lo ?? 0, multiply(Math.min(lo, 0), times)),
      hi: Math.max(known?.hi ?? 0, multiply(Math.max(hi, 0), times)),
    };
    if (known === undefined || known.lo !== total.lo || known.hi !== total.hi) {
      sum.sites.set(site, total);
      this.grew = true;
    }
    let least = sum.init.lo;
    let most = sum.init.hi;
    for (const s of sum.sites.values()) {
      least += s.lo;
      most += s.hi;
    }
    // 2^53 steps of one do not happen in a lifetime, and JavaScript's number would stop growing there anyway
    if (sum.unitSteps && sum.init.lo >= -MAX_SAFE && sum.init.hi <= MAX_SAFE) {
      least = Math.max(least, -MAX_SAFE);
      most = Math.min(most, MAX_SAFE);
    }
    if (least < -MAX_SAFE || most > MAX_SAFE) return fact;
    return number(Math.max(fact.lo, least), Math.min(fact.hi, most), fact.integer, fact.negativeZero, fact.nan);
  }

  /** As `bound`, for bigints: a sum of 64-bit values always fits 128 bits. */
  boundBigint(variable: Variable, site: Expr, op: "+" | "-", step: BigintFact, fact: BigintFact): BigintFact {
    const sum = this.sums.get(variable);
    if (sum?.init?.kind !== "bigint") return fact;
    const [lo, hi] = op === "+" ? [step.lo, step.hi] : [-step.hi, -step.lo];
    const known = sum.bigSites.get(site) ?? { lo: 0n, hi: 0n };
    const total = { lo: lower(known.lo, lo * LIFETIME), hi: higher(known.hi, hi * LIFETIME) };
    if (known.lo !== total.lo || known.hi !== total.hi) {
      sum.bigSites.set(site, total);
      this.grew = true;
    }
    let least = sum.init.lo;
    let most = sum.init.hi;
    for (const s of sum.bigSites.values()) {
      least += s.lo;
      most += s.hi;
    }
    return bigints(higher(fact.lo, least), lower(fact.hi, most));
  }
}

const lower = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const higher = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const multiply = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);

/** The operation of `x += step`, `x -= step`, `x++` or `x--`, or undefined for another assignment. */
export function increment(expr: Expr): BinaryExpr | undefined {
  if (expr.kind === "update") return expr.value;
  if (expr.kind !== "assign" || !expr.compound || expr.value.kind !== "binary") return undefined;
  return expr.value.op === "+" || expr.value.op === "-" ? expr.value : undefined;
}

const isUnit = (step: BinaryExpr): boolean =>
  step.right.kind === "number" && Math.abs(step.right.value) <= 1 && Number.isInteger(step.right.value);
