// Random programs: what a function captures, its parameters, its body. One seed makes one program, always the same.
import { type NumberType, numberTypeNames, type ScalarType } from "../inputs.ts";
import type { Memory, Program } from "../program.ts";
import { Random } from "../random.ts";
import { e, list, s, type Tree } from "../tree.ts";
import { bigint } from "./bigints.ts";
import { condition } from "./conditions.ts";
import { capturedBigintFunction, capturedFunctions, capturedRecordFunctions } from "./functions.ts";
import { bigintMemory, complexMemory, numberMemory, pairMemory, structMemory, viewDeclaration } from "./memory.ts";
import { inexact, number } from "./numbers.ts";
import { Scope } from "./scope.ts";
import { declaration, statement } from "./statements.ts";

export function programOf(seed: number): Program {
  const random = new Random(seed);
  const scope = new Scope(random);
  // a third of the programs use bigints, and half of those give one back
  const bigints = random.oneIn(3);
  const captured = captures(scope, bigints);
  const params = parameters(scope, bigints);
  const { memories, types } = memory(scope, bigints);
  const result = resultType(scope, bigints);
  scope.returns = returnsOf(scope, result);
  const statements: Tree[] = [];
  const viewed = memories.filter((m) => !/Cell|Pair|complex/.test(m.type));
  for (let n = random.below(3); n > 0; n--) statements.push(viewDeclaration(scope, random.pick(viewed)));
  for (let n = 1 + random.below(3); n > 0; n--) statements.push(declaration(scope, 2));
  for (let n = 1 + random.below(6); n > 0; n--) statements.push(statement(scope, 3));
  const ending = end(scope, result);
  statements.push(ending.statement);
  const outside = list([types, ...captured]);
  return { seed, outside, body: list(statements), params, memories, result, tolerance: ending.tolerance };
}

/** All paths of a function return values of one kind; a bool can come of a number, by its truth. */
function returnsOf({ random }: Scope, result: ScalarType | "void"): Scope["returns"] {
  if (result === "void") return "void";
  if (isBigint(result)) return "bigint";
  return result === "bool" && random.oneIn(2) ? "boolean" : "number";
}

const isBigint = (type: ScalarType | "void"): boolean => type === "int64" || type === "uint64";

function captures(scope: Scope, bigints: boolean): Tree[] {
  scope.numbers.push("LIMIT", "Color.Red");
  scope.numberSources.push((inner) => e`TABLE[(${number(inner, 0)}) & 3]`);
  scope.numberSources.push((inner) => e`BYTES[(${number(inner, 0)}) & 3]`);
  const trees = [
    s`const LIMIT = ${scope.random.pick(["1000", "-7", "2147483647", "0.5"])};\n`,
    s`const Color = { Red: 3, Green: -4 };\n`,
    s`const TABLE = [3, -1, 2.5, -0];\n`,
    s`const BYTES = new Uint8Array([0, 255, 7, 128]);\n`,
    ...capturedFunctions(scope),
  ];
  for (const shape of ["xy", "reim"] as const)
    if (scope.random.oneIn(3)) trees.push(capturedRecordFunctions(scope, shape));
  for (const name of ["TABLE", "BYTES"]) scope.iterables.push({ text: () => s`${name}`, element: "number" });
  if (bigints) {
    trees.push(s`const BIG = 1000000007n;\n`, capturedBigintFunction(scope));
    scope.bigints.push("BIG");
  }
  return trees;
}

function parameters(scope: Scope, bigints: boolean): Program["params"] {
  const { random } = scope;
  const params: { name: string; type: ScalarType }[] = [];
  for (const name of ["x", "y", "z"]) {
    const type: NumberType = random.oneIn(2)
      ? random.pick(["int32", "int32", "float64", "uint32"] as const)
      : random.pick(numberTypeNames);
    params.push({ name, type });
    scope.numbers.push(name);
    if (name === "x" || random.oneIn(4)) scope.assignable.push(name);
    else if (!type.startsWith("float")) scope.integers.push(name);
  }
  params.push({ name: "flag", type: "bool" });
  scope.booleans.push("flag");
  for (const name of bigints ? ["i", "j"] : []) {
    const type = random.pick(["int64", "uint64"] as const);
    params.push({ name, type });
    scope.bigints.push(name);
  }
  return params;
}

function memory(scope: Scope, bigints: boolean): { readonly memories: Memory[]; readonly types: Tree } {
  const memories = [numberMemory(scope, "p"), numberMemory(scope, "q")];
  if (bigints) memories.push(bigintMemory(scope, "w"));
  const types: Tree[] = [];
  const [structures, pairs, complexes] = [0, 1, 2].map(() => scope.random.oneIn(3));
  for (const made of [structures && structMemory(scope, "t"), pairs && pairMemory(scope, "u")]) {
    if (!made) continue;
    memories.push(made.memory);
    types.push(made.declaration);
  }
  if (complexes) memories.push(complexMemory(scope, "v"));
  return { memories, types: list(types) };
}

function resultType(scope: Scope, bigints: boolean): ScalarType | "void" {
  const { random } = scope;
  if (bigints && random.oneIn(2)) return random.pick(["int64", "uint64"] as const);
  if (random.oneIn(10)) return "void";
  if (random.oneIn(2)) return "float64";
  return random.oneIn(8) ? "bool" : random.pick(numberTypeNames);
}

function end(scope: Scope, result: ScalarType | "void"): { readonly statement: Tree; readonly tolerance: number } {
  const exactly = (statement: Tree) => ({ statement, tolerance: 0 });
  if (result === "void") return exactly(s``);
  if (isBigint(result)) return exactly(s`return ${bigint(scope, 3)};\n`);
  if (scope.returns === "boolean") return exactly(s`return ${condition(scope, 3)};\n`);
  if (result === "float64" && scope.random.oneIn(6)) return { statement: s`return ${inexact(scope)};\n`, tolerance: 4 };
  return exactly(s`return ${number(scope, 3)};\n`);
}
