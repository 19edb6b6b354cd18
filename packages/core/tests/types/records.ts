// Random structures and unions, each as our description and as C text.
import type { CType, StructType, UnionType } from "../../src/types/ctype.ts";
import { typeNames } from "../../src/types/names.ts";
import type { LayoutOptions, Member } from "../../src/types/record-layout.ts";
import { makeRecord } from "../../src/types/records.ts";
import { inC } from "./gcc.ts";

export interface GeneratedRecord {
  readonly type: StructType | UnionType;
  /** `struct S1`. */
  readonly keyword: string;
  readonly text: string;
}

/** A small generator of pseudo-random numbers, so that a failure repeats (mulberry32). */
export function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const scalars: readonly CType[] = [...new Set<CType>(Object.values(typeNames))].filter((type) => type.kind !== "void");
const integers = scalars.filter((type) => type.kind === "int" || type.kind === "bool");

export function generateRecords(count: number, seed: number): GeneratedRecord[] {
  const pick = random(seed);
  const from = <T>(list: readonly T[]): T => {
    const one = list[pick(list.length)];
    if (one === undefined) throw new Error("an empty list");
    return one;
  };
  const records: GeneratedRecord[] = [];
  const someType = (depth: number): CType => {
    const kind = pick(10);
    if (kind === 0 && records.length > 0) {
      const { type } = from(records);
      if (type.size < 2000) return type;
    }
    if (kind === 1 && depth < 3) return { kind: "array", of: someType(depth + 1), length: 1 + pick(5) };
    if (kind === 2) return { kind: "pointer", to: typeNames.float64, constant: pick(2) === 0 };
    return from(scalars);
  };

  interface Written {
    readonly member: Member;
    readonly text: string;
  }
  const aligned = (align: number) => `__attribute__((aligned(${align})))`;
  const bitField = (name: string): Written => {
    const type = from(integers);
    const most = type.kind === "int" ? type.bits : 1;
    const width = pick(8) === 0 ? 0 : 1 + pick(most);
    const unnamed = width === 0 || pick(6) === 0;
    const align = !unnamed && pick(12) === 0 ? 2 ** pick(6) : undefined;
    return {
      member: { ...(unnamed ? {} : { name }), type, bits: width, ...(align === undefined ? {} : { align }) },
      text: `${inC(type)} ${unnamed ? "" : name} : ${width}${align === undefined ? "" : ` ${aligned(align)}`};`,
    };
  };
  const plain = (name: string): Written => {
    const type = someType(0);
    const attributes: string[] = [];
    let member: Member = { name, type };
    if (pick(10) === 0) {
      const align = 2 ** pick(6);
      member = { ...member, align };
      attributes.push(aligned(align));
    }
    if (pick(12) === 0) {
      member = { ...member, packed: true };
      attributes.push("__attribute__((packed))");
    }
    return { member, text: `${inC(type)} ${name} ${attributes.join(" ")};` };
  };
  const anonymous = (name: string, pack: number): Written => {
    const inner = record(`${name}_`, "", 1 + pick(3), pack);
    return { member: { type: inner.type }, text: inner.text };
  };
  const record = (prefix: string, tag: string, length: number, pack: number): GeneratedRecord => {
    const top = tag !== "";
    const kind = pick(4) === 0 ? "union" : "struct";
    const written = Array.from({ length }, (_, k) => {
      const name = `${prefix}${k}`;
      const which = pick(12);
      if (which < 4) return bitField(name);
      return which === 4 && top ? anonymous(name, pack) : plain(name);
    });
    if (!written.some(({ member }) => member.name !== undefined)) written.push(plain(`${prefix}x`));
    if (kind === "struct" && top && pick(12) === 0 && written.length > 1) {
      const of = from(scalars);
      written.push({
        member: { name: "flexible", type: { kind: "array", of, length: 0 } },
        text: `${inC(of)} flexible[];`,
      });
    }
    const options: { -readonly [K in keyof LayoutOptions]: LayoutOptions[K] } = {};
    const attributes: string[] = [];
    if (pick(6) === 0) {
      options.packed = true;
      attributes.push("packed");
    }
    if (pick(8) === 0) {
      options.align = 2 ** pick(7);
      attributes.push(`aligned(${options.align})`);
    }
    if (pack > 0) options.pack = pack;
    const type = makeRecord(
      kind,
      tag === "" ? "anonymous" : tag,
      written.map(({ member }) => member),
      options,
    );
    const body = `${kind} ${tag} { ${written.map(({ text }) => text).join(" ")} } ${
      attributes.length === 0 ? "" : `__attribute__((${attributes.join(", ")}))`
    };`;
    const text = top && pack > 0 ? `#pragma pack(push, ${pack})\n${body}\n#pragma pack(pop)` : body;
    return { type, keyword: `${kind} ${tag}`, text };
  };
  for (let i = 0; i < count; i++) records.push(record("f", `S${i}`, 1 + pick(7), pick(8) === 0 ? 2 ** pick(4) : 0));
  return records;
}
