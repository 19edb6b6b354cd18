// A JavaScript callback against the compiled one, called from the same native loop.
import { cfunc, closure } from "@cfunc/core";

/** Rows of [what, nanoseconds a call, ratio]. */
export function callbackCosts(): string[][] {
  // a compiled function is native code as well: it serves as the C program that calls back
  const caller = cfunc("int32(CFunction(int32(int32)), int32)", (f, n) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum = (sum + f(i)) | 0;
    return sum;
  });
  const half = (x: number): number => x >> 1;
  const compiled = cfunc("int32(int32)", half);
  using javascript = closure("int32(int32)", half);
  const time = (callback: typeof compiled | typeof javascript, calls: number): number => {
    caller(callback, 1000);
    const start = performance.now();
    caller(callback, calls);
    return ((performance.now() - start) * 1e6) / calls;
  };
  const slow = time(javascript, 200_000);
  const fast = time(compiled, 50_000_000);
  return [
    ["callback", "ns a call", "threads"],
    ["JavaScript closure", slow.toFixed(1), "the main thread only"],
    ["compiled by cfunc", fast.toFixed(1), "any"],
    ["ratio", `${(slow / fast).toFixed(0)}x`, ""],
  ];
}
