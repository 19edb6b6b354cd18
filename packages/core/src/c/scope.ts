// What the declaration parser asks the world outside of the text: which names are types, and, in a header, where new
// names go. Pure.
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { CType } from "../types/ctype.ts";
import { typeNames, typeOfName } from "../types/names.ts";
import type { LayoutOptions, Member } from "../types/record-layout.ts";
import type { DeclarationParser } from "./declarations.ts";
import type { CInteger, CNumber } from "./literals.ts";

/** The keyword before a tag. */
export type TagKind = "struct" | "union";

/** A name that stands for a type, and what its typedef said besides. */
export interface NamedType {
  readonly type: CType;
  readonly constant: boolean;
  /** `typedef int wide __attribute__((aligned(16)))`: bytes. */
  readonly align?: number;
}

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
  /** Present where declarations may define names: in headers. */
  readonly definitions?: Definitions;
}

/** The names that a header defines. */
export interface Definitions {
  typedef(name: string): NamedType | undefined;
  constant(name: string): CNumber | undefined;
  /** The type of a tag, incomplete where nothing has defined it yet. */
  reference(kind: TagKind, tag: string): CType;
  /** Gives a tag its members, or makes a type without a tag. Throws what C does not allow (CF1105). */
  define(
    kind: TagKind,
    tag: string | undefined,
    name: string,
    members: readonly Member[],
    options: LayoutOptions,
  ): CType;
  enumeration(tag: string | undefined, constants: ReadonlyMap<string, CInteger>, packed: boolean): CType;
  enumerated(tag: string): CType | undefined;
  enumerator(name: string, value: CInteger): void;
  /** A type that cannot be used, for a reason that is given to whoever uses it. */
  refuse(name: string, reason: Diagnostic): CType;
  isRefused(type: CType): boolean;
  /** Bytes of a refused type, where they are known. */
  layoutOf(type: CType): { readonly size: number; readonly align: number } | undefined;
  /** `#pragma pack` in force: bytes, 0 for none. */
  readonly pack: number;
}

/** The names of the table alone: what a prototype without declared structures can use. */
export const builtinScope: TypeScope = {
  type: typeOfName,
  tagged: () => undefined,
  names: () => Object.keys(typeNames),
};
