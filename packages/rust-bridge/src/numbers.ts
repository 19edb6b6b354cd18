// Numbers in and out.
import { checkInt32, invalid } from "./arguments.ts";
import { library } from "./library.ts";
import { checked } from "./status.ts";

/** Prints `Python gave us number N` on file descriptor 1, past the buffers of `process.stdout`. */
export function printInt(value: number): void {
  checkInt32("print_int", "number", value);
  checked((status) => library().bridge_print_int(Int32Array.of(value), status));
}

/** Twice a 32-bit integer. Throws BridgeError `overflow` where that does not fit 32 bits. */
export function double(value: number): number {
  checkInt32("double", "number", value);
  return checked((status) => library().bridge_double(value, status));
}

type Numbers =
  | (Int8Array | Int16Array | Int32Array | BigInt64Array | Float32Array)
  | (Uint8Array | Uint16Array | Uint32Array | BigUint64Array | Float64Array);

/**
 * Doubles the first element of a typed array in place. Throws BridgeError `overflow`, and leaves it as it was, where the
 * result does not fit; `invalid_argument` for an empty array.
 */
export function doubleInPlace(value: Numbers): void {
  const site = "double_in_place";
  if (value.length === 0) throw invalid(site, "value", "must have an element", "none");
  const rust = library();
  checked((status) => {
    if (value instanceof Int8Array) return rust.bridge_double_int8(value, status);
    if (value instanceof Int16Array) return rust.bridge_double_int16(value, status);
    if (value instanceof Int32Array) return rust.bridge_double_int32(value, status);
    if (value instanceof BigInt64Array) return rust.bridge_double_int64(value, status);
    if (value instanceof Uint8Array) return rust.bridge_double_uint8(value, status);
    if (value instanceof Uint16Array) return rust.bridge_double_uint16(value, status);
    if (value instanceof Uint32Array) return rust.bridge_double_uint32(value, status);
    if (value instanceof BigUint64Array) return rust.bridge_double_uint64(value, status);
    if (value instanceof Float32Array) return rust.bridge_double_float32(value, status);
    if (value instanceof Float64Array) return rust.bridge_double_float64(value, status);
    throw invalid(site, "value", "must be a typed array of numbers", value);
  });
}
