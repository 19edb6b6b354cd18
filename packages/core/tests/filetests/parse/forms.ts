// @ts-nocheck
// Forms of syntax that minifiers and people write; each compiles and gives what V8 gives.

//# int32(int32)
export function declaration(n) {
  "use strict";
  return n + 1;
}
// run: declaration(1) == 2

//# int32(int32)
export const arrow = (n) => n + 1;
// run: arrow(1) == 2

//# int32(int32)
export const block = (n) => { { ; { n = n + 1; } } return n; };
// run: block(1) == 2

//# int32(int32)
export const sequence = (n) => (n++, n *= 2, n - 1);
// run: sequence(3) == 7

//# int32(int32, int32)
export const labels = (n, m) => {
  let s = 0;
  outer: for (let i = 0; i < n; i++) {
    inner: for (let j = 0; j < m; j++) {
      if (j === 3) continue outer;
      if (i === 4) break outer;
      if (j === i) continue inner;
      if (j > 5) break;
      s += i * 10 + j;
    }
    s++;
  }
  return s;
};
// run: labels(9, 9) == 159
// run: labels(2, 2) == 13

//# int32(int32)
export const doWhile = (n) => { let s = 0; do { s += n; if (s > 50) break; if (n % 2) continue; s++; } while (--n > 0); return s; };
// run: doWhile(5) == 17
// run: doWhile(0) == 1
// run: doWhile(100) == 100

//# int32(int32)
export const hoisted = (n) => {
  for (var i = 0; i < n; i++) var last = i * 2;
  return n > 0 ? last + i : -1; // error: CF2009
};

//# int32(int32)
export const hoistedWithValue = (n) => {
  var last = 0;
  for (var i = 0; i < n; i++) last = i * 2;
  return last + i;
};
// run: hoistedWithValue(3) == 7

//# int32(int32)
export const shadows = (n) => {
  let s = n;
  { let n = 10; s += n; { const n = 100; s += n; } s += n; }
  for (let n = 0; n < 2; n++) s += n;
  return s + n;
};
// run: shadows(1) == 123

//# float64()
export const literals = () => 0x10 + 0b11 + 0o17 + 1_000 + 1e-3 + .5;
// run: literals() == 1034.501

//# int32(int32)
export const shortLiterals = (n) => (!0 ? n : 0) + (!1 ? 100 : 0);
// run: shortLiterals(5) == 5
