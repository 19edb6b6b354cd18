// Calls of variadic functions from TypeScript. Every list of types after the named parameters is a call of its own,
// made once. What the callee makes of its arguments, a format for example, is between the caller and the callee.
import { PointerView } from "../memory/ptr.ts";
import type { CType, Parameter, PointerType, Signature } from "../types/ctype.ts";
import { typeNames } from "../types/names.ts";
import { printType, sameType } from "../types/print.ts";
import { nativeError, show, wrongArity } from "./argument-error.ts";
import type { NativeCall } from "./call.ts";
import type { Thunk } from "./thunk.ts";

/** What a string is passed as: there is one thing that C can make of it. */
const text: PointerType = { kind: "pointer", to: typeNames.char, constant: true };

interface Typed {
  readonly type: CType;
  readonly value: unknown;
}

interface Known {
  readonly types: readonly CType[];
  readonly call: NativeCall;
}

export class VariadicCalls {
  private readonly name: string;
  private readonly signature: Signature;
  private readonly make: (extra: readonly Parameter[]) => NativeCall;
  private readonly known = new Map<string, Known>();
  private gone: Thunk | undefined;
  /** The call that ran last. */
  last: NativeCall | undefined;

  constructor(name: string, signature: Signature, make: (extra: readonly Parameter[]) => NativeCall) {
    this.name = name;
    this.signature = signature;
    this.make = make;
  }

  run(args: readonly unknown[]): unknown {
    const { chosen, values } = this.choose(args);
    this.last = chosen;
    return chosen(...values);
  }

  /**
   * The call for the types of these arguments, and the arguments without their types. Throws CF5010 for too few of
   * them, CF5011 for a further one without a type.
   */
  choose(args: readonly unknown[]): { readonly chosen: NativeCall; readonly values: readonly unknown[] } {
    this.gone?.();
    const count = this.signature.params.length;
    if (args.length < count) throw wrongArity(this.name, this.signature, args.length);
    const extra = args.slice(count).map((value, i) => this.typed(value, count + i));
    const values = [...args.slice(0, count), ...extra.map(({ value }) => value)];
    return { chosen: this.call(extra.map(({ type }) => type)), values };
  }

  /** The native code is gone: every later call runs `thunk`, which throws. */
  replace(thunk: Thunk): void {
    this.gone = thunk;
    this.known.clear();
  }

  private call(types: readonly CType[]): NativeCall {
    const key = types.map(printType).join();
    const found = this.known.get(key);
    // Structures of one name may be different types.
    if (found?.types.every((type, i) => type === types[i] || sameType(type, types[i] as CType))) return found.call;
    const call = this.make(types.map((type) => ({ type })));
    this.known.set(key, { types, call });
    return call;
  }

  private typed(value: unknown, index: number): Typed {
    if (typeof value === "string") return { type: text, value };
    if (value instanceof PointerView) return { type: { kind: "pointer", to: value.type, constant: false }, value };
    if (isTyped(value)) return value;
    throw nativeError(
      "CF5011",
      `${this.name}: argument ${index + 1} comes after the named parameters and needs a type, got ${show(value)}`,
      "say which C type it is: as(int32, 3), as(float64, 2.5); strings and pointers need none",
    );
  }
}

function isTyped(value: unknown): value is Typed {
  if (typeof value !== "object" || value === null || !("type" in value) || !("value" in value)) return false;
  const { type } = value;
  return typeof type === "object" && type !== null && "kind" in type;
}
