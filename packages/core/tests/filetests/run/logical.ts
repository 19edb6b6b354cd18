// @ts-nocheck
// `&&`, `||`, `!` and `?:` as values, as conditions and for their effects.

//# float64(float64, float64, float64)
export const nestedAnd = (x, y, z) => (x && y) && z;
// run: nestedAnd(0, 2, 3) == 0
// run: nestedAnd(-0, 2, 3) == -0
// run: nestedAnd(NaN, 2, 3) == NaN
// run: nestedAnd(1, 0.5, 3) == 3

//# float64(float64, int32, float64)
export const andOr = (x, y, z) => (x && y) || z;
// run: andOr(0, 2, 3) == 3
// run: andOr(1, 2, 3) == 2
// run: andOr(NaN, 2, NaN) == NaN
// The left side is always truthy, and of another kind than the right one.

//# bool(int32)
export const knownLeft = (n) => 5 && n > 3;
// run: knownLeft(4) == true

//# int32(int32)
export const knownCondition = (n) => {
  let v = 1;
  n !== 0.5 && (v = n * 2);
  n === 0.5 || (v += 1);
  return v;
};
// run: knownCondition(4) == 9

//# int32(int32, int32)
export const minified = (n, m) => {
  let s = 0;
  n > 3 && (s = 1);
  m > 3 || (s += 10);
  n > m ? (s += 100) : s++;
  return n < 0 && (s = -1, n++), s;
};
// run: minified(4, 2) == 111
// run: minified(1, 5) == 1
// run: minified(-1, 5) == -1

//# void(CPointer(float64), int32)
export const storesOnOneSide = (p, n) => {
  n > 0 ? (p[0] = n) : n;
  n === 2 && (p[1] = 7);
};
// same: storesOnOneSide(new Float64Array(2), 2)
// same: storesOnOneSide(new Float64Array(2), -2)

//# bool(float64, float64)
export const mixedInCondition = (x, y) => {
  if (x && y > 2) return true;
  return !(x || y < 1);
};
// run: mixedInCondition(1, 3) == true
// run: mixedInCondition(NaN, 3) == true
// run: mixedInCondition(0, 0) == false

//# float64(float64, float64)
export const mixedValue = (x, y) => {
  return x && y > 2; // error: CF2011
};
