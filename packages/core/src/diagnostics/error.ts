// CFuncError: how a diagnostic reaches the caller. Pure.
import type { Diagnostic } from "./diagnostic.ts";
import { renderDiagnostics } from "./render.ts";

/** Thrown for every mistake a user can make. `message` is the rendered text, `diagnostics` the data. */
export class CFuncError extends Error {
  override readonly name = "CFuncError";
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(renderDiagnostics(diagnostics));
    this.diagnostics = diagnostics;
  }

  /** The code of the first diagnostic, for `catch` blocks that tell mistakes apart. */
  get code(): string {
    return this.diagnostics[0]?.code ?? "CF0000";
  }
}
