// The names that a header has defined so far: typedefs, tags, constants, and the types that are refused. Resolves what was
// named before it was complete. Pure.
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { CType, IntType, OpaqueType } from "../types/ctype.ts";
import { complete, opaqueType, resolved } from "../types/forward.ts";
import { sizeOf } from "../types/layout.ts";
import { typeNames, typeOfName } from "../types/names.ts";
import type { LayoutOptions, Member } from "../types/record-layout.ts";
import { makeRecord } from "../types/records.ts";
import type { CInteger, CNumber } from "./literals.ts";
import type { Definitions, NamedType, TagKind, TypeScope } from "./scope.ts";

interface Tag {
  readonly kind: TagKind;
  readonly opaque: OpaqueType;
}

/** Names of the table that C itself or its standard headers give, and that a header may take for granted. */
const isCName = (name: string): boolean =>
  (/_t$/.test(name) || name === "bool" || name === "_Bool") && typeOfName(name) !== undefined;

/** Bytes, and alignment, of what is refused: headers ask for that even so. */
const refusedLayouts: Readonly<Record<string, { readonly size: number; readonly align: number }>> = {
  "long double": { size: 16, align: 16 },
  "long double _Complex": { size: 32, align: 16 },
  __int128: { size: 16, align: 16 },
  __int128_t: { size: 16, align: 16 },
  __uint128_t: { size: 16, align: 16 },
  __float128: { size: 16, align: 16 },
  _Float128: { size: 16, align: 16 },
  _Float64x: { size: 16, align: 16 },
  __builtin_va_list: { size: 24, align: 8 },
};

export class HeaderScope implements TypeScope, Definitions {
  readonly definitions: Definitions = this;
  pack = 0;
  readonly #given: Readonly<Record<string, CType>>;
  readonly #typedefs = new Map<string, NamedType>();
  readonly #tags = new Map<string, Tag>();
  readonly #enums = new Map<string, CType>();
  readonly #constants = new Map<string, CNumber>();
  readonly #refusals = new WeakMap<CType, Diagnostic>();
  /** What was found in function types, which can share much. */
  readonly #verdicts = new WeakMap<CType, { readonly refusal: Diagnostic | undefined }>();

  constructor(given: Readonly<Record<string, CType>> = {}) {
    this.#given = given;
  }

  type(name: string): CType | undefined {
    const type = this.#typedefs.get(name)?.type ?? (Object.hasOwn(this.#given, name) ? this.#given[name] : undefined);
    if (type !== undefined) return resolved(type);
    return isCName(name) ? typeOfName(name) : undefined;
  }

  tagged(kind: TagKind, tag: string): CType {
    return this.reference(kind, tag);
  }

  names(): Iterable<string> {
    return [...this.#typedefs.keys(), ...Object.keys(this.#given), ...Object.keys(typeNames).filter(isCName)];
  }

  typedef(name: string): NamedType | undefined {
    const found = this.#typedefs.get(name);
    return found === undefined ? undefined : { ...found, type: resolved(found.type) };
  }

  /** A name for a type. The names of the table keep their meaning where a header spells it out. */
  addTypedef(name: string, named: NamedType): void {
    const known = typeOfName(name);
    const isSpeltOut =
      known !== undefined && isCName(name) && named.type.kind === "int" && sizeOf(known) === sizeOf(named.type);
    this.#typedefs.set(name, isSpeltOut ? { ...named, type: known } : named);
  }

  constant(name: string): CNumber | undefined {
    return this.#constants.get(name);
  }

  addConstant(name: string, value: CNumber): void {
    this.#constants.set(name, value);
  }

  enumerator(name: string, value: CInteger): void {
    this.#constants.set(name, value);
  }

  reference(kind: TagKind, tag: string): CType {
    const given = Object.hasOwn(this.#given, tag) ? this.#given[tag] : undefined;
    if (given?.kind === kind) return given;
    return resolved(this.#tag(kind, tag).opaque);
  }

  #tag(kind: TagKind, name: string): Tag {
    const found = this.#tags.get(`${kind} ${name}`);
    if (found !== undefined) return found;
    const made: Tag = { kind, opaque: opaqueType(name) };
    this.#tags.set(`${kind} ${name}`, made);
    return made;
  }

  define(
    kind: TagKind,
    tag: string | undefined,
    name: string,
    members: readonly Member[],
    options: LayoutOptions,
  ): CType {
    const opaque = tag === undefined ? undefined : this.#tag(kind, tag).opaque;
    const refusal = members.map((member) => this.refusalIn(member.type)).find((found) => found !== undefined);
    if (refusal !== undefined) {
      if (opaque === undefined) return this.refuse(name, refusal);
      this.#refusals.set(opaque, refusal);
      return opaque;
    }
    const type = makeRecord(kind, name, members, options);
    if (opaque !== undefined) complete(opaque, type);
    return type;
  }

  /** GCC takes `unsigned int` where nothing is negative, else `int`; 64 bits where a constant needs them. */
  enumeration(tag: string | undefined, constants: ReadonlyMap<string, CInteger>, packed: boolean): CType {
    const values = [...constants.values()].map(({ value }) => value);
    const signed = values.some((value) => value < 0n);
    const fits = (bits: number) =>
      values.every((value) => (signed ? BigInt.asIntN(bits, value) === value : BigInt.asUintN(bits, value) === value));
    const bits = (packed ? [8, 16, 32, 64] : [32, 64]).find(fits) ?? 64;
    const type = typeOfName(bits === 64 ? (signed ? "long" : "ulong") : `${signed ? "" : "u"}int${bits}`) as IntType;
    if (tag !== undefined) this.#enums.set(tag, type);
    return type;
  }

  enumerated(tag: string): CType | undefined {
    return this.#enums.get(tag);
  }

  refuse(name: string, reason: Diagnostic): CType {
    const type = opaqueType(name);
    this.#refusals.set(type, reason);
    return type;
  }

  layoutOf(type: CType): { readonly size: number; readonly align: number } | undefined {
    return type.kind === "opaque" && this.isRefused(type) && Object.hasOwn(refusedLayouts, type.name)
      ? refusedLayouts[type.name]
      : undefined;
  }

  isRefused(type: CType): boolean {
    return this.#refusals.has(type);
  }

  /** Why a type cannot be used, or undefined where it can: it is refused, or made of what is. */
  refusalIn(type: CType): Diagnostic | undefined {
    if (type.kind === "opaque") return this.#refusals.get(type);
    const known = type.kind === "function" ? this.#verdicts.get(type) : undefined;
    if (known !== undefined) return known.refusal;
    const refusal = this.#refusalOfParts(type);
    if (type.kind === "function") this.#verdicts.set(type, { refusal });
    return refusal;
  }

  #refusalOfParts(type: CType): Diagnostic | undefined {
    switch (type.kind) {
      case "pointer":
        return this.refusalIn(type.to);
      case "array":
        return this.refusalIn(type.of);
      case "function": {
        const parts = [type.signature.result, ...type.signature.params.map((param) => param.type)];
        return parts.map((part) => this.refusalIn(part)).find((found) => found !== undefined);
      }
      // The members of a structure were looked at when it was defined.
      default:
        return undefined;
    }
  }

  constants(): Iterable<readonly [string, CNumber]> {
    return this.#constants;
  }

  tags(): Iterable<readonly [string, CType]> {
    return [...this.#tags].map(([name, { opaque }]) => [name, resolved(opaque)] as const);
  }
}
