// The library's ledger as an oracle: asked through core, whatever the driver under test calls through, so that a
// driver's mistakes do not colour what the ledger says.
import { makeCallable, memory } from "@cfunc/core/native";
import type { Allocation } from "../../protocol/messages.ts";
import { functionNamed, targetOf } from "./bridge-library.ts";
import type { NativePointer } from "./target.ts";

const callables = new Map<string, (...args: unknown[]) => unknown>();

function call(name: string, ...args: unknown[]): unknown {
  let callable = callables.get(name);
  if (callable === undefined) {
    const { address, signature } = targetOf(functionNamed(name), "plain");
    callable = makeCallable(address, signature, { name });
    callables.set(name, callable);
  }
  return callable(...args);
}

export const ledger = {
  checkpoint: (): bigint => call("ledger_checkpoint") as bigint,

  /** What was made since a checkpoint and is live, oldest first. */
  live(checkpoint: bigint): readonly Allocation[] {
    const list = call("ledger_live", checkpoint) as NativePointer | null;
    if (list === null) throw new Error("the ledger gave no list");
    const text = memory.readText(list.address);
    const status = call("free_mem", list);
    if (status !== 0) throw new Error(`the ledger's list could not be released: status ${status}`);
    return JSON.parse(text ?? "[]") as readonly Allocation[];
  },
};
