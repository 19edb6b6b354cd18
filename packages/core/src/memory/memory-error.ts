// Errors of the CF55xx block: mistakes in the use of native memory from TypeScript. Pure.
import type { Code } from "../diagnostics/codes.ts";
import { CFuncError } from "../diagnostics/error.ts";

export function memoryError(code: Code, message: string, help?: string): CFuncError {
  return new CFuncError([{ code, severity: "error", message, ...(help === undefined ? {} : { help }) }]);
}

/** A value in an error message: short, and with its kind where that is the mistake. */
export function show(value: unknown): string {
  switch (typeof value) {
    case "bigint":
      return `the bigint ${value}n`;
    case "string":
      return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
    case "function":
      return "a function";
    case "object":
      return value === null ? "null" : `an object of class ${value.constructor?.name ?? "null"}`;
    default:
      return String(value);
  }
}

export function hex(address: bigint): string {
  return `0x${address.toString(16)}`;
}
