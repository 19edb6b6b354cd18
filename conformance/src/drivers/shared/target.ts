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
  /** Of a variadic function: how many parameters have names. The signature has the others' types too. */
  readonly named?: number;
  /** The file of its library, where that is not the library under test. */
  readonly file?: string;
  /** The compiled function behind the address, where it is one. */
  readonly compiled?: CFunc;
}

export interface NativePointer {
  readonly address: bigint;
  /** The compiled function or closure that it points to, for drivers that pass such objects. */
  readonly callable?: unknown;
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

/** A JavaScript function as a C function pointer, made by a driver. */
export interface DriverClosure {
  readonly argument: NativePointer;
  release(): void;
  /** The code of why it did not run, where the driver knows. */
  refused?(): string | undefined;
}

/** What a driver can do beside calling. */
export interface Abilities {
  closure?(fn: (...args: unknown[]) => unknown, signature: Signature, declarations: string): DriverClosure;
  /** The call off the JavaScript thread. */
  callAsync?(target: Target, args: readonly NativeArgument[]): Promise<NativeResult>;
}

export const isPointer = (value: unknown): value is NativePointer =>
  typeof value === "object" && value !== null && typeof (value as NativePointer).address === "bigint";

export const isAggregateValue = (value: unknown): value is NativeAggregate =>
  typeof value === "object" && value !== null && !isPointer(value);
