// What of Rust's memory is live: for leak tests.
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
