// Layout against the C compiler, on structures that are generated: nested, with arrays, pointers and bools.
import { describe, expect, test } from "vitest";
import type { CType, StructType, UnionType } from "../../src/types/ctype.ts";
import { alignOf, layoutStruct, layoutUnion, sizeOf } from "../../src/types/layout.ts";
import { typeNames } from "../../src/types/names.ts";
import { headers, inC, runC } from "./gcc.ts";

/** A small generator of pseudo-random numbers, so that a failure repeats (mulberry32). */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const scalars: readonly CType[] = [...new Set<CType>(Object.values(typeNames))].filter((type) => type.kind !== "void");

function generate(count: number): (StructType | UnionType)[] {
  const pick = random(7);
  const structs: (StructType | UnionType)[] = [];
  const someType = (depth: number): CType => {
    const kind = pick(10);
    const struct = structs[pick(Math.max(1, structs.length))];
    if (kind === 0 && struct !== undefined) return struct;
    if (kind === 1 && depth < 3) return { kind: "array", of: someType(depth + 1), length: 1 + pick(5) };
    if (kind === 2) return { kind: "pointer", to: struct ?? typeNames.float64, constant: pick(2) === 0 };
    return scalars[pick(scalars.length)] ?? typeNames.int8;
  };
  for (let i = 0; i < count; i++) {
    const fields = Array.from({ length: 1 + pick(7) }, (_, k) => [`f${k}`, someType(0)] as const);
    const layout = pick(3) === 0 ? layoutUnion : layoutStruct;
    structs.push(layout(`S${i}`, Object.fromEntries(fields)));
  }
  return structs;
}

describe("layout", () => {
  test("200 generated structures and unions are laid out as the C compiler lays them out", () => {
    const structs = generate(200);
    const lines = structs.flatMap((struct) => [
      `${inC(struct)} { ${struct.fields.map(({ name, type }) => `${inC(type)} ${name};`).join(" ")} };`,
    ]);
    const prints = structs.flatMap((struct) => [
      `printf("${struct.name} %zu %zu", sizeof(${inC(struct)}), _Alignof(${inC(struct)}));`,
      ...struct.fields.map(({ name }) => `printf(" %zu", offsetof(${inC(struct)}, ${name}));`),
      'printf("\\n");',
    ]);
    const expected = runC(`${headers}${lines.join("\n")}\nint main(void) { ${prints.join("\n")} return 0; }`);
    const ours = structs.map(
      ({ name, size, align, fields }) =>
        `${name} ${size} ${align}${fields.map(({ offset }) => ` ${offset}`).join("")}\n`,
    );
    expect(ours.join("")).toBe(expected);
  });

  test("void and functions have no size", () => {
    expect(() => sizeOf(typeNames.void)).toThrow(/CF1104.*void has no size/s);
    const signature = { result: typeNames.int8, params: [], variadic: false };
    expect(() => alignOf({ kind: "function", signature })).toThrow(/CF1104.*CFunction/s);
  });

  test("structures that C cannot have are refused", () => {
    expect(() => layoutStruct("Empty", {})).toThrow(/CF1105.*no fields/s);
    expect(() => layoutStruct("a b", { x: typeNames.int8 })).toThrow(/CF1105/);
    expect(() => layoutStruct("S", { "x-y": typeNames.int8 })).toThrow(/CF1105.*`x-y`/s);
  });
});
