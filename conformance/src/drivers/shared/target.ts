// What a driver is asked to call, and the values that go in and come out, before any driver gives them its own form.
import type { CFunc } from "@cfunc/core";
import type { Signature } from "@cfunc/core/contract";

/** A C function. */
export interface Target {
  readonly name: string;
  readonly address: bigint;
  readonly signature: Signature;
  /** The compiled function behind the address, where it is one. */
  readonly compiled?: CFunc;
}

export interface NativePointer {
  readonly address: bigint;
}

/** A pointer is an object with an address; text goes where C takes a string. */
export type NativeArgument = number | bigint | boolean | string | NativePointer;
export type NativeResult = number | bigint | boolean | undefined | NativePointer;

/** How a driver calls C functions. */
export type Caller = (target: Target, args: readonly NativeArgument[]) => NativeResult;

export const isPointer = (value: unknown): value is NativePointer =>
  typeof value === "object" && value !== null && "address" in value;
