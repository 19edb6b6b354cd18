// Numbers to 64-bit integers modulo 2^64, as a TypedArray store would do it if one took numbers. Pure.

/** The integer part of `value` modulo 2^64, as an exact double in the range of int64 or uint64; NaN and infinities are 0. */
export function wrapWord(value: number, signed: boolean): number {
  if (Number.isSafeInteger(value) && (signed || value >= 0)) return value;
  if (!Number.isFinite(value)) return 0;
  const integer = BigInt(Math.trunc(value));
  return Number(signed ? BigInt.asIntN(64, integer) : BigInt.asUintN(64, integer));
}
