// Structures and unions that remember how they were declared: the layout alone does not tell what was packed, aligned or
// a bit-field of which type, and C has to be told. Never says how anything is passed.
import type { CType, StructType, UnionType } from "../../src/types/ctype.ts";
import type { LayoutOptions, Member } from "../../src/types/record-layout.ts";
import { makeRecord } from "../../src/types/records.ts";
import { inC } from "../types/gcc.ts";

export interface Definition {
  readonly members: readonly Member[];
  readonly options: LayoutOptions;
}
/** A type as the compiler under test knows it, with its definition for the others. */
export type Aggregate = (StructType | UnionType) & { readonly definition: Definition };

export function record(
  kind: "struct" | "union",
  name: string,
  members: readonly Member[],
  options: LayoutOptions = {},
): Aggregate {
  return { ...makeRecord(kind, name, members, options), definition: { members, options } };
}

/** GNU C's structure without members, which our types cannot make but the calling conventions can meet. */
export const emptyStruct = (name: string): Aggregate => ({
  ...{ kind: "struct", name, fields: [], size: 0, align: 1, definition: { members: [], options: {} } },
});

export const isRecord = (type: CType): type is Aggregate => "definition" in type;

/** The declaration in C. */
export function declaration({ kind, name, definition: { members, options } }: Aggregate): string {
  const list = members.map((member) => {
    const { type, bits, align, packed } = member;
    const width = bits === undefined ? "" : ` : ${bits}`;
    return `${declarator(type, member.name ?? "")}${width}${attributes({ align, packed })};`;
  });
  const text = `${kind} ${name} { ${list.join(" ")} }${attributes(options)};`;
  return options.pack === undefined ? text : `#pragma pack(push, ${options.pack})\n${text}\n#pragma pack(pop)`;
}

function attributes({ align, packed }: { align?: number | undefined; packed?: boolean | undefined }): string {
  const all = [...(packed ? ["packed"] : []), ...(align === undefined ? [] : [`aligned(${align})`])];
  return all.length === 0 ? "" : ` __attribute__((${all.join(", ")}))`;
}

function declarator(type: CType, name: string): string {
  return type.kind === "array" ? declarator(type.of, `${name}[${type.length || ""}]`) : `${inC(type)} ${name}`;
}
