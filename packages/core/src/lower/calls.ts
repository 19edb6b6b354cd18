// Calls: of Math, of other compiled and plain functions, of C functions, and the conversions that look like calls.

import type { Callee, ExtraArgument } from "../check/program.ts";
import { representationOf } from "../check/representation.ts";
import { floatConstant, intConstant } from "../ir/builder.ts";
import { scalarType } from "../ir/c-types.ts";
import type { Operand, RuntimeRoutine } from "../ir/ir.ts";
import type { CallExpr, Expr } from "../parse/tree.ts";
import { isAggregate, type Signature } from "../types/ctype.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import { aggregateArgument, load } from "./aggregates.ts";
import { mod64Bigint, toFloat, wrap } from "./bigints.ts";
import { fromC } from "./ctype.ts";
import { truth, value, widthOfBigint } from "./expressions.ts";
import { callChecked, refuseNull } from "./failure.ts";
import type { FunctionLowering } from "./function.ts";
import { resultType } from "./function.ts";
import { floatMath, integerMath } from "./math.ts";
import { type Address, accessed, loadAt, storeAt, toC } from "./memory.ts";
import { convertNumber, index, number } from "./numbers.ts";
import { passedTo, takeBack } from "./parameters.ts";
import type { HeldRecord } from "./records.ts";

/** A call whose value is used. */
export function call(f: FunctionLowering, expr: CallExpr): Operand {
  const callee = f.callee(expr);
  switch (callee.kind) {
    case "math": {
      const natural = f.natural(expr);
      const direct = natural === "f64" ? undefined : integerMath(f, expr, natural);
      return direct ?? floatMath(f, expr, callee.name);
    }
    case "element":
      return loadAt(f, accessed(f, expr));
    case "advance": {
      const member = expr.callee;
      const [by] = expr.args;
      const pointer = member.kind === "member" ? f.fact(member.object) : undefined;
      if (member.kind !== "member" || pointer?.kind !== "pointer" || by === undefined)
        return f.internal(expr, "no pointer");
      const base = value(f, member.object);
      return f.b.offset(base, index(f, by), pointer.to.kind === "void" ? 1 : sizeOf(pointer.to));
    }
    case "convert":
      return convert(f, expr, callee.to);
    case "predicate":
      return predicate(f, expr, callee.name);
    case "wrap": {
      const [, argument] = expr.args;
      return argument === undefined
        ? f.internal(expr, "no argument")
        : wrap(f, expr, argument, callee.signed, callee.bits);
    }
    case "function": {
      const target = f.functions.get(callee.name);
      const result = target === undefined ? "void" : resultType(target);
      if (result === "void") return f.internal(expr, "a call without a value");
      const given = callChecked(f, callee.name, passedTo(f, expr, callee.name), result);
      takeBack(f, expr);
      return given;
    }
    case "compiled": {
      const args = signatureArguments(f, expr, callee.signature);
      return fromCall(f, callee.signature, (result) => callChecked(f, callee.name, args, result));
    }
    case "foreign":
    case "pointer": {
      const { signature } = callee;
      const { address, args } = pointerCall(f, expr, callee);
      return fromCall(f, signature, (result) => f.b.call({ kind: "pointer", address, signature }, args, result));
    }
    case "cast":
      return value(f, callee.pointer);
    case "log":
    case "view":
      return f.internal(expr, "a view is no scalar");
  }
}

/** A call that gives nothing, or nothing that is used. */
export function callEffect(f: FunctionLowering, expr: CallExpr): void {
  const callee = f.callee(expr);
  if ("signature" in callee && isAggregate(callee.signature.result)) {
    callIntoMemory(f, expr);
    return;
  }
  switch (callee.kind) {
    case "element": {
      const stored = expr.args.at(-1);
      if (stored !== undefined) storeAt(f, accessed(f, expr), stored);
      return;
    }
    case "log":
      log(f, expr.args);
      return;
    case "function":
      callChecked(f, callee.name, passedTo(f, expr, callee.name), "void");
      takeBack(f, expr);
      return;
    case "compiled":
      callChecked(f, callee.name, signatureArguments(f, expr, callee.signature), "void");
      return;
    case "foreign":
    case "pointer": {
      const { signature } = callee;
      const { address, args } = pointerCall(f, expr, callee);
      f.b.callVoid({ kind: "pointer", address, signature }, args);
      return;
    }
    default:
      f.internal(expr, `a ${callee.kind} call gives a value`);
  }
}

/** Prints what `console.log` is given, for debugging: 17 significant digits, flushed at once. */
function log(f: FunctionLowering, args: readonly Expr[]): void {
  const print = (name: RuntimeRoutine, ...values: Operand[]) => f.b.callVoid({ kind: "runtime", name }, values);
  // an argument may print, or throw: all of them come before the first character
  const printed = args.map((arg) => printable(f, arg));
  for (const [i, [routine, operand]] of printed.entries()) {
    if (i > 0) print("print.text", f.pool.text(" "));
    print(routine, operand);
  }
  print("print.end");
}

