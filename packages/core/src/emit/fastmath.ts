// Fast math, by choice: the LLVM flags that a function's float operations carry, and the vector forms that libm's
// functions have in libmvec. Off unless asked for, because results are no longer JavaScript's.
import type { MathOp } from "../ir/ir.ts";

/** LLVM's fast-math flags, each with what it allows (LLVM Language Reference, "Fast-Math Flags"). */
export const fastMathFlags = {
  nnan: "assume that no operand or result is NaN",
  ninf: "assume that no operand or result is infinite",
  nsz: "ignore the sign of zero",
  arcp: "multiply by a reciprocal instead of dividing",
  contract: "fuse a multiplication and an addition",
  afn: "approximate functions of Math, with libmvec's vector forms where they are",
  reassoc: "change the order of sums and products",
} as const;

export type FastMathFlag = keyof typeof fastMathFlags;

export const everyFlag = Object.keys(fastMathFlags) as readonly FastMathFlag[];

/** libm functions of one and of two arguments that libmvec has for 4 doubles (AVX2) and 8 (AVX-512). */
const unary: ReadonlySet<string> = new Set<MathOp>([
  ...(["sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh"] as const),
  ...(["exp", "expm1", "log", "log1p", "log10", "log2", "cbrt"] as const),
]);
const binary: ReadonlySet<string> = new Set<MathOp>(["atan2", "hypot", "pow"]);

export interface VectorForms {
  /** The attribute that tells LLVM's vectoriser of them. */
  readonly attribute: string;
  readonly declares: readonly string[];
  readonly symbols: readonly string[];
}

/** The vector forms of a libm function on a processor with these features, or undefined where there are none. */
export function vectorForms(name: MathOp, features: string): VectorForms | undefined {
  const shape = unary.has(name) ? "v" : binary.has(name) ? "vv" : undefined;
  if (shape === undefined) return undefined;
  const has = (feature: string) => features.split(",").includes(`+${feature}`);
  const isas = [
    ...(has("avx2") ? [{ letter: "d", lanes: 4 }] : []),
    ...(has("avx512f") ? [{ letter: "e", lanes: 8 }] : []),
  ];
  if (isas.length === 0) return undefined;
  const forms = isas.map(({ letter, lanes }) => ({ lanes, symbol: `_ZGV${letter}N${lanes}${shape}_${name}` }));
  const mappings = forms.map(({ lanes, symbol }) => `_ZGV_LLVM_N${lanes}${shape}_${name}(${symbol})`);
  return {
    attribute: `"vector-function-abi-variant"="${mappings.join(",")}"`,
    declares: forms.map(({ lanes, symbol }) => {
      const vector = `<${lanes} x double>`;
      return `declare ${vector} @${symbol}(${shape === "v" ? vector : `${vector}, ${vector}`})`;
    }),
    symbols: forms.map(({ symbol }) => symbol),
  };
}
