// Keeps a worker process and asks it for outcomes. A worker that dies or does not answer in time is itself an outcome,
// and a new one is started for the next task. Never compiles or runs a program in this process.
import { type ChildProcess, fork } from "node:child_process";
import type { Outcome } from "./differential.ts";
import type { Answer, Task } from "./worker.ts";

export type HostedOutcome =
  | Outcome
  /** The process ended while it worked on the program. */
  | { readonly kind: "died"; readonly message: string }
  /** No answer within the time limit. */
  | { readonly kind: "hung"; readonly message: string };

/** Programs after which a worker is replaced: what the engine keeps of evaluated texts adds up. */
const tasksOfEach = 2000;

export class WorkerHost {
  private readonly path: string;
  private readonly seconds: number;
  private child: ChildProcess | undefined;
  private tasks = 0;
  private errors = "";

  /** @param seconds how long a worker may take for one task */
  constructor(path: string, seconds: number) {
    this.path = path;
    this.seconds = seconds;
  }

  async ask(task: Task): Promise<HostedOutcome> {
    if (this.tasks >= tasksOfEach) this.stop();
    const child = this.child ?? this.start();
    this.tasks += 1;
    this.errors = "";
    return new Promise((resolve) => {
      const settle = (outcome: HostedOutcome) => {
        clearTimeout(timer);
        child.off("message", answered).off("exit", ended);
        resolve(outcome);
      };
      const answered = (answer: unknown) => settle((answer as Answer).outcome);
      const ended = (code: number | null, signal: string | null) => {
        this.child = undefined;
        const how = signal === null ? `exit code ${code}` : signal;
        settle({ kind: "died", message: `the process ended with ${how}\n${this.errors}`.trim() });
      };
      const timer = setTimeout(() => {
        settle({ kind: "hung", message: `no answer after ${this.seconds} seconds` });
        this.stop();
      }, 1000 * this.seconds);
      child.on("message", answered).on("exit", ended);
      child.send(task);
    });
  }

  stop(): void {
    this.child?.kill("SIGKILL");
    this.child = undefined;
  }

  private start(): ChildProcess {
    const child = fork(this.path, {
      execArgv: ["--enable-source-maps"],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.errors = `${this.errors}${text}`.slice(-2000);
    });
    this.child = child;
    this.tasks = 0;
    return child;
  }
}
