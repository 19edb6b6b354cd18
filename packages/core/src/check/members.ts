// Members and elements: `Math.PI`, `Color.Red`, `a.length`, `a[i][j]`, `p[i]`.
import type { Expr, IndexExpr, MemberExpr, Target } from "../parse/tree.ts";
import type { CType, FieldType } from "../types/ctype.ts";
import { membersOf } from "../types/members.ts";
import type { Analysis } from "./analysis.ts";
import { factOfValue } from "./captured.ts";
import { factOfPlace } from "./ctype-fact.ts";
import { evaluate } from "./expressions.ts";
import {
  asNumber,
  constantOf,
  describe,
  type Fact,
  integers,
  MAX_SAFE,
  number,
  ofNumber,
  type StaticFact,
  type StructFact,
  type ViewFact,
} from "./fact.ts";
import { arithmetic } from "./number-interval.ts";
import { fieldOf } from "./record-fact.ts";

export const member = (a: Analysis, expr: MemberExpr): Fact => memberOf(a, expr, evaluate(a, expr.object));

/** A member of an object that has been evaluated. */
export function memberOf(a: Analysis, expr: MemberExpr, object: Fact): Fact {
  if (object.kind === "static") return staticMember(a, expr, object);
  if (object.kind === "view") {
    switch (expr.name) {
      case "length":
        return object.dims[0] ?? ofNumber(0);
      case "size":
        return object.dims.reduce((x, y) => arithmeticSize(x, y));
      case "ndim":
        return ofNumber(object.dims.length);
      case "shape":
        return { kind: "shape", of: object };
    }
    return a.fail(
      "CF2008",
      nameOf(a, expr),
      `an array view has no member \`${expr.name}\``,
      "it has length, size, ndim, shape, get and set",
    );
  }
  if (object.kind === "shape" && expr.name === "length") return ofNumber(object.of.dims.length);
  if (object.kind === "record") {
    const field = fieldOf(object, expr.name);
    if (field !== undefined) return field;
    const names = object.fields.map(({ name }) => name).join(", ");
    return a.fail("CF2008", nameOf(a, expr), `this object has no field \`${expr.name}\``, `it has ${names}`);
  }
  const place = structOf(object);
  if (place !== undefined) {
    if (object.kind === "pointer" && pointerMembers.has(expr.name)) {
      const help = `for a field of that name write \`p[0].${expr.name}\``;
      return a.fail("CF2008", nameOf(a, expr), `\`${expr.name}\` is a member of pointers that native code lacks`, help);
    }
    const field = memberOfPlace(place, expr.name);
    if (field !== undefined) return placeFact(a, expr, field.type, place.constant);
    const names = [...membersOf(place.type).keys()].join(", ");
    return a.fail(
      "CF2008",
      nameOf(a, expr),
      `struct ${place.type.name} has no field \`${expr.name}\``,
      `it has ${names}`,
    );
  }
  const help =
    object.kind === "pointer"
      ? "a pointer has `p[i]` and `p.add(n)`"
      : "native code has operators and Math for numbers, elements and fields for pointers";
  return a.fail("CF2008", nameOf(a, expr), `${describe(object)} has no member \`${expr.name}\``, help);
}

/** The member's name alone, where the text ends with it: what stands before it may be long and is not at fault. */
function nameOf(a: Analysis, expr: MemberExpr): Expr {
  const { end } = expr.span;
  const start = end - expr.name.length;
  return a.unit.tree.source.text.slice(start, end) === expr.name ? { ...expr, span: { start, end } } : expr;
}

/** What pointers have in TypeScript, where it hides a field of the same name. */
const pointerMembers: ReadonlySet<string> = new Set([
  "address",
  "type",
  "get",
  "set",
  "add",
  "cast",
  "length",
  "release",
]);

/** Whether `p.name(...)` calls what a field holds. */
export const isCallableField = (object: Fact, name: string): boolean =>
  !pointerMembers.has(name) && memberOfPlace(structOf(object), name) !== undefined;

const memberOfPlace = (place: StructFact | undefined, name: string): FieldType | undefined =>
  place === undefined ? undefined : membersOf(place.type).get(name);

/** The structure that `p.x` or `s.x` reads a field of. */
export function structOf(object: Fact | undefined): StructFact | undefined {
  if (object?.kind === "struct") return object;
  if (object?.kind !== "pointer" || (object.to.kind !== "struct" && object.to.kind !== "union")) return undefined;
  return { kind: "struct", type: object.to, constant: object.constant };
}

/** Number of elements; a product of lengths that stays exact by contract (an index is below 2^53). */
const arithmeticSize = (x: ViewFact["dims"][number], y: ViewFact["dims"][number]) => {
  const product = arithmetic("*", x, y);
  return number(Math.max(product.lo, -MAX_SAFE), Math.min(product.hi, MAX_SAFE), product.integer, false, product.nan);
};

const numberConstants: Readonly<Record<string, number>> = {
  EPSILON: Number.EPSILON,
  MAX_SAFE_INTEGER: Number.MAX_SAFE_INTEGER,
  MIN_SAFE_INTEGER: Number.MIN_SAFE_INTEGER,
  MAX_VALUE: Number.MAX_VALUE,
  MIN_VALUE: Number.MIN_VALUE,
  NaN: Number.NaN,
  POSITIVE_INFINITY: Number.POSITIVE_INFINITY,
  NEGATIVE_INFINITY: Number.NEGATIVE_INFINITY,
};
const mathConstants: Readonly<Record<string, number>> = {
  E: Math.E,
  LN10: Math.LN10,
  LN2: Math.LN2,
  LOG10E: Math.LOG10E,
  LOG2E: Math.LOG2E,
  PI: Math.PI,
  SQRT1_2: Math.SQRT1_2,
  SQRT2: Math.SQRT2,
};

