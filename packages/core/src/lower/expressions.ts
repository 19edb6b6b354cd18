// Expressions: dispatches on what the checker found a value to be, and lowers what all kinds of values share.
import { truthOf } from "../check/condition.ts";
import { representationOf } from "../check/representation.ts";
import { floatConstant, intConstant, nullPointer } from "../ir/builder.ts";
import type { IrType, Operand } from "../ir/ir.ts";
import type { AssignExpr, Expr, IndexExpr, MemberExpr, Target, UpdateExpr } from "../parse/tree.ts";
import { isAggregate } from "../types/ctype.ts";
import { complexPart, storeAggregate, storeRecord } from "./aggregates.ts";
import { bigint, bigintArithmetic } from "./bigints.ts";
import { call, callEffect } from "./calls.ts";
import { branchOn, compare } from "./conditions.ts";
import { choose, either, inlined, partEffects } from "./effects.ts";
import { type FunctionLowering, UNREACHABLE } from "./function.ts";
import { elementAddress, loadAt, storeAt, viewOf } from "./memory.ts";
import { index, integer, number } from "./numbers.ts";
import { fieldOf, type HeldRecord, record } from "./records.ts";

type ElementTarget = Exclude<Target, { kind: "local" }>;

/** The value of an expression in the representation of its fact. */
export function value(f: FunctionLowering, expr: Expr): Operand {
  const fact = f.fact(expr);
  switch (fact.kind) {
    case "number":
      return number(f, expr, f.natural(expr));
    case "bigint":
      return bigint(f, expr, widthOfBigint(f, expr));
    case "boolean":
    case "pointer":
    case "code":
    case "null":
      return compute(f, expr);
    default:
      return f.internal(expr, `${fact.kind} is no run-time value`);
  }
}

export function widthOfBigint(f: FunctionLowering, expr: Expr): "i64" | "i128" {
  const representation = representationOf(f.fact(expr));
  if (representation === "i64" || representation === "i128") return representation;
  return f.fail(
    "CF2012",
    expr,
    "this bigint may need more than 128 bits",
    "wrap it where it grows: BigInt.asIntN(64, ...)",
  );
}

/**
 * Lowers an expression by its syntax and gives its value in the representation that comes naturally, which may differ
 * from that of the fact: callers convert.
 */
export function compute(f: FunctionLowering, expr: Expr): Operand {
  return f.b.at(expr.span, () => computeHere(f, expr));
}

function computeHere(f: FunctionLowering, expr: Expr): Operand {
  const current = f.current.get(expr);
  if (current !== undefined) return current;
  const fact = f.fact(expr);
  switch (expr.kind) {
    case "number":
      return floatConstant("f64", expr.value);
    case "boolean":
      return intConstant("i1", expr.value ? 1 : 0);
    case "null":
      return nullPointer;
    case "string":
      return f.pool.text(expr.value);
    case "local":
      return f.b.get(f.slot(expr.variable));
    case "free":
      return constantOrLength(f, expr);
    case "member":
      if (f.fact(expr.object).kind === "record") return memberOfRecord(f, expr);
      return isInMemory(f, expr) ? loadAt(f, elementAddress(f, expr)) : constantOrLength(f, expr);
    case "index":
      return isInMemory(f, expr) ? loadAt(f, elementAddress(f, expr)) : constantOrLength(f, expr);
    case "unary":
      if (expr.op === "!") return truth(f, expr);
      return fact.kind === "bigint" ? bigintArithmetic(f, expr) : integerOrFloat(f, expr);
    case "binary":
      if (fact.kind === "boolean") return compare(f, expr);
      return fact.kind === "bigint" ? bigintArithmetic(f, expr) : integerOrFloat(f, expr);
    case "logical":
      return logical(f, expr, representation(f, expr));
    case "conditional": {
      const type = representation(f, expr);
      return branches(f, expr, type, (path) => as(f, path, type));
    }
    case "assign":
      return assign(f, expr);
    case "update":
      return update(f, expr);
    case "call":
      return call(f, expr);
    case "sequence": {
      const last = expr.exprs.at(-1);
      for (const e of expr.exprs) if (e !== last) effect(f, e);
      return last === undefined ? f.internal(expr, "an empty sequence") : value(f, last);
    }
    case "inline": {
      const result = f.b.local(expr.name, representation(f, expr));
      inlined(f, expr, (given) => f.b.set(result, as(f, given, result.type)));
      return f.b.get(result);
    }
    default:
      return f.internal(expr, `${expr.kind} has no value`);
  }
}

/** A field that is a value by itself. */
function memberOfRecord(f: FunctionLowering, expr: MemberExpr): Operand {
  const part = complexPart(f, expr);
  if (part !== undefined) return loadAt(f, part);
  const [register] = fieldOf(f, expr.object, expr.name).registers;
  return register ?? f.internal(expr, "a field without a value");
}

/** Elements and fields are loaded; lengths, enums and the like are known without. */
function isInMemory(f: FunctionLowering, expr: IndexExpr | MemberExpr): boolean {
  const { kind } = f.fact(expr.object);
  return kind === "pointer" || kind === "struct" || (kind === "view" && expr.kind === "index");
}

