// @ts-nocheck
// Loops whose counters change in the test.

//# int32()
export const testIncrements = () => {
  let i = 0;
  while (i++ < 10) {}
  return i;
};
// run: testIncrements() == 11

//# int32(int32)
export const testDecrements = (n) => {
  let steps = 0;
  while (n-- > 0) steps++;
  return steps * 100 + n;
};
// run: testDecrements(3) == 299
// run: testDecrements(-3) == -4

//# int32()
export const doTestIncrements = () => {
  let i = 0;
  let s = 0;
  do s += i;
  while (i++ < 10);
  return s * 100 + i;
};
// run: doTestIncrements() == 5511

//# int32()
export const redeclared = () => {
  var s = 0;
  for (let k = 0; k < 3; k++) {
    if (k === 2) { var s = 1; }
    s += 5;
  }
  return s;
};
// run: redeclared() == 6
// A `var` without a value keeps what it holds.

//# int32(int32)
export const declaredAgain = (n) => {
  var s = n;
  var s;
  return s;
};
// run: declaredAgain(7) == 7

//# int32(float64)
export const beyondExactIntegers = (limit) => {
  let s = 0;
  for (let i = 9007199254740992; i < 9007199254740999; i++) {
    s += 1;
    if (s > limit) return s;
  }
  return -1;
};
// run: beyondExactIntegers(100) == 101