function staticMember(a: Analysis, expr: MemberExpr, { value }: StaticFact): Fact {
  const { name } = expr;
  if (value.kind === "math") {
    const constant = mathConstants[name];
    return constant === undefined ? { kind: "static", value: { kind: "math-function", name } } : ofNumber(constant);
  }
  if (value.kind === "builtin") {
    const constant = value.name === "Number" ? numberConstants[name] : undefined;
    if (constant !== undefined) return ofNumber(constant);
    return { kind: "static", value: { kind: "builtin", name: `${value.name}.${name}` } };
  }
  if (value.kind === "object") {
    const found = value.member(name);
    if (found !== undefined) return factOfValue(a, expr, name, found);
    return a.fail(
      "CF2008",
      nameOf(a, expr),
      `the captured object has no member \`${name}\``,
      "capture an object that has it",
    );
  }
  return a.fail(
    "CF2008",
    nameOf(a, expr),
    `${describe({ kind: "static", value })} has no member \`${name}\` in native code`,
    "read it outside and capture the value",
  );
}

export function indexed(a: Analysis, expr: IndexExpr): Fact {
  const object = evaluate(a, expr.object);
  if (object.kind === "static" && object.value.kind === "object" && expr.index.kind === "string") {
    return staticMember(a, { kind: "member", span: expr.span, object: expr.object, name: expr.index.value }, object);
  }
  const at = asNumber(evaluate(a, expr.index));
  if (at === undefined) {
    return a.fail("CF2011", expr.index, "an index must be a number", "convert a bigint with `Number(i)`");
  }
  if (object.kind === "shape") {
    const k = constantOf(at);
    const dim = k === undefined ? undefined : object.of.dims[k];
    if (dim !== undefined) return dim;
    return a.fail(
      "CF2014",
      expr,
      `a shape of rank ${object.of.dims.length} needs a literal index below it`,
      "a.shape[0]",
    );
  }
  if (object.kind === "view") return element(a, expr, object);
  if (object.kind === "pointer") return placeFact(a, expr, object.to, object.constant);
  return a.fail("CF2011", expr, `${describe(object)} cannot be indexed`, "index a pointer or a view made by carray");
}

/** One index further into a view: a row of it, or an element. */
function element(a: Analysis, expr: IndexExpr, view: ViewFact): Fact {
  if (view.dims.length > 1) return { ...view, dims: view.dims.slice(1) };
  return view.data?.range ?? placeFact(a, expr, view.element, view.constant);
}

/** What is at a place of the given type. */
export function placeFact(a: Analysis, expr: Expr, type: CType, constant: boolean): Fact {
  const fact = factOfPlace(type, constant);
  if (fact !== undefined) return fact;
  return a.fail("CF2011", expr, "a void pointer has no elements", 'give it a type: carray(p, n, "float64")');
}

/** The C type that a store to `target` writes; its object has been evaluated. */
export function elementOf(a: Analysis, target: Exclude<Target, { kind: "local" }>): CType {
  const object = a.facts.get(target.object);
  const place = target.kind === "index" ? elementPlace(object) : fieldPlace(object, target.name);
  if (place === undefined) {
    const help =
      object?.kind === "record"
        ? "an object of values never changes: make a new one, and assign that"
        : "assign variables, elements of pointers and views, and fields";
    return a.fail("CF1303", target, "this cannot be assigned in compiled code", help);
  }
  if (place.constant) {
    const isCaptured = object?.kind === "view" && object.data !== undefined;
    const message = isCaptured
      ? "a captured array is a constant of the compiled code"
      : "this pointer is `const`: nothing can be written through it";
    const help = isCaptured ? "write through a pointer parameter" : "drop `const` from the signature";
    a.fail("CF2018", target, message, help);
  }
  if (place.type.kind === "array") a.fail("CF2011", target, "a whole array cannot be assigned", "assign its parts");
  return place.type;
}

interface Place {
  readonly type: CType;
  readonly constant: boolean;
}

function elementPlace(object: Fact | undefined): Place | undefined {
  if (object?.kind === "pointer") return { type: object.to, constant: object.constant };
  return object?.kind === "view" && object.dims.length === 1
    ? { type: object.element, constant: object.constant }
    : undefined;
}

function fieldPlace(object: Fact | undefined, name: string): Place | undefined {
  const struct = structOf(object);
  const field = memberOfPlace(struct, name);
  return struct === undefined || field === undefined ? undefined : { type: field.type, constant: struct.constant };
}

/** A length as a fact: an integer of at most 2^53. */
export const lengthFact = (fact: Fact): Extract<Fact, { kind: "number" }> | undefined => {
  const n = asNumber(fact);
  if (n === undefined) return undefined;
  return n.integer && !n.nan && n.lo >= -MAX_SAFE && n.hi <= MAX_SAFE
    ? { ...n, negativeZero: false }
    : integers(-MAX_SAFE, MAX_SAFE);
};
