// What every mistake at the bridge is thrown as: those that Rust reports through its status, and those that are found
// before Rust is called.
import { statuses } from "./generated/declarations.ts";

type StatusName = Exclude<keyof typeof statuses, "ok">;

/** Mistakes that only TypeScript can see. */
type LocalCode = "interior_nul" | "lone_surrogate" | "wrong_signature" | "wrong_thread";

export type BridgeCode = StatusName | LocalCode;

export class BridgeError extends Error {
  override readonly name = "BridgeError";
  /** The name of the status, or of a mistake found before the call. It never changes its meaning. */
  readonly code: BridgeCode;
  /** The number of the status; `undefined` where Rust was not called or has no such status. */
  readonly status: number | undefined;

  constructor(code: BridgeCode, message: string) {
    super(message);
    this.code = code;
    this.status = Object.entries(statuses).find(([name]) => name === code)?.[1];
  }
}

/** The name of a status number that Rust gave. */
export function codeOf(status: number): BridgeCode {
  const found = Object.entries(statuses).find(([, code]) => code === status)?.[0];
  if (found === undefined || found === "ok") throw new Error(`internal error: Rust gave the status ${status}`);
  return found as StatusName;
}
