// @ts-nocheck
// Labels before labels, functions called where they stand, names that a switch could jump over.

//# int32(int32)
export const labels = (n) => {
  let s = 0;
  a: b: for (let i = 0; i < n; i++) {
    for (let j = 0; j < 4; j++) {
      if (j === 2) continue a;
      if (i === 5) break b;
      s += i * 10 + j;
    }
  }
  return s;
};
// run: labels(3) == 63
// same: labels(20)

//# float64(float64)
export const calledWhereItStands = (x) => {
  let n = x;
  (() => {
    n += 1;
  })();
  !function () {
    n *= 2;
  }();
  return ((a) => a / 4)(n) + (function f(k) { return k < 1 ? k : f(k - 1) + 1; })(2.5);
};
// run: calledWhereItStands(1) == 3.5
// same: calledWhereItStands(NaN)
// same: calledWhereItStands(-0)

//# int32(int32)
export const cases = (n) => {
  switch (n) {
    case 0:
      let q;
      if (n > 5) q = 1;
      q = 2;
      return q;
    default: {
      let q = 3;
      return q + n;
    }
  }
};
// run: cases(0) == 2
// run: cases(1) == 4
