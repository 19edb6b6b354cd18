// Memory: addresses of elements of pointers and views, loads, stores, and conversion to C types.
import { factOfCType } from "../check/ctype-fact.ts";
import { intConstant } from "../ir/builder.ts";
import type { Operand } from "../ir/ir.ts";
import type { CallExpr, Expr, IndexExpr } from "../parse/tree.ts";
import type { CType } from "../types/ctype.ts";
import { sizeOf } from "../types/layout.ts";
import { mod64Bigint } from "./bigints.ts";
import { fromC, memoryType } from "./ctype.ts";
import { truth, value } from "./expressions.ts";
import type { FunctionLowering, ViewValue } from "./function.ts";
import { index, mod32, mod64, number } from "./numbers.ts";

export interface Address {
  readonly at: Operand;
  readonly type: CType;
}

/** The address that `p[i]` or `a[i][j]` names. */
export function elementAddress(f: FunctionLowering, expr: IndexExpr): Address {
  const object = f.fact(expr.object);
  if (object.kind === "pointer") return pointerElement(f, expr.object, object.to, expr.index);
  // a[i][j] indexes the whole view at once, so that one address is computed
  const indices: Expr[] = [expr.index];
  let base = expr.object;
  while (base.kind === "index" && f.fact(base).kind === "view") {
    indices.unshift(base.index);
    base = base.object;
  }
  return viewElement(f, viewOf(f, base), indices);
}

export function pointerElement(f: FunctionLowering, pointer: Expr, type: CType, at: Expr): Address {
  const base = value(f, pointer);
  return { at: f.b.offset(base, index(f, at), sizeOf(type)), type };
}

export function viewElement(f: FunctionLowering, view: ViewValue, indices: readonly Expr[]): Address {
  let total: Operand | undefined;
  indices.forEach((expr, k) => {
    const at = index(f, expr);
    const stride = view.strides[k];
    const scaled = stride === undefined || isOne(stride) ? at : f.b.int("mul", at, stride, true);
    total = total === undefined ? scaled : f.b.int("add", total, scaled, true);
  });
  return { at: f.b.offset(view.base, total ?? intConstant("i64", 0), sizeOf(view.element)), type: view.element };
}

const isOne = (operand: Operand) => operand.kind === "int" && operand.value === 1n;

/** A view, from the variable that holds it, the call that makes it, or a row of another one. */
export function viewOf(f: FunctionLowering, expr: Expr): ViewValue {
  if (expr.kind === "local") {
    return f.views.get(expr.variable) ?? f.internal(expr, "a view without a value");
  }
  if (expr.kind === "call") return makeView(f, expr);
  if (expr.kind !== "index") return f.internal(expr, "no view");
  const whole = viewOf(f, expr.object);
  const { at } = viewElement(f, whole, [expr.index]);
  return { base: at, element: whole.element, dims: whole.dims.slice(1), strides: whole.strides.slice(1) };
}

function makeView(f: FunctionLowering, expr: CallExpr): ViewValue {
  const callee = f.callee(expr);
  const fact = f.fact(expr);
  if (callee.kind !== "view" || fact.kind !== "view") return f.internal(expr, "no view");
  const base = value(f, callee.pointer);
  const dims = callee.shape.map((length) => index(f, length));
  const strides: Operand[] = [];
  // the last dimension is contiguous in row-major order, the first one in column-major order
  const inner = fact.order === "row-major" ? [...dims.keys()].reverse() : [...dims.keys()];
  let stride: Operand = intConstant("i64", 1);
  for (const [n, k] of inner.entries()) {
    strides[k] = stride;
    const length = dims[k];
    if (n + 1 < dims.length && length !== undefined)
      stride = isOne(stride) ? length : f.b.int("mul", stride, length, true);
  }
  return { base, element: fact.element, dims, strides };
}

export function loadAt(f: FunctionLowering, { at, type }: Address): Operand {
  if (factOfCType(type) === undefined) throw new Error(`internal error: a load of a ${type.kind}`);
  return fromC(f.b, type, f.b.load(memoryType(type), at));
}

export function storeAt(f: FunctionLowering, { at, type }: Address, expr: Expr): void {
  const converted = toC(f, expr, type);
  f.b.store(at, type.kind === "bool" ? f.b.convert("zext", converted, "i8") : converted);
}

/**
 * A value as a C scalar: integers modulo 2^n as a TypedArray store does, floats rounded to nearest, a bool by
 * truthiness.
 */
export function toC(f: FunctionLowering, expr: Expr, type: CType): Operand {
  switch (type.kind) {
    case "bool":
      return truth(f, expr);
    case "float": {
      const wide = number(f, expr, "f64");
      return type.bits === 32 ? f.b.convert("fptrunc", wide, "f32") : wide;
    }
    case "int": {
      if (type.js === "bigint") return mod64Bigint(f, expr);
      if (type.bits === 64) return mod64(f, expr);
      const bits = mod32(f, expr);
      return type.bits === 32 ? bits : f.b.convert("trunc", bits, type.bits === 8 ? "i8" : "i16");
    }
    case "pointer":
    case "function":
      return value(f, expr);
    default:
      return f.internal(expr, `a ${type.kind} is no scalar`);
  }
}
