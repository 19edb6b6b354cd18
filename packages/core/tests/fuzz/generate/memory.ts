// Memory that programs read and write: typed arrays behind pointers, views of one and two dimensions over them, and
// structures. Every index is masked, since one that is out of bounds is undefined. What is in memory at the start is as
// full of edges as the arguments are.
import { bigintTypes, type NumberType, numberTypes, show } from "../inputs.ts";
import type { Memory } from "../program.ts";
import { at, e, index, list, s, type Tree } from "../tree.ts";
import { number } from "./numbers.ts";
import type { PlaceWriter, Scope } from "./scope.ts";

/** Elements of every typed array: a power of two, so that a mask keeps indices inside. */
const length = 8;

const numberElements = ["int8", "uint8", "int16", "uint16", "int32", "uint32", "float32", "float64"] as const;
const common = ["float64", "int32", "uint8", "float32"] as const;
const bigintElements = ["int64", "uint64"] as const;

/** `((i) & 7)` */
const masked = (scope: Scope, depth: number, mask: number): Tree =>
  scope.random.oneIn(4) ? index`${scope.random.below(mask + 1)}` : index`((${number(scope, depth - 1)}) & ${mask})`;

const element =
  (array: string, mask: number): PlaceWriter =>
  (scope, depth) =>
    at`${array}[${masked(scope, depth, mask)}]`;

/** A pointer to numbers, filled with edges. */
export function numberMemory(scope: Scope, name: string): Memory {
  const { random } = scope;
  const type = random.oneIn(2) ? random.pick(common) : random.pick(numberElements);
  scope.numberPlaces.push(element(name, length - 1));
  const text = `new ${arrayName(type)}([${edgesOf(scope, type, length).join(", ")}])`;
  return { name, type: `CPointer(${type})`, text };
}

export function bigintMemory(scope: Scope, name: string): Memory {
  const type = scope.random.pick(bigintElements);
  scope.bigintPlaces.push(element(name, length - 1));
  const values = Array.from({ length }, () => show(scope.random.pick<bigint>(bigintTypes[type])));
  const array = type === "int64" ? "BigInt64Array" : "BigUint64Array";
  return { name, type: `CPointer(${type})`, text: `new ${array}([${values.join(", ")}])` };
}

const arrayName = (type: (typeof numberElements)[number]): string => numberTypes[type].of.name;

const edgesOf = ({ random }: Scope, type: NumberType, n: number): string[] =>
  Array.from({ length: n }, () => show(random.pick<number>(numberTypes[type].values)));

/** A pointer to structures that take objects `{ x, y }` whole, and the declaration of their type. */
export function pairMemory(scope: Scope, name: string): { readonly memory: Memory; readonly declaration: Tree } {
  const fields: Field[] = ["y", "x"].map((field) => ({
    kind: "scalar",
    name: field,
    type: scope.random.pick(numberElements),
  }));
  const place: PlaceWriter = (s, depth) => at`${name}[${masked(s, depth, cells - 1)}]`;
  scope.records.xy.places.push(place);
  for (const field of fields) addPlaces(scope, place, field);
  const values = Array.from({ length: cells }, () => valuesOf(scope, fields));
  const declaration = s`const Pair = struct("Pair", ${declared(fields)});\n`;
  return { memory: { name, type: "CPointer(Pair)", text: `filled(Pair, [${values.join(", ")}])` }, declaration };
}

/** A pointer to complex numbers, which are read and written whole. */
export function complexMemory(scope: Scope, name: string): Memory {
  const [type, part] = scope.random.pick([
    ["complex128", "float64"],
    ["complex64", "float32"],
  ] as const);
  const place: PlaceWriter = (s, depth) => at`${name}[${masked(s, depth, cells - 1)}]`;
  scope.records.reim.places.push(place);
  scope.records.reim.sources.push(place);
  for (const field of ["re", "im"]) scope.numberSources.push((s, depth) => e`${place(s, depth)}.${field}`);
  const values = Array.from({ length: cells }, () => {
    const [re, im] = edgesOf(scope, part, 2);
    return `{ re: ${re}, im: ${im} }`;
  });
  return { name, type: `CPointer(${type})`, text: `filled(${type}, [${values.join(", ")}])` };
}

