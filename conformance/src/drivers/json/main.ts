// The driver `json`: the remote procedure called with JSON text, through the typed wrappers of the library, which own
// every answer and release it with free_mem. Bad requests are JSON texts all the same; only what is no JSON goes as it is.
import { load } from "@cfunc/core";
import { memory } from "@cfunc/core/native";
import { BridgeError, bridge } from "@cfunc/rust-bridge";
import type {
  FunctionWork,
  ReportedStatus,
  ScenarioWork,
  StepOutcome,
  StepWork,
  Work,
} from "../../protocol/messages.ts";
import { libraryPath } from "../shared/bridge-library.ts";
import { ledger } from "../shared/ledger.ts";
import type { Outcome } from "../shared/native-values.ts";
import { serve } from "../shared/serve.ts";

const poison = 0xdd;

/** Through a value and back, as a program that holds the request as data would send it. */
function marshalled(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

function requestOf(args: readonly unknown[]): string {
  const [request, ...others] = args;
  if (typeof request !== "string" || others.length > 0) throw new Error("a procedure takes one JSON text");
  return marshalled(request);
}

/** How a call of the wrappers ended, as a status. */
function statusOf(call: () => void): ReportedStatus {
  try {
    call();
    return { status: "ok", message: "" };
  } catch (error) {
    if (!(error instanceof BridgeError) || error.status === undefined) throw error;
    return { status: error.code, message: error.message };
  }
}

const open = () => load(libraryPath, { start_procedure: "char*(const char*)", free_mem: "int32(char*)" });
let opened: ReturnType<typeof open> | undefined;
const plain = () => {
  opened ??= open();
  return opened;
};

/** The answer of the plain symbol, which is the caller's. */
function procedure(request: string) {
  const answer = plain().start_procedure(request);
  if (answer === null) throw new Error("start_procedure answered NULL");
  return answer;
}

function runFunction({ call, case: one }: FunctionWork): Outcome {
  const request = requestOf(one.arguments);
  const checkpoint = ledger.checkpoint();
  if (call.symbol === "plain") {
    const answer = procedure(request);
    const result = memory.readText(answer.address);
    const status = plain().free_mem(answer);
    if (status !== 0) throw new Error(`free_mem answered ${status}`);
    return { result, memory: {}, overruns: [], live: ledger.live(checkpoint) };
  }
  let result: string | null = null;
  const status = statusOf(() => {
    using answer = bridge.startProcedureText(request);
    result = answer.value.text;
  });
  return { result, memory: {}, overruns: [], status, live: ledger.live(checkpoint) };
}

interface Kept {
  readonly address: bigint;
  readonly size: number;
}

function runScenario({ steps }: ScenarioWork): Outcome {
  const checkpoint = ledger.checkpoint();
  const kept = new Map<string, Kept>();
  const outcomes = steps.map((step) => runStep(step, kept));
  return { steps: outcomes, live: ledger.live(checkpoint) };
}

function runStep(step: StepWork, kept: Map<string, Kept>): StepOutcome {
  switch (step.do) {
    case "allocate": {
      const before = ledger.checkpoint();
      const { address } = procedure(requestOf(step.arguments));
      const [allocated] = ledger.live(before);
      if (allocated === undefined) throw new Error("the ledger does not know the answer");
      kept.set(step.as, { address, size: allocated.size });
      return { allocated };
    }
    case "use": {
      const { address, size } = known(step.of, kept);
      const bytes = new Uint8Array(memory.view(address, size));
      // Released memory is poison until it is reused; the release function, which refuses it, says what it was.
      if (bytes.every((byte) => byte === poison)) return statusOf(() => bridge.freeMem({ address }));
      return { text: memory.readText(address) ?? "" };
    }
    case "free": {
      const { of, at = 0 } = step;
      if (of === null) return statusOf(() => bridge.freeMem(null));
      if (typeof of === "string") {
        const address = known(of, kept).address + BigInt(at);
        return statusOf(() => bridge.freeMem({ address }));
      }
      const address = memory.allocate(of.foreign);
      try {
        return statusOf(() => bridge.freeMem({ address }));
      } finally {
        memory.free(address);
      }
    }
  }
}

function known(name: string, kept: ReadonlyMap<string, Kept>): Kept {
  const found = kept.get(name);
  if (found === undefined) throw new Error(`${name} was not allocated`);
  return found;
}

function run(work: Work): Outcome {
  if ("steps" in work) return runScenario(work);
  if (!("function" in work.call)) throw new Error("a callback is no JSON text");
  return runFunction(work as FunctionWork);
}

const notJson = "takes addresses or numbers, which JSON requests do not carry";
const functions = ["compute_from_rust", "quad", "call_on_threads", "length"];

await serve({
  name: "json",
  capabilities: {
    callback: "a callback is an address, and JSON text has none",
    function: true,
    c: "the procedure is the library's, and knows no other functions",
    ownership: true,
    diagnostic: "nothing is compiled for JSON calls",
  },
  lacks: {
    ...Object.fromEntries(functions.map((name) => [`function:${name}`, `${name} ${notJson}`])),
    "type:pointer": "JSON texts are made by a JSON writer, which makes no broken UTF-8 and no null pointer",
  },
  run,
});
