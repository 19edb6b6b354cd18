// What the project's program reports (.project/report.ts), as the tests read it.

export interface Place {
  readonly code: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly lineText: string | undefined;
}

export interface Report {
  readonly node: string;
  readonly compiled: readonly number[];
  readonly javascript: readonly number[];
  readonly matrix: readonly number[];
  readonly places: readonly Place[];
  /** The text of a callback as it ran, for the tests to tell that a tool was there. */
  readonly text: string;
}
