// Random functions: inner ones, which see and change the variables around them, and those that the program captures:
// plain ones, recursive ones, pairs that call each other, compiled ones. Recursion counts down to its end, and there is
// one recursive call in a body, so that the number of calls stays small.
import { b, e, list, s, type Tree } from "../tree.ts";
import { wrapped } from "./bigints.ts";
import { condition } from "./conditions.ts";
import { assignment, number } from "./numbers.ts";
import { fieldsOf, record, recordAssignment, recordDeclaration, shapeOf } from "./records.ts";
import { Scope, type Shape } from "./scope.ts";
import { declaration, returned, statement } from "./statements.ts";

const names = (scope: Scope, n: number): string[] => Array.from({ length: n }, () => scope.fresh());

/** Inner functions may hold inner functions, one level: each call is one more copy of all that is in it. */
const deepest = 2;

/** A function that sees and changes the variables around it, and a call of it whose result can be used. */
export function innerFunction(scope: Scope, depth: number): Tree {
  const { random } = scope;
  if (scope.nesting >= deepest) return s`${assignment(scope, 2)};\n`;
  const name = scope.fresh();
  const parameters = names(scope, random.below(3));
  const { made: body, weight } = scope.function("number", () => {
    scope.numbers.push(...parameters);
    if (random.oneIn(3)) scope.assignable.push(...parameters);
    return innerBody(scope, depth);
  });
  scope.inner.push({ name, arity: parameters.length, weight });
  scope.innerCalls -= weight;
  const args = parameters.flatMap((_, i) => (i === 0 ? [number(scope, 1)] : [", ", number(scope, 1)]));
  const result = scope.fresh();
  scope.numbers.push(result);
  const call: Tree = { sort: "expr", parts: [`${name}(`, ...args, ")"] };
  return s`const ${name} = (${parameters.join(", ")}) => ${body}; const ${result} = ${call};\n`;
}

/** One that calls itself, at most nine deep, and changes the variables around it on the way. */
export function recursiveInner(scope: Scope): Tree {
  const { random } = scope;
  if (scope.nesting >= deepest) return s`${assignment(scope, 2)};\n`;
  const name = scope.fresh();
  const [n = "", a = ""] = names(scope, 2);
  const { made: body, weight } = scope.function("number", () => {
    // the counter is never assigned: that could undo the end
    scope.numbers.push(n, a);
    scope.assignable.push(a);
    const before = random.oneIn(3) ? declaration(scope, 1) : s`${assignment(scope, 1)};\n`;
    const leaves = random.oneIn(3) ? s`if (${condition(scope, 1)}) return ${number(scope, 1)};\n` : s``;
    const call = e`${name}(${n} - 1, ${number(scope, 1)})`;
    const next = random.oneIn(3) ? call : e`(${number(scope, 1)}) ${random.pick(["+", "-", "|", "^"])} ${call}`;
    return s`{ ${before}${leaves}if (${n} > 0 && ${n} < 9) return ${next}; ${returned(scope, 1)} }`;
  });
  scope.inner.push({ name, arity: 2, weight });
  scope.innerCalls -= weight;
  const call = e`${name}(${number(scope, 1)}, ${number(scope, 1)})`;
  const result = scope.fresh();
  scope.numbers.push(result);
  return s`const ${name} = (${n}, ${a}) => ${body}; const ${result} = ${call};\n`;
}

/** An inner function whose result is an object. */
export function recordFunction(scope: Scope): Tree {
  if (scope.nesting >= deepest) return recordAssignment(scope, "xy");
  const shape = shapeOf(scope);
  const name = scope.fresh();
  const parameters = names(scope, 2);
  const { made: body } = scope.function("number", () => {
    scope.numbers.push(...parameters);
    const early = scope.random.oneIn(2) ? s`if (${condition(scope, 1)}) return ${record(scope, shape, 1)}; ` : s``;
    return s`{ ${early}${assignment(scope, 1)}; return ${record(scope, shape, 2)}; }`;
  });
  scope.records[shape].makers.push({ name, arity: 2, weight: 0 });
  return s`const ${name} = (${parameters.join(", ")}) => ${body}; ${recordDeclaration(scope, shape)}`;
}

function innerBody(scope: Scope, depth: number): Tree {
  const { random } = scope;
  switch (random.below(3)) {
    case 0:
      return e`${number(scope, 2)}`;
    case 1:
      return s`{ if (${condition(scope, 1)}) return ${number(scope, 1)}; ${assignment(scope, 1)}; return ${number(scope, 1)}; }`;
    default: {
      const statements = [declaration(scope, 2), statement(scope, Math.min(depth, 2))];
      return s`{ ${statements[0] ?? ""}${statements[1] ?? ""}${returned(scope, 2)} }`;
    }
  }
}

