// Random expressions and statements over bigints: 64-bit integers exactly, and modulo 2^n where the program says so.
// Only what the compiler promises to hold in 128 bits: values that live on are wrapped to 64.
import { at, b, e, s, type Tree } from "../tree.ts";
import { condition } from "./conditions.ts";
import { bigintLiterals } from "./literals.ts";
import { number } from "./numbers.ts";
import type { Scope } from "./scope.ts";

function leaf({ random, bigints }: Scope): Tree {
  return random.below(3) > 0 && bigints.length > 0 ? b`${random.pick(bigints)}` : b`${random.pick(bigintLiterals)}`;
}

/** A value that fits 64 bits. */
export function wrapped(scope: Scope, depth: number): Tree {
  const { random } = scope;
  if (depth <= 0) return leaf(scope);
  const bits = random.pick([64, 64, 64, 63, 32, 8, 1]);
  return b`BigInt.${random.pick(["asIntN", "asUintN"])}(${bits}, ${bigint(scope, depth - 1)})`;
}

export function bigint(scope: Scope, depth: number): Tree {
  const { random } = scope;
  if (depth <= 0) return leaf(scope);
  const sub = () => bigint(scope, depth - 1);
  const fits = () => wrapped(scope, depth - 1);
  switch (random.below(15)) {
    case 0:
      return leaf(scope);
    case 1:
    case 2:
      return b`(${sub()} ${random.pick(["+", "-"])} ${sub()})`;
    case 3:
      return b`(${fits()} * ${fits()})`;
    case 4:
      return divided(scope, depth);
    case 5:
      return scope.bigints.length > 0 ? dividedByTested(scope, depth) : leaf(scope);
    case 6:
    case 7:
      return b`(${sub()} ${random.pick(["&", "|", "^"])} ${sub()})`;
    case 8:
      return b`(${fits()} ${random.pick(["<<", ">>"])} ${random.pick(["0n", "1n", "5n", "31n", "63n"])})`;
    case 9:
      return b`(${fits()} >> ${random.pick(["64n", "100n"])})`;
    case 10:
      return b`(${random.pick(["-", "~"])}${sub()})`;
    case 11:
      return b`(${condition(scope, depth - 1)} ? ${sub()} : ${sub()})`;
    case 12:
      return random.oneIn(2) ? b`BigInt(${number(scope, depth - 1)} | 0)` : call(scope, depth);
    case 13:
      if (scope.bigintPlaces.length > 0) return b`${random.pick(scope.bigintPlaces)(scope, depth - 1)}`;
      return b`(${sub()} ${random.pick(["&&", "||"])} ${sub()})`;
    default:
      return wrapped(scope, depth);
  }
}

function call(scope: Scope, depth: number): Tree {
  if (scope.capturedBigint.length === 0) return leaf(scope);
  const { name } = scope.random.pick(scope.capturedBigint);
  return b`${name}(${wrapped(scope, depth - 1)}, ${wrapped(scope, depth - 1)})`;
}

const divisions = ["/", "%"];

/** By a constant, by what is never zero, and now and then by what may be: that throws. */
function divided(scope: Scope, depth: number): Tree {
  const { random } = scope;
  const op = random.pick(divisions);
  const value = random.oneIn(4)
    ? b`(BigInt.asIntN(63, ${bigint(scope, depth - 1)}) * ${wrapped(scope, depth - 1)})`
    : wrapped(scope, depth - 1);
  switch (random.below(8)) {
    case 0:
    case 1:
      return b`(${value} ${op} (${wrapped(scope, depth - 1)} | 1n))`;
    case 2:
      return b`(${value} ${op} ${wrapped(scope, depth - 1)})`;
    default:
      return b`(${value} ${op} ${random.pick(["3n", "(-1n)", "(-7n)", "4294967297n", "18446744073709551615n"])})`;
  }
}

/** By a variable that was tested, on one path or the other. */
function dividedByTested(scope: Scope, depth: number): Tree {
  const { random } = scope;
  const name = random.pick(scope.bigints);
  const quotient = b`(${wrapped(scope, depth - 1)} ${random.pick(divisions)} ${name})`;
  const other = bigint(scope, depth - 1);
  const test = random.pick([`${name} > 0n`, `${name} < 0n`, `${name} !== 0n`, `0n != ${name}`, name]);
  if (random.oneIn(4)) return b`(${random.pick([`${name} === 0n`, `!${name}`])} ? ${other} : ${quotient})`;
  return b`(${test} ? ${quotient} : ${other})`;
}

export function bigintDeclaration(scope: Scope): Tree {
  const value = wrapped(scope, 2);
  const name = scope.fresh();
  scope.bigints.push(name);
  if (scope.random.oneIn(4)) return s`const ${name} = ${value};\n`;
  scope.assignableBigints.push(name);
  return s`let ${name} = ${value};\n`;
}

/** Stores a bigint: in memory it wraps by itself, in a variable the program wraps it. */
export function bigintAssignment(scope: Scope): Tree {
  const { random } = scope;
  const toMemory = scope.bigintPlaces.length > 0 && random.oneIn(2);
  if (toMemory) {
    const place = random.pick(scope.bigintPlaces)(scope, 1);
    if (random.oneIn(4)) return s`${place}${random.pick(["++", "--"])};\n`;
    return s`${place} ${random.pick(["=", "+=", "-=", "^=", "|="])} ${bigint(scope, 1)};\n`;
  }
  if (scope.assignableBigints.length === 0) return s`${e`Number(${wrapped(scope, 1)})`};\n`;
  const name = random.pick(scope.assignableBigints);
  if (random.oneIn(2)) return s`${at`${name}`} = ${wrapped(scope, 2)};\n`;
  return s`${at`${name}`} = BigInt.asIntN(64, ${name} ${random.pick(["+", "-", "*", "^"])} ${wrapped(scope, 1)});\n`;
}
