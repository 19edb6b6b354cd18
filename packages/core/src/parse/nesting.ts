// The stages walk trees by recursion, so that a tree can be too deep for the stack. That is a limit of the compiler, to
// be reported as one: nobody writes such a function by hand, and generated code can be split. Pure.
import type { SourceText, Span } from "../diagnostics/diagnostic.ts";
import { fail } from "./reject.ts";

/**
 * Runs a stage on a function.
 * @throws CFuncError CF1302 where the stack did not suffice
 */
export function withinStack<T>(source: SourceText, span: Span, stage: () => T): T {
  try {
    return stage();
  } catch (error) {
    // acorn gives a SyntaxError of its own
    const overflow = error instanceof RangeError || error instanceof SyntaxError;
    if (!overflow || !/call stack|stack space/.test(error.message)) throw error;
    return fail(
      source,
      "CF1302",
      span,
      "the function is nested too deeply",
      "split it: give parts of it names, or functions of their own",
    );
  }
}
