// @ts-nocheck
// Constructs that have no native form: refused where they stand.
let state = 1;

//# int32(int32)
export const tries = (n) => {
  try { // error: CF1302
    return n;
  } catch { return 0; }
};

//# int32(int32)
export const creates = (n) => {
  const a = new Array(n); // error: CF1302
  return a.length;
};

//# int32(int32)
export const spreads = (n) => Math.max(...[n]); // error: CF1302

//# int32(int32)
export const template = (n) => `${n}`.length; // error: CF1302

//# int32(int32)
export const tagged = (n) => String.raw`a`; // error: CF1302

//# int32(int32)
export const forIn = (n) => {
  for (const k in n) n++; // error: CF1302
  return n;
};

//# int32(int32)
export function usesThis(n) {
  return this.scale * n; // error: CF1302
}

//# int32(int32)
export function usesArguments() {
  return arguments[0]; // error: CF1302
}

//# int32(int32)
export function newTarget(n) {
  return new.target ? n : 0; // error: CF1302
}

//# int32(int32)
export const optional = (n) => n?.x; // error: CF1302

//# int32(int32)
export const imports = (n) => import(n); // error: CF1302

//# int32(int32)
export const regex = (n) => /a/.test(n); // error: CF1302

//# int32(int32)
export const typeOf = (n) => (typeof n === "number" ? 1 : 0); // error: CF1302

//# int32(int32)
export const deletes = (n) => delete n.x; // error: CF1302

//# int32(int32)
export const classExpression = (n) => {
  class A {} // error: CF1302
  return n;
};

//# int32(int32)
export const defaults = (n = 1) => n; // error: CF1302

//# int32(int32)
export const rest = (...n) => n.length; // error: CF1302

//# int32(int32)
export const assignsCaptured = (n) => {
  state = n; // error: CF1303
  return n;
};

//# int32(int32)
export const assignsConstant = (n) => {
  const k = n;
  k += 1; // error: CF1303
  return k;
};

//# int32(int32)
export const debugs = (n) => {
  debugger; // error: CF1302
  return n;
};

//# int32(int32)
export async function waits(n) { // error: CF1204
  return n;
}

//# int32(int32)
export function* yields(n) { // error: CF1205
  yield n;
}
