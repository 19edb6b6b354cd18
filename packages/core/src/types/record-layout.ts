// Where the members of structures and unions lie: offsets, padding, packing, explicit alignment, bit-fields. What GCC does
// under the System V ABI for x86-64 (section 3.1.2), after gcc/stor-layout.cc: `place_field` and
// `update_alignment_for_field`. Never touches memory. Pure.
import type { CType, FieldType, PlacedBits } from "./ctype.ts";
import { alignOf, alignUp, sizeOf } from "./layout.ts";

/** A member as it was declared. */
export interface Member {
  /** Absent for an anonymous structure or union, and for a bit-field that only takes space. */
  readonly name?: string;
  readonly type: CType;
  /** The width of a bit-field; 0 closes the unit before it. */
  readonly bits?: number;
  /** `aligned(n)` on the member: bytes, at least. */
  readonly align?: number;
  /** What a typedef with `aligned(n)` made of the alignment of the type. Bytes. */
  readonly typeAlign?: number;
  readonly packed?: boolean;
}

export interface LayoutOptions {
  /** `__attribute__((packed))`: no padding anywhere. */
  readonly packed?: boolean;
  /** `__attribute__((aligned(n)))`: bytes, at least. */
  readonly align?: number;
  /** `#pragma pack(n)`: no member is aligned to more bytes than this. */
  readonly pack?: number;
}

export interface Layout {
  readonly fields: readonly FieldType[];
  readonly size: number;
  readonly align: number;
  /** Present where `align` is more than the members ask for. */
  readonly memberAlign?: number;
  /** Present where there are bit-fields without a name. */
  readonly unnamed?: readonly PlacedBits[];
}

interface Placing {
  readonly options: LayoutOptions;
  readonly isUnion: boolean;
  readonly fields: FieldType[];
  readonly unnamed: PlacedBits[];
  /** Where the next member may begin, in bits. */
  bits: number;
  /** Bytes. */
  align: number;
  /** Of a union: the largest member, in bytes. */
  largest: number;
}

/** Where members lie that C allows (records.ts looks to that). */
export function layoutMembers(
  kind: "struct" | "union",
  members: readonly Member[],
  options: LayoutOptions = {},
): Layout {
  const placing: Placing = {
    options,
    isUnion: kind === "union",
    fields: [],
    unnamed: [],
    bits: 0,
    align: 1,
    largest: 0,
  };
  for (const member of members) {
    if (placing.isUnion) placing.bits = 0;
    if (member.bits === undefined) placeWhole(placing, member);
    else placeBits(placing, member, member.bits);
    placing.largest = Math.max(placing.largest, Math.ceil(placing.bits / 8));
  }
  const align = Math.max(placing.align, options.align ?? 1);
  const size = placing.isUnion ? placing.largest : Math.ceil(placing.bits / 8);
  const raised = align > placing.align ? { memberAlign: placing.align } : {};
  const unnamed = placing.unnamed.length > 0 ? { unnamed: Object.freeze(placing.unnamed) } : {};
  return { fields: Object.freeze(placing.fields), size: alignUp(size, align), align, ...raised, ...unnamed };
}

/** `#pragma pack` lowers every alignment, asked for or not. */
const capped = ({ pack }: LayoutOptions, align: number): number =>
  pack === undefined || pack === 0 ? align : Math.min(align, pack);

const isPacked = (placing: Placing, member: Member): boolean =>
  placing.options.packed === true || member.packed === true;

const naturalAlign = (member: Member): number => member.typeAlign ?? alignOf(member.type);

function placeWhole(placing: Placing, member: Member): void {
  const natural = isPacked(placing, member) ? 1 : naturalAlign(member);
  const align = capped(placing.options, Math.max(natural, member.align ?? 1));
  const offset = alignUp(Math.ceil(placing.bits / 8), align);
  placing.fields.push(Object.freeze({ name: member.name ?? "", type: member.type, offset }));
  placing.bits = (offset + sizeOf(member.type)) * 8;
  placing.align = Math.max(placing.align, align);
}

function placeBits(placing: Placing, member: Member, width: number): void {
  const unit = naturalAlign(member);
  if (width === 0) {
    // Neither `packed` nor `#pragma pack` moves it, and it aligns what follows, not the structure.
    placing.bits = alignUp(placing.bits, Math.max(unit, member.align ?? 1) * 8);
    return;
  }
  const packed = isPacked(placing, member);
  const least = capped(placing.options, member.align ?? 1);
  if (member.align !== undefined) placing.bits = alignUp(placing.bits, least * 8);
  if (!packed && (placing.options.pack ?? 0) === 0) {
    // It may not reach over more units of its type's alignment than its type does.
    const bits = unit * 8;
    const units = Math.ceil(((placing.bits % bits) + width) / bits);
    if (units > Math.floor((sizeOf(member.type) * 8) / bits)) placing.bits = alignUp(placing.bits, bits);
  }
  const offset = Math.floor(placing.bits / 8);
  const bits = Object.freeze({ at: placing.bits % 8, width });
  if (member.name === undefined) placing.unnamed.push(Object.freeze({ offset, bits }));
  else {
    placing.fields.push(Object.freeze({ name: member.name, type: member.type, offset, bits }));
    // GCC asks for `packed` only where no `#pragma pack` is in force.
    const raises = packed && (placing.options.pack ?? 0) === 0 ? 1 : capped(placing.options, unit);
    placing.align = Math.max(placing.align, least, raises);
  }
  placing.bits += width;
}
