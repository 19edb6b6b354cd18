// Slices: typed arrays that Rust reads or fills in place.
import { checkNumber } from "./arguments.ts";
import { library } from "./library.ts";
import { checked } from "./status.ts";

/** The sum of the even numbers. An Int32Array is read without a copy. */
export function sumOfEven(numbers: Int32Array): bigint {
  return checked((status) => library().bridge_sum_of_even(numbers, numbers.length, status));
}

/** Fills the buffer with `start`, `start + step`, `start + 2 * step`, ... and gives it back. */
export function fillRange(start: number, step: number, out: Float64Array): Float64Array {
  for (const [name, value] of Object.entries({ start, step })) checkNumber("fill_range", name, value);
  checked((status) => library().bridge_fill_range(start, step, out, out.length, status));
  return out;
}
