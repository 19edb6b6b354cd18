// @ts-nocheck
// What comparisons say about values, and what they do not.
const NOT = NaN;

//# int32(uint32, float64)
export const unequalToNan = (n, x) => {
  if (n !== NOT) return n === 0 ? 5 : 6;
  return 7;
};
// run: unequalToNan(0, 1) == 5
// run: unequalToNan(1, 1) == 6

//# float64(int32)
export const negativeZeroBound = (n) => {
  if (n >= -0 && n <= 0) return 1 / n;
  return 2;
};
// run: negativeZeroBound(0) == Infinity

//# float64(int32)
export const tripled = (n) => {
  let i = 1;
  let s = 0;
  for (let k = 0; k < n; k++) s = i *= 3;
  return s;
};
// run: tripled(60) == 42391158275216200000000000000

//# float64(CPointer(float64), int32)
export const indexAndValue = (p, n) => {
  let i = 1;
  let s = 0;
  for (let k = 0; k < n; k++) {
    if (k < 2) s += p[i];
    s = i *= 3;
  }
  return s;
};
// same: indexAndValue(new Float64Array(8), 60)

//# bool(bool, int32)
export const booleanIsNoNumber = (b, n) => {
  return b === n; // error: CF2011
};

//# int32(int8)
export const integerIsNoFraction = (n) => {
  if (1.5 !== n) return n <= 1.5 ? 1 : 2;
  return (n <= n) * 5;
};
// run: integerIsNoFraction(1) == 1
// run: integerIsNoFraction(2) == 2
