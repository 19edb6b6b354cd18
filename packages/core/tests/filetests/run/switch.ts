// @ts-nocheck
// `switch` and `for..of`, which keep their value and their counter in hidden variables.
const ONE = [7];

//# float64(bool, float64)
export const twoCasesOfOneValue = (flag, v) => {
  switch ((flag | 0) + 0) {
    case 1:
    case 1:
      v--;
      break;
  }
  return v;
};
// run: twoCasesOfOneValue(true, 5) == 4
// run: twoCasesOfOneValue(false, 5) == 5

//# int32(int32)
export const fallsThrough = (n) => {
  let s = 0;
  switch (n & 3) {
    case 0:
      s += 1;
    default:
      s += 10;
    case 2:
      s += 100;
      break;
    case 3:
      return -1;
  }
  return s;
};
// run: fallsThrough(0) == 111
// run: fallsThrough(1) == 110
// run: fallsThrough(2) == 100
// run: fallsThrough(3) == -1

//# int32()
export const overOne = () => {
  let s = 0;
  for (const x of ONE) s += x;
  return s;
};
// run: overOne() == 7
