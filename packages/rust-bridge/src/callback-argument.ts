// A callback as argument: a compiled function, a closure, a foreign function, anything with an address and a
// signature. The signature is checked here, because Rust sees only an address.
import { type CType, parseSignature, printSignature, type Signature, sameType } from "@cfunc/core";
import { BridgeError } from "./bridge-error.ts";
import { callbacks } from "./generated/declarations.ts";

export interface NativeFunction {
  /** C function pointer. */
  readonly address: bigint;
  readonly signature: Signature;
}

/** What a callback gets as its last argument: a pointer, memory, or nothing. */
export type UserData = { readonly address: bigint } | ArrayBufferView | ArrayBuffer | null;

type Site = keyof typeof callbacks;

const parsed = new Map<Site, readonly Signature[]>();

export interface CallbackOptions {
  /** Closures are let through though other threads call: somebody makes sure that this thread can answer. */
  readonly closures?: boolean;
}

/** The address to pass for `fn`, and its signature. Throws BridgeError where `fn` is not what the function calls. */
export function addressOfCallback(site: Site, fn: NativeFunction, options: CallbackOptions = {}): number {
  if ((typeof fn !== "object" && typeof fn !== "function") || fn === null || typeof fn.address !== "bigint") {
    throw new BridgeError("invalid_argument", `${site}: fn must be a native function: a cfunc, a closure or a pointer`);
  }
  if (fn.address === 0n) throw new BridgeError("null_pointer", `${site}: fn is a null pointer`);
  const wanted = signaturesOf(site);
  if (!wanted.some((one) => fits(fn.signature, one))) {
    const types = wanted.map(printSignature).join(" or ");
    throw new BridgeError("wrong_signature", `${site}: fn must be ${types}, got ${printSignature(fn.signature)}`);
  }
  if (callbacks[site].threads === "any" && options.closures !== true && isClosure(fn)) {
    const message = `${site}: fn is a closure, which runs on the thread that made it only; compile it with cfunc`;
    throw new BridgeError("wrong_thread", message);
  }
  return Number(fn.address);
}

/** Whether it is a JavaScript function, which runs on one thread. It counts the calls that it refused; nothing else does. */
export function isClosure(fn: unknown): boolean {
  return typeof fn === "object" && fn !== null && "refusals" in fn && "address" in fn;
}

function signaturesOf(site: Site): readonly Signature[] {
  const known = parsed.get(site);
  if (known !== undefined) return known;
  const signatures = callbacks[site].signatures.map((text) => parseSignature(text));
  parsed.set(site, signatures);
  return signatures;
}

function fits(given: Signature, wanted: Signature): boolean {
  return (
    given !== undefined &&
    !given.variadic &&
    given.params.length === wanted.params.length &&
    sameType(given.result, wanted.result) &&
    wanted.params.every(({ type }, i) => takes(given.params[i]?.type, type))
  );
}

/** A callback may promise not to write where it is allowed to, and it may read its user data as any type. */
function takes(given: CType | undefined, wanted: CType): boolean {
  if (given === undefined) return false;
  if (wanted.kind !== "pointer") return sameType(given, wanted);
  if (given.kind !== "pointer" || given.to.kind === "function") return false;
  return wanted.to.kind === "void" || sameType(given.to, wanted.to);
}
