// What one test exchanges: a signature, and what one call of it passes. Samples are plain data, so that they travel to
// other processes as JSON. Never says how anything is passed.
import type { CType, Signature } from "../../src/types/ctype.ts";
import { type Aggregate, isRecord } from "./record.ts";

export interface Sample {
  /** Names the sample in messages: `seed 17`, `four floats in a nested array`. */
  readonly name: string;
  readonly signature: Signature;
  /** The types that a call of a variadic function passes after its parameters; none elsewhere. */
  readonly extra: readonly CType[];
  /** Whether TypeScript is a side too, which takes longer. */
  readonly typescript?: boolean;
  /** Where the compilers of C do not agree: the one that we do not follow, which the sample leaves out, and why. */
  readonly without?: { readonly side: "gcc" | "clang"; readonly reason: string };
}

/** The types of all that a call passes. */
export const argumentsOf = ({ signature, extra }: Sample): readonly CType[] => [
  ...signature.params.map(({ type }) => type),
  ...extra,
];

/** What a relay takes: the function pointer, then everything that its call is given. */
export function relayedSignature(sample: Sample): Signature {
  const { signature } = sample;
  const back: CType = { kind: "pointer", to: { kind: "function", signature }, constant: false };
  const params = [back, ...argumentsOf(sample)].map((type) => ({ type }));
  return { result: signature.result, params, variadic: false };
}

/** Structures and unions by their names, each after those that it holds. */
export function aggregatesOf(samples: readonly Sample[]): ReadonlyMap<string, Aggregate> {
  const found = new Map<string, Aggregate>();
  const visit = (type: CType): void => {
    switch (type.kind) {
      case "struct":
      case "union":
        if (found.has(type.name)) return;
        if (!isRecord(type)) throw new Error(`${type.name} has no definition`);
        for (const member of type.definition.members) visit(member.type);
        found.set(type.name, type);
        return;
      case "array":
        visit(type.of);
        return;
      case "pointer":
        visit(type.to);
        return;
      case "function":
        for (const { type: param } of type.signature.params) visit(param);
        visit(type.signature.result);
    }
  };
  for (const sample of samples) for (const type of [...argumentsOf(sample), sample.signature.result]) visit(type);
  return found;
}
