// Calls: what is called, with which arguments, and what it gives.
import type { CallExpr, Expr } from "../parse/tree.ts";
import type { Signature } from "../types/ctype.ts";
import { typeNames } from "../types/names.ts";
import { printSignature } from "../types/print.ts";
import { type Analysis, BOTTOM } from "./analysis.ts";
import { wrapBigint } from "./bigint-interval.ts";
import { truthOf } from "./condition.ts";
import { conversionHint, converts, factOfCType } from "./ctype-fact.ts";
import { evaluate } from "./expressions.ts";
import {
  asNumber,
  bigints,
  boolean,
  constantOf,
  describe,
  type Fact,
  integers,
  type NumberFact,
  number,
  ofNumber,
  type StaticFact,
} from "./fact.ts";
import { mathFunctions, rejectedMath } from "./math.ts";
import { isCallableField, memberOf } from "./members.ts";
import { elementAccess, makeView } from "./views.ts";

const whatCanBeCalled = "native code calls Math, captured functions, compiled ones, foreign ones and function pointers";

export function call(a: Analysis, expr: CallExpr): Fact {
  const { callee } = expr;
  if (callee.kind === "member") {
    const object = evaluate(a, callee.object);
    const isMethod = object.kind === "view" || object.kind === "pointer";
    if (isMethod && !isCallableField(object, callee.name)) return elementAccess(a, expr, callee, object);
    const method = memberOf(a, callee, object);
    a.facts.set(callee, method);
    return callTarget(a, expr, method);
  }
  return callTarget(a, expr, evaluate(a, callee));
}

function callTarget(a: Analysis, expr: CallExpr, target: Fact): Fact {
  const { callee } = expr;
  if (target.kind === "code") {
    const result = callSignature(a, expr, "this function pointer", target.signature);
    a.callees.set(expr, { kind: "pointer", signature: target.signature });
    return result;
  }
  if (target.kind === "static") return callStatic(a, expr, target);
  return a.fail("CF2007", callee, `${describe(target)} cannot be called`, whatCanBeCalled);
}

function callStatic(a: Analysis, expr: CallExpr, target: StaticFact): Fact {
  const { value } = target;
  switch (value.kind) {
    case "math-function":
      return callMath(a, expr, value.name);
    case "builtin":
      return callBuiltin(a, expr, value.name);
    case "intrinsic":
      return makeView(a, expr, value.name);
    case "cfunc": {
      const { signature, symbol } = a.program.callCompiled(value.value);
      const result = callSignature(a, expr, nameOf(expr, symbol), signature);
      a.callees.set(expr, { kind: "compiled", name: symbol, signature });
      return result;
    }
    case "foreign": {
      const { signature, symbol, address } = a.program.foreign(value.value);
      const result = callSignature(a, expr, nameOf(expr, symbol), signature);
      a.callees.set(expr, { kind: "foreign", address, signature, symbol });
      return result;
    }
    case "function":
      return callPlain(a, expr, value.value);
    default:
      return a.fail("CF2007", expr.callee, `${describe(target)} cannot be called from native code`, whatCanBeCalled);
  }
}

/** A call of a C function: every argument must convert to its parameter. */
function callSignature(a: Analysis, expr: CallExpr, what: string, signature: Signature): Fact {
  const { params } = signature;
  const facts = expr.args.map((arg) => (arg.kind === "string" ? text(a, arg) : evaluate(a, arg)));
  if (facts.length !== params.length || signature.variadic) {
    const help = signature.variadic
      ? "variadic functions cannot be called from compiled code yet"
      : `its signature is ${printSignature(signature)}`;
    a.fail("CF2006", expr, `${what} takes ${takes(params.length, facts.length)}`, help);
  }
  for (const [i, fact] of facts.entries()) {
    const [type, arg] = [params[i]?.type, expr.args[i]];
    if (type === undefined || arg === undefined || converts(fact, type)) continue;
    a.fail(
      "CF2017",
      arg,
      `${describe(fact)} does not convert to parameter ${i + 1} of ${what}`,
      conversionHint(fact, type),
    );
  }
  const result = factOfCType(signature.result);
  return (
    result ??
    a.fail(
      "CF2015",
      expr,
      `${what} returns a ${signature.result.kind} by value, which cannot be used yet`,
      "let it write through a pointer parameter",
    )
  );
}

