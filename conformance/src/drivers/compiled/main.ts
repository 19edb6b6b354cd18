// The driver `compiled`: TypeScript calls the compiled function through its own thunk, and the library's functions
// through core's.

import { as, CFuncError, typeObject } from "@cfunc/core";
import type { CType, Signature } from "@cfunc/core/contract";
import { makePointer } from "@cfunc/core/memory";
import { asyncOf, makeCallable, makeClosure, type NativeCall } from "@cfunc/core/native";
import { isAggregate } from "@cfunc/core/types";
import { plain } from "../shared/aggregates.ts";
import { canCompileC } from "../shared/c-function.ts";
import { runNative } from "../shared/native-driver.ts";
import { serve } from "../shared/serve.ts";
import {
  type Caller,
  type DriverClosure,
  isPointer,
  type NativeArgument,
  type NativeResult,
  type Target,
} from "../shared/target.ts";

const callables = new Map<string, (...args: unknown[]) => unknown>();

const call: Caller = (target, args) => {
  const { params } = target.signature;
  const values = args.map((argument, i) => {
    const type = params[i]?.type;
    const value = crossing(argument, type);
    return type === undefined || i < (target.named ?? args.length) ? value : as(typeObject(type), value as never);
  });
  const result = callableOf(target)(...values);
  const { result: type } = target.signature;
  if (isAggregate(type)) return plain(type, result) as NativeResult;
  // A null pointer comes back as null.
  return result === null ? { address: 0n } : (result as NativeResult);
};

async function callAsync(target: Target, args: readonly NativeArgument[]): Promise<NativeResult> {
  const { params, result } = target.signature;
  const values = args.map((argument, i) => crossing(argument, params[i]?.type));
  const value = await asyncOf(callableOf(target) as NativeCall)(...values);
  return (isAggregate(result) ? plain(result, value) : value) as NativeResult;
}

function closure(fn: (...args: unknown[]) => unknown, signature: Signature): DriverClosure {
  const made = makeClosure(signature, fn);
  return {
    argument: { address: made.address, callable: made },
    release: () => made.dispose(),
    refused() {
      const error = made.refusals === 0 ? undefined : made.lastError();
      return error instanceof CFuncError ? error.code : undefined;
    },
  };
}

function callableOf({ compiled, name, address, signature, named, file }: Target): (...args: unknown[]) => unknown {
  if (compiled !== undefined) return compiled as unknown as (...args: unknown[]) => unknown;
  const key = `${file ?? ""} ${name}`;
  let callable = callables.get(key);
  if (callable === undefined) {
    callable = makeCallable(address, { ...signature, params: signature.params.slice(0, named) }, { name });
    callables.set(key, callable);
  }
  return callable;
}

function crossing(argument: NativeArgument, type: CType | undefined): unknown {
  if (!isPointer(argument) || type?.kind !== "pointer") return argument;
  return argument.callable ?? makePointer(argument.address, type.to);
}

await serve({
  name: "compiled",
  capabilities: { callback: true, function: true, c: canCompileC(), ownership: true, diagnostic: true },
  run: (work) => runNative(work, call, undefined, { closure, callAsync }),
});
