// @ts-nocheck
// Calls of captured functions: once for each kind of arguments, recursion, functions that never return.
const twice = (x) => x * 2;
const isEven = (n) => (n === 0 ? true : isOdd(n - 1));
const isOdd = (n) => (n === 0 ? false : isEven(n - 1));
const even = (n) => n === 0 || odd(n - 1);
const odd = (n) => n !== 0 && even(n - 1);
const spins = (n) => { for (;;) n++; };
const store = (p, v) => { p[0] = v; };
const ackermann = (m, n) => (m === 0 ? n + 1 : n === 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1)));
const Ā = (x) => x + 1;
const ā = (x) => x + 2;

//# bool(int32)
export const mutual = (n) => isEven(n);
// run: mutual(10) == true
// run: mutual(7) == false

//# bool(int32)
export const mutualLogical = (n) => even(n);
// run: mutualLogical(10) == true
// run: mutualLogical(7) == false

//# int32(int32)
export const deep = (n) => ackermann(2, n);
// run: deep(3) == 9

//# int32(int32)
export const neverReturns = (n) => {
  let s = 0;
  for (let i = 0; i < n; i++) {
    if (i > 100) spins(i);
    s += i;
  }
  return s;
};
// run: neverReturns(5) == 10

//# int32(int32)
export const callsItselfAlways = (n) => forever(n);
const forever = (n) => forever(n + 1); // error: CF2010

//# int32(int32)
export const waitsForItsCaller = (n) => down(n);
const down = (n) => (n <= 0 ? 1 : again(n - 1));
const again = (n) => down(n);
// run: waitsForItsCaller(4) == 1

//# int32(CPointer(int32), int32)
export const extraArguments = (p, n) => {
  const v = twice(n, store(p, 5), (n += 1));
  return v + n + p[0];
};
// run: extraArguments(new Int32Array(1), 3) == 15

//# void(CPointer(int32), int32)
export const voidBranches = (p, n) => {
  n > 0 ? store(p, n) : store(p, -1);
  n === 2 && store(p, 7);
};
// same: voidBranches(new Int32Array(1), 3)
// same: voidBranches(new Int32Array(1), 2)
// same: voidBranches(new Int32Array(1), -2)

//# void(CPointer(int32), int32)
export const returnsVoidCall = (p, n) => (n > 0 ? store(p, n) : n);
// same: returnsVoidCall(new Int32Array(1), 3)

//# float64(float64)
export const unicodeNames = (x) => Ā(x) * 10 + ā(x);
// run: unicodeNames(1) == 23

//# float64(CPointer(float64), CPointer(const float64))
export const constAndNot = (p, q) => {
  return constFirst(p) + constFirst(q);
};
const constFirst = (p) => {
  p[0] = 1; // error: CF2018
  return p[0];
};
