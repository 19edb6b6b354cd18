// Functions with several signatures: the first one that takes the TypeScript types of the arguments is called, which is
// the one that TypeScript's own overload resolution picks. Values never decide: 3 and 2.5 are both a number.
import { assertNever, type CType, type Signature } from "../types/ctype.ts";
import { printSignature, printType, sameSignature, sameType } from "../types/print.ts";
import { nativeError, show } from "./argument-error.ts";
import type { NativeCall } from "./call.ts";
import { takesString } from "./crossing.ts";
import { pointerProblem } from "./pointers.ts";

export interface Overload {
  readonly signature: Signature;
  readonly call: NativeCall;
}

/** Chooses the overload for arguments. Throws CF5021 where an overload could never be chosen, since an earlier one takes all that it takes. */
export function overloaded(name: string, all: readonly Overload[]): (args: readonly unknown[]) => NativeCall {
  if (all.length === 0) throw nativeError("CF5021", `${name} has no signature`, "give it at least one");
  for (const [later, { signature }] of all.entries()) {
    const earlier = all.slice(0, later).find((one) => covers(one.signature, signature));
    if (earlier === undefined) continue;
    throw nativeError(
      "CF5021",
      `${name}: the overload ${printSignature(signature)} can never be chosen: ${printSignature(earlier.signature)} comes first and takes the same TypeScript types`,
      "load the function under another name, or leave one of them out",
    );
  }
  const candidates = all.map(({ signature, call }) => ({
    accepts: signature.params.map(({ type }) => acceptor(type)),
    variadic: signature.variadic,
    call,
  }));
  return (args) => {
    for (const { accepts, variadic, call } of candidates) {
      if (args.length !== accepts.length && !(variadic && args.length > accepts.length)) continue;
      if (accepts.every((one, i) => one(args[i]))) return call;
    }
    throw noneFits(name, all, args);
  };
}

function noneFits(name: string, all: readonly Overload[], args: readonly unknown[]): Error {
  const arity = all.some(({ signature }) => signature.params.length === args.length);
  return nativeError(
    arity ? "CF5011" : "CF5010",
    `${name}: no overload takes ${args.length === 0 ? "no arguments" : `(${args.map(show).join(", ")})`}`,
    `its overloads are ${all.map(({ signature }) => printSignature(signature)).join("; ")}`,
  );
}

/** Whether a value has the TypeScript type of a parameter. Ranges are checked by the call. */
function acceptor(type: CType): (value: unknown) => boolean {
  if (type.kind === "pointer") {
    const problem = pointerProblem(type);
    return (value) => problem(value) === undefined;
  }
  const wanted = typeOf(type);
  return (value) => typeof value === wanted;
}

function typeOf(type: CType): string {
  switch (type.kind) {
    case "bool":
      return "boolean";
    case "int":
      return type.js;
    case "float":
      return "number";
    case "void":
      return "undefined";
    case "pointer":
    case "complex":
    case "struct":
    case "union":
    case "opaque":
    case "array":
    case "function":
      return "object";
    default:
      return assertNever(type);
  }
}

/** Whether whatever the one signature takes is taken by the other one already. */
function covers(earlier: Signature, later: Signature): boolean {
  if (sameSignature({ ...earlier, result: later.result }, later)) return true;
  return (
    earlier.params.length === later.params.length &&
    earlier.variadic === later.variadic &&
    earlier.params.every(({ type }, i) => {
      const other = later.params[i]?.type;
      return other !== undefined && takesAll(type, other);
    })
  );
}

function takesAll(type: CType, other: CType): boolean {
  if (type.kind !== "pointer" || other.kind !== "pointer") {
    const [one, two] = [typeOf(type), typeOf(other)];
    return one === two && (one !== "object" || sameType(type, other));
  }
  if (takesString(other) && !takesString(type)) return false;
  return type.to.kind === "void" ? other.to.kind !== "function" : printType(type.to) === printType(other.to);
}