/** A literal text as a C string: a constant of the compiled code. */
function text(a: Analysis, expr: Extract<Expr, { kind: "string" }>): Fact {
  if (/\p{Surrogate}/u.test(expr.value)) {
    a.fail("CF2011", expr, "half of a surrogate pair has no UTF-8", "write the whole character");
  }
  if (expr.value.includes("\0")) a.fail("CF2011", expr, "a C string ends at its first NUL character", "leave it out");
  const fact: Fact = { kind: "pointer", to: typeNames.char, constant: true };
  a.facts.set(expr, fact);
  return fact;
}

function callPlain(a: Analysis, expr: CallExpr, fn: object): Fact {
  const unit = a.program.plainUnit(fn);
  const facts = expr.args.map((arg) => evaluate(a, arg));
  const { params, name } = unit.tree;
  if (facts.length < params.length) {
    const what = nameOf(expr, name ?? "this function");
    a.fail("CF2006", expr, `${what} takes ${takes(params.length, facts.length)}`, "pass every argument");
  }
  const passed = facts.slice(0, params.length);
  for (const [i, fact] of passed.entries()) {
    const arg = expr.args[i];
    if (arg !== undefined && ["view", "struct", "shape", "static", "void"].includes(fact.kind)) {
      a.fail(
        "CF2011",
        arg,
        `${describe(fact)} cannot be passed to a plain function`,
        "pass the pointer and the lengths",
      );
    }
  }
  const called = a.program.callPlain(unit, passed, expr);
  a.callees.set(expr, { kind: "function", name: called.name });
  if (called.result === undefined) {
    a.waits ||= !called.never;
    throw BOTTOM;
  }
  return called.result;
}

/** The callee as it is called, or by the name that it has. */
const nameOf = ({ callee }: CallExpr, name: string): string =>
  `\`${callee.kind === "free" || callee.kind === "member" ? callee.name : name}\``;

/** `2 arguments, but 1 is given`. */
export const takes = (wanted: number, given: number): string =>
  `${wanted} ${wanted === 1 ? "argument" : "arguments"}, but ${given} ${given === 1 ? "is" : "are"} given`;

/** The arguments as numbers, with their count checked. */
function numbers(a: Analysis, expr: CallExpr, what: string, [fewest, most]: readonly [number, number]): NumberFact[] {
  const count = expr.args.length;
  if (count < fewest || count > most) {
    a.fail(
      "CF2006",
      expr,
      `\`${what}\` takes ${fewest === most ? "" : "at least "}${takes(fewest, count)}`,
      "Math and Number have their usual arguments",
    );
  }
  return expr.args.map((arg) => {
    const fact = evaluate(a, arg);
    const help = fact.kind === "bigint" ? "convert it with `Number(...)`" : undefined;
    return asNumber(fact) ?? a.fail("CF2011", arg, `\`${what}\` takes numbers, this is ${describe(fact)}`, help);
  });
}

function callMath(a: Analysis, expr: CallExpr, name: string): Fact {
  const known = mathFunctions[name];
  if (known === undefined) {
    return a.fail("CF2008", expr.callee, `\`Math.${name}\` does not compile to native code`, rejectedMath[name]);
  }
  const args = numbers(a, expr, `Math.${name}`, known.arity);
  a.callees.set(expr, { kind: "math", name });
  return known.result(args);
}

