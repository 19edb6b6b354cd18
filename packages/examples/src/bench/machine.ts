// Where and when a benchmark ran.
import { cpus } from "node:os";

export interface Machine {
  readonly cpu: string;
  readonly node: string;
  readonly date: string;
}

export const machine = (): Machine => ({
  cpu: cpus()[0]?.model ?? "unknown",
  node: process.version,
  date: new Date().toISOString().slice(0, 10),
});
