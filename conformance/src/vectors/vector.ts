// The data model of vectors, as schema/vector.schema.json says it: what to call, with which values, and what must come
// out. Language-neutral: values are in core's exact JSON encoding. Types only.
import type { EncodedValue } from "@cfunc/core/contract";

/** A signature as text, with the C declarations of the structures and unions that it names. */
export interface DeclaredSignature {
  readonly signature: string;
  /** As in a C header: `typedef struct { double x, y; } Point;`. */
  readonly declarations?: string;
  /** The types of what follows the named arguments of a variadic function. */
  readonly further?: readonly string[];
}

/** A TypeScript function as text, with the text of what it captures. */
export interface SourceFunction extends DeclaredSignature {
  readonly source: string;
  readonly prelude?: string;
}

export type Call =
  | ({ readonly kind: "callback" } & SourceFunction)
  | FunctionCall<SourceFunction>
  | CCall<SourceFunction>
  | { readonly kind: "ownership" };

export interface FunctionCall<F> {
  readonly kind: "function";
  /** By its name in the contract. */
  readonly function: string;
  readonly symbol: "plain" | "twin";
  readonly callbacks?: Readonly<Record<string, F>>;
}

/** A C function, whose text is compiled for the run. */
export interface CCall<F> extends DeclaredSignature {
  readonly kind: "c";
  /** The function's name in the text. */
  readonly function: string;
  /** C definitions, which follow the declarations. */
  readonly source: string;
  readonly callbacks?: Readonly<Record<string, F>>;
  /** JavaScript functions that are not compiled; `again(x)` in one makes the call again, with another last argument. */
  readonly closures?: Readonly<Record<string, F>>;
  /** Closures that end before the call. */
  readonly released?: readonly string[];
  /** What kind of call it is: on another thread, while the event loop goes on. */
  readonly asynchronous?: boolean;
  /** Whether C calls a closure on a thread that it makes. */
  readonly threads?: boolean;
}

export interface Pointer {
  readonly $pointer: string | { readonly to: string; readonly at: number };
}
export interface CallbackReference {
  readonly $callback: string;
}
export interface ClosureReference {
  readonly $closure: string;
}
export type Argument = EncodedValue | Pointer | CallbackReference | ClosureReference;

export type FieldTypeName =
  | "int8"
  | "uint8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "int64"
  | "uint64"
  | "float32"
  | "float64";
export interface ExpectedField {
  readonly type: FieldTypeName;
  readonly at: number;
  readonly value?: EncodedValue;
  readonly ulps?: number;
  readonly atMost?: number;
}
export type ExpectedBlock = EncodedValue | { readonly fields: readonly ExpectedField[] };

export interface ExpectedStatus {
  readonly status: string;
  readonly message?: string;
}

export interface Expected {
  readonly result?: EncodedValue | Pointer;
  readonly ulps?: number;
  readonly json?: unknown;
  readonly memory?: Readonly<Record<string, ExpectedBlock>>;
  readonly status?: ExpectedStatus;
  readonly diagnostic?: string;
  /** The exception that the call throws: its code, or else its message. */
  readonly throws?: string;
  /** The codes of why closures did not run. */
  readonly refused?: Readonly<Record<string, string>>;
}

export interface CallCase {
  readonly about?: string;
  readonly arguments: readonly Argument[];
  readonly memory?: Readonly<Record<string, EncodedValue>>;
  readonly expect: Expected;
}

export type Step =
  | {
      readonly do: "allocate";
      readonly with: string;
      readonly arguments: readonly EncodedValue[];
      readonly as: string;
    }
  | { readonly do: "use"; readonly of: string; readonly expect: { readonly text: string } | ExpectedStatus }
  | {
      readonly do: "free";
      readonly of: string | null | { readonly foreign: number };
      readonly at?: number;
      readonly with: string;
      readonly expect: ExpectedStatus;
    };

export interface Scenario {
  readonly about?: string;
  readonly twin: "clean" | "faulty";
  readonly steps: readonly Step[];
  readonly live: readonly string[];
}

interface VectorBase {
  readonly version: 1;
  readonly family: string;
  readonly name: string;
  readonly about: string;
}
export type CallVector = VectorBase & {
  readonly call: Exclude<Call, { readonly kind: "ownership" }>;
  readonly cases: readonly CallCase[];
};
export type OwnershipVector = VectorBase & {
  readonly call: Extract<Call, { readonly kind: "ownership" }>;
  readonly cases: readonly Scenario[];
};
export type Vector = CallVector | OwnershipVector;

export function isOwnership(vector: Vector): vector is OwnershipVector {
  return vector.call.kind === "ownership";
}
