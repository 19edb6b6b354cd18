// The driver `koffi`: the npm package koffi calls the library's functions by name, and compiled functions by their
// addresses, as a user of that package would. Nothing is repaired on the way: what it gets wrong is the matrix's to show.
import type { CType } from "@cfunc/core/contract";
import { isAggregate } from "@cfunc/core/types";
import koffi from "koffi";
import { plain } from "../shared/aggregates.ts";
import { libraryPath } from "../shared/bridge-library.ts";
import { runNative } from "../shared/native-driver.ts";
import { serve } from "../shared/serve.ts";
import { keyOf, shapeOf } from "../shared/shape.ts";
import { type Caller, isPointer, type NativeArgument, type NativeResult, type Target } from "../shared/target.ts";
import { koffiType, koffiUnion } from "./types.ts";

type Prototype = ReturnType<typeof koffi.proto>;
type Callable = (...args: unknown[]) => unknown;

const library = koffi.load(libraryPath);
const exported = new Map<string, Callable>();
const prototypes = new Map<string, Prototype>();

const call: Caller = (target, args) => {
  const { params } = target.signature;
  const values = args.map((argument, i) => crossing(argument, params[i]?.type, target.declarations));
  const result =
    target.compiled === undefined
      ? exportedFunction(target)(...values)
      : koffi.call(target.address, prototypeOf(target), ...values);
  return returned(result, target.signature.result);
};

function exportedFunction({ name, declarations, signature: { result, params } }: Target): Callable {
  let found = exported.get(name);
  if (found === undefined) {
    found = library.func(
      name,
      koffiType(result, declarations),
      params.map(({ type }) => koffiType(type, declarations)),
    );
    exported.set(name, found);
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
  capabilities: { callback: true, function: true, ownership: true, diagnostic: true },
  lacks: {
    "type:complex64": "koffi has no complex numbers",
    "type:complex128": "koffi has no complex numbers",
    "type:bitfield": "koffi has no bit-fields",
  },
  run: (work) => runNative(work, call, (address, size) => new Uint8Array(koffi.view(address, size)).slice()),
});
