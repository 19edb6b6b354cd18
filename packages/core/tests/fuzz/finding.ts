// A failing program, made small, as a filetest: what goes to whoever has to repair the compiler.
import type { Value } from "./inputs.ts";
import { callText, filetestText, type Program, wholeOf, withWhole } from "./program.ts";
import { shrink } from "./shrink.ts";
import { render } from "./tree.ts";
import type { HostedOutcome, WorkerHost } from "./worker-host.ts";

/** Outcomes that are mistakes of the compiler, or of the generator. */
export type Failure = Exclude<HostedOutcome, { kind: "same" | "skipped" | "refused" }>;

export interface Finding {
  readonly seed: number;
  readonly kind: Failure["kind"];
  /** In a line. */
  readonly summary: string;
  /** A file for `tests/filetests/run`. */
  readonly filetest: string;
  /** Length of the program before and after it was made small, in characters. */
  readonly sizes: readonly [number, number];
}

const mostAttempts = 3000;

/** The smallest program that fails in the same way, as far as it is found within so many seconds. */
export async function findingOf(
  host: WorkerHost,
  program: Program,
  failure: Failure,
  seconds: number,
): Promise<Finding> {
  const limits = { attempts: mostAttempts, deadline: Date.now() + 1000 * seconds };
  let [small, last] = [program, failure];
  const stillFails = async (smaller: Program, args = argsOf(last)): Promise<boolean> => {
    const outcome = await host.ask({ kind: "program", program: smaller, args });
    if (outcome.kind !== failure.kind) return false;
    [small, last] = [smaller, outcome as Failure];
    return true;
  };
  const shrinkTrees = () =>
    shrink(
      wholeOf(small),
      async (candidate) => {
        const smaller = withWhole(small, candidate);
        return smaller !== undefined && stillFails(smaller);
      },
      limits,
    );
  // a part that is cut off leaves no program that V8 can run either: there is nothing to look for
  if (failure.kind !== "invalid") {
    await shrinkTrees();
    const [fewer, args] = withoutUnused(small, argsOf(last));
    // the declarations of types that only the parameters named
    if (await stillFails(fewer, args)) await shrinkTrees();
  }
  const { seed } = program;
  const name = `seed${seed}`;
  return {
    seed,
    kind: last.kind,
    summary: summaryOf(last),
    filetest: filetestText(small, name, `Found by fuzzing: seed ${seed}.`, checksOf(small, name, last)),
    sizes: [render(wholeOf(program)).length, render(wholeOf(small)).length],
  };
}

const argsOf = (failure: Failure) => (failure.kind === "different" ? failure.args : undefined);

/** The program without the parameters that its body does not name, and the arguments without theirs. */
function withoutUnused(
  program: Program,
  args: readonly Value[] | undefined,
): readonly [Program, readonly Value[] | undefined] {
  const text = render(program.body);
  const isUsed = ({ name }: { readonly name: string }) => new RegExp(`\\b${name}\\b`).test(text);
  const fewer = {
    ...program,
    params: program.params.filter(isUsed),
    memories: program.memories.filter(isUsed),
  };
  return [fewer, args?.filter((_, i) => program.params[i] !== undefined && isUsed(program.params[i]))];
}

function summaryOf(failure: Failure): string {
  if (failure.kind === "different") return `V8: ${failure.expected}; compiled code: ${failure.actual}`;
  const [first = ""] = failure.message.split("\n");
  return failure.kind === "invalid" ? `the generator wrote what V8 cannot run: ${first}` : first;
}

function checksOf(program: Program, name: string, failure: Failure): string[] {
  if (failure.kind !== "different") return failure.message.split("\n");
  const check = program.tolerance > 0 ? "near" : "same";
  return [
    `${check}: ${callText(program, name, failure.args)}`,
    `V8: ${failure.expected}`,
    `compiled code: ${failure.actual}`,
  ];
}
