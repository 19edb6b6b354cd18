// Performance remarks: what keeps a function from the speed of C, as notes. Nothing here is a mistake, and nothing is
// computed unless it is asked for. Pure: whoever asks brings LLVM along.
import type { CheckedProgram } from "../check/program.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { IrModule } from "../ir/ir.ts";
import { doubles } from "./doubles.ts";
import { loops, type Optimize } from "./loops.ts";
import { products } from "./products.ts";

/**
 * Notes on a program, function by function, in the order of its text.
 * @param text the module as LLVM text, emitted from `module`
 */
export function remarksOn(
  program: CheckedProgram,
  module: IrModule,
  text: string,
  optimize: Optimize,
): readonly Diagnostic[] {
  const functions = new Map(module.functions.map((fn) => [fn.name, fn]));
  const notes = program.functions.flatMap((checked) => {
    const ir = functions.get(checked.name);
    return [...doubles(checked), ...(ir === undefined ? [] : products(checked, ir))];
  });
  notes.push(...loops(program, module, text, optimize));
  const order = program.functions.map((fn) => fn.tree.source);
  const fileOf = ({ primary }: Diagnostic): number => (primary === undefined ? -1 : order.indexOf(primary.source));
  return withoutRepeats(notes).sort(
    (a, b) => fileOf(a) - fileOf(b) || (a.primary?.span.start ?? 0) - (b.primary?.span.start ?? 0),
  );
}

/** A plain function is checked once for each kind of arguments, and would be remarked on as often. */
function withoutRepeats(notes: readonly Diagnostic[]): Diagnostic[] {
  return notes.filter(
    (note, i) =>
      notes.findIndex(
        ({ code, primary }) =>
          code === note.code &&
          primary?.source.text === note.primary?.source.text &&
          primary?.span.start === note.primary?.span.start,
      ) === i,
  );
}
