// The fields of a structure or union as properties of a class: the one way a field is reached, from structures and through
// pointers to them. Never copies a structure.
import type { StructType, UnionType } from "../types/ctype.ts";
import { membersOf } from "../types/members.ts";
import { codecOfField } from "./bit-field.ts";
import type { Region } from "./region.ts";

export interface Place {
  readonly region: Region;
  readonly offset: number;
}

/** Defines a property a field on `prototype`, except for the names in `reserved`. */
export function defineFields<T extends object>(
  prototype: T,
  type: StructType | UnionType,
  place: (self: T) => Place,
  reserved: ReadonlySet<string> = new Set(),
): void {
  for (const field of membersOf(type).values()) {
    if (reserved.has(field.name)) continue;
    const codec = codecOfField(field);
    Object.defineProperty(prototype, field.name, {
      configurable: false,
      enumerable: true,
      get(this: T): unknown {
        const { region, offset } = place(this);
        return codec.read(region, offset + field.offset);
      },
      set(this: T, value: unknown) {
        const { region, offset } = place(this);
        codec.write(region, offset + field.offset, value);
      },
    });
  }
}
