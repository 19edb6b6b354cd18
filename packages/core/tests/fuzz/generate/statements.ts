// Random statements: declarations, assignments, branches, jumps. Loops and functions are in files of their own.
import { at, e, list, s, type Tree } from "../tree.ts";
import { bigintAssignment, bigintDeclaration, wrapped } from "./bigints.ts";
import { condition, test } from "./conditions.ts";
import { innerFunction, recordFunction, recursiveInner } from "./functions.ts";
import { forOf, loop } from "./loops.ts";
import { assignment, number, numberLeaf } from "./numbers.ts";
import { recordAssignment, recordDeclaration, shapeOf } from "./records.ts";
import type { Scope } from "./scope.ts";

export function declaration(scope: Scope, depth: number): Tree {
  const { random } = scope;
  if (scope.hasBigints && random.oneIn(3)) return bigintDeclaration(scope);
  if (random.oneIn(8)) return booleanDeclaration(scope);
  if (random.oneIn(8)) return recordDeclaration(scope, shapeOf(scope));
  const value = number(scope, depth);
  // a variable without a value yet is not read
  const [when, other] = [condition(scope, 1), numberLeaf(scope)];
  const name = scope.fresh();
  scope.numbers.push(name);
  if (random.oneIn(4)) return s`const ${name} = ${value};\n`;
  scope.assignable.push(name);
  if (random.oneIn(8)) return s`let ${name}; if (${when}) ${name} = ${value}; else ${name} = ${other};\n`;
  return s`${random.oneIn(6) ? "var" : "let"} ${name} = ${value};\n`;
}

function booleanDeclaration(scope: Scope): Tree {
  const value = condition(scope, 1);
  const name = scope.fresh();
  scope.booleans.push(name);
  scope.assignableBooleans.push(name);
  return s`let ${name} = ${value};\n`;
}

/** Statements in a scope of their own. */
export function block(scope: Scope, depth: number, most = 3): Tree {
  return scope.block(() => {
    const statements = Array.from({ length: 1 + scope.random.below(most) }, () => statement(scope, depth));
    return s`{ ${list(statements)} }`;
  });
}

export function statement(scope: Scope, depth: number): Tree {
  const { random } = scope;
  switch (depth <= 0 ? random.below(6) : random.below(24)) {
    case 0:
      return declaration(scope, 2);
    case 1:
    case 2:
    case 3:
      return s`${assignment(scope, 2)};\n`;
    case 4:
      return leave(scope);
    case 5:
      if (scope.hasBigints) return bigintAssignment(scope);
      return s`${assignment(scope, 1)};\n`;
    case 6:
    case 7:
      return s`if (${test(scope, 2)}) ${block(scope, depth - 1)}${random.oneIn(2) ? s` else ${block(scope, depth - 1)}` : ""}\n`;
    case 8:
      return s`${test(scope, 2)} ${random.pick(["&&", "||"])} ${assignment(scope, 1)};\n`;
    case 9:
      return switchStatement(scope, depth - 1);
    case 10:
      return innerFunction(scope, depth - 1);
    case 11:
    case 12:
      return forOf(scope, depth - 1);
    case 13:
      return swap(scope);
    case 14:
      return storeBoolean(scope);
    case 15:
      return recursiveInner(scope);
    case 16:
    case 17:
      return recordAssignment(scope, shapeOf(scope));
    case 18:
      return recordFunction(scope);
    default:
      return loop(scope, depth - 1);
  }
}

/** Destructuring as an assignment: both values are computed before either is stored. */
function swap(scope: Scope): Tree {
  const { random } = scope;
  const [first, second] = [random.pick(scope.assignable), random.pick(scope.assignable)];
  const place = random.oneIn(2) ? at`${second}` : random.pick(scope.numberPlaces)(scope, 1);
  return s`[${at`${first}`}, ${place}] = [${number(scope, 1)}, ${random.oneIn(2) ? e`${first}` : number(scope, 1)}];\n`;
}

function storeBoolean(scope: Scope): Tree {
  if (scope.booleanPlaces.length === 0)
    return s`${test(scope, 1)} ? ${assignment(scope, 1)} : ${assignment(scope, 1)};\n`;
  const place = scope.random.pick(scope.booleanPlaces)(scope, 1);
  return s`${place} = ${condition(scope, 2)};\n`;
}

function switchStatement(scope: Scope, depth: number): Tree {
  const { random } = scope;
  const value = number(scope, 1);
  const cases: Tree[] = [];
  let hasDefault = false;
  for (let n = 1 + random.below(4); n > 0; n--) {
    const isDefault: boolean = !hasDefault && random.oneIn(5);
    hasDefault ||= isDefault;
    const head = isDefault
      ? s`default: `
      : s`case ${random.oneIn(3) ? numberLeaf(scope) : e`${random.pick(["0", "1", "2", "3"])}`}: `;
    const end = random.oneIn(3) ? "" : " break;";
    cases.push({ sort: "stmt", parts: [...head.parts, block(scope, depth, 2), end, "\n"] });
  }
  return s`switch ((${value}) ${random.pick(["& 3", "| 0", "% 4", "+ 0"])}) { ${list(cases)} }\n`;
}

/** A conditional jump out of a loop, out of the function, or an exception. */
function leave(scope: Scope): Tree {
  const { random } = scope;
  const when = condition(scope, 1);
  const loop = scope.loops.length > 0 ? random.pick(scope.loops) : undefined;
  if (loop === undefined || random.oneIn(3)) {
    if (scope.nesting === 0 && random.oneIn(8)) return s`if (${when}) throw new RangeError("at ${scope.fresh()}");\n`;
    return s`if (${when}) ${returned(scope, 1)}`;
  }
  const label = loop === scope.loops.at(-1) && random.oneIn(2) ? "" : loop.label;
  if (label === undefined) return s`${assignment(scope, 1)};\n`;
  return s`if (${when}) ${random.pick(["break", "continue"])} ${label};\n`;
}

export function returned(scope: Scope, depth: number): Tree {
  switch (scope.returns) {
    case "void":
      return s`return;\n`;
    case "bigint":
      return s`return ${wrapped(scope, depth)};\n`;
    case "boolean":
      return s`return ${condition(scope, depth)};\n`;
    case "number":
      return s`return ${number(scope, depth)};\n`;
  }
}
