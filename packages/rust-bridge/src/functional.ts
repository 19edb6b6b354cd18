// Map, filter, fold and sort in Rust, with native functions.
import { checkNumber } from "./arguments.ts";
import { addressOfCallback, type NativeFunction } from "./callback-argument.ts";
import { library } from "./library.ts";
import { checked } from "./status.ts";

/** What a `double(double)` makes of each number. */
export function mapDoubles(fn: NativeFunction, input: Float64Array): Float64Array<ArrayBuffer> {
  const address = addressOfCallback("map_doubles", fn);
  const output = new Float64Array(input.length);
  checked((status) => library().bridge_map_doubles(address, input, output, input.length, status));
  return output;
}

/** The numbers for which a `bool(double)` gives true. */
export function filterDoubles(fn: NativeFunction, input: Float64Array): Float64Array<ArrayBuffer> {
  const address = addressOfCallback("filter_doubles", fn);
  const output = new Float64Array(input.length);
  const kept = checked((status) => library().bridge_filter_doubles(address, input, output, input.length, status));
  return output.slice(0, Number(kept));
}

/** `fn(... fn(fn(start, input[0]), input[1]) ...)` of a `double(double, double)`. */
export function foldDoubles(fn: NativeFunction, start: number, input: Float64Array): number {
  const address = addressOfCallback("fold_doubles", fn);
  checkNumber("fold_doubles", "start", start);
  return checked((status) => library().bridge_fold_doubles(address, start, input, input.length, status));
}

/**
 * Sorts in place with an `int(double, double)` that compares. Throws BridgeError `callback_failed`, and changes nothing,
 * where Rust notices that the function contradicts itself.
 */
export function sortDoubles(compare: NativeFunction, values: Float64Array): Float64Array {
  const address = addressOfCallback("sort_doubles", compare);
  checked((status) => library().bridge_sort_doubles(address, values, values.length, status));
  return values;
}
