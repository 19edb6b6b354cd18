// Facts belong to nodes: no expression may stand in two places of a tree, but for the target of a compound assignment,
// which is evaluated once.
import { describe, expect, it } from "vitest";
import { sourceText } from "../../src/diagnostics/source-text.ts";
import { parse } from "../../src/parse/parse.ts";
import type { Expr } from "../../src/parse/tree.ts";
import { eachNode } from "../../src/parse/walk.ts";
import { programOf } from "../fuzz/generate/program.ts";
import { functionText } from "../fuzz/program.ts";

function sharedNodes(text: string): string[] {
  const seen = new Set<Expr>();
  const shared: string[] = [];
  const visit = (expr: Expr): void => {
    if (seen.has(expr)) shared.push(`${expr.kind} at ${expr.span.start}`);
    seen.add(expr);
  };
  eachNode(parse(sourceText("program", text)).body, { expr: visit });
  return shared;
}

describe("no expression stands in two places", () => {
  it.each([
    "(n, a) => { for (const [x, y] of a) n += x * y; const { x, x: z } = { x: n }; return x + z; }",
    "(n) => { switch (n) { case 1: case 2: return 1; default: return 2; } }",
    "(n, a) => { let s = 0; for (const x of a) s += x; return s; }",
    "(n, a) => { let [x, y] = [n, 2]; [x, y] = [y, x]; const { re } = a; return x - y; }",
    "(n, p) => { p[n] ||= 3; p[n]++; n **= 2; const g = (m) => m * n; return g(n) + g(2); }",
  ])("%s", (text) => expect(sharedNodes(text)).toEqual([]));

  it("in random programs", () => {
    for (let seed = 1; seed <= 150; seed++)
      expect(sharedNodes(functionText(programOf(seed))), `seed ${seed}`).toEqual([]);
  });
});
