// Facts of expressions: evaluates an expression in the current environment and records what it can be.
import type { BinaryExpr, Expr, InlineExpr, LogicalExpr, Target, UnaryExpr } from "../parse/tree.ts";
import { assertNever } from "../types/ctype.ts";
import { increment } from "./accumulators.ts";
import { type Analysis, BOTTOM, joinEnv, type ReturnFrame } from "./analysis.ts";
import { bigintBinary, negateBigint, notBigint } from "./bigint-interval.ts";
import { call } from "./calls.ts";
import { factOfCaptured } from "./captured.ts";
import { condition, type Outcomes, truthFact } from "./condition.ts";
import { conversionHint, converts } from "./ctype-fact.ts";
import {
  asNumber,
  type BigintFact,
  bigints,
  boolean,
  describe,
  type Fact,
  join,
  mayBeZero,
  ofNumber,
  voidFact,
  withoutZero,
} from "./fact.ts";
import { elementOf, indexed, member } from "./members.ts";
import { arithmetic, bitNot, bitwise, negate } from "./number-interval.ts";
import { evaluateValue, objectLiteral } from "./record.ts";
import { run } from "./statements.ts";

export function evaluate(a: Analysis, expr: Expr): Fact {
  const fact = compute(a, expr);
  const isPlace = fact.kind === "view" || fact.kind === "struct" || fact.kind === "shape";
  if (isPlace && ["conditional", "logical", "sequence", "inline"].includes(expr.kind)) {
    const help = "choose an index or a pointer instead, and use it where it is needed";
    a.fail("CF2011", expr, `${describe(fact)} is no value that an expression can choose or a function return`, help);
  }
  a.facts.set(expr, fact);
  return fact;
}

function compute(a: Analysis, expr: Expr): Fact {
  switch (expr.kind) {
    case "number":
      return ofNumber(expr.value);
    case "boolean":
      return boolean(expr.value);
    case "bigint":
      return bigints(expr.value, expr.value);
    case "null":
      return { kind: "null" };
    case "string":
      return a.fail(
        "CF2011",
        expr,
        "a string is no value in native code",
        "a literal text can be an argument of a C function or of console.log, and the name of an element type",
      );
    case "array":
      return a.fail(
        "CF2011",
        expr,
        "an array literal is no value in native code",
        "it can be a shape: carray(p, [m, n])",
      );
    case "object":
      return objectLiteral(a, expr);
    case "local": {
      const fact = a.here.get(expr.variable);
      if (fact !== undefined && fact.kind !== "void") return fact;
      return a.fail(
        "CF2009",
        expr,
        `\`${expr.variable.name}\` may be read before it is assigned`,
        "give it a value where it is declared",
      );
    }
    case "free":
      return factOfCaptured(a, expr);
    case "member":
      return member(a, expr);
    case "index":
      return indexed(a, expr);
    case "unary":
      return unary(a, expr);
    case "binary":
      return binary(a, expr, evaluate(a, expr.left), evaluate(a, expr.right));
    case "logical":
      return logical(a, expr);
    case "conditional": {
      const { then, otherwise } = condition(a, expr.test);
      return branches(a, expr, [
        [then, () => evaluateValue(a, expr.then)],
        [otherwise, () => evaluateValue(a, expr.otherwise)],
      ]);
    }
    case "assign": {
      // a place is found before the value that goes there
      if (expr.target.kind !== "local" && !expr.compound) evaluate(a, expr.target);
      const fact = assigned(a, expr, expr.target, evaluateValue(a, expr.value));
      a.facts.set(expr.value, fact);
      return fact;
    }
    case "update": {
      const before = evaluate(a, expr.value.left);
      // the one that is added is of the kind of the target
      const one = before.kind === "bigint" ? bigints(1n, 1n) : ofNumber(1);
      a.facts.set(expr.value.right, one);
      const after = assigned(a, expr, expr.target, binary(a, expr.value, before, one));
      a.facts.set(expr.value, after);
      return expr.prefix ? after : before;
    }
    case "call":
      return call(a, expr);
    case "sequence":
      for (const e of expr.exprs.slice(0, -1)) perform(a, e);
      return evaluate(a, expr.exprs.at(-1) ?? a.fail("CF1301", expr, "an empty sequence", "write a value"));
    case "inline":
      return inlined(a, expr);
    case "inner":
      return a.fail("CF1302", expr, "an inner function is no value in native code", "call it");
    default:
      return assertNever(expr);
  }
}

/** The body of an inner function, in the environment of its call; what it returns is the value. */
function inlined(a: Analysis, expr: InlineExpr): Fact {
  const outer = a.returns;
  const frame: ReturnFrame = { fact: undefined, envs: [] };
  a.returns = frame;
  run(a, expr.params);
  run(a, expr.body);
  a.returns = outer;
  const falls = a.env !== undefined;
  if (falls && frame.fact !== undefined && frame.fact.kind !== "void") {
    a.fail("CF2010", expr, `not every path of \`${expr.name}\` returns a value`, "end it with `return ...`");
  }
  a.env = frame.envs.reduce(joinEnv, a.env);
  if (a.env === undefined) throw BOTTOM;
  return frame.fact ?? voidFact;
}

