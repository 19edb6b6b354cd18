// Who calls whom: for a sample, every ordered pair of sides exchanges its values twice, in a direct call and through a
// function pointer that is called back. Calls nothing itself.
import type { Sample } from "./sample.ts";

/** Whose code meets: `cfunc` is compiled code, `typescript` calls with `load`'s thunks and is called as a closure. */
export type SideName = "gcc" | "clang" | "cfunc" | "typescript";

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
  return samples.flatMap(({ signature: { variadic }, typescript, without }, sample) => {
    const agreeing = sides.filter(
      (side) => side !== without?.side && (side !== "typescript" || (typescript === true && !variadic)),
    );
    return agreeing.flatMap((from) =>
      agreeing.flatMap((to): Exchange[] => [
        // a variadic callee exists in C alone; cfunc's relay calls one back like any other
        ...((variadic && to === "cfunc") || (from === "typescript" && to === "typescript")
          ? []
          : [{ sample, from, to, how: "call" } as const]),
        // a closure that only hands on what it is given is two calls that are there already
        ...(to === "typescript" ? [] : [{ sample, from, to, how: "callback" } as const]),
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
