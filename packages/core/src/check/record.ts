// Where records come from: object literals and captured objects.
import type { Expr, ObjectExpr } from "../parse/tree.ts";
import type { CapturedObject } from "../source/captured-value.ts";
import type { Analysis } from "./analysis.ts";
import { factOfValue } from "./captured.ts";
import { evaluate } from "./expressions.ts";
import { describe, type Fact, type RecordFact } from "./fact.ts";
import { recordOf } from "./record-fact.ts";

/** What a record can hold: values, and structures by the place where they are. */
const holdable: ReadonlySet<Fact["kind"]> = new Set<Fact["kind"]>([
  ...(["number", "boolean", "bigint", "null", "pointer", "code", "record", "struct"] as const),
]);

export function objectLiteral(a: Analysis, expr: ObjectExpr): Fact {
  const fields = expr.properties.map(({ name, value }) => {
    const fact = evaluateValue(a, value);
    if (holdable.has(fact.kind)) return [name, fact] as const;
    return a.fail(
      "CF2011",
      value,
      `${describe(fact)} cannot be a field of an object`,
      "keep it in a constant of its own",
    );
  });
  return recordOf(fields);
}

/** Evaluates an expression where a value is needed: a captured object that is made of values is one. */
export function evaluateValue(a: Analysis, expr: Expr): Fact {
  const fact = evaluate(a, expr);
  const captured =
    fact.kind === "static" && fact.value.kind === "object" ? capturedRecord(a, expr, fact.value) : undefined;
  if (captured !== undefined) a.facts.set(expr, captured);
  return captured ?? fact;
}

function capturedRecord(a: Analysis, expr: Expr, object: CapturedObject): RecordFact | undefined {
  if (object.what !== "an object") return undefined;
  const fields: [string, Fact][] = [];
  for (const name of Object.keys(object.value)) {
    const member = object.member(name);
    if (member?.kind === "object") {
      const inner = capturedRecord(a, expr, member);
      if (inner === undefined) return undefined;
      fields.push([name, inner]);
    } else if (member?.kind === "number" || member?.kind === "boolean" || member?.kind === "bigint") {
      fields.push([name, factOfValue(a, expr, name, member)]);
    } else return undefined;
  }
  return fields.length === 0 ? undefined : recordOf(fields);
}
