// One driver as a process: started, spoken to a line at a time, killed when it hangs or talks rubbish. Whatever happens
// to the process is a reply, never an exception, and no process outlives `end`.
import { type ChildProcess, spawn } from "node:child_process";
import type { DriverMessage, Request } from "../protocol/messages.ts";
import type { DriverDescription } from "./read.ts";
import type { Validator } from "./schemas.ts";

/** How a process failed to answer. */
export interface Breakdown {
  readonly kind: "crash" | "hang" | "garbage";
  readonly detail: string;
}
export type Reply = { readonly kind: "message"; readonly message: DriverMessage } | Breakdown;

const longestLine = 16 * 1024 * 1024;
const tailLength = 2000;
const goodbyeMs = 5000;

const running = new Set<DriverProcess>();

/** Kills every driver that is running, for the end of the suite. */
export function killDrivers(): void {
  for (const one of running) one.kill();
}

export class DriverProcess {
  private readonly child: ChildProcess;
  private readonly validate: Validator;
  private partial = "";
  private errors = "";
  private readonly lines: string[] = [];
  /** Set when the process has ended and all its output was read. */
  private ended: string | undefined;
  /** What waits for the next line or the end. */
  private wake: (() => void) | undefined;

  constructor({ command, folder }: DriverDescription, validate: Validator) {
    this.validate = validate;
    const [program = "", ...args] = command;
    // A group of its own, so that a kill reaches what the driver started.
    this.child = spawn(program === "node" ? process.execPath : program, args, { cwd: folder, detached: true });
    running.add(this);
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => this.receive(text));
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.errors = (this.errors + text).slice(-tailLength);
    });
    // A process that has gone closes its standard input; its exit tells the story.
    this.child.stdin?.on("error", () => {});
    this.child.on("error", (error) => this.markEnded(`could not be started: ${error.message}`));
    this.child.on("close", (code, signal) =>
      this.markEnded(signal === null ? `ended with code ${code}` : `died of ${signal}`),
    );
  }

  /** Whether it has ended, and how. */
  get death(): string | undefined {
    return this.ended;
  }

  /** Sends a request, if one is given, and waits for the next line. */
  async ask(request: Request | undefined, timeoutMs: number): Promise<Reply> {
    if (request !== undefined) this.child.stdin?.write(`${JSON.stringify(request)}\n`);
    const line = await this.nextLine(timeoutMs);
    if (line === undefined && this.ended !== undefined) return { kind: "crash", detail: this.story(this.ended) };
    if (line === undefined) {
      this.kill();
      return { kind: "hang", detail: this.story(`no answer within ${timeoutMs / 1000} s`) };
    }
    const garbage = (why: string): Reply => {
      this.kill();
      return { kind: "garbage", detail: this.story(`${why}: ${excerpt(line)}`) };
    };
    try {
      const message: unknown = JSON.parse(line);
      const problems = this.validate(message);
      if (problems.length > 0) return garbage(problems.join("; "));
      const { id } = message as { readonly id?: number };
      if (id !== request?.id) return garbage(`an answer to request ${id} where ${request?.id} was asked`);
      return { kind: "message", message: message as DriverMessage };
    } catch {
      return garbage("a line that is not JSON");
    }
  }

  /** Closes its standard input and waits until it has ended; answers how, when that was not in peace. */
  async finish(): Promise<string | undefined> {
    if (this.ended === undefined) this.child.stdin?.end();
    const deadline = Date.now() + goodbyeMs;
    while (this.ended === undefined && Date.now() < deadline) await this.nextLine(deadline - Date.now());
    if (this.ended === undefined) {
      this.kill();
      return this.story(`still runs ${goodbyeMs / 1000} s after its standard input was closed`);
    }
    return this.ended === "ended with code 0" ? undefined : this.story(this.ended);
  }

  kill(): void {
    running.delete(this);
    const { pid } = this.child;
    if (pid === undefined || this.ended !== undefined) return;
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // It ended on its own meanwhile.
    }
  }

  private receive(text: string): void {
    const pieces = (this.partial + text).split("\n");
    this.partial = pieces.pop() ?? "";
    if (this.partial.length > longestLine) pieces.push(this.partial.slice(0, tailLength));
    this.lines.push(...pieces);
    this.wake?.();
  }

  private markEnded(how: string): void {
    this.ended ??= how;
    running.delete(this);
    if (this.partial !== "") this.lines.push(this.partial);
    this.partial = "";
    this.wake?.();
  }

  /** Undefined when the process has ended or time is up. */
  private async nextLine(timeoutMs: number): Promise<string | undefined> {
    if (this.lines.length === 0 && this.ended === undefined) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.wake = undefined;
    }
    return this.lines.shift();
  }

  private story(what: string): string {
    const errors = this.errors.trim();
    return errors === "" ? what : `${what}\n${errors}`;
  }
}

const excerpt = (line: string) => JSON.stringify(line.length > 200 ? `${line.slice(0, 200)}...` : line);
