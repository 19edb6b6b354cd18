// Structures and unions from their members: what C does not allow is refused, what it allows is laid out. Never touches
// memory. Pure.
import { CFuncError } from "../diagnostics/error.ts";
import type { CType, FieldTypes, StructType, UnionType } from "./ctype.ts";
import { sizeOf } from "./layout.ts";
import { membersOf } from "./members.ts";
import { printType } from "./print.ts";
import { type LayoutOptions, layoutMembers, type Member } from "./record-layout.ts";

type Kind = "struct" | "union";

/** Lays fields out in their order. Throws CF1105 for a structure that C cannot have. */
export function layoutStruct<F extends FieldTypes>(name: string, fields: F, options?: LayoutOptions): StructType<F> {
  return makeRecord("struct", name, members(fields), options) as StructType<F>;
}

/** Lays the fields of a union over one another. Throws CF1105 for a union that C cannot have. */
export function layoutUnion<F extends FieldTypes>(name: string, fields: F, options?: LayoutOptions): UnionType<F> {
  return makeRecord("union", name, members(fields), options) as UnionType<F>;
}

const members = (fields: FieldTypes): Member[] => Object.entries(fields).map(([name, type]) => ({ name, type }));

/** A structure or union of members that may be packed, aligned, anonymous, bit-fields. Throws CF1105. */
export function makeRecord(
  kind: Kind,
  name: string,
  members: readonly Member[],
  options: LayoutOptions = {},
): StructType | UnionType {
  checkMembers(kind, name, members);
  checkAlign(`${kind} ${name}`, options.align);
  checkAlign(`${kind} ${name}`, options.pack === 0 ? undefined : options.pack);
  const type = Object.freeze({ kind, name, ...layoutMembers(kind, members, options) });
  const names = [...type.fields].flatMap((field) =>
    field.name === "" && (field.type.kind === "struct" || field.type.kind === "union")
      ? [...membersOf(field.type).keys()]
      : [field.name],
  );
  const seen = new Set<string>();
  for (const field of names) {
    if (seen.has(field)) throw bad(`${kind} ${name} has two fields \`${field}\``, "give each a name of its own");
    seen.add(field);
  }
  if (!Number.isSafeInteger(type.size)) throw bad(`${kind} ${name} is too large`, "2^53 - 1 bytes are the most");
  return type as StructType | UnionType;
}

const isIdentifier = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text);

function checkMembers(kind: Kind, name: string, members: readonly Member[]): void {
  if (!isIdentifier(name)) throw bad(`\`${name}\` is not a C identifier`, "use letters, digits and `_`");
  for (const member of members) {
    if (member.name !== undefined && !isIdentifier(member.name)) {
      throw bad(`field \`${member.name}\` of ${kind} ${name} is not a C identifier`, "use letters, digits and `_`");
    }
    const what = `field \`${member.name ?? ""}\` of ${kind} ${name}`;
    checkAlign(what, member.align);
    if (member.bits !== undefined) checkBits(what, member, member.bits);
    else checkWhole(kind, what, member, members);
  }
  if (members.some((member) => member.name !== undefined || member.bits === undefined)) return;
  const help = `a C ${kind === "struct" ? "structure" : "union"} has at least one field`;
  throw bad(`${kind} ${name} has no fields`, help);
}

function checkWhole(kind: Kind, what: string, member: Member, members: readonly Member[]): void {
  if (!hasSize(member.type))
    throw bad(`${what} has the type ${printType(member.type)}, which has no size`, "use a pointer");
  if (member.type.kind !== "array" || sizeOf(member.type) > 0 || member.type.length > 0) return;
  if (kind === "union" || member !== members.at(-1) || members.length < 2) {
    throw bad(`${what} is an array without a length`, "such an array is the last field of a structure, after others");
  }
}

function checkBits(what: string, { type, name }: Member, width: number): void {
  if (type.kind !== "int" && type.kind !== "bool") {
    throw bad(`${what} is a bit-field of type ${printType(type)}`, "bit-fields are integers or bool");
  }
  const most = type.kind === "bool" ? 1 : type.bits;
  const least = name === undefined ? 0 : 1;
  if (Number.isInteger(width) && width >= least && width <= most) return;
  throw bad(`${what} cannot have ${width} bits`, `a bit-field of type ${printType(type)} has ${least} to ${most} bits`);
}

function checkAlign(what: string, align: number | undefined): void {
  if (align === undefined || (Number.isInteger(Math.log2(align)) && align <= 2 ** 28)) return;
  throw bad(`${what} cannot be aligned to ${align} bytes`, "an alignment is a power of two, at most 2^28");
}

/** Whether values of the type exist: not so for `void`, functions, incomplete types. */
export const hasSize = (type: CType): boolean =>
  type.kind !== "void" && type.kind !== "function" && type.kind !== "opaque";

function bad(message: string, help: string): CFuncError {
  return new CFuncError([{ code: "CF1105", severity: "error", message, help }]);
}
