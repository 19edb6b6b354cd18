// Calls: what is called, with which arguments, and what it gives.
import type { CallExpr, Expr } from "../parse/tree.ts";
import { assigns } from "../parse/walk.ts";
import { type CType, isAggregate, type Signature } from "../types/ctype.ts";
import { typeNames } from "../types/names.ts";
import { printSignature, printType } from "../types/print.ts";
import { isTypeObject } from "../types/type-object.ts";
import { type Analysis, BOTTOM } from "./analysis.ts";
import { wrapBigint } from "./bigint-interval.ts";
import { truthOf } from "./condition.ts";
import { conversionHint, converts, factOfResult } from "./ctype-fact.ts";
import { evaluate } from "./expressions.ts";
import {
  asNumber,
  bigints,
  boolean,
  type CodeFact,
  constantOf,
  describe,
  type Fact,
  integers,
  type NumberFact,
  number,
  ofNumber,
  type StaticFact,
} from "./fact.ts";
import { callInner } from "./inner-calls.ts";
import { mathFunctions, rejectedMath } from "./math.ts";
import { isCallableField, memberOf } from "./members.ts";
import type { ExtraArgument, ForeignCallee } from "./program.ts";
import { evaluateValue } from "./record.ts";
import { elementAccess, makeView } from "./views.ts";

const whatCanBeCalled = "native code calls Math, captured functions, compiled ones, foreign ones and function pointers";

export function call(a: Analysis, expr: CallExpr): Fact {
  const { callee } = expr;
  if (callee.kind === "inner") return refusingPlaces(a, expr, callInner(a, expr, callee));
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
  if (target.kind === "code") return callPointer(a, expr, target);
  if (target.kind === "static") return callStatic(a, expr, target);
  return a.fail("CF2007", callee, `${describe(target)} cannot be called`, whatCanBeCalled);
}

function callPointer(a: Analysis, expr: CallExpr, target: CodeFact): Fact {
  const { callee, args } = expr;
  const { signature } = target;
  const { result, extra } = callSignature(a, expr, "this function pointer", signature);
  const held = callee.kind === "local" && !args.some((arg) => assigns(arg, callee.variable)) ? callee : undefined;
  // an argument may have called it already
  const now = held === undefined ? target : a.here.get(held.variable);
  const guarded = now?.kind !== "code" || now.nonNull !== true;
  a.callees.set(expr, { kind: "pointer", signature, extra, guarded });
  // what follows runs only where it was not null
  if (guarded && held !== undefined) a.here.set(held.variable, { ...target, nonNull: true });
  return result;
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
      const { result } = callSignature(a, expr, nameOf(expr, symbol), signature);
      a.callees.set(expr, { kind: "compiled", name: symbol, signature });
      return result;
    }
    case "foreign": {
      const { signature, symbol, address } = chooseOverload(a, expr, a.program.foreign(value.value));
      const { result, extra } = callSignature(a, expr, nameOf(expr, symbol), signature);
      a.callees.set(expr, { kind: "foreign", address, signature, symbol, extra });
      return result;
    }
    case "function":
      return refusingPlaces(a, expr, callPlain(a, expr, value.value));
    default:
      return a.fail("CF2007", expr.callee, `${describe(target)} cannot be called from native code`, whatCanBeCalled);
  }
}

/** A function gives values: a view or a structure is a place. */
function refusingPlaces(a: Analysis, expr: CallExpr, result: Fact): Fact {
  if (result.kind !== "view" && result.kind !== "struct") return result;
  const help = "return an index or a pointer instead, and use it where it is needed";
  return a.fail("CF2011", expr, `${describe(result)} is no value that a function can return`, help);
}

/** The first overload that takes values of the arguments' types: the one that TypeScript chooses. */
function chooseOverload(a: Analysis, expr: CallExpr, candidates: readonly ForeignCallee[]): ForeignCallee {
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1) return only;
  const facts = expr.args.map((arg) => (arg.kind === "call" && asCall(a, arg) ? undefined : argument(a, arg)));
  const chosen = candidates.find(
    ({ signature: { params, variadic } }) =>
      (variadic ? facts.length >= params.length : facts.length === params.length) &&
      params.every(({ type }, i) => isOfType(facts[i], type)),
  );
  if (chosen !== undefined) return chosen;
  const help = `its overloads are ${candidates.map(({ signature }) => printSignature(signature)).join("; ")}`;
  return a.fail("CF2006", expr, `no overload of ${nameOf(expr, "this function")} takes these arguments`, help);
}

