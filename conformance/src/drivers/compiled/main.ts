// The driver `compiled`: TypeScript calls the compiled function through its own thunk, and the library's functions
// through core's.

import type { CType } from "@cfunc/core/contract";
import { makePointer } from "@cfunc/core/memory";
import { makeCallable } from "@cfunc/core/native";
import { isAggregate } from "@cfunc/core/types";
import { plain } from "../shared/aggregates.ts";
import { runNative } from "../shared/native-driver.ts";
import { serve } from "../shared/serve.ts";
import { type Caller, isPointer, type NativeArgument, type NativeResult, type Target } from "../shared/target.ts";

const callables = new Map<string, (...args: unknown[]) => unknown>();

const call: Caller = (target, args) => {
  const { params } = target.signature;
  const values = args.map((argument, i) => crossing(argument, params[i]?.type));
  const result = callableOf(target)(...values);
  const { result: type } = target.signature;
  if (isAggregate(type)) return plain(type, result) as NativeResult;
  // A null pointer comes back as null.
  return result === null ? { address: 0n } : (result as NativeResult);
};

function callableOf({ compiled, name, address, signature }: Target): (...args: unknown[]) => unknown {
  if (compiled !== undefined) return compiled as unknown as (...args: unknown[]) => unknown;
  let callable = callables.get(name);
  if (callable === undefined) {
    callable = makeCallable(address, signature, { name });
    callables.set(name, callable);
  }
  return callable;
}

function crossing(argument: NativeArgument, type: CType | undefined): unknown {
  if (!isPointer(argument) || type?.kind !== "pointer") return argument;
  return makePointer(argument.address, type.to);
}

await serve({
  name: "compiled",
  capabilities: { callback: true, function: true, ownership: true, diagnostic: true },
  run: (work) => runNative(work, call),
});
