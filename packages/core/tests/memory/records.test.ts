// Members of generated structures (packed, bit-fields, anonymous, unions) through views, against the C compiler: what C
// writes we read, what we write C has the same bytes for.
import { describe, expect, expectTypeOf, test } from "vitest";
import { alloc, as } from "../../src/index.ts";
import { makeStructView, Region } from "../../src/memory/index.ts";
import type { FieldType, OpaqueType } from "../../src/types/ctype.ts";
import {
  aligned,
  anonymous,
  bits,
  bool,
  CPointer,
  flexible,
  float32,
  float64,
  int32,
  int64,
  membersOf,
  offsetof,
  opaque,
  padding,
  sizeof,
  struct,
  uint8,
  uint32,
  union,
  type ValueOf,
} from "../../src/types/index.ts";
import { headers, runC } from "../types/gcc.ts";
import { generateRecords, random } from "../types/records.ts";

const pick = random(11);

/** A value that the member can hold, as we write it and as C does; undefined for members that are no number. */
function valueFor({
  type,
  bits,
}: FieldType): { readonly ours: boolean | number | bigint; readonly c: string } | undefined {
  if (type.kind === "bool") {
    const yes = pick(2) === 0;
    return { ours: yes, c: yes ? "1" : "0" };
  }
  if (type.kind === "float") return { ours: pick(1000) / 8, c: "" };
  if (type.kind !== "int") return undefined;
  const width = Math.min(bits?.width ?? type.bits, type.js === "number" ? 53 : 64);
  const random64 = (BigInt(pick(2 ** 32)) << 32n) | BigInt(pick(2 ** 32));
  const value = type.signed ? BigInt.asIntN(width, random64) : BigInt.asUintN(width, random64);
  return { ours: type.js === "bigint" ? value : Number(value), c: "" };
}

const inC = (value: boolean | number | bigint): string =>
  typeof value === "bigint"
    ? value === -(2n ** 63n)
      ? "(-9223372036854775807L-1)"
      : `${value}${value < 0n ? "L" : "UL"}`
    : `${Number(value)}`;

describe("members of generated structures", () => {
  const records = generateRecords(300, 23).filter(({ type }) => type.size < 4096);
  const filled = records.map((record) => ({
    ...record,
    values: [...membersOf(record.type).values()].flatMap((field) => {
      const value = valueFor(field);
      return value === undefined ? [] : [{ field, value: value.ours }];
    }),
  }));

  test("hold after our writes what they hold after C's, and are read as they were written", () => {
    const blocks = filled.map(
      ({ type, keyword, values }) =>
        `{ ${keyword} s; memset(&s, 0, sizeof s); ${values
          .map(({ field, value }) => `s.${field.name} = ${inC(value)};`)
          .join(
            " ",
          )} printf("${type.name} "); for (size_t i = 0; i < sizeof s; i++) printf("%02x", ((unsigned char *)&s)[i]); puts(""); }`,
    );
    const expected = runC(
      `${headers}#include <string.h>\n${records.map(({ text }) => text).join("\n")}\nint main(void) { ${blocks.join("\n")} return 0; }`,
    ).split("\n");
    let members = 0;
    for (const [i, { type, values, text }] of filled.entries()) {
      const bytes = new Uint8Array(type.size);
      const view = makeStructView(Region.of(bytes), 0, type);
      for (const { field, value } of values) Reflect.set(view, field.name, value);
      expect(`${type.name} ${Buffer.from(bytes).toString("hex")}`, text).toBe(expected[i]);
      if (type.kind !== "struct") continue;
      const inUnion = (name: string) => type.fields.every((field) => field.name !== name);
      for (const { field, value } of values) {
        if (!inUnion(field.name)) expect(Reflect.get(view, field.name), `${text} ${field.name}`).toBe(value);
        members++;
      }
    }
    expect(members).toBeGreaterThan(500);
  });
});

describe("structures as TypeScript declares them", () => {
  test("bit-fields wrap modulo 2^width and leave their neighbours alone", () => {
    const Flags = struct("Flags", { a: bits(uint32, 3), b: bits(int32, 5), _: padding(uint32, 0), c: bits(bool, 1) });
    expect([sizeof(Flags), offsetof(struct("P", { x: uint8, y: Flags }), "y")]).toEqual([8, 4]);
    using flags = Flags.new({ a: 9, b: -16, c: true });
    expect([flags.a, flags.b, flags.c]).toEqual([1, -16, true]);
    flags.b = 16;
    expect([flags.a, flags.b, flags.c]).toEqual([1, -16, true]);
    expect(() => offsetof(Flags, "a")).toThrow(/CF1105.*bit-field/s);
  });

  test("packed, aligned and anonymous members", () => {
    const Packed = struct("Packed", { tag: uint8, value: float64, wide: bits(int64, 61) }, { packed: true });
    expect([sizeof(Packed), offsetof(Packed, "value")]).toEqual([17, 1]);
    using packed = Packed.new({ tag: 1, value: 2.5, wide: -3n });
    expect([packed.tag, packed.value, packed.wide]).toEqual([1, 2.5, -3n]);
    const Cell = struct("Cell", {
      kind: int32,
      _: anonymous(union("CellValue", { i: int64, f: float64 })),
      lane: aligned(float32, 16),
    });
    expect([sizeof(Cell), offsetof(Cell, "f"), offsetof(Cell, "lane")]).toEqual([32, 8, 16]);
    using cell = Cell.new({ kind: 1, f: 1.5, lane: 2 });
    expect([cell.f, cell.i]).toEqual([1.5, 0x3ff8000000000000n]);
  });

  test("a structure that points to itself is one type all along", () => {
    const Node = struct("Node", (Node) => ({ value: int32, next: CPointer(Node) }));
    using last = Node.new({ value: 2 });
    using first = Node.new({ value: 1, next: last });
    expect(first.next?.value).toBe(2);
    expect(first.next?.next).toBe(null);
    last.next = first.next;
    expect(first.next?.next?.next?.value).toBe(2);
    expectTypeOf(first.next?.next?.next?.next?.value).toEqualTypeOf<number | undefined>();
    expect(String(Node.type.fields[1]?.type.kind)).toBe("pointer");
  });

  test("a flexible array is a pointer to its elements, as many as the memory has", () => {
    const Text = struct("Text", { length: int32, data: flexible(float64) });
    expect(sizeof(Text)).toBe(8);
    using text = Text.new({ length: 3, data: [1, 2, 3] });
    expect([text.data[0], text.data[2]]).toEqual([1, 3]);
    expect(() => text.data[3]).toThrow(/CF5501/);
  });

  test("an incomplete type has pointers, and nothing to read", () => {
    const Database = opaque("Database");
    using out = alloc(CPointer(Database));
    out[0] = null;
    expect(out[0]).toBe(null);
    expect(() => sizeof(Database)).toThrow(/CF1104.*Database/s);
    expect(() => alloc(Database)).toThrow(/CF1104/);
    expectTypeOf<ValueOf<typeof Database.type>>().not.toEqualTypeOf<ValueOf<OpaqueType<"Other">>>();
    expect(as(CPointer(Database), null).value).toBe(null);
  });
});
