// Signatures that somebody thought of, beside the random ones: each is a rule of a calling convention that few programs
// need, or a mistake that was made. Never says how anything is passed.
import type { CType } from "../../src/types/ctype.ts";
import { typeNames as t } from "../../src/types/names.ts";
import type { LayoutOptions, Member } from "../../src/types/record-layout.ts";
import { emptyStruct, record } from "./record.ts";
import type { Sample } from "./sample.ts";

let structures = 0;
type Fields = readonly (CType | Member)[];
const members = (fields: Fields): Member[] =>
  fields.map((field, i) => ("kind" in field ? { name: `f${i}`, type: field } : field));
const struct = (fields: Fields, options?: LayoutOptions) =>
  record("struct", `D${structures++}`, members(fields), options);
const union = (...fields: Fields) => record("union", `D${structures++}`, members(fields));
const array = (of: CType, length: number): CType => ({ kind: "array", of, length });
const bits = (type: CType, width: number, name?: string): Member => ({
  ...{ type, bits: width, ...(name === undefined ? {} : { name }) },
});
const times = (count: number, type: CType): CType[] => Array.from({ length: count }, () => type);

/** The type as an argument among others and as the result. */
function passed(name: string, type: CType, before: readonly CType[] = [], after: readonly CType[] = [t.int32]): Sample {
  const params = [...before, type, ...after].map((param) => ({ type: param }));
  return { name, signature: { result: type, params, variadic: false }, extra: [], typescript: true };
}

const clangSkipsUnnamed = {
  side: "clang",
  reason: "clang passes by what has a name, gcc also by bit-fields without one",
} as const;

const flexible = {
  // there the array is a pointer to what follows the structure, which a value has not
  typescript: false,
  without: {
    side: "clang",
    reason: "clang for x86-64 passes in memory whatever ends with an array of any length",
  },
} as const;

const { bool, int8, int16, int32, int64, uint8, float32, float64, complex64, complex128 } = t;
const [ints, floats] = [times(6, int64), times(8, float64)];
const twoWords = struct([int64, int64]);
const mixed = struct([int64, float64]);
const aligned16 = struct([int64], { align: 16 });
const member16 = struct([{ name: "f0", type: int64, align: 16 }]);
const wide16 = struct([{ name: "f0", type: int64, align: 16 }, int64, int64]);
const empty = emptyStruct(`D${structures++}`);

