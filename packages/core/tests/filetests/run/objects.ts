// @ts-nocheck
// Objects as values: one local for each field.
const mirrored = (p) => ({ x: -p.x, y: p.y });

//# float64(float64, float64)
export const joined = (x, y) => {
  let p = { x, y };
  if (x < y) p = mirrored(p);
  for (let i = 0; i < 3; i++) p = { x: p.y, y: p.x + i };
  return p.x - 2 * p.y;
};
// run: joined(1, 2) == 1
// same: joined(-0, NaN)
// same: joined(2.5, -1e300)

//# int32(int32)
export const nested = (n) => {
  let s = { at: { i: 0 }, sum: 0 };
  while (s.at.i < n) s = { at: { i: s.at.i + 1 }, sum: (s.sum + s.at.i) | 0 };
  return s.sum;
};
// run: nested(5) == 10
// run: nested(-3) == 0
