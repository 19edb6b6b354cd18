// What all drivers that call C functions have in common: callbacks are compiled, memory is laid out, and one `Caller`,
// the driver's own, makes every call. Never calls what is under test by any other way.
import { memory } from "@cfunc/core/native";
import type { CallbackWork, CWork, FunctionWork, Work } from "../../protocol/messages.ts";
import { allocateNative, Blocks } from "./blocks.ts";
import { functionNamed, StatusBlock, targetOf } from "./bridge-library.ts";
import { runC } from "./c-function.ts";
import { ledger } from "./ledger.ts";
import { argumentOf, compile, encodeResult, type Outcome, type ReadBytes } from "./native-values.ts";
import { runScenario } from "./scenario.ts";
import { type Abilities, type Caller, isPointer, type Target } from "./target.ts";

/** `read` copies native bytes the driver's own way, where it has one. */
export function runNative(
  work: Work,
  call: Caller,
  read: ReadBytes = readDirectly,
  abilities: Abilities = {},
): Outcome | Promise<Outcome> {
  if ("steps" in work) return runScenario(work, call, read);
  if (work.call.kind === "c") return runC(work as CWork, call, abilities);
  return "function" in work.call
    ? runFunction(work as FunctionWork, call, read)
    : runCallback(work as CallbackWork, call);
}

const readDirectly: ReadBytes = (address, size) => new Uint8Array(memory.view(address, size)).slice();

function runCallback({ call, case: one }: CallbackWork, caller: Caller): Outcome {
  const compiled = compile(call);
  const blocks = new Blocks(one.memory ?? {}, allocateNative);
  try {
    const { address, signature, nativeName } = compiled;
    const target: Target = { name: nativeName, address, signature, compiled, declarations: call.declarations ?? "" };
    const result = caller(
      target,
      one.arguments.map((argument) => argumentOf(argument, blocks, new Map())),
    );
    return { result: encodeResult(result, blocks), memory: blocks.contents(), overruns: blocks.overruns() };
  } finally {
    blocks.free();
    compiled.dispose();
  }
}

function runFunction({ call, case: one }: FunctionWork, caller: Caller, read: ReadBytes): Outcome {
  const fn = functionNamed(call.function);
  const target = targetOf(fn, call.symbol);
  const callbacks = new Map(Object.entries(call.callbacks ?? {}).map(([name, source]) => [name, compile(source)]));
  const blocks = new Blocks(one.memory ?? {}, allocateNative);
  const status = call.symbol === "twin" ? new StatusBlock() : undefined;
  const checkpoint = ledger.checkpoint();
  try {
    const args = one.arguments.map((argument) => argumentOf(argument, blocks, callbacks));
    if (status !== undefined) args.push({ address: status.address });
    const returned = caller(target, args);
    const { ownership, destructor } = fn.result;
    const owned = ownership === "owned" && isPointer(returned) && returned.address !== 0n;
    const result = owned ? takeText(returned.address, destructor ?? "", caller, read) : encodeResult(returned, blocks);
    return {
      result,
      memory: blocks.contents(),
      overruns: blocks.overruns(),
      live: ledger.live(checkpoint),
      ...(status === undefined ? {} : { status: status.read() }),
    };
  } finally {
    blocks.free();
    status?.free();
    for (const compiled of callbacks.values()) compiled.dispose();
  }
}

/** An owned string: copied, then released as the contract says, by the driver's own way of calling. */
function takeText(address: bigint, destructor: string, caller: Caller, read: ReadBytes): string {
  const allocation = ledger.live(0n).at(-1);
  if (allocation === undefined) throw new Error("the ledger does not know the string that came back");
  const bytes = read(address, allocation.size);
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, bytes.indexOf(0)));
  const status = caller(targetOf(functionNamed(destructor), "plain"), [{ address }]);
  if (status !== 0) throw new Error(`${destructor} answered ${String(status)}`);
  return text;
}
