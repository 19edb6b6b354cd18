// Numbers in and out.
import { checkInt32 } from "./arguments.ts";
import { library } from "./library.ts";
import { checked } from "./status.ts";

/** Prints `Python gave us number N` on file descriptor 1, past the buffers of `process.stdout`. */
export function printInt(value: number): void {
  checkInt32("print_int", "number", value);
  checked((status) => library().bridge_print_int(Int32Array.of(value), status));
}
