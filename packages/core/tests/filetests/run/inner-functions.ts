// @ts-nocheck
// Inner functions that call themselves become functions of their own; what they assign stays the owner's variable.

//# float64(int32)
export const counts = (n) => {
  let calls = 0;
  const fib = (k) => {
    calls++;
    return k < 2 ? k : fib(k - 1) + fib(k - 2);
  };
  return fib(n) + calls / 1024;
};
// run: counts(10) == 55.1728515625
// run: counts(0) == 0.0009765625
// same: counts(-1)

//# float64(int32)
export const bothSidesAssign = (n) => {
  let v = n;
  const down = (k) => {
    v = v * 2 + k;
    if (k > 0) down(k - 1);
    v -= 0.5;
  };
  v += 1;
  down(n & 7);
  const r = v;
  v++;
  down(2);
  return r + v;
};
// run: bothSidesAssign(0) == 30
// same: bothSidesAssign(5)
// same: bothSidesAssign(-2147483648)

//# bool(int32)
export const mutual = (n) => {
  const even = (k) => k === 0 || odd(k - 1);
  const odd = (k) => k !== 0 && even(k - 1);
  return even(n);
};
// run: mutual(10) == true
// run: mutual(7) == false

//# float64(int32)
export const zeroSign = (n) => {
  let z = 0;
  const flip = (k) => {
    z = -z;
    if (k > 0) flip(k - 1);
  };
  flip(n);
  return 1 / z;
};
// run: zeroSign(2) == -Infinity
// run: zeroSign(3) == Infinity

//# float64(CPointer(float64), int32)
export const captures = (p, n) => {
  const rest = (i) => (i >= n ? 0 : p[i] + 2 * rest(i + 1));
  return rest(0);
};
// run: captures(Float64Array.of(1, 2, 3), 3) == 17
