// Ownership scenarios: allocate, use, free, with every outcome told as the ledger tells it. Reading released memory is
// safe here because the ledger holds it back, full of poison; its destructor, which refuses and touches nothing, then
// names the allocation.
import { memory } from "@cfunc/core/native";
import type { Allocation, ReportedStatus, ScenarioWork, StepOutcome, StepWork } from "../../protocol/messages.ts";
import { functionNamed, StatusBlock, targetOf } from "./bridge-library.ts";
import { ledger } from "./ledger.ts";
import type { Outcome, ReadBytes } from "./native-values.ts";
import { type Caller, isPointer } from "./target.ts";

const poison = 0xdd;

interface Kept {
  readonly address: bigint;
  readonly allocation: Allocation;
  readonly destructor: string;
}

export function runScenario({ steps }: ScenarioWork, call: Caller, read: ReadBytes): Outcome {
  const start = ledger.checkpoint();
  const kept = new Map<string, Kept>();
  const outcomes = steps.map((step) => runStep(step, kept, call, read));
  return { steps: outcomes, live: ledger.live(start) };
}

function runStep(step: StepWork, kept: Map<string, Kept>, call: Caller, read: ReadBytes): StepOutcome {
  switch (step.do) {
    case "allocate":
      return allocate(step, kept, call);
    case "use": {
      const { address, allocation, destructor } = known(step.of, kept);
      const bytes = read(address, allocation.size);
      if (bytes.every((byte) => byte === poison)) return release(address, destructor, call);
      const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, bytes.indexOf(0)));
      return { text };
    }
    case "free": {
      const { of, at = 0 } = step;
      if (of === null) return release(0n, step.with, call);
      if (typeof of === "string") return release(known(of, kept).address + BigInt(at), step.with, call);
      const foreign = memory.allocate(of.foreign);
      try {
        return release(foreign + BigInt(at), step.with, call);
      } finally {
        memory.free(foreign);
      }
    }
  }
}

function allocate(
  step: Extract<StepWork, { readonly do: "allocate" }>,
  kept: Map<string, Kept>,
  call: Caller,
): StepOutcome {
  const fn = functionNamed(step.with);
  const { destructor } = fn.result;
  if (destructor === undefined) throw new Error(`${step.with} returns nothing that is owned`);
  const before = ledger.checkpoint();
  const result = call(targetOf(fn, "plain"), step.arguments as readonly string[]);
  const [allocation, ...others] = ledger.live(before);
  if (allocation === undefined || others.length > 0)
    throw new Error(`${step.with} made ${others.length} allocations too many`);
  if (!isPointer(result)) throw new Error(`${step.with} returned no pointer`);
  kept.set(step.as, { address: result.address, allocation, destructor });
  return { allocated: allocation };
}

function release(address: bigint, destructor: string, call: Caller): ReportedStatus {
  const status = new StatusBlock();
  try {
    call(targetOf(functionNamed(destructor), "twin"), [{ address }, { address: status.address }]);
    return status.read();
  } finally {
    status.free();
  }
}

function known(name: string, kept: ReadonlyMap<string, Kept>): Kept {
  const found = kept.get(name);
  if (found === undefined) throw new Error(`${name} was not allocated`);
  return found;
}
