// The facts of records, objects that never change: `{ re, im }`. A record has no identity and is never in memory; each
// of its fields is a value like any other. Pure.
import { anyNumber, type Fact, type RecordFact } from "./fact.ts";

/** A record of these fields; the order that they are given in says nothing. */
export function recordOf(fields: Iterable<readonly [string, Fact]>): RecordFact {
  const sorted = [...new Map(fields)].sort(([a], [b]) => (a < b ? -1 : 1));
  return { kind: "record", fields: sorted.map(([name, fact]) => ({ name, fact })) };
}

export const fieldOf = (record: RecordFact, name: string): Fact | undefined =>
  record.fields.find((field) => field.name === name)?.fact;

/** Real and imaginary part, both any number. */
export const complexFact: RecordFact = recordOf([
  ["re", anyNumber],
  ["im", anyNumber],
]);

export const isComplex = ({ fields: [im, re, ...others] }: RecordFact): boolean =>
  im?.name === "im" && re?.name === "re" && others.length === 0 && [im, re].every(({ fact }) => fact.kind === "number");

export interface Leaf {
  /** The names on the way to it, with dots: `position.x`. */
  readonly path: string;
  readonly fact: Fact;
}

/** What a record comes to without the records in it, in the order of the names. */
export const leavesOf = ({ fields }: RecordFact): readonly Leaf[] =>
  fields.flatMap(({ name, fact }) =>
    fact.kind === "record"
      ? leavesOf(fact).map((leaf) => ({ ...leaf, path: `${name}.${leaf.path}` }))
      : [{ path: name, fact }],
  );
