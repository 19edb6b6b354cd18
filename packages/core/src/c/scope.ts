// What the declaration parser asks the world outside of the text: which names are types. Pure.
import type { CType } from "../types/ctype.ts";
import { typeNames, typeOfName } from "../types/names.ts";
import type { DeclarationParser } from "./declarations.ts";

/** The keyword before a tag. */
export type TagKind = "struct" | "union";

export interface TypeScope {
  /** The type that a plain name stands for. */
  type(name: string): CType | undefined;
  /** The type that `struct tag` or `union tag` stands for. */
  tagged(kind: TagKind, tag: string): CType | undefined;
  /** Every name, for "did you mean". */
  names(): Iterable<string>;
  /**
   * Type-building words besides C's own, `CPointer(...)`: reads what follows the word from the parser. C itself has
   * none.
   */
  readonly constructors?: ReadonlyMap<string, (parser: DeclarationParser) => CType>;
}

/** The names of the table alone: what a prototype without declared structures can use. */
export const builtinScope: TypeScope = {
  type: typeOfName,
  tagged: () => undefined,
  names: () => Object.keys(typeNames),
};
