// C functions that vectors bring along: their text is compiled by the machine's C compiler, and the driver calls them, with
// compiled functions and, where it has them, closures. What the call throws is an answer like any other.
import { type CFunc, CFuncError } from "@cfunc/core";
import type { CWork, TranspiledFunction } from "../../protocol/messages.ts";
import { signatureOf } from "../../vectors/signatures.ts";
import { cCallers, compiler } from "../c/callers.ts";
import { allocateNative, Blocks } from "./blocks.ts";
import { buildLibrary, missingTool } from "./caller-library.ts";
import { evaluate } from "./evaluate.ts";
import { argumentOf, compile, encodeResult, type Outcome } from "./native-values.ts";
import { namedOf } from "./shape.ts";
import type { Abilities, Caller, DriverClosure, NativeArgument, NativeResult, Target } from "./target.ts";

/** Why no C can be compiled, or true. */
export const canCompileC = (): true | string => missingTool(compiler, "C compiler") ?? true;

let folder: string | undefined;

/** Where libraries are built: the driver's own folder of the run. */
export function buildIn(path: string): void {
  folder = path;
}

const headers = ["stdarg", "stdbool", "stddef", "stdint", "stdio", "string", "pthread"];

function targetOf({ call }: CWork): Target {
  if (folder === undefined) throw new Error("nothing was prepared");
  const { declarations = "", source } = call;
  const text = `${headers.map((name) => `#include <${name}.h>\n`).join("")}${declarations}\n${source}\n`;
  const library = buildLibrary({ ...cCallers(compiler), write: () => text }, [], folder);
  const signature = signatureOf(call);
  const named = namedOf(call, signature);
  return {
    name: call.function,
    address: library.symbol(call.function),
    signature,
    declarations,
    ...(named === undefined ? {} : { named }),
    ...(library.path === null ? {} : { file: library.path }),
  };
}

export async function runC(work: CWork, caller: Caller, { closure, callAsync }: Abilities): Promise<Outcome> {
  const { call, case: one } = work;
  const target = targetOf(work);
  const callbacks = new Map(Object.entries(call.callbacks ?? {}).map(([name, source]) => [name, compile(source)]));
  const blocks = new Blocks(one.memory ?? {}, allocateNative);
  const closures = new Map<string, DriverClosure>();
  let args: readonly NativeArgument[] = [];
  const again = (last: NativeArgument) => caller(target, [...args.slice(0, -1), last]);
  const make = (source: TranspiledFunction): DriverClosure => {
    if (closure === undefined) throw new Error("this driver has no closures");
    const fn = evaluate(source, { again }) as (...args: unknown[]) => unknown;
    return closure(fn, signatureOf(source), source.declarations ?? "");
  };
  try {
    for (const [name, source] of Object.entries(call.closures ?? {})) closures.set(name, make(source));
    for (const name of call.released ?? []) {
      const made = closures.get(name);
      if (made === undefined) throw new Error(`there is no closure ${name}`);
      made.release();
      // The pointer that native code still has, and no object that knows its end.
      closures.set(name, { ...made, argument: { address: made.argument.address } });
    }
    args = one.arguments.map(
      (argument) => functionArgument(argument, callbacks, closures) ?? argumentOf(argument, blocks, callbacks),
    );
    const result = await outcomeOf(async () => {
      if (call.asynchronous !== true) return caller(target, args);
      if (callAsync === undefined) throw new Error("this driver has no asynchronous calls");
      return callAsync(target, args);
    }, closures.size > 0);
    const refused = [...closures].flatMap(([name, made]) => {
      const code = made.refused?.();
      return code === undefined ? [] : [[name, code] as const];
    });
    return {
      ...("thrown" in result ? result : { result: encodeResult(result.value, blocks) }),
      memory: blocks.contents(),
      overruns: blocks.overruns(),
      refused: Object.fromEntries(refused),
    };
  } finally {
    for (const [name, made] of closures) if (call.released?.includes(name) !== true) made.release();
    for (const compiled of callbacks.values()) compiled.dispose();
    blocks.free();
  }
}

type Called = { readonly value: NativeResult } | { readonly thrown: string };

/** What a call with closures throws is told; without any it is an error. */
async function outcomeOf(run: () => Promise<NativeResult>, mayThrow: boolean): Promise<Called> {
  try {
    return { value: await run() };
  } catch (error) {
    if (!mayThrow || !(error instanceof Error)) throw error;
    return { thrown: error instanceof CFuncError ? error.code : error.message };
  }
}

/** A compiled function or a closure, by reference. */
function functionArgument(
  argument: unknown,
  callbacks: ReadonlyMap<string, CFunc>,
  closures: ReadonlyMap<string, DriverClosure>,
): NativeArgument | undefined {
  const { $callback, $closure } = (argument ?? {}) as { readonly $callback?: string; readonly $closure?: string };
  const compiled = callbacks.get($callback ?? "");
  if (compiled !== undefined) return { address: compiled.address, callable: compiled };
  return closures.get($closure ?? "")?.argument;
}