function callBuiltin(a: Analysis, expr: CallExpr, name: string): Fact {
  switch (name) {
    case "Number": {
      const fact = evaluate(a, only(a, expr, name));
      a.callees.set(expr, { kind: "convert", to: "number" });
      if (fact.kind === "bigint") return bigintAsNumber(fact.lo, fact.hi);
      return (
        asNumber(fact) ??
        a.fail(
          "CF2011",
          expr,
          `${describe(fact)} does not convert to a number`,
          "give it a number, a boolean or a bigint",
        )
      );
    }
    case "Boolean": {
      const fact = evaluate(a, only(a, expr, name));
      a.callees.set(expr, { kind: "convert", to: "boolean" });
      return boolean(truthOf(fact));
    }
    case "BigInt": {
      const fact = evaluate(a, only(a, expr, name));
      a.callees.set(expr, { kind: "convert", to: "bigint" });
      if (fact.kind === "bigint") return fact;
      const x = asNumber(fact);
      if (x?.integer && !x.nan && Number.isFinite(x.lo) && Number.isFinite(x.hi))
        return bigints(BigInt(x.lo), BigInt(x.hi));
      const help = "BigInt throws for fractions; make it an integer first: `BigInt(Math.trunc(x) | 0)`";
      return a.fail("CF2011", expr, "BigInt needs a number that is certainly an integer", help);
    }
    case "console.log": {
      for (const arg of expr.args) {
        const fact = arg.kind === "string" ? undefined : evaluate(a, arg);
        if (arg.kind === "string" && arg.value.includes("\0")) {
          a.fail("CF2011", arg, "a text ends at its first NUL character", "leave it out");
        }
        if (fact === undefined || ["number", "boolean", "bigint"].includes(fact.kind)) continue;
        a.fail("CF2011", arg, `${describe(fact)} cannot be printed`, "console.log prints numbers and literal texts");
      }
      a.callees.set(expr, { kind: "log" });
      return { kind: "void" };
    }
    case "BigInt.asIntN":
    case "BigInt.asUintN": {
      const [width, value] = expr.args;
      if (width === undefined || value === undefined)
        return a.fail("CF2006", expr, `\`${name}\` takes 2 arguments`, `${name}(64, value)`);
      const w = evaluate(a, width);
      const bits = w.kind === "number" ? constantOf(w) : undefined;
      const fact = evaluate(a, value);
      if (bits === undefined || !Number.isInteger(bits) || bits < 1 || bits > 64) {
        return a.fail("CF2011", width, "the width must be a literal between 1 and 64", `${name}(64, value)`);
      }
      if (fact.kind !== "bigint")
        return a.fail(
          "CF2003",
          value,
          `\`${name}\` takes a bigint, this is ${describe(fact)}`,
          "write `BigInt(value)`",
        );
      const signed = name === "BigInt.asIntN";
      a.callees.set(expr, { kind: "wrap", signed, bits });
      return wrapBigint(signed, bits, fact);
    }
    case "isNaN":
    case "isFinite":
    case "Number.isNaN":
    case "Number.isFinite":
    case "Number.isInteger":
    case "Number.isSafeInteger": {
      numbers(a, expr, name, [1, 1]);
      const predicate = name.replace("Number.", "");
      if (
        predicate === "isNaN" ||
        predicate === "isFinite" ||
        predicate === "isInteger" ||
        predicate === "isSafeInteger"
      ) {
        a.callees.set(expr, { kind: "predicate", name: predicate });
      }
      return boolean();
    }
    default:
      return a.fail("CF2007", expr.callee, `\`${name}\` does not compile to native code`, whatCanBeCalled);
  }
}

function only(a: Analysis, expr: CallExpr, name: string): Expr {
  const [arg] = expr.args;
  if (arg !== undefined && expr.args.length === 1) return arg;
  return a.fail("CF2006", expr, `\`${name}\` takes ${takes(1, expr.args.length)}`, `${name}(value)`);
}

/** Rounds to nearest, as the conversion does. */
function bigintAsNumber(lo: bigint, hi: bigint): NumberFact {
  if (lo === hi) return ofNumber(Number(lo));
  return lo >= -(2n ** 53n) && hi <= 2n ** 53n
    ? integers(Number(lo), Number(hi))
    : number(Number(lo), Number(hi), true);
}
