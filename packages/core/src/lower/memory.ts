// Memory: addresses of elements of pointers and views, loads, stores, and conversion to C types.
import { factOfCType } from "../check/ctype-fact.ts";
import { intConstant } from "../ir/builder.ts";
import { memoryType } from "../ir/c-types.ts";
import type { Operand } from "../ir/ir.ts";
import type { CallExpr, Expr, IndexExpr, MemberExpr } from "../parse/tree.ts";
import { type BitRange, type CType, type FieldType, isAggregate } from "../types/ctype.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import { memberOf } from "../types/members.ts";
import { storeAggregate } from "./aggregates.ts";
import { mod64Bigint } from "./bigints.ts";
import { loadBits, storeBits } from "./bit-fields.ts";
import { callIntoMemory } from "./calls.ts";
import { fromC } from "./ctype.ts";
import { truth, value } from "./expressions.ts";
import type { FunctionLowering, Place, ViewValue } from "./function.ts";
import { index, mod32, mod64, number } from "./numbers.ts";
import { fieldOf } from "./records.ts";

export interface Address extends Place {
  readonly type: CType;
  /** Present for a bit-field. */
  readonly bits?: BitRange;
}

/** What an address `offset` bytes (or a multiple of them) further is surely a multiple of. */
function alignAfter(align: number, offset: number): number {
  let result = align;
  while (offset % result !== 0) result /= 2;
  return result;
}

/** The address that `p[i]`, `a[i][j]` or `p.x` names. */
export function elementAddress(f: FunctionLowering, expr: IndexExpr | MemberExpr): Address {
  if (expr.kind === "member") return fieldAddress(f, expr);
  const object = f.fact(expr.object);
  if (object.kind === "pointer") return pointerElement(f, expr.object, object.to, expr.index);
  // a[i][j] indexes the whole view at once, so that one address is computed
  const indices: Expr[] = [expr.index];
  let base = expr.object;
  while (base.kind === "index" && f.fact(base).kind === "view" && f.fact(base.object).kind === "view") {
    indices.unshift(base.index);
    base = base.object;
  }
  return viewElement(f, viewOf(f, base), indices);
}

function fieldAddress(f: FunctionLowering, expr: MemberExpr): Address {
  const object = f.fact(expr.object);
  const type = object.kind === "pointer" ? object.to : object.kind === "struct" ? object.type : undefined;
  const field = type === undefined ? undefined : memberOf(type, expr.name);
  if (type === undefined || field === undefined) return f.internal(expr, "no field");
  const base =
    object.kind === "pointer" ? { at: value(f, expr.object), align: alignOf(type) } : structAddress(f, expr.object);
  return memberAddress(f, base, field);
}

/** The address of a field of a structure or union at a place. */
export function memberAddress(f: FunctionLowering, { at, align }: Place, field: FieldType): Address {
  return {
    at: field.offset === 0 ? at : f.b.offset(at, intConstant("i64", field.offset), 1),
    align: alignAfter(align, field.offset),
    type: field.type,
    ...(field.bits === undefined ? {} : { bits: field.bits }),
  };
}

/** The address of a structure: an element, a field, what a constant names or a call gave, what a record refers to. */
export function structAddress(f: FunctionLowering, expr: Expr): Place {
  if (expr.kind === "member" && f.fact(expr.object).kind === "record") {
    const [at] = fieldOf(f, expr.object, expr.name).registers;
    return at === undefined ? f.internal(expr, "no address") : { at, align: 1 };
  }
  if (expr.kind === "index" || expr.kind === "member") return elementAddress(f, expr);
  if (expr.kind === "call") return f.callee(expr).kind === "element" ? accessed(f, expr) : callIntoMemory(f, expr);
  const known = expr.kind === "local" ? f.structs.get(expr.variable) : undefined;
  return known ?? f.internal(expr, "no structure");
}

export function pointerElement(f: FunctionLowering, pointer: Expr, type: CType, at: Expr): Address {
  const base = value(f, pointer);
  return { at: f.b.offset(base, index(f, at), sizeOf(type)), align: alignOf(type), type };
}

