// Views as a JavaScript programmer would make them for V8: a TypedArray for one dimension, an array of rows for two.
// Rows are made once for an array and a shape, so that making them is not what is measured.
import type { Argument } from "./kernel.ts";

type Numbers = Exclude<Argument, number>;

const made = new WeakMap<Numbers, Map<number, readonly Numbers[]>>();

export function rows(memory: Numbers, shape: number | readonly number[]): Numbers | readonly Numbers[] {
  if (typeof shape === "number" || shape.length === 1) return memory;
  const [m, n] = shape;
  if (m === undefined || n === undefined || shape.length > 2) throw new Error("views of one or two dimensions");
  const known = made.get(memory) ?? new Map<number, readonly Numbers[]>();
  made.set(memory, known);
  let view = known.get(n);
  if (view?.length !== m) {
    view = Array.from({ length: m }, (_, i) => memory.subarray(i * n, (i + 1) * n));
    known.set(n, view);
  }
  return view;
}
