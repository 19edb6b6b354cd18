// The answer of a call against its case: result, memory, status, and what the ledger says is left. A block that the
// case does not name must be unchanged, and nothing may be live that was made by the call. Pure.
import type { EncodedValue } from "@cfunc/core/contract";
import type { Answer } from "../protocol/messages.ts";
import type { CallCase, ExpectedBlock, Pointer } from "../vectors/vector.ts";
import { difference, fieldDifference, jsonDifference } from "./compare-values.ts";
import { messagePattern } from "./message-pattern.ts";

export function compareCall({ memory = {}, expect }: CallCase, answer: Answer): readonly string[] {
  const problems: (string | undefined)[] = [];
  if (expect.result !== undefined) problems.push(compareResult(expect.result, answer.result, expect.ulps));
  if (expect.throws !== answer.thrown) {
    problems.push(`exception: expected ${expect.throws ?? "none"}, got ${answer.thrown ?? "none"}`);
  }
  for (const [name, code] of Object.entries(expect.refused ?? {})) {
    const got = answer.refused?.[name] ?? "none";
    if (got !== code) problems.push(`why the closure ${name} did not run: expected ${code}, got ${got}`);
  }
  if (expect.json !== undefined) problems.push(compareJson(expect.json, answer.result));
  for (const [name, before] of Object.entries(memory)) {
    const got = answer.memory?.[name];
    if (got === undefined) problems.push(`the driver does not tell the block ${name}`);
    else problems.push(...compareBlock(name, expect.memory?.[name] ?? before, got, expect.ulps));
  }
  problems.push(...(answer.overruns ?? []).map((name) => `bytes around the block ${name} were changed`));
  if (expect.status !== undefined) {
    const { status, message } = answer.status ?? { status: "none", message: "" };
    if (status !== expect.status.status)
      problems.push(`status: expected ${expect.status.status}, got ${status}: ${message}`);
    else if (expect.status.message !== undefined && !messagePattern(expect.status.message, new Map()).test(message)) {
      problems.push(`message: expected ${JSON.stringify(expect.status.message)}, got ${JSON.stringify(message)}`);
    }
  }
  problems.push(
    ...(answer.live ?? []).map(({ kind, id, made }) => `${kind} #${id}, made by ${made.site}, is still live`),
  );
  return problems.filter((problem) => problem !== undefined);
}

type Result = EncodedValue | Pointer;

function compareResult(expected: Result, got: Result | undefined, ulps: number | undefined): string | undefined {
  if (got === undefined) return "the driver tells no result";
  const pointer = (value: Result) => value !== null && typeof value === "object" && "$pointer" in value;
  if (!pointer(expected) && !pointer(got))
    return difference("result", expected as EncodedValue, got as EncodedValue, ulps);
  const [a, b] = [JSON.stringify(normal(expected)), JSON.stringify(normal(got))];
  return a === b ? undefined : `result: expected ${a}, got ${b}`;
}

/** A pointer with its offset spelled out. */
function normal(value: Result): unknown {
  const to = (value as Pointer | null)?.$pointer;
  return typeof to === "string"
    ? { $pointer: { to, at: 0 } }
    : to === undefined
      ? value
      : { $pointer: { to: to.to, at: to.at } };
}

function compareJson(expected: unknown, got: unknown): string | undefined {
  if (typeof got !== "string") return `result: expected JSON text, got ${JSON.stringify(got)}`;
  try {
    return jsonDifference(expected, JSON.parse(got));
  } catch {
    return `result: expected JSON text, got ${JSON.stringify(got)}`;
  }
}

function compareBlock(name: string, expected: ExpectedBlock, got: EncodedValue, ulps: number | undefined) {
  const fields = (expected as { readonly fields?: readonly never[] }).fields;
  if (fields !== undefined) return fields.map((field) => fieldDifference(name, field, got));
  return [difference(name, expected as EncodedValue, got, ulps)];
}
