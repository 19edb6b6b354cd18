// @ts-nocheck
// C types at the boundary: narrow integers extended, float and bool, pointers, calls through function pointers.
const twice = (x) => x * 2;

//# uint8(int8, uint16, bool)
export const narrow = (a, b, c) => (c ? a + b : a - b);
// run: narrow(-1, 65535, true) == 254

//# float32(float32, float64)
export const floats = (a, b) => a + b;
// run: floats(0.5, 0.1) == Math.fround(0.6)

//# bool(bool)
export const negates = (b) => !b;
// run: negates(true) == false

//# void(CPointer(int16), CPointer(uint8), int32)
export const stores = (p, q, n) => {
  p[0] = n;
  q[n & 3] += n;
};
// same: stores(new Int16Array(1), new Uint8Array(4), 70001)

//# float64(float64)
export const callsPlain = (x) => twice(x) + Math.hypot(x, 1);
// near: callsPlain(3)

//# int32(CFunction(int32(uint8, float32)), int32)
export const callsPointer = (f, n) => f(n, 0.1) + 1;

//# size_t(size_t, intp)
export const sizes = (n, k) => n * 2 + k;
// run: sizes(5, -3) == 7