/** Arithmetic on numbers, in the representation of its fact. */
function integerOrFloat(f: FunctionLowering, expr: Expr): Operand {
  const natural = f.natural(expr);
  return natural === "f64" ? number(f, expr, "f64") : integer(f, expr, natural);
}

function representation(f: FunctionLowering, expr: Expr): IrType {
  return representationOf(f.fact(expr)) ?? f.internal(expr, "no representation");
}

/** A value converted to a representation that its kind can have. */
export function as(f: FunctionLowering, expr: Expr, type: IrType): Operand {
  const { kind } = f.fact(expr);
  if (kind === "bigint" && (type === "i64" || type === "i128")) return bigint(f, expr, type);
  if (kind === "number" && (type === "i32" || type === "i64" || type === "f64")) return number(f, expr, type);
  return value(f, expr);
}

/** An expression for its effects only. */
export function effect(f: FunctionLowering, expr: Expr): void {
  f.b.at(expr.span, () => effectHere(f, expr));
}

function effectHere(f: FunctionLowering, expr: Expr): void {
  if (expr.kind === "inline") {
    inlined(f, expr, (given) => effect(f, given));
    return;
  }
  const fact = f.fact(expr);
  if (expr.kind === "call" && fact.kind === "void") {
    callEffect(f, expr);
    return;
  }
  if ((expr.kind === "assign" || expr.kind === "update") && expr.target.kind !== "local") {
    storeElement(f, expr, expr.target);
    return;
  }
  if (expr.kind === "sequence") {
    for (const e of expr.exprs) effect(f, e);
    return;
  }
  if (expr.kind === "conditional") {
    either(f, expr.test, expr.then, expr.otherwise);
    return;
  }
  if (expr.kind === "logical" && expr.op !== "??") {
    const isAnd = expr.op === "&&";
    either(f, expr.left, isAnd ? expr.right : undefined, isAnd ? undefined : expr.right);
    return;
  }
  if (fact.kind === "record") {
    record(f, expr);
    return;
  }
  if (["view", "struct", "static", "shape", "void"].includes(fact.kind)) partEffects(f, expr);
  else value(f, expr);
}

/** Numbers known when compiling, and the lengths of views. */
function constantOrLength(f: FunctionLowering, expr: Expr): Operand {
  const fact = f.fact(expr);
  if (fact.kind === "null") return nullPointer;
  if (fact.kind === "boolean" && fact.known !== undefined) return intConstant("i1", fact.known ? 1 : 0);
  if (fact.kind === "number" && fact.nan) return floatConstant("f64", Number.NaN);
  const object = expr.kind === "member" || expr.kind === "index" ? expr.object : undefined;
  const of = object === undefined ? undefined : f.fact(object);
  if (expr.kind === "member" && object !== undefined && of?.kind === "view") {
    const { dims } = viewOf(f, object);
    if (expr.name === "size") return dims.reduce((x, y) => f.b.int("mul", x, y, true));
    if (expr.name === "length" && dims[0] !== undefined) return dims[0];
  }
  if (expr.kind === "index" && object?.kind === "member" && of?.kind === "shape") {
    const which = f.fact(expr.index);
    const dim = which.kind === "number" ? viewOf(f, object.object).dims[which.lo] : undefined;
    if (dim !== undefined) return dim;
  }
  if (fact.kind === "number" && fact.lo === fact.hi) return floatConstant("f64", fact.negativeZero ? -0 : fact.lo);
  return f.internal(expr, "not a constant");
}

/** `test ? a : b` with each side lowered by `path` into `type`; a side that cannot run is left out. */
export function branches(f: FunctionLowering, expr: Expr, type: IrType, path: (side: Expr) => Operand): Operand {
  if (expr.kind !== "conditional") return f.internal(expr, "no conditional");
  const result = f.b.local("", type);
  choose(
    f,
    expr.test,
    () => f.b.set(result, path(expr.then)),
    () => f.b.set(result, path(expr.otherwise)),
  );
  return f.b.get(result);
}

