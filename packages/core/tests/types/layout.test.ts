// Layout against the C compiler, on structures and unions that are generated: nested, anonymous, packed, aligned, with
// bit-fields, arrays, pointers and typedefs of other alignment. Bit-fields are written by C and found by us.
import { describe, expect, test } from "vitest";
import type { CType, FieldType, StructType, UnionType } from "../../src/types/ctype.ts";
import { alignOf, sizeOf } from "../../src/types/layout.ts";
import { membersOf } from "../../src/types/members.ts";
import { typeNames } from "../../src/types/names.ts";
import { layoutStruct, layoutUnion, makeRecord } from "../../src/types/records.ts";
import { headers, runC } from "./gcc.ts";
import { type GeneratedRecord, generateRecords } from "./records.ts";

const records = generateRecords(500, 7);

/** Where a member lies, in the words of `print` below. */
function placeOf(field: FieldType): string {
  if (field.bits === undefined) return `${field.name} ${field.offset}`;
  const bits = Array.from({ length: field.bits.width }, (_, i) => field.offset * 8 + (field.bits?.at ?? 0) + i);
  return `${field.name} ${bits.join(",")}`;
}

const lineOf = ({ name, size, align }: StructType | UnionType, places: readonly string[]): string =>
  [`${name} ${size} ${align}`, ...places].join(" ");

/** C that prints the same of its own structure: the offset of a member, the bits that all ones in a bit-field set. */
function print({ type, keyword }: GeneratedRecord): string {
  const places = [...membersOf(type).values()].map(({ name, bits, type: of }) =>
    bits === undefined
      ? `printf(" ${name} %zu", offsetof(T, ${name}));`
      : `{ T s; memset(&s, 0, sizeof s); s.${name} = ${of.kind === "bool" ? "1" : "-1"}; printf(" ${name} "); bits(&s, sizeof s); }`,
  );
  return `{ typedef ${keyword} T; printf("${type.name} %zu %zu", sizeof(T), _Alignof(T)); ${places.join(" ")} puts(""); }`;
}

const prelude = `${headers}#include <string.h>
static void bits(const void *p, size_t n) {
  const unsigned char *b = p; const char *comma = "";
  for (size_t i = 0; i < n * 8; i++) if (b[i / 8] >> (i % 8) & 1) { printf("%s%zu", comma, i); comma = ","; }
}
`;

describe("layout", () => {
  test(`${records.length} generated structures and unions are laid out as the C compiler lays them out`, () => {
    const program = `${prelude}${records.map((one) => one.text).join("\n")}
int main(void) { ${records.map(print).join("\n")} return 0; }`;
    const expected = runC(program).split("\n");
    const ours = records.map(({ type }) => lineOf(type, [...membersOf(type).values()].map(placeOf)));
    for (const [i, line] of ours.entries()) expect(line, records[i]?.text).toBe(expected[i]);
    const bitFields = records.flatMap(({ type }) => type.fields.filter((field) => field.bits !== undefined));
    expect(bitFields.length).toBeGreaterThan(200);
  });

  test("void, functions and incomplete types have no size", () => {
    expect(() => sizeOf(typeNames.void)).toThrow(/CF1104.*void has no size/s);
    const signature = { result: typeNames.int8, params: [], variadic: false };
    expect(() => alignOf({ kind: "function", signature })).toThrow(/CF1104.*CFunction/s);
    expect(() => sizeOf({ kind: "opaque", name: "sqlite3" })).toThrow(/CF1104.*sqlite3 has no size.*pointer/s);
  });

  test("structures that C cannot have are refused", () => {
    expect(() => layoutStruct("Empty", {})).toThrow(/CF1105.*no fields/s);
    expect(() => layoutStruct("a b", { x: typeNames.int8 })).toThrow(/CF1105/);
    expect(() => layoutStruct("S", { "x-y": typeNames.int8 })).toThrow(/CF1105.*`x-y`/s);
    expect(() => layoutUnion("U", {})).toThrow(/CF1105.*union U has no fields/s);
    expect(() => layoutStruct("S", { x: typeNames.int8 }, { align: 3 })).toThrow(/CF1105.*3 bytes.*power of two/s);
    const { int32, float64, bool } = typeNames;
    const flexible: CType = { kind: "array", of: int32, length: 0 };
    const wrong = [
      [{ name: "x", type: int32, bits: 33 }],
      [{ name: "x", type: bool, bits: 2 }],
      [{ name: "x", type: int32, bits: 0 }],
      [{ name: "x", type: float64, bits: 3 }],
      [{ name: "x", type: { kind: "opaque", name: "o" } }],
      [{ name: "x", type: flexible }],
      [
        { name: "x", type: flexible },
        { name: "y", type: int32 },
      ],
      [
        { name: "x", type: int32 },
        { name: "x", type: int32 },
      ],
      [{ type: int32, bits: 3 }],
    ] as const;
    for (const members of wrong)
      expect(() => makeRecord("struct", "S", members), JSON.stringify(members)).toThrow(/CF1105/);
  });
});