export const directed: readonly Sample[] = [
  passed("three floats: two of them in one register", struct([array(float32, 3)])),
  passed("floats in both halves", struct([float32, float32, float32, float32])),
  passed("a float behind a gap", struct([float32, { name: "f1", type: float32, align: 8 }])),
  passed("a float and an integer in one eightbyte", struct([float32, int32, float64])),
  passed("an integer behind floats", struct([float64, float32, int8])),
  passed("padding at the end of the second eightbyte", struct([int64, int8])),
  passed("a second eightbyte of nothing but padding", aligned16),
  passed("a second eightbyte of padding behind a float", struct([float32], { align: 16 })),
  passed("three bytes", struct([int8, int8, int8])),
  passed("seven bytes", struct([array(uint8, 7)])),
  passed("thirteen bytes", struct([array(uint8, 13)])),
  passed("bools", struct([bool, bool, int16, bool])),
  passed("a bool behind a float", struct([float32, bool])),
  passed("a union of a float and an integer", union(float32, int32)),
  passed("a union of a double and three floats", union(float64, array(float32, 3))),
  passed("a union of a structure and an integer", union(struct([float32, float32]), int8)),
  passed("a complex number in a structure", struct([complex64, float32])),
  passed("a large complex number in a structure", struct([complex128])),
  passed("two complex numbers", struct([complex64, complex64])),
  passed("four floats in nested arrays", struct([struct([array(array(float32, 2), 2)])])),
  passed("four doubles in nested structures", struct([struct([float64, float64]), struct([array(float64, 2)])])),
  passed("five floats: no longer in vector registers on AArch64", struct([array(float32, 5)])),
  passed("floats of two sizes", struct([float32, float64])),
  passed("a union of as many floats", union(array(float32, 4), struct([complex64, float32]))),

  passed("one register left for two words", twoWords, ints.slice(1), [int64]),
  passed("no general register left for a mixed structure", mixed, ints, [float64]),
  passed("no vector register left for a mixed structure", mixed, floats, [int64]),
  passed("does not fit, a smaller one behind it does", twoWords, ints.slice(1), [struct([int32]), struct([float32])]),
  passed("a byte on the stack", struct([int8]), ints, [struct([int8, int8, int8])]),
  passed("floats on the stack", struct([float32, float32, float32]), floats, [float32, struct([float32])]),
  passed("more than sixteen bytes among registers", struct([int64, int64, int8]), [int32], [int32, float64]),
  passed("more than sixty-four bytes", struct([array(int64, 9), int8]), [int32], [int32]),
  passed("thirty-three bytes on the stack behind a byte", struct([array(uint8, 33)]), [...ints, int8], [int8]),
  passed("small integers on the stack", int8, [...ints, ...ints], [bool, int16, t.char]),

  passed("aligned to sixteen as a whole, behind one register", aligned16, [int64], [int64]),
  passed("aligned to sixteen by a member, behind one register", member16, [int64], [int64]),
  passed("aligned to sixteen by a member of a member", struct([member16]), [int64], [int64]),
  passed("aligned to sixteen on the stack", member16, [...ints, ...ints, int8], [int64]),
  passed("large, aligned to sixteen, on the stack", wide16, [...ints, int8], [int8]),
  passed("aligned to sixty-four", struct([int32, { name: "f1", type: float64, align: 64 }]), [int32], [int32]),
  passed(
    "floats aligned to sixteen on the stack",
    struct([{ name: "f0", type: float64, align: 16 }, float64]),
    [...floats, float32],
    [float32],
  ),
  passed("packed: an integer that is not aligned", struct([int8, int32], { packed: true })),
  passed("packed, and aligned all the same", struct([int32, int8], { packed: true })),
  passed("packed floats", struct([float32, float64], { packed: true })),
  passed("a packed structure in one that is not", struct([int8, struct([int16, float32], { packed: true })])),

  passed(
    "bit-fields across storage units",
    struct([bits(int32, 20, "f0"), bits(int32, 20, "f1"), bits(int64, 40, "f2")]),
  ),
  passed("a bit-field of a wide type behind a float", struct([float32, bits(int64, 5, "f1")])),
  passed("bit-fields at the end of an eightbyte", struct([bits(int64, 60, "f0"), bits(int8, 4, "f1"), float64])),
  passed("a bool of one bit", struct([bits(bool, 1, "f0"), bits(bool, 1, "f1"), float32])),
  passed("a bit-field of no width between floats", struct([float32, bits(int32, 0), float32])),
  passed("packed bit-fields", struct([bits(int32, 7, "f0"), bits(int64, 50, "f1"), int8], { packed: true })),
  {
    ...passed("a bit-field without a name behind a float", struct([float32, bits(int32, 3)])),
    without: clangSkipsUnnamed,
  },
  { ...passed("a bit-field without a name over a double", union(bits(int8, 6), float64)), without: clangSkipsUnnamed },
  passed("a bit-field without a name behind an integer", struct([int32, bits(int32, 3), int8])),

  // TypeScript has no structures without members
  { ...passed("an empty structure between two integers", int32, [empty], [empty, int64]), typescript: false },
  { ...passed("an empty structure as the result", empty, [int32], [float64]), typescript: false },
  {
    ...passed("an array of any length behind two words", struct([int64, int64, { name: "f2", type: array(int64, 0) }])),
    ...flexible,
  },
  {
    ...passed(
      "an array of any length behind an integer, in one register",
      struct([int32, { name: "f1", type: array(int32, 0) }]),
    ),
    ...flexible,
  },
  {
    ...passed("an array of any length behind a float", struct([float32, { name: "f1", type: array(float32, 0) }])),
    ...flexible,
  },

  {
    ...passed("a double over a float and padding", union(struct([float32, float64]), float64)),
    without: { side: "clang", reason: "clang 16 for x86-64 passes four of the double's bytes, also to itself" },
  },
  variadic("no vector register", [t.voidptr], [int32, int64]),
  variadic("floats after the parameters", [int32], [float64, int64, float64]),
  variadic("more than the registers after the parameters", [float64, int8], [...times(9, float64), ...times(7, int32)]),
];

function variadic(name: string, params: readonly CType[], extra: readonly CType[]): Sample {
  const signature = { result: float64, params: params.map((type) => ({ type })), variadic: true };
  return { name: `variadic: ${name}`, signature, extra };
}
