// Random C signatures over every type that has a size, from a seed: small aggregates most often, because the rules for
// registers are about those. Never looks at how anything is passed.
import type { CType, FieldTypes, Signature } from "../../src/types/ctype.ts";
import { sizeOf } from "../../src/types/layout.ts";
import { typeNames as t } from "../../src/types/names.ts";
import { layoutStruct, layoutUnion } from "../../src/types/records.ts";

export interface Generated {
  /** Structures and unions, each after those that it holds. */
  readonly types: readonly Extract<CType, { kind: "struct" | "union" }>[];
  readonly signatures: readonly Signature[];
}

/** A generator of pseudo-random whole numbers below a bound (mulberry32). */
export function random(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) % below;
  };
}

const integers: readonly CType[] = [t.bool, t.int8, t.uint8, t.int16, t.uint16, t.int32, t.uint32, t.int64, t.uint64];
const floats: readonly CType[] = [t.float32, t.float64];
const scalars: readonly CType[] = [...integers, ...floats, ...floats, ...floats, t.char, t.size_t, t.voidptr];
const largest = 64;

export function generate(count: number, seed: number): Generated {
  const below = random(seed);
  const types: Generated["types"][number][] = [];
  const pick = <T>(list: readonly T[]): T => {
    const found = list[below(list.length)];
    if (found === undefined) throw new Error("an empty list");
    return found;
  };
  const field = (): CType => {
    const kind = below(12);
    if (kind === 0 && types.length > 0) return pick(types);
    if (kind === 1) return pick([t.complex64, t.complex128]);
    if (kind === 2)
      return {
        kind: "array",
        of: types.length > 0 && below(3) === 0 ? pick(types) : pick(scalars),
        length: 1 + below(4),
      };
    return pick(scalars);
  };
  const fields = (): FieldTypes => {
    const one = below(3) === 0 ? pick(floats) : undefined;
    return Object.fromEntries(Array.from({ length: 1 + below(4) }, (_, i) => [`f${i}`, one ?? field()]));
  };
  for (let i = 0; i < count; i++) {
    const type = below(4) === 0 ? layoutUnion(`T${i}`, fields()) : layoutStruct(`T${i}`, fields());
    if (sizeOf(type) <= largest) types.push(type);
  }
  const parameter = (): CType => {
    const kind = below(10);
    return kind < 5 ? pick(types) : kind === 5 ? pick([t.complex64, t.complex128]) : pick(scalars);
  };
  const signatures = Array.from({ length: count }, () => {
    const params = Array.from({ length: below(9) }, () => ({ type: parameter() }));
    return { result: below(8) === 0 ? t.void : parameter(), params, variadic: false };
  });
  return { types, signatures };
}
