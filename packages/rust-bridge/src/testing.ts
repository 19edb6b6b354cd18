// Failures on purpose.
import { checkText } from "./arguments.ts";
import { library } from "./library.ts";
import { checked } from "./status.ts";

/** Panics in Rust. Throws BridgeError `panic` with the message; the process lives on. */
export function panic(message: string): void {
  checkText("test_panic", "message", message);
  checked((status) => library().bridge_test_panic(message, status));
}
