// The members of structures and unions as C sees them: those of an anonymous structure or union inside count as members
// of the one around it. Never touches memory. Pure.
import type { CType, FieldType, StructType, UnionType } from "./ctype.ts";

type Aggregate = StructType | UnionType;
const known = new WeakMap<Aggregate, ReadonlyMap<string, FieldType>>();

/** Every named member, in order, with its offset from the start of `type`. */
export function membersOf(type: Aggregate): ReadonlyMap<string, FieldType> {
  let members = known.get(type);
  if (members === undefined) {
    members = new Map(type.fields.flatMap(named).map((field) => [field.name, field]));
    known.set(type, members);
  }
  return members;
}

/** The member of that name, or undefined. */
export function memberOf(type: CType, name: string): FieldType | undefined {
  return type.kind === "struct" || type.kind === "union" ? membersOf(type).get(name) : undefined;
}

function named(field: FieldType): readonly FieldType[] {
  if (field.name !== "") return [field];
  const { type, offset } = field;
  if (type.kind !== "struct" && type.kind !== "union") return [];
  return [...membersOf(type).values()].map((inner) => ({ ...inner, offset: offset + inner.offset }));
}
