// Third stage, build: a driver is started, says what it can do, and builds what it will need. A driver that broke down
// is started again the same way; one that cannot be started any more is given up, with the reason.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Hello, Request, RunRequest } from "../protocol/messages.ts";
import type { DeclaredSignature } from "../vectors/vector.ts";
import { type Breakdown, DriverProcess, type Reply } from "./driver-process.ts";
import type { DriverDescription } from "./read.ts";
import type { Validator } from "./schemas.ts";

export interface Limits {
  /** For a start and for building, in milliseconds. */
  readonly startMs: number;
  /** For one request, in milliseconds. */
  readonly requestMs: number;
}

/** Starts in a row that fail before a driver is given up. */
const mostFailedStarts = 2;

type Open = Omit<RunRequest, "id">;

/** A driver that is there when it is asked, restarted whenever it was lost. */
export class Driver {
  readonly description: DriverDescription;
  readonly hello: Hello;
  private readonly session: Session;
  private process: DriverProcess | undefined;
  private failedStarts = 0;
  private nextId = 1;
  /** Starts after the first one. */
  restarts = 0;

  private constructor(session: Session, hello: Hello, process: DriverProcess) {
    this.description = session.description;
    this.session = session;
    this.hello = hello;
    this.process = process;
  }

  /** Starts it for the first time. */
  static async start(session: Session): Promise<Driver | Breakdown> {
    const started = await start(session);
    return started.kind === "started" ? new Driver(session, started.hello, started.process) : started;
  }

  async ask(request: Open): Promise<Reply> {
    const death = this.process?.death;
    if (death !== undefined) {
      this.process = undefined;
      return { kind: "crash", detail: `${death} after its last answer, before it was asked this` };
    }
    if (this.process === undefined) {
      if (this.failedStarts >= mostFailedStarts) return { kind: "crash", detail: "it could not be started again" };
      this.restarts++;
      const started = await start(this.session);
      if (started.kind !== "started") {
        this.failedStarts++;
        return started;
      }
      this.failedStarts = 0;
      this.process = started.process;
    }
    const reply = await this.process.ask({ ...request, id: this.nextId++ } as Request, this.session.limits.requestMs);
    if (reply.kind !== "message") this.process = undefined;
    return reply;
  }

  /** Ends it; answers how it ended, when that was not in peace. */
  async finish(): Promise<string | undefined> {
    return this.process?.finish();
  }
}

export interface Session {
  readonly description: DriverDescription;
  readonly validate: Validator;
  readonly limits: Limits;
  /** A folder of this run. */
  readonly folder: string;
  readonly signatures: readonly DeclaredSignature[];
}

type Started = { readonly kind: "started"; readonly hello: Hello; readonly process: DriverProcess };

async function start({ description, validate, limits, folder, signatures }: Session): Promise<Started | Breakdown> {
  const process = new DriverProcess(description, validate);
  const first = await process.ask(undefined, limits.startMs);
  const lost = (what: string): Breakdown => {
    process.kill();
    return { kind: "garbage", detail: what };
  };
  if (first.kind !== "message") return first;
  const hello = first.message;
  if (hello.kind !== "hello") return lost(`its first line is no hello but ${hello.kind}`);
  if (hello.driver !== description.name) return lost(`it says that it is the driver ${hello.driver}`);
  const own = join(folder, description.name);
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const ready = await process.ask({ kind: "prepare", id: 0, folder: own, signatures }, limits.startMs);
  if (ready.kind !== "message") return ready;
  if (ready.message.kind === "error") return lost(`it cannot prepare: ${ready.message.message}`);
  if (ready.message.kind !== "ready") return lost(`it answered ${ready.message.kind} to prepare`);
  return { kind: "started", hello, process };
}
