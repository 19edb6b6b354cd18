// A suite that cannot run as it is: a vector that breaks the schema, an unknown driver, an expectation for nothing.
// Told with every problem at once, before any driver is started. Never about what a driver did.
export class SuiteError extends Error {
  override readonly name = "SuiteError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}