/** Whether TypeScript would pass a value with this fact for the type: unlike `converts`, without any conversion. */
function isOfType(fact: Fact | undefined, type: CType): boolean {
  switch (type.kind) {
    case "bool":
      return fact?.kind === "boolean";
    case "int":
      return fact?.kind === type.js;
    case "float":
      return fact?.kind === "number";
    case "pointer":
      if (fact?.kind === "pointer")
        return type.to.kind === "void" || fact.to.kind === "void" || printType(fact.to) === printType(type.to);
      return fact?.kind === "null" || (fact?.kind === "code" && type.to.kind === "function");
    default:
      return false;
  }
}

/** A call of a C function: every argument must convert to its parameter. */
function callSignature(
  a: Analysis,
  expr: CallExpr,
  what: string,
  signature: Signature,
): { readonly result: Fact; readonly extra: readonly ExtraArgument[] } {
  const { params, variadic } = signature;
  const { length } = expr.args;
  if (variadic ? length < params.length : length !== params.length) {
    const help = `its signature is ${printSignature(signature)}`;
    a.fail("CF2006", expr, `${what} takes ${variadic ? "at least " : ""}${takes(params.length, length)}`, help);
  }
  const extra: ExtraArgument[] = [];
  for (const [i, arg] of expr.args.entries()) {
    const type = params[i]?.type;
    if (type !== undefined) convertible(a, arg, argument(a, arg), type, `parameter ${i + 1} of ${what}`);
    else extra.push(extraArgument(a, arg));
  }
  const result =
    factOfResult(signature.result) ??
    a.fail(
      "CF2015",
      expr,
      `${what} returns ${printType(signature.result)}, which C does not do`,
      "let it write through a pointer parameter",
    );
  return { result, extra };
}

const argument = (a: Analysis, arg: Expr): Fact => (arg.kind === "string" ? text(a, arg) : evaluateValue(a, arg));

function convertible(a: Analysis, arg: Expr, fact: Fact, type: CType, where: string): void {
  if (converts(fact, type)) return;
  a.fail("CF2017", arg, `${describe(fact)} does not convert to ${where}`, conversionHint(fact, type));
}

/** What stands after the named parameters: `as(float64, x)`, or a text or a pointer, whose C type is known. */
function extraArgument(a: Analysis, arg: Expr): ExtraArgument {
  const typed = arg.kind === "call" ? asCall(a, arg) : undefined;
  if (typed !== undefined) {
    const fact = argument(a, typed.value);
    convertible(a, typed.value, fact, typed.type, printType(typed.type));
    a.facts.set(arg, fact);
    return typed;
  }
  const fact = argument(a, arg);
  if (fact.kind === "pointer") return { value: arg, type: { kind: "pointer", to: fact.to, constant: fact.constant } };
  return a.fail("CF2017", arg, "an argument after the named parameters needs a C type", "as(int32, 3), as(float64, x)");
}

/** The two halves of `as(type, value)`; undefined for every other call. */
function asCall(a: Analysis, call: CallExpr): ExtraArgument | undefined {
  const callee = call.callee.kind === "free" || call.callee.kind === "member" ? evaluate(a, call.callee) : undefined;
  if (callee?.kind !== "static" || callee.value.kind !== "intrinsic" || callee.value.name !== "as") return undefined;
  const [typed, value] = call.args;
  const fact = typed === undefined ? undefined : evaluate(a, typed);
  const object = fact?.kind === "static" && fact.value.kind === "type" ? fact.value.value : undefined;
  if (value === undefined || call.args.length > 2 || !isTypeObject(object))
    return a.fail("CF2006", call, "`as` takes a C type and a value", "as(float64, x)");
  const { type } = object;
  if (isAggregate(type) || type.kind === "void")
    return a.fail("CF2015", call, `${printType(type)} cannot be passed by value yet`, "pass a pointer");
  return { value, type };
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
  const facts = expr.args.map((arg) => evaluateValue(a, arg));
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
  const called = a.program.callPlain(unit, passed);
  a.callees.set(expr, { kind: "function", name: called.name, after: [] });
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
