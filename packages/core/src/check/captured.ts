// Free names: captured values, globals and the function's own name.
import type { Expr, FreeExpr } from "../parse/tree.ts";
import type { Captured } from "../source/captured-value.ts";
import type { Analysis } from "./analysis.ts";
import { constantView } from "./constant-array.ts";
import { bigints, boolean, type Fact, ofNumber } from "./fact.ts";

export function factOfCaptured(a: Analysis, expr: FreeExpr): Fact {
  return factOfValue(a, expr, expr.name, a.unit.captured(expr.name));
}

/** A captured value as a fact: numbers, booleans and bigints are constants, everything else stays static. */
export function factOfValue(a: Analysis, at: Expr, name: string, value: Captured): Fact {
  switch (value.kind) {
    case "number":
      return ofNumber(value.value);
    case "boolean":
      return boolean(value.value);
    case "bigint":
      return bigints(value.value, value.value);
    case "null":
      return { kind: "null" };
    case "missing":
      return a.fail(
        "CF2001",
        at,
        `nothing is named \`${name}\` here`,
        "declare it, import it, or pass it in `externals`",
      );
    case "undefined":
      return a.fail(
        "CF2002",
        at,
        `\`${name}\` is undefined when the function is compiled`,
        "assign it before the first call",
      );
    case "uninitialised":
      return a.fail(
        "CF2002",
        at,
        `\`${name}\` has no value yet when the function is compiled`,
        "call it after its declaration ran",
      );
    case "string":
      return a.fail(
        "CF2004",
        at,
        `\`${name}\` is a string, which native code cannot use`,
        "compare or measure it outside and capture the result, or pass its bytes in as a pointer",
      );
    case "unsupported":
      return a.fail(
        "CF2004",
        at,
        `\`${name}\` is ${value.what}, which native code cannot use`,
        "capture the numbers that you need from it",
      );
    case "numbers":
      return constantView(value);
    default:
      return { kind: "static", value };
  }
}
