// How a C function's parameters and result travel: what a calling convention answers, as data. LLVM assigns the
// registers; it does not know C's rules for structures, unions and complex numbers, which is what the conventions
// beside this file add. Pure.
import { scalarType as irScalarType } from "../../ir/c-types.ts";
import type { CType, Signature } from "../../types/ctype.ts";
import { llvmTypes } from "../llvm-types.ts";

/** `signext` or `zeroext` where whoever passes a narrow integer extends it to 32 bits. */
export type Extension = "" | "signext" | "zeroext";

/** A piece of an aggregate that travels as one LLVM value. */
export interface Part {
  /** An LLVM type. */
  readonly type: string;
  /** Bytes from the start of the aggregate. */
  readonly offset: number;
  /** Bytes that a load of the LLVM type reads: at the end of the last part maybe more than the aggregate has. */
  readonly bytes: number;
  /** The alignment on the stack, as an argument, where LLVM would not take it from the type. */
  readonly stackAlign?: number;
}

/** Bytes that an aggregate takes and their alignment in memory. */
export interface Extent {
  readonly size: number;
  readonly align: number;
}

export type Passing =
  /** A scalar, as itself. */
  | { readonly kind: "scalar"; readonly type: string; readonly extension: Extension }
  /** An aggregate in registers, or as whole words on the stack. */
  | ({ readonly kind: "parts"; readonly parts: readonly Part[] } & Extent)
  /** An aggregate on the stack among the arguments: LLVM's `byval`. `slot` is the alignment there. */
  | ({ readonly kind: "stack"; readonly slot: number } & Extent)
  /** The address of a copy that belongs to the callee. */
  | ({ readonly kind: "copy" } & Extent)
  /** A result in memory of the caller's: LLVM's `sret`. */
  | ({ readonly kind: "memory" } & Extent)
  /** Nothing travels: `void`, and aggregates without bytes. */
  | { readonly kind: "nothing" };

/** A signature as a calling convention passes it. */
export interface Passed {
  readonly result: Passing;
  readonly params: readonly Passing[];
  readonly variadic: boolean;
}

export interface CallingConvention {
  readonly name: string;
  /** `extra` holds the types of what a call passes after the parameters of a variadic function. */
  classify(signature: Signature, extra?: readonly CType[]): Passed;
}

/** A scalar's LLVM type. */
export const scalarType = (type: CType): string => llvmTypes[irScalarType(type)];
