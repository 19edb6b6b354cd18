// The JavaScript side of the mailbox: opened once a thread, at the first closure or asynchronous call; told of finished
// jobs; closed when the process or worker ends, so that nobody waits for a thread that answers no more.
import { llvm } from "../llvm/index.ts";
import { cell } from "./closure-code.ts";
import { env } from "./environment.ts";
import { mailboxText } from "./mailbox-code.ts";
import { item, mailbox as layout } from "./mailbox-layout.ts";
import { failure } from "./pending-error.ts";
import { slot } from "./slots.ts";
import type { Thunk } from "./thunk.ts";

export interface JobParts {
  /** Addresses: the code for the call's shape, the C function, and memory to be freed with the job (0n for none). */
  readonly body: bigint;
  readonly target: number;
  readonly payload: bigint;
  /** How many argument slots are filled. */
  readonly count: number;
}

/** Told that a job is done; its result and `errno` are in their slots, or the result over its arguments, until native code is called again. */
export interface JobListener {
  done(job: bigint): void;
  /** Something that ran for the job's thread threw. */
  failed(error: unknown): void;
}

export class Mailbox {
  /** Address of the function with which generated code asks for a closure's result. */
  readonly ask: bigint;
  private readonly handle: bigint;
  private readonly startJob: Thunk;
  private readonly jobs = new Map<bigint, JobListener>();

  constructor() {
    const { slots, napi } = env();
    const memory = env().c("calloc", BigInt(layout.size), 1n);
    const failures = { blocked: failure.otherThread, gone: failure.refused, disposed: failure.disposed };
    const text = mailboxText({ memory, slots, napi, cell, failures });
    const code = llvm().compile(text, { name: "mailbox", optimize: false });
    this.ask = code.address("ask");
    this.handle = memory + BigInt(layout.handle);
    this.startJob = env().functionAt(code.address("start_job"));
    const close = env().functionAt(code.address("close_mailbox"));
    env().functionAt(code.address("open_mailbox"))(() => this.finished());
    // `process.exit` runs no clean-up hooks, and a thread that waits here may be joined by a destructor.
    process.once("exit", () => close());
  }

  /** Starts a thread for a call whose arguments are in the slots; false where the system gives none. */
  start({ body, target, payload, count }: JobParts, listener: JobListener): boolean {
    const { u64, f64 } = env();
    f64[slot.target] = target;
    u64[slot.body] = body;
    u64[slot.payload] = payload;
    u64[slot.count] = BigInt(count);
    this.startJob();
    const job = u64[slot.result] ?? 0n;
    if (job === 0n) return false;
    this.jobs.set(job, listener);
    // What is under way keeps the process alive; a closure that might be called does not.
    if (this.jobs.size === 1) env().c("uv_ref", this.handle);
    return true;
  }

  /** The job whose own thread asked for the closure that is running. */
  caller(): JobListener | undefined {
    const thread = env().u64[slot.caller] ?? 0n;
    if (thread === 0n) return undefined;
    for (const [job, listener] of this.jobs) {
      const word = new BigUint64Array(env().viewAt(job + BigInt(item.thread), 8));
      if (word[0] === thread) return listener;
    }
    return undefined;
  }

  private finished(): void {
    const job = env().u64[slot.arguments] ?? 0n;
    const listener = this.jobs.get(job);
    this.jobs.delete(job);
    listener?.done(job);
    env().c("free", job);
    if (this.jobs.size === 0) env().c("uv_unref", this.handle);
  }
}

let opened: Mailbox | undefined;

/** This thread's mailbox. */
export function mailbox(): Mailbox {
  opened ??= new Mailbox();
  return opened;
}

/** As `mailbox`, where there is one. */
export const openedMailbox = (): Mailbox | undefined => opened;