function printable(f: FunctionLowering, arg: Expr): readonly [RuntimeRoutine, Operand] {
  if (arg.kind === "string") return ["print.text", f.pool.text(arg.value)];
  const fact = f.fact(arg);
  if (fact.kind === "boolean") {
    return ["print.text", f.b.select(truth(f, arg), f.pool.text("true"), f.pool.text("false"))];
  }
  if (fact.kind === "bigint") {
    if (representationOf(fact) === "i64") return ["print.int", mod64Bigint(f, arg)];
    if (fact.lo >= 0n && fact.hi < 1n << 64n) return ["print.uint", mod64Bigint(f, arg)];
    const help = "wrap it: console.log(BigInt.asIntN(64, value))";
    return f.fail("CF2012", arg, "console.log prints bigints of at most 64 bits", help);
  }
  return f.natural(arg) === "f64" ? ["print.float", number(f, arg, "f64")] : ["print.int", number(f, arg, "i64")];
}

/** The code to call and the arguments. What is called is looked at when the arguments are there, as JavaScript does. */
function pointerCall(
  f: FunctionLowering,
  expr: CallExpr,
  callee: Extract<Callee, { kind: "foreign" | "pointer" }>,
): { readonly address: Operand; readonly args: readonly Operand[] } {
  const address =
    callee.kind === "pointer"
      ? value(f, expr.callee)
      : f.b.convert("inttoptr", intConstant("i64", BigInt.asIntN(64, callee.address)), "ptr");
  const args = [...signatureArguments(f, expr, callee.signature), ...extraArguments(f, callee.extra)];
  if (callee.kind === "pointer" && callee.guarded) refuseNull(f, expr.callee, address);
  return { address, args };
}

function signatureArguments(f: FunctionLowering, expr: CallExpr, signature: Signature): Operand[] {
  return signature.params.map(({ type }, i) => {
    const arg = expr.args[i];
    if (arg === undefined) return f.internal(expr, "a missing argument");
    return isAggregate(type) ? aggregateArgument(f, type, arg) : toC(f, arg, type);
  });
}

/** A call of a C function whose result is a structure, union or complex number: where that lies afterwards. */
export function callIntoMemory(f: FunctionLowering, expr: CallExpr): Address {
  const callee = f.callee(expr);
  if (callee.kind !== "compiled" && callee.kind !== "foreign" && callee.kind !== "pointer")
    return f.internal(expr, `a ${callee.kind} call gives nothing in memory`);
  const { signature } = callee;
  const type = signature.result;
  const align = alignOf(type);
  const at = f.b.stack(sizeOf(type), align);
  if (callee.kind === "compiled") {
    callChecked(f, callee.name, [at, ...signatureArguments(f, expr, signature)], "void");
  } else {
    const { address, args } = pointerCall(f, expr, callee);
    f.b.callVoid({ kind: "pointer", address, signature }, [at, ...args]);
  }
  return { at, align, type };
}

/** The same, for a result that is used as a record. */
export const recordFromC = (f: FunctionLowering, expr: CallExpr): HeldRecord => load(f, callIntoMemory(f, expr));

/** The further arguments of a variadic function, after C's default argument promotions (C17 6.5.2.2). */
function extraArguments(f: FunctionLowering, extra: readonly ExtraArgument[]): Operand[] {
  return extra.map(({ value, type }) => {
    const operand = toC(f, value, type);
    if (operand.type === "f32") return f.b.convert("fpext", operand, "f64");
    if (!["i1", "i8", "i16"].includes(operand.type)) return operand;
    return f.b.convert(type.kind === "int" && type.signed ? "sext" : "zext", operand, "i32");
  });
}

function fromCall(
  f: FunctionLowering,
  { result }: Signature,
  make: (type: ReturnType<typeof scalarType>) => Operand,
): Operand {
  return fromC(f.b, result, make(scalarType(result)));
}

function convert(f: FunctionLowering, expr: CallExpr, to: "number" | "boolean" | "bigint"): Operand {
  const [arg] = expr.args;
  if (arg === undefined) return f.internal(expr, "no argument");
  const fact = f.fact(arg);
  if (to === "boolean") return truth(f, arg);
  if (to === "number") {
    if (fact.kind !== "bigint") return value(f, arg);
    // exact integers stay integers
    return f.natural(expr) === "f64" || representationOf(fact) !== "i64" ? toFloat(f, arg) : value(f, arg);
  }
  if (fact.kind === "bigint") return value(f, arg);
  const number53 = f.naturalInteger(arg);
  if (number53 === "f64") {
    const help = "keep it within 2^53: BigInt(Math.trunc(x) | 0)";
    return f.fail("CF2012", expr, "this number may be too large to convert to a bigint here", help);
  }
  const wide = convertNumber(f, number(f, arg, number53), "i64");
  return widthOfBigint(f, expr) === "i64" ? wide : f.b.convert("sext", wide, "i128");
}

function predicate(
  f: FunctionLowering,
  expr: CallExpr,
  name: "isNaN" | "isFinite" | "isInteger" | "isSafeInteger",
): Operand {
  const { b } = f;
  const [arg] = expr.args;
  if (arg === undefined) return f.internal(expr, "no argument");
  const x = number(f, arg, "f64");
  if (name === "isNaN") return b.fcmp("une", x, x);
  const magnitude = b.math("fabs", x);
  const finite = b.fcmp("olt", magnitude, floatConstant("f64", Infinity));
  if (name === "isFinite") return finite;
  const whole = b.fcmp("oeq", b.math("trunc", x), x);
  if (name === "isInteger") return b.int("and", finite, whole);
  return b.int("and", whole, b.fcmp("ole", magnitude, floatConstant("f64", Number.MAX_SAFE_INTEGER)));
}
