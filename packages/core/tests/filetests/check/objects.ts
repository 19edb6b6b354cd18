// @ts-nocheck
// What an object that is a value cannot do.

//# float64(float64)
export const changed = (x) => {
  const p = { x };
  p.x = 1; // error: CF1303
  return p.x;
};

//# bool(float64)
export const compared = (x) => {
  const p = { x };
  return p === p; // error: CF2011
};

//# float64(float64)
export const otherFields = (x) => {
  let p = { x };
  if (x > 0) p = { y: x }; // error: CF2011
  return p.x;
};
