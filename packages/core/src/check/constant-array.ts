// Captured arrays of numbers: constants of the compiled code, read like views that nothing can write to.
import type { CapturedNumbers } from "../source/captured-value.ts";
import { type TypeName, typeNames } from "../types/names.ts";
import {
  type BigintFact,
  bigints,
  INT32_MAX,
  INT32_MIN,
  join,
  type NumberFact,
  ofNumber,
  type ViewFact,
} from "./fact.ts";

const known = new WeakMap<CapturedNumbers, ViewFact>();

/** The view of a captured array; its element type is the typed array's, or the narrowest that holds a plain one. */
export function constantView(captured: CapturedNumbers): ViewFact {
  const made = known.get(captured) ?? makeView(captured);
  known.set(captured, made);
  return made;
}

function makeView(captured: CapturedNumbers): ViewFact {
  const values = Array.from<number | bigint>(captured.elements);
  const range = rangeOf(values, captured.of);
  return {
    kind: "view",
    element: typeNames[elementName(captured.of, range)],
    constant: true,
    order: "row-major",
    dims: [ofNumber(values.length)],
    data: { identity: captured.value, values, range },
  };
}

function rangeOf(values: readonly (number | bigint)[], of: CapturedNumbers["of"]): NumberFact | BigintFact {
  const facts = values.map((v) => (typeof v === "number" ? ofNumber(v) : bigints(v, v)));
  const joined = facts.reduce<NumberFact | BigintFact | undefined>((all, fact) => {
    const both = all === undefined ? fact : join(all, fact);
    return both?.kind === "number" || both?.kind === "bigint" ? both : all;
  }, undefined);
  const isBigint = of === "int64" || of === "uint64" || of === "bigint";
  return joined ?? (isBigint ? bigints(0n, 0n) : ofNumber(0));
}

function elementName(of: CapturedNumbers["of"], range: NumberFact | BigintFact): TypeName {
  if (of === "bigint") return range.kind === "bigint" && range.hi >= 1n << 63n ? "uint64" : "int64";
  if (of !== "number") return of;
  if (range.kind === "bigint") return "int64";
  const isInt32 = range.integer && !range.negativeZero && !range.nan && range.lo >= INT32_MIN && range.hi <= INT32_MAX;
  return isInt32 ? "int32" : "float64";
}
