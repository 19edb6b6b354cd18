// What of Rust's memory is live: for leak tests.
import { checkCount } from "./arguments.ts";
import { library } from "./library.ts";
import { ownText } from "./owned-text.ts";
import { checked } from "./status.ts";

/** One allocation that nobody has released. */
export interface LiveAllocation {
  /** From 1, never used twice. */
  readonly id: number;
  /** What it is: `string`. */
  readonly kind: string;
  /** Bytes. */
  readonly size: number;
  /** How many borrows keep it from being released; absent where there is none. */
  readonly borrows?: number;
  /** Which function made it, as the how-manieth event, on which thread. */
  readonly made: { readonly site: string; readonly sequence: number; readonly thread: number };
}

/** How many allocations are live. */
export function liveCount(): number {
  return Number(library().bridge_live_count());
}

/** How many bytes are live. */
export function liveBytes(): number {
  return Number(library().bridge_live_bytes());
}

/** A mark in the order of allocations, for `liveSince` and `live`. */
export function ledgerCheckpoint(): number {
  return Number(library().bridge_ledger_checkpoint());
}

/** How many of the allocations made since a checkpoint are live. */
export function liveSince(checkpoint: number): number {
  return Number(library().bridge_live_since(BigInt(checkpoint)));
}

/** The live allocations made since a checkpoint, oldest first. */
export function live(checkpoint = 0): readonly LiveAllocation[] {
  const pointer = checked((status) => library().bridge_ledger_live(BigInt(checkpoint), status));
  using list = ownText("ledger_live", pointer, ({ text }) => JSON.parse(text) as readonly LiveAllocation[]);
  return list.value;
}

/** Gives memory that is held back after its release to the allocator; for leak checkers at the end of a process. */
export function flush(): void {
  library().bridge_ledger_flush();
}

/** How much is live of one kind. */
export interface Census {
  readonly allocations: number;
  readonly bytes: number;
}

/** How much is live, by kind: `string`, `vector`, ... */
export function census(): Readonly<Record<string, Census>> {
  const pointer = checked((status) => library().bridge_ledger_census(status));
  using answer = ownText("ledger_census", pointer, ({ text }) => JSON.parse(text) as Record<string, Census>);
  return answer.value;
}

/** One line of a trace. Without addresses, times and threads, so that traces can be compared. */
export type TraceStep =
  | { readonly step: "refused"; readonly site: string; readonly why: string }
  | {
      readonly step: "made" | "released" | "borrowed" | "ended";
      readonly site: string;
      /** From 1 within the trace; null for what is older. */
      readonly number: number | null;
      readonly kind: string;
      readonly size: number;
    };

/** Records what happens to allocations while `body` runs. */
export function trace(body: () => void): readonly TraceStep[] {
  library().bridge_ledger_trace_start();
  const stop = () => {
    const pointer = checked((status) => library().bridge_ledger_trace_stop(status));
    using answer = ownText("ledger_trace_stop", pointer, ({ text }) => JSON.parse(text) as readonly TraceStep[]);
    return answer.value;
  };
  try {
    body();
  } catch (error) {
    stop();
    throw error;
  }
  return stop();
}

/** How many released blocks Rust holds back from now on, so that a second release is noticed: 4096 unless changed. */
export function holdBack(blocks: number): void {
  checkCount("ledger_hold_back", "blocks", blocks);
  library().bridge_ledger_hold_back(BigInt(blocks));
}

/** Lets the `nth` allocation from now fail once with `out_of_memory`, to test what then happens; 0 takes it back. */
export function failNth(nth: number): void {
  checkCount("ledger_fail_nth", "nth", nth);
  library().bridge_ledger_fail_nth(BigInt(nth));
}
