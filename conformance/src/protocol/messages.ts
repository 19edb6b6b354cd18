// What the runner and a driver say to each other: JSON texts, one a line, requests on standard input and answers on
// standard output. schema/message.schema.json says the driver's side. Types only.
import type { EncodedValue } from "@cfunc/core/contract";
import type {
  CallCase,
  CCall,
  DeclaredSignature,
  FunctionCall,
  Pointer,
  SourceFunction,
  Step,
} from "../vectors/vector.ts";

export const protocolVersion = 1;

/** A source function with its JavaScript, for drivers that run JavaScript. */
export interface TranspiledFunction extends SourceFunction {
  readonly javascript: { readonly source: string; readonly prelude: string };
}

/** A case as drivers see it: without what is expected. */
export type CaseWork = Omit<CallCase, "expect">;
type WithoutExpect<S> = S extends Step ? Omit<S, "expect"> : never;
export type StepWork = WithoutExpect<Step>;

export interface CallbackWork {
  readonly call: { readonly kind: "callback" } & TranspiledFunction;
  readonly case: CaseWork;
}
export interface FunctionWork {
  readonly call: FunctionCall<TranspiledFunction>;
  readonly case: CaseWork;
}
export interface ScenarioWork {
  readonly call: { readonly kind: "ownership" };
  readonly steps: readonly StepWork[];
}
export interface CWork {
  readonly call: CCall<TranspiledFunction>;
  readonly case: CaseWork;
}
/** One cell's work: a vector's call with one of its cases. */
export type Work = CallbackWork | FunctionWork | CWork | ScenarioWork;

/** Everything that the driver will be asked to call, so that it can build what it needs at once. */
export interface PrepareRequest {
  readonly kind: "prepare";
  readonly id: number;
  /** A folder of this run and driver, for what is built. A driver that was restarted finds its files there. */
  readonly folder: string;
  readonly signatures: readonly DeclaredSignature[];
}
export interface RunRequest {
  readonly kind: "run";
  readonly id: number;
  readonly work: Work;
}
export type Request = PrepareRequest | RunRequest;

export type Capability = "callback" | "function" | "c" | "ownership" | "diagnostic";

export interface Hello {
  readonly kind: "hello";
  readonly protocol: typeof protocolVersion;
  readonly driver: string;
  readonly capabilities: Readonly<Record<Capability, true | string>>;
  readonly lacks: Readonly<Record<string, string>>;
}
export interface Ready {
  readonly kind: "ready";
  readonly id: number;
}
/** A status that the library under test reported, by its name in the contract. */
export interface ReportedStatus {
  readonly status: string;
  readonly message: string;
}
/** An allocation as the library's ledger tells it. */
export interface Allocation {
  readonly id: number;
  readonly kind: string;
  readonly size: number;
  readonly made: { readonly site: string; readonly sequence: number; readonly thread: number };
}
export type StepOutcome = { readonly allocated: Allocation } | { readonly text: string } | ReportedStatus;

export interface Answer {
  readonly kind: "answer";
  readonly id: number;
  readonly result?: EncodedValue | Pointer;
  readonly memory?: Readonly<Record<string, EncodedValue>>;
  readonly overruns?: readonly string[];
  readonly status?: ReportedStatus;
  readonly steps?: readonly StepOutcome[];
  readonly live?: readonly Allocation[];
  /** The exception that the call threw: its code, or else its message. */
  readonly thrown?: string;
  /** The codes of why closures did not run. */
  readonly refused?: Readonly<Record<string, string>>;
}
export interface ErrorAnswer {
  readonly kind: "error";
  readonly id: number;
  readonly code?: string;
  readonly message: string;
}
export type DriverMessage = Hello | Ready | Answer | ErrorAnswer;
