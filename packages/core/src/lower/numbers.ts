// Numbers: every expression can be computed as an exact value in a representation (`number`), as an integer modulo
// 2^32 (`mod32`, what bitwise operators and narrow stores see) or as an index (`index`). Choosing the cheapest form
// that JavaScript cannot tell apart is what makes compiled code as fast as C.
import { constantOf, INT32_MIN, MAX_SAFE, mayBeZero, type NumberFact } from "../check/fact.ts";
import { isSafeInteger, widest } from "../check/representation.ts";
import { floatConstant, intConstant } from "../ir/builder.ts";
import type { Operand } from "../ir/ir.ts";
import type { BinaryExpr, BitwiseOp, Expr } from "../parse/tree.ts";
import { children } from "../parse/walk.ts";
import { branches, compute } from "./expressions.ts";
import type { FunctionLowering } from "./function.ts";
import { integerMath } from "./math.ts";

type Rep = "i32" | "i64" | "f64";

/** The exact value of a number or boolean, in `rep`. For integers the fact must allow it, but for the sign of zero. */
export function number(f: FunctionLowering, expr: Expr, rep: Rep): Operand {
  if (rep !== "f64") return integer(f, expr, rep);
  const constant = constantValue(f, expr);
  if (constant !== undefined) return floatConstant("f64", constant);
  if (f.fact(expr).kind === "boolean" || f.natural(expr) !== "f64") return convertNumber(f, compute(f, expr), "f64");
  return f.b.at(expr.span, () => float(f, expr));
}

/** The value of an expression that has one value and no effect. */
function constantValue(f: FunctionLowering, expr: Expr): number | undefined {
  if (expr.kind === "number") return expr.value;
  const value = constantOf(f.numberFact(expr));
  return value !== undefined && isPure(f, expr) ? value : undefined;
}

/** Nothing is lost where the expression is not run; a division of bigints may throw. */
function isPure(f: FunctionLowering, expr: Expr): boolean {
  if (["call", "inline", "assign", "update"].includes(expr.kind)) return false;
  if (expr.kind === "binary" && (expr.op === "/" || expr.op === "%")) {
    const by = f.checked.facts.get(expr.right);
    if (by?.kind === "bigint" && mayBeZero(by)) return false;
  }
  return children(expr).every((child) => isPure(f, child));
}

/** Between number representations; f64 to integers only where the value is one. */
export function convertNumber(f: FunctionLowering, value: Operand, to: Rep): Operand {
  const from = value.type;
  if (from === to) return value;
  if (from === "i1") return to === "f64" ? f.b.convert("uitofp", value, to) : f.b.convert("zext", value, to);
  if (from === "f64") return f.b.convert("fptosi", value, to);
  if (to === "f64") return f.b.convert("sitofp", value, to);
  return f.b.convert(to === "i64" ? "sext" : "trunc", value, to);
}

function float(f: FunctionLowering, expr: Expr): Operand {
  if (expr.kind === "unary" && expr.op === "-") return f.b.fneg(number(f, expr.operand, "f64"));
  if (expr.kind === "unary" && expr.op === "+") return number(f, expr.operand, "f64");
  if (expr.kind !== "binary") return convertNumber(f, compute(f, expr), "f64");
  switch (expr.op) {
    case "+":
    case "-":
    case "*":
    case "/":
    case "%": {
      const left = number(f, expr.left, "f64");
      return f.b.float(floatOps[expr.op], left, number(f, expr.right, "f64"));
    }
    case "**": {
      const left = number(f, expr.left, "f64");
      return f.b.call({ kind: "runtime", name: "pow" }, [left, number(f, expr.right, "f64")], "f64");
    }
    default:
      return convertNumber(f, compute(f, expr), "f64");
  }
}
const floatOps = { "+": "fadd", "-": "fsub", "*": "fmul", "/": "fdiv", "%": "frem" } as const;
const intOps = { "+": "add", "-": "sub", "*": "mul" } as const;
const isRing = (op: string): op is keyof typeof intOps => op in intOps;

/** An integer, exactly, but for the sign of zero. */
export function integer(f: FunctionLowering, expr: Expr, rep: "i32" | "i64"): Operand {
  return f.b.at(expr.span, () => integerHere(f, expr, rep));
}