export function viewElement(f: FunctionLowering, view: ViewValue, indices: readonly Expr[]): Address {
  let total: Operand | undefined;
  indices.forEach((expr, k) => {
    const at = index(f, expr);
    const stride = view.strides[k];
    const scaled = stride === undefined || isOne(stride) ? at : f.b.int("mul", at, stride, true);
    total = total === undefined ? scaled : f.b.int("add", total, scaled, true);
  });
  return {
    at: f.b.offset(view.base, total ?? intConstant("i64", 0), sizeOf(view.element)),
    align: view.align,
    type: view.element,
  };
}

const isOne = (operand: Operand) => operand.kind === "int" && operand.value === 1n;

/** A view, from the variable that holds it, the call that makes it, or a row of another one. */
export function viewOf(f: FunctionLowering, expr: Expr): ViewValue {
  if (expr.kind === "local") {
    return f.views.get(expr.variable) ?? f.internal(expr, "a view without a value");
  }
  if (expr.kind === "call") return makeView(f, expr);
  const fact = f.fact(expr);
  if (fact.kind === "view" && fact.data !== undefined) {
    const base = f.pool.address(fact.data, fact.element);
    const [one, length] = [intConstant("i64", 1), intConstant("i64", fact.data.values.length)];
    return { base, align: alignOf(fact.element), element: fact.element, dims: [length], strides: [one] };
  }
  const isPlace = expr.kind === "member" || (expr.kind === "index" && f.fact(expr.object).kind === "pointer");
  if (isPlace) return arrayView(f, expr);
  if (expr.kind !== "index") return f.internal(expr, "no view");
  const whole = viewOf(f, expr.object);
  const { at } = viewElement(f, whole, [expr.index]);
  return { ...whole, base: at, dims: whole.dims.slice(1), strides: whole.strides.slice(1) };
}

/** An array that is a field or an element: its lengths are part of its type. */
function arrayView(f: FunctionLowering, expr: IndexExpr | MemberExpr): ViewValue {
  const { at, align, type } = elementAddress(f, expr);
  const lengths: number[] = [];
  let element = type;
  for (; element.kind === "array"; element = element.of) lengths.push(element.length);
  const stride = (k: number) => lengths.slice(k + 1).reduce((x, y) => x * y, 1);
  const constants = (values: number[]) => values.map((v) => intConstant("i64", v));
  const strides = constants(lengths.map((_, k) => stride(k)));
  return { base: at, align: alignAfter(align, sizeOf(element)), element, dims: constants(lengths), strides };
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
  return { base, align: alignOf(fact.element), element: fact.element, dims, strides };
}

export function loadAt(f: FunctionLowering, { at, align, type, bits }: Address): Operand {
  // A flexible array is where it begins.
  if (type.kind === "array" && type.length === 0) return at;
  if (factOfCType(type) === undefined) throw new Error(`internal error: a load of a ${type.kind}`);
  if (bits !== undefined) return fromC(f.b, type, loadBits(f, at, type, bits));
  return fromC(f.b, type, f.b.load(memoryType(type), at, align < alignOf(type)));
}

export function storeAt(f: FunctionLowering, place: Address, expr: Expr): void {
  if (isAggregate(place.type)) storeAggregate(f, place, expr);
  else storeScalar(f, place, expr);
}

export function storeScalar(f: FunctionLowering, { at, align, type, bits }: Address, expr: Expr): void {
  const converted = toC(f, expr, type);
  if (bits !== undefined) {
    storeBits(f, at, converted, bits);
    return;
  }
  f.b.store(at, type.kind === "bool" ? f.b.convert("zext", converted, "i8") : converted, align < alignOf(type));
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

/** The element that `a.get(i, j)`, `a.set(i, j, v)`, `p.get(i)` or `p.set(i, v)` names. */
export function accessed(f: FunctionLowering, expr: CallExpr): Address {
  const member = expr.callee;
  if (member.kind !== "member") return f.internal(expr, "no method");
  const object = f.fact(member.object);
  const [first] = expr.args;
  if (object.kind === "pointer" && first !== undefined) return pointerElement(f, member.object, object.to, first);
  if (object.kind !== "view") return f.internal(expr, "no view");
  return viewElement(f, viewOf(f, member.object), expr.args.slice(0, object.dims.length));
}
