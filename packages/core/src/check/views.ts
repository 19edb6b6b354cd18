// Array views: `carray(p, shape, dtype?)`, `farray(...)`, and their `get` and `set`; `p.add`, `p.get`, `p.set`.
import type { CallExpr, Expr, MemberExpr } from "../parse/tree.ts";
import type { CType } from "../types/ctype.ts";
import { typeOfName } from "../types/names.ts";
import { CPointer } from "../types/objects.ts";
import { isTypeObject } from "../types/type-object.ts";
import type { Analysis } from "./analysis.ts";
import { takes } from "./calls.ts";
import { conversionHint, converts } from "./ctype-fact.ts";
import { evaluate } from "./expressions.ts";
import { asNumber, describe, type Fact, type NumberFact, type PointerFact, type ViewFact } from "./fact.ts";
import { lengthFact, placeFact } from "./members.ts";
import { evaluateValue } from "./record.ts";

export function makeView(a: Analysis, expr: CallExpr, name: string): Fact {
  if (name === "cast") return castPointer(a, expr);
  if (name === "CPointer") return pointerType(a, expr);
  if (name !== "carray" && name !== "farray")
    return a.fail(
      "CF2007",
      expr,
      `\`${name}\` says the C type of an argument of a variadic function`,
      "write it where a variadic function is called, after the named parameters",
    );
  const [pointer, shape, dtype] = expr.args;
  if (pointer === undefined || shape === undefined || expr.args.length > 3) {
    return a.fail(
      "CF2006",
      expr,
      `\`${name}\` takes a pointer, a shape and maybe an element type`,
      `${name}(p, [m, n])`,
    );
  }
  const base = evaluate(a, pointer);
  if (base.kind !== "pointer") {
    return a.fail(
      "CF2014",
      pointer,
      `\`${name}\` needs a pointer, this is ${describe(base)}`,
      "declare the parameter as CPointer(...)",
    );
  }
  const extents = shape.kind === "array" ? shape.elements : [shape];
  if (extents.length === 0) a.fail("CF2014", shape, "a view needs at least one dimension", `${name}(p, [n])`);
  const dims: NumberFact[] = extents.map((e) => {
    const fact = evaluate(a, e);
    return (
      lengthFact(fact) ??
      a.fail("CF2014", e, `a length must be a number, this is ${describe(fact)}`, "convert a bigint with `Number(n)`")
    );
  });
  const element = dtype === undefined ? base.to : elementType(a, dtype);
  if (element.kind === "void") {
    a.fail(
      "CF2014",
      expr,
      "a void pointer says nothing about its elements",
      `name their type: ${name}(p, n, "float64")`,
    );
  }
  a.callees.set(expr, { kind: "view", pointer, shape: extents });
  const order = name === "carray" ? "row-major" : "column-major";
  return { kind: "view", element, constant: base.constant, order, dims };
}

/** `CPointer(T)` of a captured type: a type itself, known without running anything. */
function pointerType(a: Analysis, expr: CallExpr): Fact {
  const [of] = expr.args;
  const fact = of === undefined || expr.args.length > 1 ? undefined : evaluate(a, of);
  const object = fact?.kind === "static" && fact.value.kind === "type" ? fact.value.value : undefined;
  if (isTypeObject(object)) return { kind: "static", value: { kind: "type", value: CPointer(object) } };
  return a.fail("CF2014", expr, "`CPointer` takes one C type here", "CPointer(float64), or CPointer(Point)");
}

/** `cast(p, CPointer(T))`: the same address as a pointer to something else. */
function castPointer(a: Analysis, expr: CallExpr): Fact {
  const [pointer, target] = expr.args;
  if (pointer === undefined || target === undefined || expr.args.length > 2) {
    return a.fail("CF2006", expr, "`cast` takes a pointer and a pointer type", "cast(p, CPointer(T))");
  }
  const from = evaluate(a, pointer);
  if (from.kind !== "pointer" && from.kind !== "null") {
    return a.fail("CF2014", pointer, `\`cast\` needs a pointer, this is ${describe(from)}`, "cast(p, CPointer(T))");
  }
  const fact = evaluate(a, target);
  const object = fact.kind === "static" && fact.value.kind === "type" ? fact.value.value : undefined;
  const type = isTypeObject(object) ? object.type : undefined;
  if (type?.kind !== "pointer") {
    return a.fail(
      "CF2014",
      target,
      `this is ${describe(fact)}, not a pointer type`,
      "capture the type: `const PointT = CPointer(Point)`",
    );
  }
  a.callees.set(expr, { kind: "cast", pointer });
  return { kind: "pointer", to: type.to, constant: type.constant };
}

function elementType(a: Analysis, dtype: Expr): CType {
  if (dtype.kind === "string") {
    return (
      typeOfName(dtype.value) ??
      a.fail("CF2014", dtype, `\`${dtype.value}\` is no C type`, "for example float64, int32, uint8")
    );
  }
  const fact = evaluate(a, dtype);
  const object = fact.kind === "static" && fact.value.kind === "type" ? fact.value.value : undefined;
  if (isTypeObject(object)) return object.type;
  return a.fail(
    "CF2014",
    dtype,
    `the element type must be a C type, this is ${describe(fact)}`,
    'write "float64" or float64',
  );
}

/** `a.get(i, j)`, `a.set(i, j, v)`, `p.get(i)`, `p.set(i, v)`, `p.add(n)`. */
export function elementAccess(a: Analysis, expr: CallExpr, callee: MemberExpr, object: PointerFact | ViewFact): Fact {
  const facts = expr.args.map((arg) => evaluateValue(a, arg));
  const rank = object.kind === "view" ? object.dims.length : 1;
  const indices = (count: number): void => {
    for (const [i, fact] of facts.slice(0, count).entries()) {
      if (asNumber(fact) === undefined)
        a.fail("CF2011", expr.args[i] ?? expr, "an index must be a number", "convert a bigint with `Number(i)`");
    }
  };
  const arity = (count: number): void => {
    if (facts.length === count) return;
    a.fail("CF2006", expr, `\`${callee.name}\` takes ${takes(count, facts.length)}`, "one index for each dimension");
  };
  switch (callee.name) {
    case "get": {
      arity(rank);
      indices(rank);
      a.callees.set(expr, { kind: "element", access: "get" });
      if (object.kind === "view") return object.data?.range ?? placeFact(a, expr, object.element, object.constant);
      return placeFact(a, expr, object.to, object.constant);
    }
    case "set": {
      arity(rank + 1);
      indices(rank);
      if (object.constant) {
        const help = "write through a pointer that is not const";
        a.fail("CF2018", expr, "this is constant: nothing can be written through it", help);
      }
      const element = object.kind === "view" ? object.element : object.to;
      placeFact(a, expr, element, object.constant);
      const value = facts[rank];
      if (value === undefined || !converts(value, element)) {
        const what = value === undefined ? "nothing" : describe(value);
        a.fail("CF2017", expr, `${what} cannot be stored here`, value && conversionHint(value, element));
      }
      a.callees.set(expr, { kind: "element", access: "set" });
      return { kind: "void" };
    }
    case "add":
      if (object.kind === "pointer") {
        arity(1);
        indices(1);
        a.callees.set(expr, { kind: "advance" });
        return object;
      }
  }
  const has = object.kind === "view" ? "length, size, ndim, shape, get and set" : "p[i], get, set and add";
  return a.fail("CF2008", expr, `${describe(object)} has no method \`${callee.name}\``, `it has ${has}`);
}