/** Evaluates alternatives, each from its own environment, and joins what they give and leave. */
function branches(a: Analysis, at: Expr, paths: readonly (readonly [Analysis["env"], () => Fact])[]): Fact {
  let result: Fact | undefined;
  let after: Analysis["env"];
  for (const [env, path] of paths) {
    if (env === undefined) continue;
    a.env = env;
    try {
      const fact = path();
      if (fact.kind === "view" || fact.kind === "struct") {
        const help = "choose between pointers, and make one view of the one that was chosen";
        a.fail("CF2011", at, `${describe(fact)} cannot be chosen by a condition`, help);
      }
      const joined: Fact | undefined = result === undefined ? fact : join(result, fact);
      if (joined === undefined && result !== undefined) {
        a.fail(
          "CF2011",
          at,
          `this is either ${describe(result)} or ${describe(fact)}`,
          "make both sides one kind of value",
        );
      }
      result = joined;
      after = joinEnv(after, a.env);
    } catch (error) {
      if (error !== BOTTOM) throw error;
    }
  }
  a.env = after;
  if (result === undefined) throw BOTTOM;
  return result;
}

function unary(a: Analysis, expr: UnaryExpr): Fact {
  if (expr.op === "!") {
    const { then, otherwise } = condition(a, expr.operand);
    a.env = joinEnv(then, otherwise);
    return truthFact({ then: otherwise, otherwise: then });
  }
  const fact = evaluate(a, expr.operand);
  if (fact.kind === "bigint" && expr.op === "-") return negateBigint(fact);
  if (fact.kind === "bigint" && expr.op === "~") return notBigint(fact);
  const operand = asNumber(fact);
  if (operand === undefined) {
    const help = fact.kind === "bigint" ? "write `Number(value)`" : "apply it to a number";
    return a.fail("CF2011", expr, `\`${expr.op}\` cannot be applied to ${describe(fact)}`, help);
  }
  return expr.op === "-" ? negate(operand) : expr.op === "~" ? bitNot(operand) : operand;
}

function binary(a: Analysis, expr: BinaryExpr, left: Fact, right: Fact): Fact {
  const { op } = expr;
  switch (op) {
    case "<":
    case "<=":
    case ">":
    case ">=":
    case "==":
    case "!=":
    case "===":
    case "!==":
      return comparison(a, expr, left, right);
  }
  if (left.kind === "bigint" && right.kind === "bigint") {
    if ((op === "/" || op === "%") && mayBeZero(right)) divisorPassed(a, expr.right, right);
    const result = bigintBinary(op, left, right);
    if (result !== undefined) return result;
    const help = op === "<<" || op === ">>" ? "shift by a literal between 0n and 127n" : "multiply in a loop";
    return a.fail("CF2011", expr, `\`${op}\` does not compile for these bigints`, help);
  }
  const [l, r] = [asNumber(left), asNumber(right)];
  if (l === undefined || r === undefined) return cannotMix(a, expr, left, right);
  switch (op) {
    case "&":
    case "|":
    case "^":
    case "<<":
    case ">>":
    case ">>>":
      return bitwise(op, l, r);
    default:
      return arithmetic(op, l, r);
  }
}

/** A bigint is divided by zero, which throws, or what follows knows that the divisor is not zero. */
function divisorPassed(a: Analysis, divisor: Expr, fact: BigintFact): void {
  a.throws = true;
  if (fact.lo === fact.hi) throw BOTTOM;
  if (divisor.kind === "local") a.here.set(divisor.variable, withoutZero(fact));
}

function comparison(a: Analysis, expr: BinaryExpr, left: Fact, right: Fact): Fact {
  const [l, r] = [asNumber(left), asNumber(right)];
  const mixesKinds = left.kind !== right.kind && (expr.op === "===" || expr.op === "!==");
  if (l !== undefined && r !== undefined && !mixesKinds) {
    if (l.nan || r.nan) return boolean();
    const [below, above] = [l.hi < r.lo, l.lo > r.hi];
    switch (expr.op) {
      case "<":
        return boolean(below ? true : l.lo >= r.hi ? false : undefined);
      case "<=":
        return boolean(l.hi <= r.lo ? true : above ? false : undefined);
      case ">":
        return boolean(above ? true : l.hi <= r.lo ? false : undefined);
      case ">=":
        return boolean(l.lo >= r.hi ? true : below ? false : undefined);
      default: {
        const apart = below || above;
        const equal = l.lo === l.hi && r.lo === r.hi && l.lo === r.lo;
        if (!apart && !equal) return boolean();
        return boolean((expr.op === "==" || expr.op === "===") === equal);
      }
    }
  }
  if (left.kind === "bigint" && right.kind === "bigint") return boolean();
  const isPointer = (f: Fact) => f.kind === "pointer" || f.kind === "null" || f.kind === "code";
  const isEquality = expr.op.startsWith("=") || expr.op.startsWith("!");
  if (isPointer(left) && isPointer(right) && isEquality) return boolean();
  return cannotMix(a, expr, left, right);
}

