// Bytes that name the value and the position that they belong to, so that a mismatch explains itself; and which bytes
// of a type mean anything, for padding does not. Calls nothing.
import { type BitRange, type CType, isAggregate } from "../../src/types/ctype.ts";
import { sizeOf } from "../../src/types/layout.ts";
import { type Place, type Places, placesOf } from "./places.ts";
import type { Sample } from "./sample.ts";

/** Bits of a byte of a value that mean something, and what C calls the scalar that they belong to. */
interface MeantByte {
  readonly offset: number;
  readonly mask: number;
  /** `.f0[2].re`; empty for a value that is a scalar itself. */
  readonly path: string;
}
interface Meaning {
  readonly bytes: readonly MeantByte[];
  /** Offsets of bytes that hold 0 or 1. */
  readonly bools: ReadonlySet<number>;
  /** Offsets of the highest bytes of pointers and of integers that are numbers in TypeScript. */
  readonly high: ReadonlySet<number>;
}

const known = new WeakMap<CType, Meaning>();

/** All but padding; where members of a union overlap, all that one of them means. */
function meaningOf(type: CType): Meaning {
  const before = known.get(type);
  if (before !== undefined) return before;
  const bytes: MeantByte[] = [];
  const bools = new Set<number>();
  const high = new Set<number>();
  const add = (from: number, size: number, path: string): void => {
    for (let offset = from; offset < from + size; offset++) bytes.push({ offset, mask: 255, path });
  };
  const visit = (inner: CType, at: number, path: string): void => {
    switch (inner.kind) {
      case "struct":
      case "union":
        for (const { name, type: of, offset, bits } of inner.fields) {
          if (bits === undefined) visit(of, at + offset, `${path}.${name}`);
          else bytes.push(...bitField(at + offset, bits, `${path}.${name}`));
        }
        return;
      case "array":
        for (let i = 0; i < inner.length; i++) visit(inner.of, at + i * sizeOf(inner.of), `${path}[${i}]`);
        return;
      case "complex": {
        const half = sizeOf(inner) / 2;
        add(at, half, `${path}.re`);
        add(at + half, half, `${path}.im`);
        return;
      }
      default:
        add(at, sizeOf(inner), path);
        if (inner.kind === "bool") bools.add(at);
        if (inner.kind === "pointer" || (inner.kind === "int" && inner.bits === 64 && inner.js === "number"))
          for (let i = 5; i < 8; i++) high.add(at + i);
    }
  };
  visit(type, 0, "");
  const meaning = { bytes, bools, high };
  known.set(type, meaning);
  return meaning;
}

function bitField(offset: number, { at, width }: BitRange, path: string): MeantByte[] {
  return Array.from({ length: Math.ceil((at + width) / 8) }, (_, i) => {
    const [first, end] = [Math.max(at - 8 * i, 0), Math.min(at + width - 8 * i, 8)];
    return { offset: offset + i, mask: (255 >> (8 - end)) & (255 << first), path };
  });
}

/**
 * What a caller sends, and a callee returns: value `index` holds, at byte `i`, `67 * (index + 1) + i` modulo 255; a bool 0 or 1. Without a byte 255 no float is a
 * NaN, whose bits JavaScript may change. With TypeScript pointers and sizes are below 2^40: it takes no others.
 */
export function fill(source: Uint8Array, sample: Sample): void {
  const { args, result } = placesOf(sample);
  for (const [index, { type, at }] of [...args, ...(result === undefined ? [] : [result])].entries()) {
    const { bytes, bools, high } = meaningOf(type);
    for (const { offset, mask } of bytes) {
      if (sample.typescript === true && high.has(offset)) continue;
      const named = ((67 * (index + 1) + offset) % 255) & (bools.has(offset) ? 1 : mask);
      source[at + offset] = (source[at + offset] ?? 0) | named;
    }
  }
}

/** What arrived wrong, one line for each scalar: `p2.f1: 25 26 27 28 were sent, 25 26 00 00 arrived`. */
export function differences(
  sent: Uint8Array,
  received: Uint8Array,
  sample: Sample,
  places = placesOf(sample),
): string[] {
  const all: readonly (readonly [string, Place])[] = named(places);
  return all.flatMap(([name, place]) => [
    ...ofValue(sent, received, name, place),
    ...ofWide(sent, received, name, place),
  ]);
}

const named = ({ args, result }: Places): (readonly [string, Place])[] => [
  ...args.map((place, i) => [`p${i}`, place] as const),
  ...(result === undefined ? [] : [["the result", result] as const]),
];

function ofValue(sent: Uint8Array, received: Uint8Array, name: string, { type, at }: Place): string[] {
  const scalars = new Map<string, MeantByte[]>();
  for (const byte of meaningOf(type).bytes) {
    const known = scalars.get(byte.path);
    if (known === undefined) scalars.set(byte.path, [byte]);
    else known.push(byte);
  }
  return [...scalars].flatMap(([path, bytes]) => {
    const of = (from: Uint8Array) => bytes.map(({ offset, mask }) => hex((from[at + offset] ?? 0) & mask)).join(" ");
    const [was, is] = [of(sent), of(received)];
    return was === is ? [] : [`${name}${path}: ${was} ${bytes.length === 1 ? "was" : "were"} sent, ${is} arrived`];
  });
}

/** A small integer also has to arrive as one: extended by its sign or by zeros, whoever does that. */
function ofWide(sent: Uint8Array, received: Uint8Array, name: string, { type, at, wide }: Place): string[] {
  if (wide === undefined || isAggregate(type)) return [];
  const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset);
  const bits = 8 * sizeOf(type);
  const words = view(sent).getBigUint64(at, true);
  const expected = type.kind === "int" && type.signed ? BigInt.asIntN(bits, words) : BigInt.asUintN(bits, words);
  const found = view(received).getBigInt64(wide, true);
  return BigInt.asIntN(64, expected) === found ? [] : [`${name}: ${expected} was sent, its register holds ${found}`];
}

const hex = (byte: number): string => byte.toString(16).padStart(2, "0");
