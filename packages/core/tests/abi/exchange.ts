// Who calls whom: for a sample, every ordered pair of sides exchanges its values twice, in a direct call and through a
// function pointer that is called back. Calls nothing itself.
import type { Sample } from "./sample.ts";

/** The compilers whose code meets: `cfunc` is ours. */
export const sideNames = ["gcc", "clang", "cfunc"] as const;
export type SideName = (typeof sideNames)[number];

export interface Exchange {
  /** The index of the sample. */
  readonly sample: number;
  readonly from: SideName;
  readonly to: SideName;
  /** `call`: caller to callee. `callback`: the other side's relay in between, which calls back. */
  readonly how: "call" | "callback";
}

/** What went wrong in one exchange, in words. */
export interface Mismatch extends Exchange {
  readonly lines: readonly string[];
}

/** A function of a side. */
export interface FunctionName {
  readonly side: SideName;
  readonly symbol: string;
}

/** All exchanges of the samples between the sides that are there. */
export function exchangesOf(samples: readonly Sample[], sides: readonly SideName[]): readonly Exchange[] {
  return samples.flatMap(({ signature: { variadic }, without }, sample) => {
    const agreeing = sides.filter((side) => side !== without?.side);
    return agreeing.flatMap((from) =>
      agreeing.flatMap((to): Exchange[] => [
        // a variadic callee exists in C alone; cfunc's relay calls one back like any other
        ...(variadic && to === "cfunc" ? [] : [{ sample, from, to, how: "call" } as const]),
        { sample, from, to, how: "callback" },
      ]),
    );
  });
}

/** The function that starts the exchange, what it calls, and what that calls back. */
export function partsOf(
  { sample, from, to, how }: Exchange,
  samples: readonly Sample[],
): { readonly caller: FunctionName; readonly target: FunctionName; readonly back: FunctionName } {
  const variadic = samples[sample]?.signature.variadic === true;
  const back = { side: variadic && from === "cfunc" ? "gcc" : from, symbol: `callee_${sample}` } as const;
  if (how === "call") {
    return {
      caller: { side: from, symbol: `caller_${sample}` },
      target: { side: to, symbol: `callee_${sample}` },
      back,
    };
  }
  return { caller: { side: from, symbol: `through_${sample}` }, target: { side: to, symbol: `relay_${sample}` }, back };
}

/** `gcc calls cfunc, which calls back`. */
export const exchangeText = ({ from, to, how }: Exchange): string =>
  `${from} calls ${to}${how === "callback" ? ", which calls back" : ""}`;
