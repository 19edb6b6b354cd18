// Fifth stage, check: what a driver answered against what the vector says, and that against what was expected to fail.
// Five verdicts; two of them, fail and unexpected pass, fail the run. Pure.
import type { DriverMessage } from "../protocol/messages.ts";
import { compareCall } from "./compare-call.ts";
import { compareScenario } from "./compare-scenario.ts";
import type { Reply } from "./driver-process.ts";
import { type Expectation, expectationFor, type FailureKind } from "./expectations.ts";
import type { Job } from "./generate.ts";

export interface Failure {
  readonly outcome: FailureKind;
  readonly detail: string;
}
export type Verdict =
  | { readonly kind: "pass" }
  | { readonly kind: "skip"; readonly reason: string }
  | ({ readonly kind: "expected-fail"; readonly reason: string } & Failure)
  | ({ readonly kind: "fail" } & Failure)
  | { readonly kind: "unexpected-pass"; readonly reason: string };

export interface Question {
  readonly job: Job;
  readonly driver: string;
  readonly reply: Reply;
  readonly expectations: readonly Expectation[];
}

export function check({ job, driver, reply, expectations }: Question): Verdict {
  const failure = failureOf(job, reply);
  const expectation = expectationFor(expectations, driver, job.key);
  if (failure === undefined) {
    return expectation === undefined ? { kind: "pass" } : { kind: "unexpected-pass", reason: expectation.reason };
  }
  if (expectation === undefined) return { kind: "fail", ...failure };
  if (expectation.outcome === failure.outcome) return { kind: "expected-fail", reason: expectation.reason, ...failure };
  const detail = `expected to fail by ${expectation.outcome}, failed otherwise: ${failure.detail}`;
  return { kind: "fail", outcome: failure.outcome, detail };
}

function failureOf(job: Job, reply: Reply): Failure | undefined {
  if (reply.kind !== "message") return { outcome: reply.kind, detail: reply.detail };
  return failureOfMessage(job, reply.message);
}

function failureOfMessage({ case: one }: Job, message: DriverMessage): Failure | undefined {
  const wanted = "expect" in one ? one.expect.diagnostic : undefined;
  if (message.kind === "error") {
    if (wanted !== undefined && message.code === wanted) return undefined;
    const expected = wanted === undefined ? "" : `expected the diagnostic ${wanted}; `;
    return { outcome: "error", detail: `${expected}the driver reports${code(message.code)}: ${message.message}` };
  }
  if (message.kind !== "answer") return { outcome: "garbage", detail: `answered ${message.kind} to run` };
  if (wanted !== undefined)
    return { outcome: "mismatch", detail: `expected the diagnostic ${wanted}; the call succeeded` };
  const problems = "steps" in one ? compareScenario(one, message) : compareCall(one, message);
  return problems.length === 0 ? undefined : { outcome: "mismatch", detail: problems.join("\n") };
}

const code = (text: string | undefined) => (text === undefined ? "" : ` ${text}`);