/** `a && b`, `a || b`, `p ?? q` as values. */
function logical(f: FunctionLowering, expr: Extract<Expr, { kind: "logical" }>, type: IrType): Operand {
  const { b } = f;
  if (expr.op === "??") {
    const left = value(f, expr.left);
    if (f.fact(expr.left).kind !== "pointer" && f.fact(expr.left).kind !== "code" && f.fact(expr.left).kind !== "null")
      return left;
    const [isNull, end] = [b.label("null"), b.label("end")];
    const result = b.local("", type);
    b.set(result, left);
    b.branch(b.icmp("eq", left, nullPointer), isNull, end);
    b.enter(isNull);
    b.set(result, as(f, expr.right, type));
    b.jump(end);
    b.enter(end);
    return b.get(result);
  }
  if (f.fact(expr).kind === "boolean") return truth(f, expr);
  // the left side is evaluated once: its value is kept for the side that gives it
  const given = value(f, expr.left);
  const right = (): Operand => as(f, expr.right, type);
  const known = truthOf(f.fact(expr.left));
  const left = (): Operand => {
    // it may be of another kind where it is never what the whole gives
    const never = known === (expr.op === "&&") || f.fact(expr.left).kind !== f.fact(expr).kind;
    if (never && given.type !== "ptr") throw UNREACHABLE;
    return as(f, f.standIn(expr.left, given), type);
  };
  const [thenLabel, elseLabel, endLabel] = [b.label("then"), b.label("else"), b.label("end")];
  b.branch(nonZero(f, given), thenLabel, elseLabel);
  const result = b.local("", type);
  for (const [label, lower] of [
    [thenLabel, expr.op === "&&" ? right : left],
    [elseLabel, expr.op === "&&" ? left : right],
  ] as const) {
    b.enter(label);
    try {
      b.set(result, lower());
      b.jump(endLabel);
    } catch (error) {
      if (error !== UNREACHABLE) throw error;
      b.unreachable();
    }
  }
  b.enter(endLabel);
  return b.get(result);
}

const nonZero = (f: FunctionLowering, v: Operand): Operand => {
  switch (v.type) {
    case "i1":
      return v;
    case "ptr":
      return f.b.icmp("ne", v, nullPointer);
    case "f32":
    case "f64":
      return f.b.fcmp("one", v, floatConstant(v.type, 0));
    default:
      return f.b.icmp("ne", v, intConstant(v.type, 0));
  }
};

/** Whether a value is truthy, without control flow. */
export function truthy(f: FunctionLowering, expr: Expr): Operand {
  return nonZero(f, value(f, expr));
}

/** A condition as an i1. */
export function truth(f: FunctionLowering, expr: Expr): Operand {
  const { b } = f;
  const isSimple = expr.kind !== "logical" && !(expr.kind === "unary" && expr.op === "!");
  if (isSimple) return truthy(f, expr);
  if (expr.kind === "unary" && expr.operand.kind !== "logical") {
    return b.int("xor", truth(f, expr.operand), intConstant("i1", 1));
  }
  const [yes, no, end] = [b.label("true"), b.label("false"), b.label("end")];
  const result = b.local("", "i1");
  const taken = branchOn(f, expr, yes, no);
  for (const [runs, label, bit] of [
    [taken.then, yes, 1],
    [taken.otherwise, no, 0],
  ] as const) {
    if (!runs) continue;
    b.enter(label);
    b.set(result, intConstant("i1", bit));
    b.jump(end);
  }
  if (!taken.then && !taken.otherwise) throw UNREACHABLE;
  b.enter(end);
  return b.get(result);
}

/** Stores into a variable, in the representation it is held in. */
export function setVariable(
  f: FunctionLowering,
  variable: Extract<Expr, { kind: "local" }>["variable"],
  expr: Expr,
): Operand {
  const slot = f.slot(variable);
  const stored = f.info(variable).indexOnly ? index(f, expr) : as(f, expr, slot.type);
  f.b.set(slot, stored);
  return stored;
}

function assign(f: FunctionLowering, expr: AssignExpr): Operand {
  const { target } = expr;
  if (target.kind === "local") return setVariable(f, target.variable, expr.value);
  return storeElement(f, expr, target, true).value;
}

function update(f: FunctionLowering, expr: UpdateExpr): Operand {
  const { target } = expr;
  if (target.kind !== "local") {
    const { value: after, before } = storeElement(f, expr, target, true);
    return expr.prefix || before === undefined ? after : before;
  }
  const before = f.b.get(f.slot(target.variable));
  const after = setVariable(f, target.variable, expr.value);
  return expr.prefix ? after : before;
}

/** Stores a record, and gives it back. */
export function storeTarget(f: FunctionLowering, expr: AssignExpr, target: ElementTarget): HeldRecord {
  const address = elementAddress(f, target);
  const given = record(f, expr.value);
  storeRecord(f, address, given, expr.value);
  return given;
}

interface Stored {
  readonly value: Operand;
  readonly before: Operand | undefined;
}

/** Stores into an element, whose address is computed once; with `keep` also gives the value before conversion to C. */
function storeElement(f: FunctionLowering, expr: AssignExpr | UpdateExpr, target: ElementTarget): void;
function storeElement(f: FunctionLowering, expr: AssignExpr | UpdateExpr, target: ElementTarget, keep: true): Stored;
function storeElement(
  f: FunctionLowering,
  expr: AssignExpr | UpdateExpr,
  target: ElementTarget,
  keep?: true,
): Stored | undefined {
  const address = elementAddress(f, target);
  if (isAggregate(address.type) && expr.kind === "assign") {
    storeAggregate(f, address, expr.value);
    return undefined;
  }
  const isCompound = expr.kind === "update" || expr.compound;
  const before = isCompound ? loadAt(f, address) : undefined;
  if (before !== undefined) f.current.set(target, before);
  const given = keep ? value(f, expr.value) : undefined;
  storeAt(f, address, given === undefined ? expr.value : f.standIn(expr.value, given));
  f.current.delete(target);
  return given === undefined ? undefined : { value: given, before };
}