/** Functions that the program captures, each of which may call those before it. */
export function capturedFunctions(scope: Scope): Tree[] {
  const { random } = scope;
  const made: Tree[] = [];
  for (let n = random.below(4); n > 0; n--) {
    const [f, g] = [`f${n}`, `g${n}`];
    switch (random.below(6)) {
      case 0:
      case 1:
        made.push(plain(scope, f));
        break;
      case 2:
        made.push(withLoop(scope, f));
        break;
      case 3:
        made.push(recursive(scope, f));
        break;
      case 4:
        made.push(mutual(scope, f, g));
        break;
      default:
        made.push(compiled(scope, f));
    }
    scope.captured.push({ name: f, arity: 2, weight: 0 });
  }
  return made;
}

/** A scope that sees the parameters and what is captured, and nothing of the program. */
function bodyScope(scope: Scope, parameters: readonly string[]): Scope {
  const inner = new Scope(scope.random);
  inner.numbers.push(...parameters);
  inner.numberSources.push(...scope.numberSources);
  inner.captured.push(...scope.captured);
  // a parameter is the one place it can assign
  inner.numberPlaces.push(() => ({ sort: "place", parts: [parameters.at(-1) ?? "b"] }));
  return inner;
}

/** Plain functions that give objects: one of numbers, one of objects. */
export function capturedRecordFunctions(scope: Scope, shape: Shape): Tree {
  const maker = bodyScope(scope, ["a", "b"]);
  const made = s`const make_${shape} = (a, b) => ${record(maker, shape, 2)};\n`;
  scope.records[shape].makers.push({ name: `make_${shape}`, arity: 2, weight: 0 });
  const [first, second] = fieldsOf[shape];
  const combiner = bodyScope(scope, ["r"]);
  for (const field of [`a.${first}`, `a.${second}`, `b.${first}`, `b.${second}`]) combiner.numbers.push(field);
  combiner.records[shape].variables.push("a", "b");
  const combined = s`const join_${shape} = (a, b) => { let r = a.${second}; return ${record(combiner, shape, 2)}; };\n`;
  scope.records[shape].combiners.push({ name: `join_${shape}`, arity: 2, weight: 0 });
  return list([made, combined]);
}

function plain(scope: Scope, name: string): Tree {
  return s`const ${name} = (a, b) => ${number(bodyScope(scope, ["a", "b"]), 2)};\n`;
}

function withLoop(scope: Scope, name: string): Tree {
  const inner = bodyScope(scope, ["a", "b", "r", "k"]);
  inner.numberPlaces[0] = () => ({ sort: "place", parts: ["r"] });
  const step = number(inner, 2);
  const bound = scope.random.pick(["3", "(a & 7)", "5"]);
  return s`const ${name} = (a, b) => { let r = a; for (let k = 0; k < ${bound}; k++) { r = (${step}) % 1009; } return r; };\n`;
}

const ends = "n > 0 && n < 9";

function recursive(scope: Scope, name: string): Tree {
  const inner = bodyScope(scope, ["n", "a"]);
  const op = scope.random.pick(["+", "-", "*", "|", "^"]);
  const [first, next, last] = [number(inner, 1), number(inner, 1), number(inner, 1)];
  // the counter is a constant of the call: an assignment to it could undo the end
  return s`const ${name} = (n, a) => (${ends} ? (${first}) ${op} ${name}(n - 1, ${next}) : ${last});\n`;
}

function mutual(scope: Scope, first: string, second: string): Tree {
  const inner = bodyScope(scope, ["n", "a"]);
  return s`const ${first} = (n, a) => (${ends} ? ${second}(n - 1, ${number(inner, 1)}) : ${number(inner, 1)});
  const ${second} = (n, a) => (${ends} ? (${number(inner, 1)}) - ${first}(n - 1, a) : ${number(inner, 1)});\n`;
}

/** In the original, calls of it stay within JavaScript: `cfunc` gives back the function there. */
function compiled(scope: Scope, name: string): Tree {
  return s`const ${name} = cfunc("float64(float64, float64)", (a, b) => ${number(bodyScope(scope, ["a", "b"]), 2)});\n`;
}

export function capturedBigintFunction(scope: Scope): Tree {
  const inner = new Scope(scope.random);
  inner.bigints.push("a", "b");
  inner.numberPlaces.push(() => ({ sort: "place", parts: ["c"] }));
  scope.capturedBigint.push({ name: "step", arity: 2, weight: 0 });
  const mixed = scope.random.oneIn(2) ? wrapped(inner, 2) : b`a * 6364136223846793005n + b`;
  return s`const step = (a, b) => { let c = 0; return BigInt.asIntN(64, ${mixed}); };\n`;
}
