// The environment against an ordinary Map: whatever is done to copies, each holds what a Map copied in full would hold.
import { describe, expect, it } from "vitest";
import { Env } from "../../src/check/env.ts";
import { type Fact, integers, join, sameFact, voidFact } from "../../src/check/fact.ts";
import type { Variable } from "../../src/parse/tree.ts";
import { Random } from "../fuzz/random.ts";

const variable = (id: number): Variable => ({ id, name: `v${id}`, kind: "let", span: { start: 0, end: 0 } });

interface Pair {
  readonly env: Env;
  readonly map: Map<Variable, Fact>;
}

function expectEqual({ env, map }: Pair, variables: readonly Variable[]): void {
  for (const v of variables) expect(env.get(v)).toEqual(map.get(v));
}

function joined(a: Pair, b: Pair): Pair {
  const map = new Map<Variable, Fact>();
  for (const [v, fact] of a.map) {
    const other = b.map.get(v);
    const isVoid = fact.kind === "void" || other?.kind === "void";
    const both = other === undefined ? undefined : isVoid ? voidFact : join(fact, other);
    if (both !== undefined) map.set(v, both);
  }
  return { env: a.env.join(b.env), map };
}

const equal = (a: Pair, b: Pair): boolean =>
  a.map.size === b.map.size &&
  [...a.map].every(([v, fact]) => {
    const other = b.map.get(v);
    return other !== undefined && sameFact(fact, other);
  });

describe("Env", () => {
  it.each([1, 31, 32, 33, 1024, 1025, 40_000])("agrees with a Map over %i variables", (count) => {
    const random = new Random(count);
    const ids = Array.from({ length: 40 }, () => random.below(count));
    const variables = [...new Set([...ids, 0, count - 1])].map(variable);
    const pick = <T>(list: readonly T[]): T => list[random.below(list.length)] as T;
    const pairs: Pair[] = [{ env: Env.of(count), map: new Map() }];
    for (let step = 0; step < 600; step++) {
      const pair = pick(pairs);
      const v = pick(variables);
      const what = random.below(6);
      if (what < 2) {
        const fact = random.oneIn(8) ? voidFact : integers(-random.below(4), random.below(4));
        pair.env.set(v, fact);
        pair.map.set(v, fact);
      } else if (what === 2) {
        pair.env.delete(v);
        pair.map.delete(v);
      } else if (what === 3) pairs.push({ env: pair.env.fork(), map: new Map(pair.map) });
      else if (what === 4) pairs.push(joined(pair, pick(pairs)));
      else {
        const other = pick(pairs);
        expect(pair.env.same(other.env)).toBe(equal(pair, other));
      }
      if (pairs.length > 12) pairs.splice(random.below(pairs.length), 1);
    }
    for (const pair of pairs) expectEqual(pair, variables);
  });

  it("widens what differs and keeps what does not", () => {
    const [a, b, c] = [variable(0), variable(40), variable(1000)];
    const before = Env.of(2000);
    before.set(a, integers(0, 1));
    before.set(b, integers(0, 1));
    const after = before.fork();
    after.set(b, integers(0, 2));
    after.set(c, integers(5, 5));
    const asked: Fact[] = [];
    const widened = before.widened(after, (_, fact) => {
      asked.push(fact);
      return integers(0, 255);
    });
    expect(asked).toEqual([integers(0, 2)]);
    expect([a, b, c].map((v) => widened.get(v))).toEqual([integers(0, 1), integers(0, 255), integers(5, 5)]);
  });
});
