// @ts-nocheck
// Assignments to elements, inside expressions whose value is known without them.

//# int32(CPointer(uint8))
export const storedInIndex = (r) => {
  r[(r[1] = 0) & 7];
  return r[1];
};
// run: storedInIndex(new Uint8Array([5, 6])) == 0

//# void(CPointer(float64))
export const storedUnderNot = (p) => {
  ~(p[0] %= 0);
};
// same: storedUnderNot(new Float64Array([5]))

//# float64(CPointer(uint8), int32)
export const valueBeforeConversion = (r, n) => {
  const v = (r[n & 1] += -1e20);
  const w = r[0]++;
  return v + w + --r[1];
};
// same: valueBeforeConversion(new Uint8Array([5, 0]), 0)
// same: valueBeforeConversion(new Uint8Array([255, 0]), 1)

//# bool(CPointer(int32))
export const storedInPredicate = (q) => Number.isInteger((q[0] = 3)) && !Number.isNaN(q[1]++);
// same: storedInPredicate(new Int32Array(2))
