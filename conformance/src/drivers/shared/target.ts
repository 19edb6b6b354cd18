// What a driver is asked to call, and the values that go in and come out, before any driver gives them its own form.
import type { CFunc } from "@cfunc/core";
import type { Signature, Value } from "@cfunc/core/contract";

/** A C function. */
export interface Target {
  readonly name: string;
  readonly address: bigint;
  readonly signature: Signature;
  /** The C text that declares the signature's structures and unions. */
  readonly declarations?: string;
  /** The compiled function behind the address, where it is one. */
  readonly compiled?: CFunc;
}

export interface NativePointer {
  readonly address: bigint;
}

/** A structure, union or complex number: its parts as plain values, none of them called `address`. */
export interface NativeAggregate {
  readonly [part: string]: Value;
}

/** A pointer is an object with an address; text goes where C takes a string. */
export type NativeArgument = number | bigint | boolean | string | NativePointer | NativeAggregate;
export type NativeResult = number | bigint | boolean | undefined | NativePointer | NativeAggregate;

/** How a driver calls C functions. */
export type Caller = (target: Target, args: readonly NativeArgument[]) => NativeResult;

export const isPointer = (value: unknown): value is NativePointer =>
  typeof value === "object" && value !== null && typeof (value as NativePointer).address === "bigint";

export const isAggregateValue = (value: unknown): value is NativeAggregate =>
  typeof value === "object" && value !== null && !isPointer(value);
