// The remote procedure: JSON in, JSON out, and the answer is ours to release.
import type { Owned } from "@cfunc/core/ownership";
import { checkText, checkWellFormed } from "./arguments.ts";
import { library } from "./library.ts";
import { type OwnedText, ownText } from "./owned-text.ts";
import { checked } from "./status.ts";

const site = "start_procedure";

export interface ProcedureRequest {
  /** Seconds, an integer from 0 to 255. */
  readonly timeout: number;
  /** An integer from 0 to 255. */
  readonly retries: number;
  readonly host_list: readonly string[];
  readonly action: "reboot" | "ping";
  /** A 32-bit integer. */
  readonly job_id: number;
}

export interface ProcedureResult {
  readonly result: string;
  readonly message: string;
  readonly failed_hosts: readonly string[];
  readonly job_id: number;
}

export interface ProcedureAnswer extends OwnedText, ProcedureResult {}

/**
 * Runs a procedure. Throws BridgeError `lone_surrogate`, `missing_field`, `wrong_field_type`, `field_out_of_range`, `unknown_field` or
 * `unknown_action`, whose message begins with the JSON pointer of the place.
 */
export function startProcedure(request: ProcedureRequest): Owned<ProcedureAnswer> {
  // JSON would carry half a surrogate pair as an escape, which is text that Rust cannot hold.
  for (const [i, host] of Object.entries(request.host_list ?? [])) {
    if (typeof host === "string") checkWellFormed(site, `host_list[${i}]`, host);
  }
  return call(JSON.stringify(request) ?? "", (answer) => ({ ...parseResult(answer.text), ...answer }));
}

/** The same with JSON text in and out; text that is not JSON is `invalid_json`. */
export function startProcedureText(request: string): Owned<OwnedText> {
  return call(request, (answer) => answer);
}

function call<T>(request: string, parse: (answer: OwnedText) => T): Owned<T> {
  checkText(site, "request", request);
  const pointer = checked((status) => library().bridge_start_procedure(request, status));
  return ownText(site, pointer, parse);
}

function parseResult(text: string): ProcedureResult {
  const { result, message, failed_hosts, job_id } = JSON.parse(text) as ProcedureResult;
  return { result, message, failed_hosts, job_id };
}
