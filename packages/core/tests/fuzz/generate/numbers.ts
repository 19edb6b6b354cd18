// Random expressions of kind number, and assignments as expressions: the operators of the language, combined without
// regard to sense.
import { at, e, type Tree } from "../tree.ts";
import { wrapped } from "./bigints.ts";
import { condition } from "./conditions.ts";
import { exactMath, inexactMath, numberLiterals } from "./literals.ts";
import type { Scope } from "./scope.ts";

export function number(scope: Scope, depth: number): Tree {
  const { random } = scope;
  if (depth <= 0) return numberLeaf(scope);
  const sub = () => number(scope, depth - 1);
  switch (random.below(36)) {
    case 0:
    case 1:
      return numberLeaf(scope);
    case 2:
    case 3:
    case 4:
    case 5:
      return e`(${sub()} ${random.pick(["+", "-", "*"])} ${sub()})`;
    case 6:
      return e`(${sub()} ${random.pick(["/", "%"])} ${sub()})`;
    case 7:
      return e`((${sub()} ${random.pick(["/", "*", "+", "-", "%"])} ${sub()}) ${random.pick(["| 0", ">>> 0", "& 255"])})`;
    case 8:
    case 9:
      return e`(${sub()} ${random.pick(["&", "|", "^"])} ${sub()})`;
    case 10:
    case 11:
      return e`(${sub()} ${random.pick(["<<", ">>", ">>>"])} ${sub()})`;
    case 12:
      return e`(${sub()} ${random.pick(["| 0", ">>> 0", "+ 1", "- 1", "* 2", "/ 2", "& 255", "% 10", "& 7", "<< 24 >> 24"])})`;
    case 13:
      return e`(${random.pick(["-", "~", "+"])}${sub()})`;
    case 14:
    case 15:
    case 16:
      return e`Math.${random.pick(exactMath)}(${sub()})`;
    case 17:
      return e`Math.${random.pick(["min", "max", "imul"])}(${sub()}, ${sub()})`;
    case 18:
      return e`Math.${random.pick(["min", "max"])}(${sub()}, ${sub()}, ${sub()})`;
    case 19:
      return guarded(scope, depth);
    case 20:
      return e`(${condition(scope, depth - 1)} ? ${sub()} : ${sub()})`;
    case 21:
      return e`(${sub()} ${random.pick(["&&", "||", "&&", "||", "??"])} ${sub()})`;
    case 22:
      return random.oneIn(2)
        ? e`Number(${condition(scope, depth - 1)})`
        : e`((${condition(scope, depth - 1)}) ${random.pick(["| 0", "+ 1", "* 5"])})`;
    case 23:
    case 24:
      return assignment(scope, depth - 1);
    case 25:
      return e`(${sub()}, ${sub()})`;
    case 26:
    case 27:
    case 28:
      return e`${random.pick(scope.numberPlaces)(scope, depth - 1)}`;
    case 29:
      return scope.numberSources.length > 0 ? random.pick(scope.numberSources)(scope, depth - 1) : numberLeaf(scope);
    case 30:
    case 31:
      return call(scope, depth);
    case 32:
      return scope.hasBigints ? e`Number(${wrapped(scope, depth - 1)})` : numberLeaf(scope);
    case 33:
    case 34:
      return scope.integers.length > 0 ? ofIntegers(scope, depth) : numberLeaf(scope);
    default:
      return e`Math.fround(${sub()} ${random.pick(["+", "*", "-", "/"])} ${sub()})`;
  }
}

/** A variable, tested and then used: what is known of it differs in both branches. */
function guarded(scope: Scope, depth: number): Tree {
  const { random } = scope;
  if (scope.numbers.length === 0) return numberLeaf(scope);
  const name = random.pick(scope.numbers);
  const sub = () => number(scope, depth - 1);
  const test = e`${name} ${random.pick(["<", "<=", ">", ">=", "!==", "==="])} ${random.oneIn(2) ? e`0` : numberLeaf(scope)}`;
  const op = random.pick(["%", "/", "*", "+", "-", "<<", ">>>"]);
  const use = random.oneIn(2) ? e`(${sub()} ${op} ${name})` : e`(${name} ${op} ${sub()})`;
  return random.oneIn(2) ? e`(${test} ? ${use} : ${sub()})` : e`(${test} ? ${sub()} : ${use})`;
}

/**
 * Integers as C programs combine them: divided by what is tested, with an integer as the result; and products, some of
 * which are -0.
 */
function ofIntegers(scope: Scope, depth: number): Tree {
  const { random } = scope;
  const [n, d] = [random.pick(scope.integers), random.pick(scope.integers)];
  if (random.oneIn(2)) return e`(${n} * ${random.pick(["(-1)", "(-2)", "(-5)", "0", d])})`;
  const divided = random.pick([
    `(${n} / ${d}) | 0`,
    `(${n} % ${d}) | 0`,
    `Math.trunc(${n} / ${d})`,
    `Math.floor(${n} / ${d})`,
  ]);
  const test = random.pick([`${d} !== 0`, `${d} < 0`, `${d} > 0`, `${d}`]);
  return e`(${test} ? ${e`(${divided})`} : ${number(scope, depth - 1)})`;
}

export function numberLeaf(scope: Scope): Tree {
  const { random } = scope;
  return random.below(3) > 0 && scope.numbers.length > 0
    ? e`${random.pick(scope.numbers)}`
    : e`${random.pick(numberLiterals)}`;
}

/** A call of an inner or of a captured function. */
function call(scope: Scope, depth: number): Tree {
  const { random } = scope;
  const affordable = scope.inner.filter(({ weight }) => weight <= scope.innerCalls);
  const known = affordable.length > 0 && random.oneIn(2) ? affordable : scope.captured;
  if (known.length === 0) return numberLeaf(scope);
  const { name, arity, weight } = random.pick(known);
  if (known === affordable) scope.innerCalls -= weight;
  const args = Array.from({ length: arity }, () => number(scope, depth - 1));
  return { sort: "expr", parts: [`${name}(`, ...args.flatMap((arg, i) => (i === 0 ? [arg] : [", ", arg])), ")"] };
}

const compound = ["+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", ">>>=", "||=", "&&="];

export function assignment(scope: Scope, depth: number): Tree {
  const { random } = scope;
  const variable = scope.assignable.length > 0 && !random.oneIn(4);
  const place = variable ? at`${random.pick(scope.assignable)}` : random.pick(scope.numberPlaces)(scope, depth - 1);
  switch (random.below(5)) {
    case 0:
      return e`(${place}${random.pick(["++", "--"])})`;
    case 1:
      return e`(${random.pick(["++", "--"])}${place})`;
    case 2:
      return e`(${place} = ${number(scope, depth)})`;
    default:
      return e`(${place} ${random.pick(compound)} ${number(scope, depth)})`;
  }
}

/** Functions of `Math` that may differ in the last digits; only for the very end of a program. */
export function inexact(scope: Scope): Tree {
  const { random } = scope;
  const [x, y] = [number(scope, 2), number(scope, 2)];
  if (random.below(6) > 0) return e`Math.${random.pick(inexactMath)}(${x})`;
  if (random.oneIn(3)) return e`((${x}) ** (${y}))`;
  return e`Math.${random.pick(["atan2", "hypot", "pow"])}(${x}, ${y})`;
}
