// Bigints: exact in 64 or 128 bits, or modulo 2^64 where only the low bits are seen.
import { representationOf, widest } from "../check/representation.ts";
import { intConstant } from "../ir/builder.ts";
import type { Operand } from "../ir/ir.ts";
import type { BinaryExpr, Expr } from "../parse/tree.ts";
import { branches, compute, widthOfBigint } from "./expressions.ts";
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
  if (op === "/" || op === "%") return divide(f, expr, at);
  return f.internal(expr, `no bigint operation ${op}`);
}

/** Division by what is never zero. 128-bit division would call a library routine, so it is done in 64 bits or refused. */
function divide(f: FunctionLowering, expr: BinaryExpr, at: Width): Operand {
  const { b } = f;
  const quotient = expr.op === "/";
  const isUnsigned = [expr.left, expr.right].every((e) => {
    const fact = f.fact(e);
    return fact.kind === "bigint" && fact.lo >= 0n && fact.hi < U64;
  });
  if (at === "i64") {
    const l = bigint(f, expr.left, at);
    const r = bigint(f, expr.right, at);
    if (quotient) return b.int("sdiv", l, r);
    // the hardware divides to find the remainder, and INT64_MIN / -1 traps
    return b.int("srem", l, b.select(b.icmp("eq", r, intConstant(at, -1)), intConstant(at, 1), r));
  }
  if (!isUnsigned) {
    const help = "divide values of at most 64 bits: wrap both with BigInt.asIntN(63, ...) or BigInt.asUintN(64, ...)";
    return f.fail("CF2012", expr, "this bigint division needs more than 64 bits", help);
  }
  const l = mod64Bigint(f, expr.left);
  const result = b.int(quotient ? "udiv" : "urem", l, mod64Bigint(f, expr.right));
  return b.convert("zext", result, "i128");
}

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
  if (fact.kind === "bigint" && fact.lo >= 0n && fact.hi < U64) {
    return f.b.convert("uitofp", mod64Bigint(f, expr), "f64");
  }
  if (widthOfBigint(f, expr) === "i64") return f.b.convert("sitofp", bigint(f, expr, "i64"), "f64");
  const help = "narrow it first: Number(BigInt.asIntN(64, value))";
  return f.fail("CF2012", expr, "a bigint of more than 64 bits does not convert to a number yet", help);
}
