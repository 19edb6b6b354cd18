// Random objects that are values, `{ x, y }` and complex numbers: through variables, conditions, plain and inner functions,
// into structures and complex memory. Of `complex` only what is exact.
import { at, e, reim, s, type Tree, xy } from "../tree.ts";
import { condition } from "./conditions.ts";
import { number } from "./numbers.ts";
import type { Scope, Shape } from "./scope.ts";

export const fieldsOf: Readonly<Record<Shape, readonly [string, string]>> = { xy: ["x", "y"], reim: ["re", "im"] };
const tags = { xy, reim };

/** An object of the shape. */
export function record(scope: Scope, shape: Shape, depth: number): Tree {
  const { random } = scope;
  const records = scope.records[shape];
  const make = tags[shape];
  const sub = () => record(scope, shape, depth - 1);
  if (depth <= 0)
    return records.variables.length > 0 ? make`${random.pick(records.variables)}` : literal(scope, shape, 0);
  switch (random.below(10)) {
    case 0:
    case 1:
      return make`(${condition(scope, depth - 1)} ? ${sub()} : ${sub()})`;
    case 2:
      if (records.makers.length === 0) break;
      return make`${random.pick(records.makers).name}(${number(scope, depth - 1)}, ${number(scope, depth - 1)})`;
    case 3:
      if (records.combiners.length === 0) break;
      return make`${random.pick(records.combiners).name}(${sub()}, ${sub()})`;
    case 4:
      if (records.sources.length === 0) break;
      return make`${random.pick(records.sources)(scope, depth - 1)}`;
    case 5:
    case 6:
      if (shape === "xy") break;
      return random.oneIn(3)
        ? make`complex.${random.pick(["neg", "conj"])}(${sub()})`
        : make`complex.${random.pick(["add", "sub", "mul"])}(${sub()}, ${sub()})`;
    case 7:
      if (records.variables.length === 0) break;
      return make`${random.pick(records.variables)}`;
  }
  return literal(scope, shape, depth);
}

/** In either order: the fields are computed in the order they are written. */
function literal(scope: Scope, shape: Shape, depth: number): Tree {
  const [first, second] = scope.random.oneIn(4) ? fieldsOf[shape].toReversed() : fieldsOf[shape];
  return tags[shape]`({ ${first}: ${number(scope, depth - 1)}, ${second}: ${number(scope, depth - 1)} })`;
}

/** A variable that holds an object, or its fields taken apart. */
export function recordDeclaration(scope: Scope, shape: Shape): Tree {
  const { random } = scope;
  const value = record(scope, shape, 2);
  const [first, second] = fieldsOf[shape];
  const name = scope.fresh();
  if (random.oneIn(4)) {
    const other = scope.fresh();
    scope.numbers.push(name, other);
    return s`const { ${first}: ${name}, ${second}: ${other} } = ${value};\n`;
  }
  const { variables, assignable } = scope.records[shape];
  variables.push(name);
  for (const field of fieldsOf[shape]) scope.numberSources.push(() => e`${name}.${field}`);
  if (random.oneIn(4)) return s`const ${name} = ${value};\n`;
  assignable.push(name);
  return s`let ${name} = ${value};\n`;
}

/** An object into a variable or into memory. */
export function recordAssignment(scope: Scope, shape: Shape): Tree {
  const { random } = scope;
  const { assignable, places } = scope.records[shape];
  if (places.length > 0 && (assignable.length === 0 || random.oneIn(2)))
    return s`${random.pick(places)(scope, 1)} = ${record(scope, shape, 2)};\n`;
  if (assignable.length === 0) return recordDeclaration(scope, shape);
  return s`${at`${random.pick(assignable)}`} = ${record(scope, shape, 2)};\n`;
}

export const shapeOf = ({ random }: Scope): Shape => random.pick(["xy", "reim"]);
