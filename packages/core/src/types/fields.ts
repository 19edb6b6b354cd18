// What stands for a field in `struct` and `union`: a type, a name of the table, a bit-field, a field with an alignment of
// its own, an anonymous member. Makes descriptions only. Pure.
import { CFuncError } from "../diagnostics/error.ts";
import type {
  ArrayType,
  BoolType,
  CType,
  FieldTypes,
  fieldTypes,
  IntType,
  OpaqueType,
  PointerType,
  StructType,
  UnionType,
} from "./ctype.ts";
import type { TypeName, TypeNames } from "./names.ts";
import type { Member } from "./record-layout.ts";
import { parseType } from "./signature-parser.ts";
import { type TypeObject, typeOfObject } from "./type-object.ts";

const fieldBrand: unique symbol = Symbol.for("cfunc.field") as never;

/** A field that says more than its type. */
export interface FieldObject<T extends CType = CType, Named extends boolean = boolean> {
  readonly [fieldBrand]: 1;
  readonly type: T;
  readonly member: Omit<Member, "name">;
  /** Whether the key it is declared under is its name. */
  readonly named: Named;
}

/** What a field may be declared as: a type object, a name of the table, or what `bits` and its like return. */
export type FieldDeclaration = TypeObject | TypeName | FieldObject;
export type FieldDeclarations = Readonly<Record<string, FieldDeclaration>>;

/** A bit-field: `bits(uint32, 3)`. Throws CF1105 for a width that the type does not have. */
export function bits<T extends IntType | BoolType>(type: TypeObject<T>, width: number): FieldObject<T, true> {
  return field(type, { bits: width }, true);
}

/** A bit-field without a name, which takes space; of width 0, it lets the next one begin in a new unit. */
export function padding<T extends IntType | BoolType>(type: TypeObject<T>, width: number): FieldObject<T, false> {
  return field(type, { bits: width }, false);
}

/** A field that is aligned to at least so many bytes: `aligned(float32, 16)`. */
export function aligned<T extends CType>(type: TypeObject<T>, bytes: number): FieldObject<T, true> {
  return field(type, { align: bytes }, true);
}

/** A structure or union whose fields become fields of the one around it. The key it stands under does not count. */
export function anonymous<T extends StructType | UnionType>(type: TypeObject<T>): FieldObject<T, false> {
  const { kind }: CType = typeOfObject(type, "what is anonymous");
  if (kind === "struct" || kind === "union") return field(type, {}, false);
  throw new CFuncError([
    {
      code: "CF1105",
      severity: "error",
      message: "only a structure or a union can be anonymous",
      help: "give the field a name, and its type alone",
    },
  ]);
}

function field<T extends CType, Named extends boolean>(
  type: TypeObject<T>,
  more: Omit<Member, "name" | "type">,
  named: Named,
): FieldObject<T, Named> {
  const member = { type: typeOfObject(type, "the type of a field"), ...more };
  return Object.freeze({ [fieldBrand]: 1 as const, type: type.type, member, named });
}

/** The member that a declaration stands for. Throws CF1106 or CF1102 where it stands for none. */
export function memberOfField(name: string, declared: FieldDeclaration): Member {
  if (typeof declared === "object" && declared !== null && Object.hasOwn(declared, fieldBrand)) {
    return declared.named ? { name, ...declared.member } : declared.member;
  }
  if (typeof declared === "string") return { name, type: parseType(declared) };
  return { name, type: typeOfObject(declared, `field \`${name}\``) };
}

/** The C type of a type object or of the name of a type. Throws CF1106 or CF1102. */
export function asType(type: TypeObject | string): CType {
  return typeof type === "string" ? parseType(type) : typeOfObject(type, "what stands for a type");
}

type DeclaredType<D> =
  D extends TypeObject<infer T extends CType>
    ? T
    : D extends FieldObject<infer T extends CType>
      ? T
      : D extends TypeName
        ? TypeNames[D]
        : never;

/** The fields by name, those of anonymous members among them. */
export type FieldsOf<F extends FieldDeclarations> = {
  readonly [K in keyof F as F[K] extends FieldObject<CType, false> ? never : K]: DeclaredType<F[K]>;
} & InnerFields<F[keyof F]>;
type InnerFields<D> = [Extract<D, FieldObject<StructType | UnionType, false>>] extends [never]
  ? unknown
  : Both<D extends FieldObject<infer T, false> ? (T extends { readonly [fieldTypes]?: infer I } ? I : never) : never>;
type Both<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never;

/** The fields of a structure that names itself: pointers to the incomplete type become pointers to the structure. */
export type Itself<F extends FieldTypes, Name extends string> = { readonly [K in keyof F]: Completed<F[K], F, Name> };
type Completed<T extends CType, F extends FieldTypes, Name extends string> =
  T extends PointerType<infer To, infer Constant>
    ? To extends OpaqueType<Name>
      ? PointerType<StructType<Itself<F, Name>>, Constant>
      : To extends PointerType | ArrayType
        ? PointerType<Completed<To, F, Name>, Constant>
        : T
    : T extends ArrayType<infer Of, infer Length>
      ? ArrayType<Completed<Of, F, Name>, Length>
      : T;
