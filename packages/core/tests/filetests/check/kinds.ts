// @ts-nocheck
// Kinds of values: what mixes, what converts, what is refused.
const Color = { Red: 1, Green: 2 };
const big = 5n;
const text = "text";
const plain = (a, b) => a + b;
let nothing;

//# int64(int64)
export const mixes = (n) => n + 1; // error: CF2003

//# int64(int64)
export const assignsOther = (n) => {
  let s = 0;
  s = n; // error: CF2003
  return s;
};

//# int64(int64)
export const explicit = (n) => n + BigInt(2) * big;
// run: explicit(1n) == 11n

//# int32(int64)
export const returnsBigint = (n) => n; // error: CF2017

//# int64(int32)
export const returnsNumber = (n) => n; // error: CF2017

//# float64(int64)
export const narrows = (n) => Number(n) / 2;
// run: narrows(3n) == 1.5

//# int32(bool, int32)
export const eitherKind = (b, n) => (b ? n : b); // error: CF2011

//# bool(float64)
export const numberAsBool = (x) => x;
// run: numberAsBool(NaN) == false
// run: numberAsBool(-0) == false
// run: numberAsBool(0.5) == true

//# int32(CPointer(float64))
export const addsPointer = (p) => p + 1; // error: CF2011

//# int32(CPointer(float64))
export const unknownMember = (p) => p.length; // error: CF2008

//# int32(int32)
export const enumMember = (n) => n + Color.Green;
// run: enumMember(1) == 3

//# int32(int32)
export const noMember = (n) => n + Color.Blue; // error: CF2008

//# int32(int32)
export const unknownName = (n) => n + missing; // error: CF2001

//# int32(int32)
export const undefinedValue = (n) => n + nothing; // error: CF2002

//# int32(int32)
export const stringValue = (n) => n + text; // error: CF2004

//# int32(int32)
export const callsNumber = (n) => n(1); // error: CF2007

//# int32(int32)
export const fewArguments = (n) => plain(n); // error: CF2006

//# int32(int32)
export const mathArguments = (n) => Math.abs(); // error: CF2006

//# int32(int32)
export const unknownMath = (n) => Math.random(); // error: CF2008

//# int32(int32)
export const mayBeUnassigned = (n) => {
  let s;
  if (n > 0) s = 1;
  return s; // error: CF2009
};

//# int32(int32)
export const assignedOnAllPaths = (n) => {
  let s;
  if (n > 0) s = 1;
  else s = 2;
  return s;
};
// run: assignedOnAllPaths(-1) == 2

//# int32(int32)
export const somePaths = (n) => { // error: CF2010
  if (n > 0) return 1;
};

//# int32(int32, int32)
export const allPaths = (n, m) => {
  if (n > m) return 1;
  else if (n < m) return -1;
  else return 0;
};
// run: allPaths(1, 1) == 0

//# int64(int64, int64)
export const mayDivideByZero = (a, b) => a / b;
// same: mayDivideByZero(1n, 0n)

//# int64(int64, int64)
export const dividesSafely = (a, b) => (b > 0n ? a / b : a % -3n);
// run: dividesSafely(7n, 2n) == 3n
// run: dividesSafely(-7n, 0n) == -1n

//# void(CPointer(const float64))
export const writesConst = (p) => {
  p[0] = 1; // error: CF2018
};

//# int32(int32)
export const extraParameter = (n, m) => n + m; // error: CF2005

//# int32(int32, int32)
export const fewerParameters = (n) => n;
// run: fewerParameters(4, 5) == 4

//# bool(float64)
export const testsVoid = (x) => {
  if (x) return true;
  return !doNothing(x); // error: CF2011
};
const doNothing = (x) => {};
