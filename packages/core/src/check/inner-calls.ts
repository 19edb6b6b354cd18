// Calls of inner functions that are compiled on their own. Besides its arguments such a function is given what the
// variables around it hold, and says what those that it assigns hold after the call.
import type { CallExpr, InnerExpr } from "../parse/tree.ts";
import { type Analysis, BOTTOM } from "./analysis.ts";
import { describe, type Fact, voidFact } from "./fact.ts";
import { evaluateValue } from "./record.ts";

/** A variable without a value yet is passed as nothing. */
export function callInner(a: Analysis, expr: CallExpr, { fn, captured }: InnerExpr): Fact {
  const args = expr.args.map((arg) => {
    const fact = evaluateValue(a, arg);
    if (fact.kind !== "static" && fact.kind !== "void" && fact.kind !== "shape") return fact;
    return a.fail("CF2011", arg, `${describe(fact)} cannot be passed to a function`, "use it where it is needed");
  });
  const values = captured.map((read) => {
    const fact = a.here.get(read.variable);
    if (fact === undefined) a.facts.delete(read);
    else a.facts.set(read, fact);
    return fact ?? voidFact;
  });
  const { name, result, after, never } = a.program.callInner(a.unit, fn, [
    ...args.slice(0, fn.params.length),
    ...values,
  ]);
  a.callees.set(expr, { kind: "function", name, after });
  if (result === undefined) {
    a.waits ||= !never;
    throw BOTTOM;
  }
  for (const [i, fact] of after.entries()) {
    const variable = captured[i]?.variable;
    if (fact?.kind === "record") {
      const help = "let it return the object, or assign one variable for each field";
      a.fail("CF2011", expr, "a recursive inner function cannot assign an object around it", help);
    }
    if (variable !== undefined && fact !== undefined) a.assign(variable, fact, expr);
  }
  return result;
}
