// The process in which random programs are compiled and run, and which may die or hang of them. It does one task after
// the other, each for one message, and answers with the outcome. Started by worker-host.ts, never imported.
import { compare, type Outcome } from "./differential.ts";
import { programOf } from "./generate/program.ts";
import type { Value } from "./inputs.ts";
import type { Program } from "./program.ts";

/** A program by its seed, or one that was made smaller, with the arguments on which the larger one failed. */
export type Task =
  | { readonly kind: "seed"; readonly seed: number }
  | { readonly kind: "program"; readonly program: Program; readonly args: readonly Value[] | undefined };

export interface Answer {
  readonly outcome: Outcome;
}

process.on("message", (task: Task) => {
  const outcome = task.kind === "seed" ? compare(programOf(task.seed)) : compare(task.program, task.args);
  process.send?.({ outcome } satisfies Answer);
});
