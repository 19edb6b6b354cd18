// @ts-nocheck
// Where the checker's bounds show: at the edges of 32 bits, 2^53, the sign of zero, NaN.
const half = (n) => n / 2;

//# float64(int32, int32)
export const product = (a, b) => a * b;
// run: product(2147483647, 2147483647) == 4611686014132420609
// run: product(-1, 0) == -0

//# int32(int32, int32)
export const wrappedProduct = (a, b) => (a * b) | 0;
// run: wrappedProduct(2147483647, 2147483647) == 0
// run: wrappedProduct(46341, 46341) == -2147479015

//# int32(int32, int32)
export const imul = (a, b) => Math.imul(a, b);
// run: imul(2147483647, 2147483647) == 1

//# float64(uint32, uint32)
export const sum = (a, b) => a + b;
// run: sum(4294967295, 4294967295) == 8589934590

//# float64(int32)
export const negated = (n) => -n;
// run: negated(0) == -0
// run: negated(-2147483648) == 2147483648

//# float64(int32, int32)
export const remainder = (a, b) => a % b;
// run: remainder(-4, 2) == -0
// run: remainder(5, 0) == NaN
// run: remainder(-2147483648, -1) == -0

//# int32(int32, int32)
export const truncated = (a, b) => (a / b) | 0;
// run: truncated(-7, 2) == -3
// run: truncated(7, 0) == 0
// run: truncated(-2147483648, -1) == -2147483648

//# float64(int32)
export const halves = (n) => half(n) + half(n + 1);
// run: halves(1) == 1.5

//# float64(float64)
export const clampedToByte = (x) => Math.min(Math.max(x, 0), 255);
// run: clampedToByte(NaN) == NaN
// run: clampedToByte(-0) == 0
// run: clampedToByte(300) == 255

//# uint8(int32)
export const wraps = (n) => n;
// run: wraps(-1) == 255
// run: wraps(256) == 0

//# float64(int32)
export const sums = (n) => {
  let s = 0;
  for (let i = 0; i < n; i++) s += i * i;
  return s;
};
// run: sums(1000) == 332833500
// run: sums(300000) == 8999955000050000

//# float64(int32)
export const factorial = (n) => {
  let f = 1;
  for (let i = 2; i <= n; i++) f *= i;
  return f;
};
// run: factorial(20) == 2432902008176640000
// run: factorial(170) == 7.257415615307994e306

//# int32(int32)
export const collatz = (n) => {
  let steps = 0;
  while (n !== 1 && steps < 1000) {
    n = n % 2 === 0 ? n / 2 : 3 * n + 1;
    steps++;
  }
  return steps;
};
// run: collatz(27) == 111
// run: collatz(113383) == 247

//# float64(int32)
export const shifted = (n) => (n >>> 0) + (n >> 31) + (1 << n);
// run: shifted(-1) == 2147483646
// run: shifted(32) == 33
