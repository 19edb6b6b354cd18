// @ts-nocheck
// Which registers numbers get: compare with representations.ir.

//# int32(int32, int32)
export const counts = (n, m) => {
  let s = 0;
  for (let i = 0; i < n; i++) if (i % 3 === 0) s += m & 7;
  return s;
};
// run: counts(10, 15) == 28

//# float64(float64)
export const integrand = (t) => Math.exp(-t) / (t * t);
// near: integrand(1.5)

//# float64(CPointer(float64), intp)
export const total = (p, n) => {
  let s = 0;
  for (let i = 0; i < n; i++) s += p[i];
  return s;
};
// run: total(new Float64Array([1, 2, 3.5]), 3) == 6.5

//# uint32(uint32)
export const hash = (h) => Math.imul(h ^ (h >>> 16), 0x45d9f3b) >>> 0;
// run: hash(12345) == 2259911715

//# int64(int64, uint64)
export const bigints = (a, b) => BigInt.asIntN(64, a * 3n + b);
// run: bigints(2n, 18446744073709551615n) == 5n

//# bool(int32, float64)
export const compares = (n, x) => n < x && (n !== 3 || x > 2.5);
// run: compares(3, 4) == true
