// Mistakes in using the API itself, which no source text shows.
import type { Code } from "./codes.ts";
import { CFuncError } from "./error.ts";

export function apiError(code: Code, message: string, help: string): CFuncError {
  return new CFuncError([{ code, severity: "error", message, help }]);
}