function integerHere(f: FunctionLowering, expr: Expr, rep: "i32" | "i64"): Operand {
  const constant = constantValue(f, expr);
  if (constant !== undefined) return intConstant(rep, constant);
  if (f.fact(expr).kind === "boolean") return convertNumber(f, compute(f, expr), rep);
  switch (expr.kind) {
    case "unary":
      if (expr.op === "-" && f.naturalInteger(expr.operand) !== "f64") {
        const width = widest(integerWidth(f, expr), integerWidth(f, expr.operand));
        const value = integer(f, expr.operand, width);
        return convertNumber(f, f.b.int("sub", intConstant(width, 0), value, true), rep);
      }
      if (expr.op === "+") return integer(f, expr.operand, rep);
      if (expr.op === "~") {
        return convertNumber(f, f.b.int("xor", mod32(f, expr.operand), intConstant("i32", -1)), rep);
      }
      break;
    case "binary": {
      const { op } = expr;
      if (isRing(op)) {
        if (!areIntegers(f, expr)) break;
        const width = widest(integerWidth(f, expr), integerWidth(f, expr.left), integerWidth(f, expr.right));
        const left = integer(f, expr.left, width);
        return convertNumber(f, f.b.int(intOps[op], left, integer(f, expr.right, width), true), rep);
      }
      if (op === "%" && areIntegers(f, expr)) return convertNumber(f, remainder(f, expr), rep);
      if (isBitwise(op)) {
        const bits = bitwise(f, op, expr);
        return op === ">>>" && rep === "i64" ? f.b.convert("zext", bits, "i64") : convertNumber(f, bits, rep);
      }
      break;
    }
    case "conditional":
      return branches(f, expr, rep, (path) => number(f, path, rep));
    case "call": {
      const direct = integerMath(f, expr, rep);
      if (direct !== undefined) return direct;
      break;
    }
  }
  const isArithmetic = expr.kind === "unary" || (expr.kind === "binary" && !isBitwise(expr.op));
  const inFloat = isArithmetic || f.natural(expr) === "f64";
  return convertNumber(f, inFloat ? float(f, expr) : compute(f, expr), rep);
}

/** Both operands are held as integers, so that the operation can be done on integers. */
const areIntegers = (f: FunctionLowering, { left, right }: BinaryExpr): boolean =>
  f.naturalInteger(left) !== "f64" && f.naturalInteger(right) !== "f64";

function integerWidth(f: FunctionLowering, expr: Expr): "i32" | "i64" {
  return f.naturalInteger(expr) === "i32" ? "i32" : "i64";
}

/** `left % right` of integers; the divisor is never 0 here, else the fact would allow NaN. */
function remainder(f: FunctionLowering, { left, right }: BinaryExpr): Operand {
  const width = widest(integerWidth(f, left), integerWidth(f, right));
  const dividend = integer(f, left, width);
  const divisor = integer(f, right, width);
  const by = f.numberFact(right);
  // INT32_MIN % -1 overflows in hardware; every remainder of -1 is that of 1
  const overflows = width === "i32" && by.lo <= -1 && by.hi >= -1 && f.numberFact(left).lo === INT32_MIN;
  if (!overflows) return f.b.int("srem", dividend, divisor);
  const isMinusOne = f.b.icmp("eq", divisor, intConstant("i32", -1));
  return f.b.int("srem", dividend, f.b.select(isMinusOne, intConstant("i32", 1), divisor));
}

const isBitwise = (op: string): op is BitwiseOp => ["&", "|", "^", "<<", ">>", ">>>"].includes(op);

/** The 32 bits of a bitwise operation. */
function bitwise(f: FunctionLowering, op: BitwiseOp, { left, right }: BinaryExpr): Operand {
  const l = mod32(f, left);
  const by = f.numberFact(right);
  if (op === "|" && by.lo === 0 && by.hi === 0 && isPure(f, right)) return l;
  const r = mod32(f, right);
  if (op === "&" || op === "|" || op === "^") return f.b.int(logicOps[op], l, r);
  // hardware shifts by the low five bits, but IR shifts by 32 or more are undefined
  const amount = by.lo >= 0 && by.hi <= 31 ? r : f.b.int("and", r, intConstant("i32", 31));
  return f.b.int(shiftOps[op], l, amount);
}
const logicOps = { "&": "and", "|": "or", "^": "xor" } as const;
const shiftOps = { "<<": "shl", ">>": "ashr", ">>>": "lshr" } as const;

