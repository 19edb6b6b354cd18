// What every function of `Math` takes and gives. One line a function; `lower/math.ts` says how each is computed.
import { anyInt32, anyNumber, integers, type NumberFact, number } from "./fact.ts";

interface MathFunction {
  /** Fewest and most arguments. */
  readonly arity: readonly [number, number];
  readonly result: (args: readonly NumberFact[]) => NumberFact;
}

const any = () => anyNumber;
const one = (result: (x: NumberFact) => NumberFact): MathFunction => ({
  arity: [1, 1],
  result: ([x]) => result(x ?? anyNumber),
});
/** Sine and cosine: NaN for infinities only. */
const wave = one((x) => number(-1, 1, false, true, x.nan || x.lo === -Infinity || x.hi === Infinity));
/** A monotone function to integers. */
const rounding = (f: (x: number) => number, negativeZero: (x: NumberFact) => boolean) =>
  one((x) => number(f(x.lo) + 0, f(x.hi) + 0, true, x.negativeZero || negativeZero(x), x.nan));
const extreme = (f: (x: number, y: number) => number, empty: number): MathFunction => ({
  arity: [0, 255],
  result: (args) =>
    args.length === 0
      ? number(empty, empty, false)
      : args.reduce((a, b) =>
          number(
            f(a.lo, b.lo),
            f(a.hi, b.hi),
            a.integer && b.integer,
            a.negativeZero || b.negativeZero,
            a.nan || b.nan,
          ),
        ),
});

export const mathFunctions: Readonly<Record<string, MathFunction>> = {
  abs: one((x) => {
    const most = Math.max(Math.abs(x.lo), Math.abs(x.hi));
    const least = x.lo <= 0 && x.hi >= 0 ? 0 : Math.min(Math.abs(x.lo), Math.abs(x.hi));
    return number(least, most, x.integer, false, x.nan);
  }),
  ceil: rounding(Math.ceil, (x) => !x.integer && x.lo < 0),
  floor: rounding(Math.floor, () => false),
  round: rounding(Math.round, (x) => !x.integer && x.lo < 0),
  trunc: rounding(Math.trunc, (x) => !x.integer && x.lo < 0),
  sign: one((x) => number(x.lo < 0 ? -1 : 0, x.hi > 0 ? 1 : 0, true, x.negativeZero, x.nan)),
  sqrt: one((x) =>
    x.lo >= 0
      ? number(Math.sqrt(x.lo), Math.sqrt(x.hi), false, x.negativeZero, x.nan)
      : number(0, Infinity, false, true, true),
  ),
  fround: one((x) =>
    number(Math.fround(x.lo), Math.fround(x.hi), x.integer, x.negativeZero || (!x.integer && x.lo < 0), x.nan),
  ),
  clz32: one(() => integers(0, 32)),
  imul: { arity: [2, 2], result: () => anyInt32 },
  min: extreme(Math.min, Infinity),
  max: extreme(Math.max, -Infinity),
  hypot: {
    arity: [0, 255],
    result: (args) =>
      number(
        0,
        Infinity,
        false,
        false,
        args.some((x) => x.nan),
      ),
  },
  sin: wave,
  cos: wave,
  tanh: one((x) => number(-1, 1, false, true, x.nan)),
  exp: one((x) => number(0, Infinity, false, false, x.nan)),
  pow: { arity: [2, 2], result: any },
  atan2: { arity: [2, 2], result: any },
  ...Object.fromEntries(
    [
      "acos",
      "acosh",
      "asin",
      "asinh",
      "atan",
      "atanh",
      "cbrt",
      "cosh",
      "expm1",
      "log",
      "log10",
      "log1p",
      "log2",
      "sinh",
      "tan",
    ].map((name) => [name, one(any)]),
  ),
};

/** Functions of `Math` that have no compiled form, each with the reason. */
export const rejectedMath: Readonly<Record<string, string>> = {
  random:
    "a compiled function keeps no generator; pass a seed and compute the next value, for example xorshift32 with `<<` and `>>>`",
};
