// @ts-nocheck
// Zero divisors that a test excludes, and the sign of zero, where it shows and where it does not.

//# int32(int32, int32)
export const gcd = (a, b) => {
  while (b !== 0) {
    const rest = a % b;
    a = b;
    b = rest;
  }
  return a;
};
// run: gcd(12, 18) == 6
// run: gcd(-12, 18) == 6
// same: gcd(-8, 4)
// same: gcd(0, 0)
// same: gcd(-2147483648, -1)
// same: gcd(-2147483648, 2147483647)

//# float64(int32, int32)
export const gcdAsFloat = (a, b) => {
  while (b) {
    const rest = a % b;
    a = b;
    b = rest;
  }
  return b;
};
// The zero that ends the loop is returned: its sign shows.
// run: gcdAsFloat(-8, 4) == -0
// run: gcdAsFloat(8, 4) == 0
// run: gcdAsFloat(8, 0) == 0

//# float64(int32)
export const inverse = (n) => {
  const rest = n % 4;
  return 1 / rest;
};
// run: inverse(-8) == -Infinity
// run: inverse(8) == Infinity
// run: inverse(-7) == -1 / 3

//# float64(int32)
export const carried = (n) => {
  let zero = n % 4;
  let copy = 1;
  for (let i = 0; i < 2; i++) {
    copy = zero;
    zero = -zero;
  }
  return copy;
};
// run: carried(-8) == 0
// run: carried(8) == -0
// run: carried(5) == -1

//# float64(int32)
export const throughMinimum = (n) => {
  const rest = n % 2;
  return Math.min(rest, 0);
};
// run: throughMinimum(-2) == -0
// run: throughMinimum(2) == 0

//# int32(int32, int32)
export const dividedUnlessZero = (a, b) => {
  if (b === 0) return -1;
  return (a / b) | 0;
};
// run: dividedUnlessZero(7, 0) == -1
// run: dividedUnlessZero(7, -2) == -3
// run: dividedUnlessZero(-2147483648, -1) == -2147483648

//# float64(float64, float64)
export const quotientUnlessZero = (a, b) => (b ? a / b : 5);
// run: quotientUnlessZero(1, 0) == 5
// run: quotientUnlessZero(1, -0) == 5
// run: quotientUnlessZero(1, NaN) == 5
// same: quotientUnlessZero(1, 5e-324)
// same: quotientUnlessZero(-0, 3)

//# int32(int32)
export const evenSteps = (n) => {
  let count = 0;
  for (let i = -n; i < n; i++) if (i % 2 === 0) count++;
  return count;
};
// run: evenSteps(5) == 5

//# float64(int32)
export const updatedZero = (n) => {
  let rest = n % 4;
  const before = rest++;
  return before;
};
// run: updatedZero(-4) == -0
// run: updatedZero(4) == 0

//# float64(int32)
export const assignedZero = (n) => {
  let rest = 1;
  const given = (rest = n % 4);
  return rest === 0 ? given : 7;
};
// run: assignedZero(-4) == -0
// run: assignedZero(5) == 7

//# void(CPointer(float64), CPointer(int32), int32)
export const storedZero = (x, y, n) => {
  const rest = n % 4;
  x[0] = rest;
  y[0] = rest;
};
// same: storedZero(Float64Array.of(1), Int32Array.of(1), -4)
