// One program, compiled and as V8 runs it, on the same arguments and the same memory: every difference is a mistake of
// the compiler. Also what is no refusal with a diagnostic: an internal error.
import { CFuncError } from "../../src/diagnostics/error.ts";
import * as core from "../../src/index.ts";
import {
  contentsOf,
  type Ending,
  endingOf,
  evaluateWithCore,
  release,
  sameEnding,
  showEnding,
  structNames,
} from "../filetests/evaluation.ts";
import { anyValues, asResult, show, type Value } from "./inputs.ts";
import { functionText, outsideText, type Program, signatureOf } from "./program.ts";
import { Random } from "./random.ts";

export type Outcome =
  | { readonly kind: "same"; readonly runs: number }
  /** It runs for too long in V8. */
  | { readonly kind: "skipped" }
  /** V8 cannot run it: a mistake of whoever wrote the program. */
  | { readonly kind: "invalid"; readonly message: string }
  | { readonly kind: "refused"; readonly code: string; readonly message: string }
  | { readonly kind: "internal"; readonly message: string }
  | {
      readonly kind: "different";
      readonly args: readonly Value[];
      /** What V8 gives or leaves in memory, and what compiled code does. */
      readonly expected: string;
      readonly actual: string;
    };

type Run = (...args: unknown[]) => unknown;
type Compiled = Run & { readonly address: bigint; inspectIR(): string; dispose(): void };

/** Lists of arguments for each program. */
const runsOfEach = 24;

/** Compares on random arguments that follow from the program's seed; `first` are arguments to begin with. */
export function compare(program: Program, first?: readonly Value[]): Outcome {
  const random = new Random(~program.seed);
  const types = program.params.map((p) => p.type);
  const inputs = Array.from({ length: runsOfEach }, () => anyValues(random, types));
  if (first !== undefined) inputs.unshift([...first]);
  let expectations: Expectation[];
  let compiled: Compiled;
  try {
    const original = originalOf(program);
    expectations = inputs.map((args) => expectationOf(program, original, args));
  } catch (error) {
    return error instanceof TooLong ? { kind: "skipped" } : { kind: "invalid", message: String(error) };
  }
  try {
    compiled = compiledOf(program);
    if (compiled.address === 0n) return { kind: "internal", message: "no address" };
  } catch (error) {
    if (!(error instanceof CFuncError))
      return { kind: "internal", message: String(error instanceof Error ? error.stack : error) };
    const [first] = error.diagnostics;
    if (first === undefined || first.code === "CF4010" || first.code.startsWith("CF3"))
      return { kind: "internal", message: error.message };
    return { kind: "refused", code: first.code, message: first.message };
  }
  try {
    for (const expectation of expectations) {
      const difference = differenceOf(program, compiled, expectation);
      if (difference !== undefined) return { kind: "different", args: expectation.args, ...difference };
    }
    return { kind: "same", runs: expectations.length };
  } finally {
    compiled.dispose();
  }
}

/** The program, to be compiled. */
export function compiledOf(program: Program): Compiled {
  const { fn, types } = evaluated(program);
  return core.cfunc(signatureOf(program) as never, fn as never, { types } as never) as never;
}

/** The structures that the program declares. */
export const structsOf = (program: Program): object => evaluated(program).types;

function evaluated(program: Program): { readonly fn: Run; readonly types: object } {
  const outside = outsideText(program);
  const types = structNames(outside).join(", ");
  return evaluateWithCore(`${outside} return { fn: ${functionText(program)}, types: { ${types} } };`) as never;
}

class TooLong extends Error {}
const mostTicks = 50_000;

/** The function as V8 runs it: it throws where a loop does not end. Compiled functions that it calls run in V8 too. */
function originalOf(program: Program): Original {
  const guard = "if (ticks-- === 0) throw new TooLong();";
  const fn = functionText(program, guard, `let ticks = ${mostTicks};`);
  const memory = `[${program.memories.map((m) => m.text).join(", ")}]`;
  return evaluateWithCore(`${outsideText(program)} return { fn: ${fn}, makeMemory: () => ${memory} };`, {
    cfunc: (_: string, plain: unknown) => plain,
    TooLong,
  }) as Original;
}

interface Original {
  readonly fn: Run;
  readonly makeMemory: () => unknown[];
}

interface Expectation {
  readonly args: readonly Value[];
  readonly ending: Ending;
  readonly memory: readonly (readonly unknown[])[];
  readonly makeMemory: () => unknown[];
}

function expectationOf(program: Program, { fn, makeMemory }: Original, args: readonly Value[]): Expectation {
  const memory = makeMemory();
  try {
    const ending = planned(() => fn(...args, ...memory));
    return {
      args,
      ending: "value" in ending ? { value: converted(program, ending.value) } : ending,
      memory: memory.map((m) => contentsOf(m) ?? []),
      makeMemory,
    };
  } finally {
    release(memory);
  }
}

const converted = ({ result }: Program, value: unknown): unknown =>
  result === "void" ? undefined : asResult(result, value);

/** An exception that the program itself throws, and a division of bigints by zero, is an ending, any other means that it is no program. */
function planned(run: () => unknown): Ending {
  try {
    return { value: run() };
  } catch (error) {
    if (error instanceof Error && /^(at v\d+|Division by zero)$/.test(error.message)) return { thrown: String(error) };
    throw error;
  }
}

function differenceOf(
  program: Program,
  compiled: Run,
  { args, ending, memory, makeMemory }: Expectation,
): { readonly expected: string; readonly actual: string } | undefined {
  const ours = makeMemory();
  try {
    const actual = endingOf(() => compiled(...args, ...ours));
    if (!sameEnding(ending, actual, program.tolerance))
      return { expected: showEnding(ending), actual: showEnding(actual) };
    for (const [k, wanted] of memory.entries()) {
      const given = contentsOf(ours[k]) ?? [];
      const i = wanted.findIndex((value, at) => !Object.is(value, given[at]));
      if (i < 0) continue;
      const place = `${program.memories[k]?.name}: value ${i} is`;
      return { expected: `${place} ${show(wanted[i])}`, actual: `${place} ${show(given[i])}` };
    }
    return undefined;
  } finally {
    release(ours);
  }
}