/** `const v = carray(p, [2, 4]);`, and what the program may do with it. */
export function viewDeclaration(scope: Scope, memory: Memory): Tree {
  const { random } = scope;
  const name = scope.fresh();
  const isBigint = memory.type.includes("int64");
  const places = isBigint ? scope.bigintPlaces : scope.numberPlaces;
  const kind = isBigint ? "bigint" : "number";
  const make = random.oneIn(3) ? "farray" : "carray";
  scope.numberSources.push(() => e`${name}.length`);
  if (random.oneIn(3)) {
    places.push(element(name, length - 1));
    scope.iterables.push({ text: () => s`${name}`, element: kind });
    return s`const ${name} = ${make}(${memory.name}, ${length});\n`;
  }
  const [rows, columns] = random.pick([
    [2, 4],
    [4, 2],
  ] as const);
  const indices = (inner: Scope, depth: number) =>
    [masked(inner, depth, rows - 1), masked(inner, depth, columns - 1)] as const;
  places.push((inner, depth) => {
    const [i, j] = indices(inner, depth);
    return at`${name}[${i}][${j}]`;
  });
  if (!isBigint) {
    scope.numberSources.push((inner, depth) => {
      const [i, j] = indices(inner, depth);
      return e`${name}.get(${i}, ${j})`;
    });
    scope.numberSources.push(() => e`${name}.shape[1]`);
    if (columns === 2) scope.iterables.push({ text: () => s`${name}`, element: 2 });
  }
  scope.iterables.push({ text: (inner) => s`${name}[${masked(inner, 1, rows - 1)}]`, element: kind });
  return s`const ${name} = ${make}(${memory.name}, [${rows}, ${columns}]);\n`;
}

const fieldTypes = [...numberElements, "int64", "uint64", "bool"] as const;
type FieldType = (typeof fieldTypes)[number];
type Field =
  | { readonly kind: "scalar"; readonly name: string; readonly type: FieldType }
  | { readonly kind: "list"; readonly name: string; readonly type: (typeof numberElements)[number] }
  | { readonly kind: "inner"; readonly name: string; readonly fields: readonly Field[] };

/** Structures behind one pointer: a power of two. */
const cells = 4;

/** A pointer to structures whose fields lie in any order, and the declaration of their type. */
export function structMemory(scope: Scope, name: string): { readonly memory: Memory; readonly declaration: Tree } {
  const { random } = scope;
  const inner = scalarFields(scope, "j", 2);
  const fields: Field[] = [...scalarFields(scope, "k", 2 + random.below(4))];
  if (random.oneIn(2)) fields.push({ kind: "list", name: "list", type: random.pick(numberElements) });
  const nested = random.oneIn(3);
  if (nested) fields.push({ kind: "inner", name: "inner", fields: inner });
  const base: PlaceWriter = (s, depth) =>
    s.random.oneIn(4) ? at`${name}` : at`${name}[${masked(s, depth, cells - 1)}]`;
  for (const field of fields) addPlaces(scope, base, field);
  const values = Array.from({ length: cells }, () => valuesOf(scope, fields));
  const declaration = list([
    nested ? s`const Inner = struct("Inner", ${declared(inner)});\n` : s``,
    s`const Cell = struct("Cell", ${declared(fields)});\n`,
  ]);
  return { memory: { name, type: "CPointer(Cell)", text: `filled(Cell, [${values.join(", ")}])` }, declaration };
}

function scalarFields({ random }: Scope, prefix: string, n: number): Field[] {
  return Array.from({ length: n }, (_, i) => ({
    kind: "scalar",
    name: `${prefix}${i}`,
    type: random.pick(fieldTypes),
  }));
}

function addPlaces(scope: Scope, base: PlaceWriter, field: Field): void {
  const { name } = field;
  switch (field.kind) {
    case "scalar": {
      const places =
        field.type === "bool"
          ? scope.booleanPlaces
          : field.type === "int64" || field.type === "uint64"
            ? scope.bigintPlaces
            : scope.numberPlaces;
      places.push((s, depth) => at`${base(s, depth)}.${name}`);
      return;
    }
    case "list":
      scope.numberPlaces.push((s, depth) => at`${base(s, depth)}.${name}[${masked(s, depth, 3)}]`);
      scope.iterables.push({ text: (inner) => s`${base(inner, 1)}.${name}`, element: "number" });
      return;
    case "inner":
      for (const part of field.fields) addPlaces(scope, (s, depth) => at`${base(s, depth)}.${name}`, part);
  }
}

const declared = (fields: readonly Field[]): string => {
  const typeOf = (field: Field): string => {
    if (field.kind === "scalar") return field.type;
    return field.kind === "list" ? `array(${field.type}, 4)` : "Inner";
  };
  return `{ ${fields.map((field) => `${field.name}: ${typeOf(field)}`).join(", ")} }`;
};

function valuesOf(scope: Scope, fields: readonly Field[]): string {
  const { random } = scope;
  const initial = (field: Field): string => {
    if (field.kind === "inner") return valuesOf(scope, field.fields);
    if (field.kind === "list") return `[${edgesOf(scope, field.type, 4).join(", ")}]`;
    const { type } = field;
    if (type === "bool") return String(random.oneIn(2));
    if (type === "int64" || type === "uint64") return show(random.pick<bigint>(bigintTypes[type]));
    return show(random.pick<number>(numberTypes[type].values));
  };
  return `{ ${fields.map((field) => `${field.name}: ${initial(field)}`).join(", ")} }`;
}