function cannotMix(a: Analysis, expr: BinaryExpr, left: Fact, right: Fact): never {
  const related = [a.label(expr.left, `this is ${describe(left)}`), a.label(expr.right, `this is ${describe(right)}`)];
  const kinds = [left.kind, right.kind];
  if (kinds.includes("bigint") && kinds.includes("number")) {
    const help = "convert explicitly with `BigInt(...)` or `Number(...)`";
    return a.fail("CF2003", expr, "cannot mix bigint and number", help, related);
  }
  const pointer = kinds.includes("record")
    ? "compare or compute with the fields; complex numbers have complex.add, complex.equals and so on"
    : kinds.includes("pointer")
      ? "use `p.add(n)` to move a pointer, `p[i]` to read through it"
      : kinds.every((kind) => kind === "number" || kind === "boolean")
        ? "convert one side: `Number(flag)`, or `value !== 0`"
        : "use numbers, elements and fields";
  const message = `\`${expr.op}\` cannot be applied to ${describe(left)} and ${describe(right)}`;
  return a.fail("CF2011", expr, message, pointer, related);
}

function logical(a: Analysis, expr: LogicalExpr): Fact {
  if (expr.op === "??") {
    const left = evaluate(a, expr.left);
    if (left.kind !== "pointer" && left.kind !== "null" && left.kind !== "code") return left;
    const before = a.here.fork();
    return branches(a, expr, [
      [before, () => left],
      [before.fork(), () => evaluate(a, expr.right)],
    ]);
  }
  const { then, otherwise } = condition(a, expr);
  a.env = joinEnv(then, otherwise);
  const value = a.facts.get(expr);
  if (a.env === undefined || value === undefined) throw BOTTOM;
  if (!a.truthOnly.has(expr)) return value;
  // where the right side never runs, the kinds were mixed further left
  if (!a.facts.has(expr.right) && a.truthOnly.has(expr.left)) return evaluate(a, expr.left);
  const [left, right] = [expr.left, expr.right].map((side) => describe(a.facts.get(side) ?? voidFact));
  return a.fail("CF2011", expr, `this is either ${left} or ${right}`, "make both sides one kind of value");
}

/** Evaluates an expression whose value nobody uses: `test && effect()` needs no kind of its own then. */
export function perform(a: Analysis, expr: Expr): void {
  if (expr.kind === "sequence") {
    for (const e of expr.exprs) perform(a, e);
  } else if (expr.kind === "conditional") {
    performEither(a, condition(a, expr.test), expr.then, expr.otherwise);
  } else if (expr.kind === "logical" && expr.op !== "??") {
    const isAnd = expr.op === "&&";
    performEither(a, condition(a, expr.left), isAnd ? expr.right : undefined, isAnd ? undefined : expr.right);
  } else {
    evaluate(a, expr);
    return;
  }
  a.facts.set(expr, voidFact);
}

function performEither(a: Analysis, test: Outcomes, then: Expr | undefined, otherwise: Expr | undefined): void {
  const after = [[test.then, then] as const, [test.otherwise, otherwise] as const].map(([env, expr]) => {
    a.env = env;
    if (env === undefined || expr === undefined) return env;
    try {
      perform(a, expr);
      return a.env;
    } catch (error) {
      if (error !== BOTTOM) throw error;
      return undefined;
    }
  });
  a.env = after.reduce(joinEnv);
  if (a.env === undefined) throw BOTTOM;
}

/** The effect of storing `value` in a target, and the fact of the whole assignment. */
function assigned(a: Analysis, at: Extract<Expr, { kind: "assign" | "update" }>, target: Target, value: Fact): Fact {
  if (target.kind === "local") {
    const { variable } = target;
    if (target.early || (variable.skippable && a.here.get(variable) === undefined)) {
      const message = `\`${variable.name}\` may be assigned before it is declared`;
      a.fail("CF2009", at, message, "JavaScript throws a ReferenceError then; declare it further up");
    }
    const step = increment(at);
    const by = step === undefined ? undefined : asNumber(a.facts.get(step.right) ?? value);
    let fact = value;
    if (step !== undefined && (step.op === "+" || step.op === "-")) {
      const trips = a.loops.map((loop) => loop.trips);
      const big = a.facts.get(step.right);
      if (by !== undefined && fact.kind === "number") {
        fact = a.accumulators.bound(target.variable, at, step.op, by, fact, trips);
      } else if (fact.kind === "bigint" && big?.kind === "bigint") {
        fact = a.accumulators.boundBigint(target.variable, at, step.op, big, fact);
      }
    }
    if (["static", "void", "shape", "view", "struct"].includes(fact.kind)) {
      a.fail("CF2011", at, `${describe(fact)} cannot be assigned to a variable`, "declare it with `const`");
    }
    a.assign(target.variable, fact, at);
    return fact;
  }
  const element = elementOf(a, target);
  if (!converts(value, element)) {
    a.fail("CF2017", at, `${describe(value)} cannot be stored here`, conversionHint(value, element));
  }
  return value;
}
