// @ts-nocheck
// Bigints at the edges of 64 bits.

//# int64(int64)
export const shiftedOut = (x) => (x >> 100n) + (0n << 70n) + (x >> 64n);
// run: shiftedOut(5n) == 0n
// run: shiftedOut(-5n) == -2n

//# int64(int64, int64)
export const remainder = (x, y) => (y < 0n ? x % y : 0n);
// run: remainder(-9223372036854775808n, -1n) == 0n
// run: remainder(-7n, -3n) == -1n

//# int64(int64, int64)
export const quotient = (x, y) => (y > 0n ? x / y : 0n);
// run: quotient(-9223372036854775808n, 1n) == -9223372036854775808n
// run: quotient(-7n, 2n) == -3n

//# uint64(uint64, uint64)
export const unsignedQuotient = (x, y) => (y !== 0n ? x / y : 0n);
// run: unsignedQuotient(18446744073709551615n, 3n) == 6148914691236517205n

//# int64(uint64, int64)
export const mixedQuotient = (x, y) => x / y;
// run: mixedQuotient(18446744073709551615n, -1n) == 1n
// run: mixedQuotient(18446744073709551615n, -9223372036854775808n) == -1n
// same: mixedQuotient(1n, 0n)

//# int64(int64, int64)
export const wideRemainder = (x, y) => (x * y + 5n) % (x - y);
// run: wideRemainder(9223372036854775807n, -9223372036854775808n) == 4611686018427387910n
// same: wideRemainder(3n, 3n)

//# int32(int64, int64)
export const quotientDropped = (x, y) => (x / y, 5);
// run: quotientDropped(1n, 1n) == 5
// same: quotientDropped(1n, 0n)

//# int64(int64)
export const dividedOnNoPath = (x) => {
  let zero = 0n;
  return zero === 0n ? 1n : x / zero;
};
// run: dividedOnNoPath(5n) == 1n

//# int64(int64)
export const dividedByFalse = (x) => {
  let zero = 0n;
  return zero ? x % zero : 2n;
};
// run: dividedByFalse(5n) == 2n

//# int64(int64)
export const counts = (n) => {
  let i = 0n;
  let s = 0n;
  for (; i < 5n; i++) s = BigInt.asIntN(64, s + n--);
  return s * 100n + --i;
};
// run: counts(10n) == 4004n

//# int64(CPointer(int64), int32)
export const total = (p, n) => {
  let s = 0n;
  for (let i = 0; i < n; i++) s += p[i];
  return s;
};
// run: total(new BigInt64Array([9223372036854775807n, 9223372036854775807n, 2n]), 3) == 0n
// run: total(new BigInt64Array([-1n, 5n]), 2) == 4n

//# int64(int64)
export const doubled = (n) => {
  let s = 1n; // error: CF2012
  for (let i = 0; i < 70; i++) s += s;
  return s;
};
