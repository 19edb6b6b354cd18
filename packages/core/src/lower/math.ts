// `Math`: functions that stay integers where their arguments are, and the f64 form of every one.
import { isSafeInteger, widest } from "../check/representation.ts";
import { floatConstant, intConstant } from "../ir/builder.ts";
import type { MathOp, Operand } from "../ir/ir.ts";
import type { CallExpr, Expr } from "../parse/tree.ts";
import type { FunctionLowering } from "./function.ts";
import { convertNumber, integer, mod32, number } from "./numbers.ts";

/** A call of a Math function on integers, exactly and in `rep`; undefined where it must be computed in f64. */
export function integerMath(f: FunctionLowering, expr: CallExpr, rep: "i32" | "i64"): Operand | undefined {
  const callee = f.callee(expr);
  if (callee.kind !== "math") return undefined;
  const { b } = f;
  const [x, y] = expr.args;
  if (callee.name === "imul" && x !== undefined && y !== undefined) {
    const left = mod32(f, x);
    return convertNumber(f, b.int("mul", left, mod32(f, y)), rep);
  }
  if (callee.name === "clz32" && x !== undefined) return convertNumber(f, b.clz(mod32(f, x)), rep);
  if (!expr.args.every((arg) => isSafeInteger(f.numberFact(arg)) && f.naturalInteger(arg) !== "f64")) return undefined;
  switch (callee.name) {
    case "floor":
    case "ceil":
    case "round":
    case "trunc":
      return x === undefined ? undefined : integer(f, x, rep);
    case "abs": {
      if (x === undefined) return undefined;
      // |INT32_MIN| needs 64 bits
      const width = f.naturalInteger(x) === "i32" && f.numberFact(x).lo > -(2 ** 31) ? "i32" : "i64";
      const value = integer(f, x, width);
      const negative = b.icmp("slt", value, intConstant(width, 0));
      return convertNumber(f, b.select(negative, b.int("sub", intConstant(width, 0), value, true), value), rep);
    }
    case "sign": {
      if (x === undefined) return undefined;
      const width = widthOf(f, x);
      const value = integer(f, x, width);
      const positive = b.convert("zext", b.icmp("sgt", value, intConstant(width, 0)), "i32");
      const negative = b.convert("zext", b.icmp("slt", value, intConstant(width, 0)), "i32");
      return convertNumber(f, b.int("sub", positive, negative, true), rep);
    }
    case "min":
    case "max": {
      const width = widest(...expr.args.map((arg) => widthOf(f, arg)), "i32" as const);
      const predicate = callee.name === "min" ? "slt" : "sgt";
      const [first, ...rest] = expr.args.map((arg) => integer(f, arg, width));
      if (first === undefined) return undefined;
      return convertNumber(
        f,
        rest.reduce((a, c) => b.select(b.icmp(predicate, a, c), a, c), first),
        rep,
      );
    }
    default:
      return undefined;
  }
}

const widthOf = (f: FunctionLowering, expr: Expr): "i32" | "i64" => (f.naturalInteger(expr) === "i32" ? "i32" : "i64");

/** Functions whose f64 form is one operation of the IR. */
const direct: Readonly<Record<string, MathOp>> = {
  abs: "fabs",
  floor: "floor",
  ceil: "ceil",
  trunc: "trunc",
  sqrt: "sqrt",
  sin: "sin",
  cos: "cos",
  tan: "tan",
  asin: "asin",
  acos: "acos",
  atan: "atan",
  atan2: "atan2",
  sinh: "sinh",
  cosh: "cosh",
  tanh: "tanh",
  asinh: "asinh",
  acosh: "acosh",
  atanh: "atanh",
  exp: "exp",
  expm1: "expm1",
  log: "log",
  log1p: "log1p",
  log10: "log10",
  log2: "log2",
  cbrt: "cbrt",
};

/** A call of a Math function in f64. */
export function floatMath(f: FunctionLowering, expr: CallExpr, name: string): Operand {
  const { b } = f;
  const args = expr.args.map((arg) => number(f, arg, "f64"));
  const [x, y] = args;
  const op = direct[name];
  if (op !== undefined) return b.math(op, ...args);
  switch (name) {
    case "pow":
      return b.call({ kind: "runtime", name: "pow" }, args, "f64");
    case "round":
      return b.call({ kind: "runtime", name: "round" }, args, "f64");
    case "min":
    case "max": {
      const empty = floatConstant("f64", name === "min" ? Infinity : -Infinity);
      if (x === undefined) return empty;
      return args.slice(1).reduce((a, c) => b.call({ kind: "runtime", name }, [a, c], "f64"), x);
    }
    case "hypot": {
      if (x === undefined) return floatConstant("f64", 0);
      return y === undefined ? b.math("fabs", x) : args.slice(1).reduce((a, c) => b.math("hypot", a, c), x);
    }
    case "fround":
      return x === undefined ? f.internal(expr, "fround") : b.convert("fpext", b.convert("fptrunc", x, "f32"), "f64");
    case "sign": {
      if (x === undefined) return f.internal(expr, "sign");
      // zeros and NaN give themselves
      const zero = floatConstant("f64", 0);
      const signed = b.math("copysign", floatConstant("f64", 1), x);
      return b.select(b.fcmp("one", x, zero), signed, x);
    }
    default:
      return f.internal(expr, `Math.${name} has no f64 form`);
  }
}
