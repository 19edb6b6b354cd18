// The driver `koffi`: the npm package koffi calls the library's functions by name, and compiled functions by their
// addresses, as a user of that package would. Nothing is repaired on the way: what it gets wrong is the matrix's to show.
import type { CType, Signature } from "@cfunc/core/contract";
import { isAggregate } from "@cfunc/core/types";
import koffi from "koffi";
import { plain } from "../shared/aggregates.ts";
import { libraryPath } from "../shared/bridge-library.ts";
import { canCompileC } from "../shared/c-function.ts";
import { runNative } from "../shared/native-driver.ts";
import { serve } from "../shared/serve.ts";
import { keyOf, shapeOf } from "../shared/shape.ts";
import {
  type Caller,
  type DriverClosure,
  isPointer,
  type NativeArgument,
  type NativeResult,
  type Target,
} from "../shared/target.ts";
import { koffiType, koffiUnion } from "./types.ts";

type Prototype = ReturnType<typeof koffi.proto>;
type Callable = (...args: unknown[]) => unknown;

const library = koffi.load(libraryPath);
const exported = new Map<string, Callable>();
const prototypes = new Map<string, Prototype>();

const call: Caller = (target, args) => {
  const values = valuesFor(target, args);
  const result =
    target.compiled === undefined
      ? exportedFunction(target)(...values)
      : koffi.call(target.address, prototypeOf(target), ...values);
  return returned(result, target.signature.result);
};

/** What follows the named arguments of a variadic function goes with its type in front. */
function valuesFor({ signature: { params }, declarations, named }: Target, args: readonly NativeArgument[]): unknown[] {
  return args.flatMap((argument, i) => {
    const type = params[i]?.type;
    const value = crossing(argument, type, declarations);
    return type === undefined || i < (named ?? args.length) ? [value] : [koffiType(type, declarations), value];
  });
}

function callAsync(target: Target, args: readonly NativeArgument[]): Promise<NativeResult> {
  const { async: start } = exportedFunction(target) as Callable & { readonly async: Callable };
  return new Promise((resolve, reject) => {
    const done = (error: unknown, value: unknown) =>
      error === null || error === undefined ? resolve(returned(value, target.signature.result)) : reject(error);
    start(...valuesFor(target, args), done);
  });
}

function closure(fn: Callable, signature: Signature, declarations: string): DriverClosure {
  const { params } = signature;
  const type = koffi.pointer(prototypeOf({ name: "closure", address: 0n, signature, declarations }));
  // 64-bit integers arrive as numbers where they are safe.
  const address = koffi.register((...args: unknown[]) => {
    return fn(...args.map((value, i) => plain(params[i]?.type ?? signature.result, value)));
  }, type);
  return { argument: { address }, release: () => koffi.unregister(address) };
}

function exportedFunction({ name, declarations, signature, named, file }: Target): Callable {
  const key = `${file ?? ""} ${name}`;
  let found = exported.get(key);
  if (found === undefined) {
    const types = signature.params.slice(0, named).map(({ type }) => koffiType(type, declarations));
    const parameters = named === undefined ? types : [...types, "..."];
    const from = file === undefined ? library : koffi.load(file);
    found = from.func(name, koffiType(signature.result, declarations), parameters) as Callable;
    exported.set(key, found);
  }
  return found;
}

function prototypeOf({ signature, declarations }: Target): Prototype {
  const key = keyOf(shapeOf(signature, declarations));
  let found = prototypes.get(key);
  if (found === undefined) {
    const { result, params } = signature;
    found = koffi.proto(
      null,
      koffiType(result, declarations),
      params.map(({ type }) => koffiType(type, declarations)),
    );
    prototypes.set(key, found);
  }
  return found;
}

function crossing(argument: NativeArgument, type: CType | undefined, declarations = ""): unknown {
  if (isPointer(argument)) return argument.address;
  return type?.kind === "union" ? koffiUnion(type, argument as object, declarations) : argument;
}

/** 64-bit integers come back as numbers where they are safe, which koffi documents. */
function returned(value: unknown, type: CType): NativeResult {
  if (type.kind === "pointer") {
    if (value !== null && typeof value !== "bigint") throw new Error(`koffi returned a ${typeof value} for a pointer`);
    return { address: value ?? 0n };
  }
  if (isAggregate(type)) return plain(type, value) as NativeResult;
  if (type.kind === "int" && type.bits === 64) {
    if (typeof value !== "number" && typeof value !== "bigint") throw new Error(`koffi returned a ${typeof value}`);
    return type.js === "bigint" ? BigInt(value) : Number(value);
  }
  return value as NativeResult;
}

await serve({
  name: "koffi",
  capabilities: { callback: true, function: true, c: canCompileC(), ownership: true, diagnostic: true },
  lacks: {
    "feature:deadlock-guard":
      "in koffi a call from another thread waits for the event loop, which a synchronous call holds",
    "type:complex64": "koffi has no complex numbers",
    "type:complex128": "koffi has no complex numbers",
    "type:bitfield": "koffi has no bit-fields",
  },
  run: (work) =>
    runNative(work, call, (address, size) => new Uint8Array(koffi.view(address, size)).slice(), { closure, callAsync }),
});
