// Arguments that are the same in every run: a small generator (mulberry32) instead of Math.random.

/** A generator of numbers in [0, 1). */
export function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Fills an array with numbers from `lo` to below `hi`; integer arrays truncate them. */
export function filled<A extends { length: number; [i: number]: number }>(array: A, lo: number, hi: number): A {
  const next = generator(array.length);
  for (let i = 0; i < array.length; i++) array[i] = lo + (hi - lo) * next();
  return array;
}
