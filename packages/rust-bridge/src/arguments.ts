// Checks of arguments before Rust is called: mistakes that would otherwise change the value on its way.
import { BridgeError } from "./bridge-error.ts";

/** A string that C can hold: no NUL inside, no half of a surrogate pair. */
export function checkText(site: string, name: string, value: string): void {
  if (typeof value !== "string") throw invalid(site, name, "must be a string", value);
  const nul = value.indexOf("\0");
  if (nul >= 0) {
    throw new BridgeError("interior_nul", `${site}: ${name} has a NUL at index ${nul}, where a C string ends`);
  }
  checkWellFormed(site, name, value);
}

/** A string without half a surrogate pair. */
export function checkWellFormed(site: string, name: string, value: string): void {
  const lone = value.search(/\p{Surrogate}/u);
  if (lone >= 0) {
    const message = `${site}: ${name} has half a surrogate pair at index ${lone}, which UTF-8 cannot hold`;
    throw new BridgeError("lone_surrogate", message);
  }
}

/** An int32 that is not negative. */
export function checkCount(site: string, name: string, value: number): void {
  checkInt32(site, name, value);
  if (value < 0) throw invalid(site, name, "cannot be negative", value);
}

export function checkInt32(site: string, name: string, value: number): void {
  if ((value | 0) !== value) throw invalid(site, name, "must be an integer of 32 bits", value);
}

/** A bigint of 64 bits. */
export function checkInt64(site: string, name: string, value: bigint): void {
  if (typeof value !== "bigint" || BigInt.asIntN(64, value) !== value) {
    throw invalid(site, name, "must be a bigint of 64 bits", value);
  }
}

export function checkNumber(site: string, name: string, value: number): void {
  if (typeof value !== "number") throw invalid(site, name, "must be a number", value);
}

export function invalid(site: string, name: string, rule: string, value: unknown): BridgeError {
  const shown = typeof value === "string" ? JSON.stringify(value) : String(value);
  return new BridgeError("invalid_argument", `${site}: ${name} ${rule}, got ${shown}`);
}
