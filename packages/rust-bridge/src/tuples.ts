// Tuples that Rust returns by value.
import { checkInt64 } from "./arguments.ts";
import { library } from "./library.ts";
import { checked } from "./status.ts";

/**
 * Divides 64-bit integers, rounding towards zero. Throws BridgeError `invalid_argument` for a divisor of 0, `overflow`
 * for -2^63 divided by -1.
 */
export function divide(dividend: bigint, divisor: bigint): { readonly quotient: bigint; readonly remainder: bigint } {
  checkInt64("divide", "dividend", dividend);
  checkInt64("divide", "divisor", divisor);
  return checked((status) => library().bridge_divide(dividend, divisor, status));
}

/** The least and the greatest number. Throws BridgeError `invalid_argument` for no numbers, and for NaN. */
export function extent(numbers: Float64Array): { readonly least: number; readonly greatest: number } {
  return checked((status) => library().bridge_extent(numbers, numbers.length, status));
}

/** How many numbers there are, and their mean; NaN where there is none. */
export function mean(numbers: Float64Array): { readonly count: bigint; readonly mean: number } {
  return checked((status) => library().bridge_mean(numbers, numbers.length, status));
}
