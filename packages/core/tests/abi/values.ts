// Bytes that name the value and the position that they belong to, so that a mismatch explains itself; and which bytes
// of a type mean anything, for padding does not. Calls nothing.
import { type CType, isAggregate } from "../../src/types/ctype.ts";
import { sizeOf } from "../../src/types/layout.ts";
import { type Place, type Places, placesOf } from "./places.ts";
import type { Sample } from "./sample.ts";

/** A byte of a value that means something: which, and what C calls the scalar that it belongs to. */
interface MeantByte {
  readonly offset: number;
  /** `.f0[2].re`; empty for a value that is a scalar itself. */
  readonly path: string;
  readonly bool: boolean;
}

const known = new WeakMap<CType, readonly MeantByte[]>();

/** All bytes but padding. Where members of a union overlap, a byte is there once, and a bool wins. */
function meantBytes(type: CType): readonly MeantByte[] {
  const before = known.get(type);
  if (before !== undefined) return before;
  const bytes = new Map<number, MeantByte>();
  const add = (from: number, size: number, path: string, bool = false): void => {
    for (let offset = from; offset < from + size; offset++) {
      if (bytes.get(offset)?.bool !== true) bytes.set(offset, { offset, path, bool });
    }
  };
  const visit = (inner: CType, at: number, path: string): void => {
    switch (inner.kind) {
      case "struct":
      case "union":
        for (const field of inner.fields) visit(field.type, at + field.offset, `${path}.${field.name}`);
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
        add(at, sizeOf(inner), path, inner.kind === "bool");
    }
  };
  visit(type, 0, "");
  const all = [...bytes.values()];
  known.set(type, all);
  return all;
}

/** Value `index` holds, at byte `i`, `67 * (index + 1) + i` modulo 256; a bool holds 0 or 1. */
const byteOf = (index: number, { offset, bool }: MeantByte): number => {
  const named = (67 * (index + 1) + offset) & 255;
  return bool ? named & 1 : named;
};

/** What a caller sends, and a callee returns. */
export function fill(source: Uint8Array, sample: Sample): void {
  const { args, result } = placesOf(sample);
  for (const [index, place] of [...args, ...(result === undefined ? [] : [result])].entries()) {
    for (const byte of meantBytes(place.type)) source[place.at + byte.offset] = byteOf(index, byte);
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
  const scalars = new Map<string, number[]>();
  for (const { path, offset } of meantBytes(type)) scalars.set(path, [...(scalars.get(path) ?? []), at + offset]);
  return [...scalars].flatMap(([path, offsets]) => {
    if (offsets.every((offset) => sent[offset] === received[offset])) return [];
    const text = (from: Uint8Array) => offsets.map((offset) => hex(from[offset])).join(" ");
    return [`${name}${path}: ${text(sent)} ${offsets.length === 1 ? "was" : "were"} sent, ${text(received)} arrived`];
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

const hex = (byte: number | undefined): string => (byte ?? 0).toString(16).padStart(2, "0");
