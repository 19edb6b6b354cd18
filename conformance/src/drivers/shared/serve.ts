// The loop of a driver: says hello, then answers requests, one JSON text a line, until standard input ends. An exception
// becomes an error answer; whatever ends the process is the runner's to notice.
import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { CFuncError } from "@cfunc/core";
import {
  type Answer,
  type Capability,
  type PrepareRequest,
  protocolVersion,
  type Request,
  type Work,
} from "../../protocol/messages.ts";
import { buildIn } from "./c-function.ts";

export interface DriverProgram {
  readonly name: string;
  readonly capabilities: Readonly<Record<Capability, true | string>>;
  /** Types and functions that it lacks, with the reasons. */
  readonly lacks?: Readonly<Record<string, string>>;
  prepare?(request: PrepareRequest): void;
  run(work: Work): Omit<Answer, "kind" | "id"> | Promise<Omit<Answer, "kind" | "id">>;
}

export async function serve(program: DriverProgram): Promise<void> {
  const { name, capabilities, lacks = {} } = program;
  say({ kind: "hello", protocol: protocolVersion, driver: name, capabilities, lacks });
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line) as Request;
    say(await answer(program, request));
  }
}

async function answer(program: DriverProgram, request: Request): Promise<object> {
  const { id } = request;
  try {
    if (request.kind === "run") return { kind: "answer", id, ...(await program.run(request.work)) };
    buildIn(request.folder);
    program.prepare?.(request);
    return { kind: "ready", id };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return error instanceof CFuncError
      ? { kind: "error", id, code: error.code, message }
      : { kind: "error", id, message };
  }
}

/** Written before anything else happens, so that a crash in the next call does not swallow it. */
function say(message: object): void {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      // A pipe that is full for the moment.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}
