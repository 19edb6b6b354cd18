// What a diagnostic is: data first. Rendering lives in render.ts, the table of codes in codes.ts.
// Pure: no Node module, so that the front end runs in a browser.
import type { Code } from "./codes.ts";

/** A half-open range of UTF-16 offsets in the text of one `SourceText`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A position as a person reads it: 1-based line and column, in the file the person wrote. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The whole line of the original file, without its line break. */
  readonly lineText: string;
}

/**
 * A text that spans point into, with the way back to the file it came from. For a captured function the text is
 * what `fn.toString()` gave; `locate` maps an offset to the original TypeScript file and is only called when a
 * diagnostic is rendered, because it is slow (source maps).
 */
export interface SourceText {
  readonly name: string;
  readonly text: string;
  locate(offset: number): Position;
}

export type Severity = "error" | "warning" | "note";

export interface Label {
  readonly source: SourceText;
  readonly span: Span;
  readonly message?: string;
}

export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  /** Absent where no source text is at fault: a missing libLLVM, a library that cannot be opened. */
  readonly primary?: Label;
  readonly related?: readonly Label[];
  readonly help?: string;
}
