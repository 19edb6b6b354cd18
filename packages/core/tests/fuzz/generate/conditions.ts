// Random expressions of kind boolean, and tests, which may be of any kind.
import { c, type Tree } from "../tree.ts";
import { bigint } from "./bigints.ts";
import { number, numberLeaf } from "./numbers.ts";
import type { Scope } from "./scope.ts";

const comparisons = ["<", "<=", ">", ">=", "===", "!=="];

export function condition(scope: Scope, depth: number): Tree {
  const { random } = scope;
  const sub = () => number(scope, depth - 1);
  if (depth <= 0 && random.oneIn(3) && scope.booleans.length > 0) return c`${random.pick(scope.booleans)}`;
  switch (random.below(14)) {
    case 0:
      return c`(${condition(scope, depth - 1)} ${random.pick(["&&", "||"])} ${condition(scope, depth - 1)})`;
    case 1:
      return c`!${condition(scope, depth - 1)}`;
    case 2:
      return c`Number.${random.pick(["isNaN", "isFinite", "isInteger", "isSafeInteger"])}(${sub()})`;
    case 3:
      return c`Boolean(${sub()})`;
    case 4:
      return c`(${numberLeaf(scope)} ${random.pick(["===", "!==", "==", "!="])} ${numberLeaf(scope)})`;
    case 5:
      if (scope.booleanPlaces.length === 0) break;
      return c`${random.pick(scope.booleanPlaces)(scope, depth - 1)}`;
    case 6:
    case 7:
      if (!scope.hasBigints) break;
      return c`(${bigint(scope, depth - 1)} ${random.pick(comparisons)} ${bigint(scope, depth - 1)})`;
    case 8:
      if (scope.assignableBooleans.length === 0) break;
      return c`(${random.pick(scope.assignableBooleans)} = ${condition(scope, depth - 1)})`;
  }
  return c`(${sub()} ${random.pick(comparisons)} ${sub()})`;
}

/** What `if` and `while` take: a condition, or the truth of a number. */
export function test(scope: Scope, depth: number): Tree {
  return scope.random.oneIn(5) ? c`(${number(scope, depth)})` : condition(scope, depth);
}