/** ToInt32 of a number: its value modulo 2^32, as i32. Sums and products may wrap where JavaScript's were exact. */
export function mod32(f: FunctionLowering, expr: Expr): Operand {
  const constant = constantValue(f, expr);
  if (constant !== undefined) return intConstant("i32", constant | 0);
  const fact = f.numberFact(expr);
  if (expr.kind === "binary") {
    const { op, left, right } = expr;
    if (isRing(op) && [fact, f.numberFact(left), f.numberFact(right)].every(isSafeInteger) && areIntegers(f, expr)) {
      const l = mod32(f, left);
      return f.b.int(intOps[op], l, mod32(f, right));
    }
    if (op === "/" && f.naturalInteger(left) === "i32" && f.naturalInteger(right) === "i32") return divide32(f, expr);
    if (isBitwise(op)) return bitwise(f, op, expr);
    if (op === "%" && areIntegers(f, expr) && !fact.nan) return convertNumber(f, remainder(f, expr), "i32");
  }
  if (expr.kind === "unary" && expr.op === "-" && isSafeInteger(fact) && f.naturalInteger(expr.operand) !== "f64") {
    return f.b.int("sub", intConstant("i32", 0), mod32(f, expr.operand));
  }
  if (expr.kind === "conditional") return branches(f, expr, "i32", (path) => mod32(f, path));
  const natural = f.naturalInteger(expr);
  if (natural !== "f64") return convertNumber(f, integer(f, expr, natural), "i32");
  return truncate32(f, number(f, expr, "f64"), fact);
}

/** ToInt32 of a double. */
function truncate32(f: FunctionLowering, value: Operand, fact: NumberFact): Operand {
  const fits = (limit: number) => !fact.nan && fact.lo > -limit && fact.hi < limit;
  if (fits(2 ** 31)) return f.b.convert("fptosi", value, "i32");
  if (fits(2 ** 63)) return f.b.convert("trunc", f.b.convert("fptosi", value, "i64"), "i32");
  return f.b.call({ kind: "runtime", name: "toint32" }, [value], "i32");
}

/** `(a / b) | 0` of int32 values: truncating division, 0 for a zero divisor, and INT32_MIN / -1 wraps. */
function divide32(f: FunctionLowering, { left, right }: BinaryExpr): Operand {
  const { b } = f;
  const dividend = integer(f, left, "i32");
  const divisor = integer(f, right, "i32");
  const by = f.numberFact(right);
  const mayBe = (value: number) => by.lo <= value && by.hi >= value;
  const zero = mayBeZero(by) ? b.icmp("eq", divisor, intConstant("i32", 0)) : undefined;
  const minusOne =
    mayBe(-1) && f.numberFact(left).lo === INT32_MIN ? b.icmp("eq", divisor, intConstant("i32", -1)) : undefined;
  let safe = divisor;
  if (zero !== undefined) safe = b.select(zero, intConstant("i32", 1), safe);
  if (minusOne !== undefined) safe = b.select(minusOne, intConstant("i32", 1), safe);
  let result = b.int("sdiv", dividend, safe);
  if (minusOne !== undefined) result = b.select(minusOne, b.int("sub", intConstant("i32", 0), dividend), result);
  return zero === undefined ? result : b.select(zero, intConstant("i32", 0), result);
}

/** An index, as i64. Integer sums and products are exact by contract: they stay within 2^53. */
export function index(f: FunctionLowering, expr: Expr): Operand {
  const constant = constantValue(f, expr);
  if (constant !== undefined && Math.abs(constant) <= MAX_SAFE) return intConstant("i64", Math.trunc(constant));
  const fact = f.numberFact(expr);
  if (fact.integer && !fact.nan) {
    if (expr.kind === "local") return convertNumber(f, compute(f, expr), "i64");
    const inRegisters = (e: Expr) => {
      const part = f.numberFact(e);
      return part.integer && !part.nan && !(e.kind === "local" && f.natural(e) === "f64");
    };
    if (expr.kind === "binary" && isRing(expr.op) && inRegisters(expr.left) && inRegisters(expr.right)) {
      const left = index(f, expr.left);
      return f.b.int(intOps[expr.op], left, index(f, expr.right), true);
    }
    if (isSafeInteger(fact)) return integer(f, expr, "i64");
  }
  return convertNumber(f, number(f, expr, "f64"), "i64");
}

/** A number as a 64-bit C integer, modulo 2^64. */
export function mod64(f: FunctionLowering, expr: Expr): Operand {
  const fact = f.numberFact(expr);
  if (isSafeInteger(fact) && f.naturalInteger(expr) !== "f64") return integer(f, expr, "i64");
  const value = number(f, expr, "f64");
  const fits = !fact.nan && fact.lo > -(2 ** 63) && fact.hi < 2 ** 63;
  return fits ? f.b.convert("fptosi", value, "i64") : f.b.call({ kind: "runtime", name: "toint64" }, [value], "i64");
}
