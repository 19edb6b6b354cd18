// Bigints: exact in 64 or 128 bits, or modulo 2^64 where only the low bits are seen.
import { type BigintFact, mayBeZero } from "../check/fact.ts";
import { representationOf, widest } from "../check/representation.ts";
import { intConstant } from "../ir/builder.ts";
import type { Operand } from "../ir/ir.ts";
import type { BinaryExpr, Expr } from "../parse/tree.ts";
import { branches, compute, widthOfBigint } from "./expressions.ts";
import { refuseZero } from "./failure.ts";
import type { FunctionLowering } from "./function.ts";

type Width = "i64" | "i128";

const ringOps = { "+": "add", "-": "sub", "*": "mul", "&": "and", "|": "or", "^": "xor" } as const;
const isRing = (op: string): op is keyof typeof ringOps => op in ringOps;
const U64 = 1n << 64n;

/** The exact value, in `width` bits; the fact must allow it. */
export function bigint(f: FunctionLowering, expr: Expr, width: Width): Operand {
  const fact = f.fact(expr);
  if (expr.kind === "bigint") return intConstant(width, expr.value);
  if (
    fact.kind === "bigint" &&
    fact.lo === fact.hi &&
    (expr.kind === "free" || expr.kind === "member" || expr.kind === "number") &&
    !f.current.has(expr)
  )
    return intConstant(width, fact.lo);
  if (expr.kind === "conditional") return branches(f, expr, width, (path) => bigint(f, path, width));
  return resize(f, compute(f, expr), width);
}

function resize(f: FunctionLowering, value: Operand, width: Width): Operand {
  if (value.type === width) return value;
  return f.b.convert(width === "i64" ? "trunc" : "sext", value, width);
}

/** Unary and binary operators, at the width of the widest part. */
export function bigintArithmetic(f: FunctionLowering, expr: Expr): Operand {
  const { b } = f;
  const width = widthOfBigint(f, expr);
  if (expr.kind === "unary") {
    const at = widest(width, widthOfBigint(f, expr.operand));
    const operand = bigint(f, expr.operand, at);
    return expr.op === "-" ? b.int("sub", intConstant(at, 0), operand) : b.int("xor", operand, intConstant(at, -1));
  }
  if (expr.kind !== "binary") return f.internal(expr, "no bigint operation");
  const { op, left, right } = expr;
  if (op === "/" || op === "%") return divide(f, expr);
  const at = widest(width, widthOfBigint(f, left), widthOfBigint(f, right));
  if (isRing(op)) {
    const l = bigint(f, left, at);
    return b.int(ringOps[op], l, bigint(f, right, at));
  }
  if (op === "<<" || op === ">>") {
    const l = bigint(f, left, at);
    const fact = f.fact(right);
    const by = fact.kind === "bigint" ? fact.lo : 0n;
    const bits = at === "i64" ? 64n : 128n;
    if (by < bits) return b.int(op === "<<" ? "shl" : "ashr", l, intConstant(at, by));
    // beyond the width only zero can be shifted to the left, and to the right only the sign stays
    return op === "<<" ? intConstant(at, 0) : b.int("ashr", l, intConstant(at, bits - 1n));
  }
  return f.internal(expr, `no bigint operation ${op}`);
}

/** Division that truncates, in 64 bits where both operands fit them, signed or unsigned. By zero it throws. */
function divide(f: FunctionLowering, expr: BinaryExpr): Operand {
  const { b } = f;
  const quotient = expr.op === "/";
  const [left, right] = [bigintFact(f, expr.left), bigintFact(f, expr.right)];
  const isUnsigned = isUint64(left) && isUint64(right);
  const at = isUnsigned ? "i64" : widest(widthOfBigint(f, expr.left), widthOfBigint(f, expr.right));
  const l = isUnsigned ? mod64Bigint(f, expr.left) : bigint(f, expr.left, at);
  const r = isUnsigned ? mod64Bigint(f, expr.right) : bigint(f, expr.right, at);
  if (mayBeZero(right)) refuseZero(f, expr, r);
  const width = widthOfBigint(f, expr);
  if (isUnsigned) {
    const result = b.int(quotient ? "udiv" : "urem", l, r);
    return width === "i64" ? result : b.convert("zext", result, width);
  }
  const least = at === "i64" ? -(1n << 63n) : -(1n << 127n);
  if (left.lo > least || right.lo > -1n || right.hi < -1n)
    return resize(f, b.int(quotient ? "sdiv" : "srem", l, r), width);
  // the least value has no negative in its width: the hardware traps where it is divided by -1
  const isNegation = b.icmp("eq", r, intConstant(at, -1));
  const divisor = b.select(isNegation, intConstant(at, 1), r);
  if (!quotient) return resize(f, b.int("srem", l, divisor), width);
  const exact = resize(f, b.int("sdiv", l, divisor), width);
  return b.select(isNegation, b.int("sub", intConstant(width, 0), resize(f, l, width)), exact);
}

function bigintFact(f: FunctionLowering, expr: Expr): BigintFact {
  const fact = f.fact(expr);
  return fact.kind === "bigint" ? fact : f.internal(expr, `expected a bigint, found ${fact.kind}`);
}

const isUint64 = (fact: BigintFact): boolean => fact.lo >= 0n && fact.hi < U64;

/** The low 64 bits; sums, differences and products may wrap, whatever the size of the exact value. */
export function mod64Bigint(f: FunctionLowering, expr: Expr): Operand {
  if (!f.current.has(expr)) {
    if (expr.kind === "binary" && isRing(expr.op)) {
      const l = mod64Bigint(f, expr.left);
      return f.b.int(ringOps[expr.op], l, mod64Bigint(f, expr.right));
    }
    if (expr.kind === "unary" && expr.op === "-")
      return f.b.int("sub", intConstant("i64", 0), mod64Bigint(f, expr.operand));
    if (expr.kind === "bigint") return intConstant("i64", BigInt.asIntN(64, expr.value));
    if (expr.kind === "conditional") return branches(f, expr, "i64", (path) => mod64Bigint(f, path));
  }
  return resize(f, bigint(f, expr, widthOfBigint(f, expr)), "i64");
}

/** `BigInt.asIntN(bits, value)` and `asUintN`, for up to 64 bits. */
export function wrap(f: FunctionLowering, expr: Expr, argument: Expr, signed: boolean, bits: number): Operand {
  const { b } = f;
  const low = mod64Bigint(f, argument);
  const unused = intConstant("i64", 64 - bits);
  if (signed) return bits === 64 ? low : b.int("ashr", b.int("shl", low, unused), unused);
  const masked = bits === 64 ? low : b.int("lshr", b.int("shl", low, unused), unused);
  return representationOf(f.fact(expr)) === "i64" ? masked : b.convert("zext", masked, "i128");
}

/** `Number(value)`: rounds to nearest. */
export function toFloat(f: FunctionLowering, expr: Expr): Operand {
  const fact = f.fact(expr);
  if (fact.kind === "bigint" && isUint64(fact)) {
    return f.b.convert("uitofp", mod64Bigint(f, expr), "f64");
  }
  return f.b.convert("sitofp", bigint(f, expr, widthOfBigint(f, expr)), "f64");
}
