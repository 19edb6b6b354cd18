// How large and how deep the description of a type is, so that a text of a few lines cannot build one that nobody could
// print or walk: `typedef void (*g)(f, f);` doubles what `f` is. Structures and unions count as their names. Pure.
import type { CType } from "../types/ctype.ts";

interface Weight {
  readonly size: number;
  readonly depth: number;
}

const largest: Weight = { size: 50_000, depth: 100 };
/** What is smaller is measured anew each time: remembering millions of small types costs more. */
const worthRemembering: Weight = { size: 16, depth: 8 };
const known = new WeakMap<CType, Weight>();
const leaf: Weight = { size: 1, depth: 1 };

/** Whether the type is small enough to be used. Its parts have been asked about before. */
export function isBearable(type: CType): boolean {
  const { size, depth } = weightOf(type);
  return size <= largest.size && depth <= largest.depth;
}

function weightOf(type: CType): Weight {
  const parts = partsOf(type);
  if (parts.length === 0) return leaf;
  const found = known.get(type);
  if (found !== undefined) return found;
  let size = 1;
  let depth = 0;
  for (const part of parts) {
    const weight = weightOf(part);
    size += weight.size;
    depth = Math.max(depth, weight.depth);
  }
  // Structures are printed by name, but laid out and copied member by member.
  const weight = { size: isRecord(type) ? 1 : size, depth: depth + 1 };
  if (size > worthRemembering.size || depth > worthRemembering.depth) known.set(type, weight);
  return weight;
}

const isRecord = ({ kind }: CType): boolean => kind === "struct" || kind === "union";

function partsOf(type: CType): readonly CType[] {
  switch (type.kind) {
    case "pointer":
      return isRecord(type.to) ? [] : [type.to];
    case "array":
      return [type.of];
    case "struct":
    case "union":
      return type.fields.map((field) => field.type);
    case "function":
      return [type.signature.result, ...type.signature.params.map((param) => param.type)];
    default:
      return [];
  }
}
