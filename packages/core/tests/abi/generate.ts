// Random C signatures over every type that has a size, each from a seed of its own: small aggregates most often, because
// the rules for registers are about those. Never looks at how anything is passed.
import { leavesOf } from "../../src/emit/abi/leaves.ts";
import { type CType, isAggregate } from "../../src/types/ctype.ts";
import { sizeOf } from "../../src/types/layout.ts";
import { typeNames as t } from "../../src/types/names.ts";
import type { LayoutOptions, Member } from "../../src/types/record-layout.ts";
import { parseSignature } from "../../src/types/signature-parser.ts";
import { Random } from "../fuzz/random.ts";
import { type Aggregate, record } from "./record.ts";
import type { Sample } from "./sample.ts";

const floats: readonly CType[] = [t.float32, t.float64];
const complexes: readonly CType[] = [t.complex64, t.complex128];
const fixedWidth = [t.int8, t.uint8, t.int16, t.uint16, t.int32, t.uint32, t.int64, t.uint64];
/** Types with names of their own: other names stand for those of a fixed width. */
const named = [t.char, t.long, t.ulong, t.intp, t.uintp, t.size_t, t.ssize_t];
const pointers: readonly CType[] = [
  t.voidptr,
  { kind: "pointer", to: t.int32, constant: true },
  { kind: "pointer", to: { kind: "pointer", to: t.char, constant: false }, constant: false },
  { kind: "pointer", to: { kind: "function", signature: parseSignature("float64(int32, float32)") }, constant: false },
];
/** What the default argument promotions leave as it is: C passes nothing else after `...`. */
const promoted: readonly CType[] = [t.int32, t.uint32, t.int64, t.uint64, t.size_t, t.float64, t.voidptr];

const largest = 192;
const deepest = 3;

/** The sample of a seed: always the same. */
export function sampleOf(seed: number): Sample {
  return new Generator(seed).sample();
}

export const samplesFrom = (first: number, count: number): readonly Sample[] =>
  Array.from({ length: count }, (_, i) => sampleOf(first + i));

const clangLoses = {
  side: "clang",
  reason: "clang 16 for x86-64 passes four bytes of a double that shares its place with a float and padding",
} as const;

/** A union like `union { struct { float f; double d; } s; double d; }`. */
function clangLosesHalf(type: CType): boolean {
  if (!isAggregate(type) || sizeOf(type) > 16) return false;
  const leaves = leavesOf(type);
  const at = (offset: number, size: number) => leaves.some((leaf) => leaf.offset === offset && leaf.size === size);
  return [0, 8].some((offset) => at(offset, 8) && at(offset, 4) && !at(offset + 4, 4));
}

class Generator {
  private readonly seed: number;
  private readonly random: Random;
  private readonly made: Aggregate[] = [];
  private count = 0;

  constructor(seed: number) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  sample(): Sample {
    const { random } = this;
    // more than the registers hold, every now and then
    const count = random.oneIn(4) ? 8 + random.below(8) : random.below(8);
    const variadic = count > 0 && random.oneIn(8);
    const params = Array.from({ length: count }, () => ({ type: this.value() }));
    const extra = variadic ? Array.from({ length: random.below(10) }, () => random.pick(promoted)) : [];
    const result = random.oneIn(8) ? t.void : this.value();
    const disputed = [...params.map(({ type }) => type), result].some(clangLosesHalf) ? { without: clangLoses } : {};
    return {
      name: `seed ${this.seed}`,
      signature: { result, params, variadic },
      extra,
      typescript: random.oneIn(4),
      ...disputed,
    };
  }

  private value(): CType {
    const kind = this.random.below(10);
    if (kind < 5) return this.aggregate(1);
    return kind === 5 ? this.random.pick(complexes) : this.scalar();
  }

  private scalar(): CType {
    const { random } = this;
    const kind = random.below(12);
    if (kind < 5) return random.pick(floats);
    if (kind < 8) return random.pick(fixedWidth);
    return random.pick(kind === 8 ? [t.bool] : kind === 9 ? pointers : named);
  }

  private aggregate(depth: number): Aggregate {
    const { random, made } = this;
    if (made.length > 0 && random.oneIn(3)) return random.pick(made);
    const name = `T${this.seed}_${this.count++}`;
    const kind = random.oneIn(4) ? "union" : "struct";
    const members = this.members(depth);
    // gcc passes a bit-field of a union as its whole type would be, which a packed one is not aligned for
    const bits = members.some((member) => member.bits !== undefined);
    const type = record(kind, name, members, bits && kind === "union" ? {} : this.options());
    if (sizeOf(type) > largest) return this.aggregate(depth);
    made.push(type);
    return type;
  }

  private options(): LayoutOptions {
    const { random } = this;
    if (random.oneIn(10)) return { packed: true };
    if (random.oneIn(10)) return { align: 2 ** random.below(6) };
    return random.oneIn(20) ? { pack: 2 ** random.below(4) } : {};
  }

  private members(depth: number): Member[] {
    const { random } = this;
    // homogeneous ones have rules of their own
    const one = random.oneIn(3) ? random.pick(floats) : undefined;
    const count = 1 + random.below(random.oneIn(6) ? 12 : 4);
    const withBits = one === undefined && random.oneIn(5);
    const members = Array.from({ length: count }, (_, i): Member => {
      const name = `f${i}`;
      if (withBits && i > 0 && random.oneIn(2)) return this.bitField(name);
      const type = one === undefined || random.oneIn(5) ? this.field(depth, one) : one;
      if (random.oneIn(25)) return { name, type, align: 2 ** random.below(6) };
      return random.oneIn(40) ? { name, type, packed: true } : { name, type };
    });
    return withBits && random.oneIn(2) ? members.slice(1).concat(members.slice(0, 1)) : members;
  }

  /** With a name: of those without one gcc and clang do not pass the same, see directed.ts. */
  private bitField(name: string): Member {
    const { random } = this;
    const type = random.oneIn(8) ? t.bool : random.pick(fixedWidth);
    const bits = 1 + random.below(8 * sizeOf(type));
    return { name, type, bits: type.kind === "bool" ? 1 : bits };
  }

  private field(depth: number, one: CType | undefined): CType {
    const { random } = this;
    const kind = random.below(12);
    const element = (): CType => one ?? this.scalar();
    if (kind < 2 && depth < deepest) return one === undefined ? this.aggregate(depth + 1) : this.wrapped(one);
    if (kind === 2)
      return one === undefined
        ? random.pick(complexes)
        : one.kind === "float" && one.bits === 32
          ? t.complex64
          : t.complex128;
    if (kind === 3 || kind === 4) {
      const of =
        depth < deepest && random.oneIn(3)
          ? one === undefined
            ? this.aggregate(depth + 1)
            : this.wrapped(one)
          : element();
      return { kind: "array", of, length: 1 + random.below(random.oneIn(5) ? 17 : 4) };
    }
    return element();
  }

  /** A structure of one or two floats: what holds it stays homogeneous. */
  private wrapped(one: CType): Aggregate {
    const members = Array.from({ length: 1 + this.random.below(2) }, (_, i) => ({ name: `f${i}`, type: one }));
    return record("struct", `T${this.seed}_${this.count++}`, members);
  }
}
