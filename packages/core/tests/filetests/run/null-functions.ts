// @ts-nocheck
// Function pointers that may be null: a call of null throws, a comparison makes the check go away.

//# int32(CFunction(int32(int32)), int32)
export const compared = (f, x) => (f === null ? x : f(x));
// run: compared(null, 4) == 4

//# int32(CFunction(int32(int32)), CFunction(int32(int32)))
export const either = (f, g) => {
  const h = f !== null ? f : g;
  return h ? h(1) : -1;
};
// run: either(null, null) == -1
