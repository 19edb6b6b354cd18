// The outcome of an ownership scenario against its steps: what the ledger refused, in words that name the very
// allocation, and what it says is live at the end. Pure.
import type { Allocation, Answer, StepOutcome } from "../protocol/messages.ts";
import type { ExpectedStatus, Scenario, Step } from "../vectors/vector.ts";
import { messagePattern, told } from "./message-pattern.ts";

export function compareScenario({ steps, live }: Scenario, answer: Answer): readonly string[] {
  const outcomes = answer.steps ?? [];
  if (outcomes.length !== steps.length) return [`${steps.length} steps, and the driver tells ${outcomes.length}`];
  const allocations = new Map<string, Allocation>();
  const problems: string[] = [];
  for (const [i, step] of steps.entries()) {
    const outcome = outcomes[i];
    if (outcome === undefined) continue;
    const problem = compareStep(step, outcome, allocations);
    if (problem !== undefined) problems.push(`step ${i + 1}, ${step.do}: ${problem}`);
  }
  const expected = live.map((name) => allocations.get(name)?.id ?? name);
  const found = (answer.live ?? []).map(({ id }) => id);
  if (JSON.stringify(expected) !== JSON.stringify(found)) {
    const names = (answer.live ?? []).map(told).join(", ") || "nothing";
    problems.push(`at the end: expected ${live.join(", ") || "nothing"} to be live, the ledger names ${names}`);
  }
  return problems;
}

function compareStep(step: Step, outcome: StepOutcome, allocations: Map<string, Allocation>): string | undefined {
  if (step.do === "allocate") {
    if (!("allocated" in outcome)) return `expected an allocation, got ${JSON.stringify(outcome)}`;
    allocations.set(step.as, outcome.allocated);
    const { kind, made } = outcome.allocated;
    return made.site === step.with ? undefined : `the ledger says that ${made.site} made the ${kind}`;
  }
  if ("text" in step.expect) {
    const expected = step.expect.text;
    return "text" in outcome && outcome.text === expected
      ? undefined
      : `expected the text ${JSON.stringify(expected)}, got ${JSON.stringify(outcome)}`;
  }
  return compareStatus(step.expect, outcome, allocations);
}

function compareStatus(
  { status, message }: ExpectedStatus,
  outcome: StepOutcome,
  allocations: ReadonlyMap<string, Allocation>,
): string | undefined {
  if (!("status" in outcome) || outcome.status !== status) return `expected ${status}, got ${JSON.stringify(outcome)}`;
  if (message === undefined || messagePattern(message, allocations).test(outcome.message)) return undefined;
  return `expected the message ${JSON.stringify(message)}, got ${JSON.stringify(outcome.message)}`;
}
