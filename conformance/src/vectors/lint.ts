// What the schema of vectors cannot say: names that refer to something, values that decode, twins that come in pairs.
// Pure; answers with sentences.

import { decodeValue, type EncodedValue } from "@cfunc/core/contract";
import { signatureOf } from "./signatures.ts";
import {
  type Call,
  type CallCase,
  type DeclaredSignature,
  isOwnership,
  type Pointer,
  type Scenario,
  type Vector,
} from "./vector.ts";

export function lintVector(vector: Vector): readonly string[] {
  if (isOwnership(vector)) return [...lintTwins(vector.cases), ...vector.cases.flatMap(numbered(lintScenario))];
  return [...lintSignatures(vector.call), ...vector.cases.flatMap(numbered((one) => lintCase(vector.call, one)))];
}

const numbered =
  <C>(lint: (one: C) => readonly string[]) =>
  (one: C, i: number): readonly string[] =>
    lint(one).map((problem) => `case ${i + 1}: ${problem}`);

function lintSignatures(call: Call): readonly string[] {
  const functions: DeclaredSignature[] =
    call.kind === "callback" ? [call] : call.kind === "ownership" ? [] : Object.values(call.callbacks ?? {});
  if (call.kind === "c") functions.push(call, ...Object.values(call.closures ?? {}));
  return functions.flatMap((one) => problemOf(() => signatureOf(one)));
}

function lintCase(call: Call, { arguments: args, memory = {}, expect }: CallCase): readonly string[] {
  const problems: string[] = [];
  const callbacks = call.kind === "function" || call.kind === "c" ? Object.keys(call.callbacks ?? {}) : [];
  const closures = call.kind === "c" ? Object.keys(call.closures ?? {}) : [];
  for (const argument of args) {
    const name = blockOf(argument);
    if (name !== undefined && !Object.hasOwn(memory, name)) problems.push(`there is no block ${name}`);
    const callback = (argument as { readonly $callback?: string } | null)?.$callback;
    if (callback !== undefined && !callbacks.includes(callback)) problems.push(`there is no callback ${callback}`);
    const closure = (argument as { readonly $closure?: string } | null)?.$closure;
    if (closure !== undefined && !closures.includes(closure)) problems.push(`there is no closure ${closure}`);
    if (name === undefined && closure === undefined && callback === undefined)
      problems.push(...decodes(argument as EncodedValue));
  }
  for (const [name, block] of Object.entries(memory)) {
    problems.push(...decodes(block));
    if (!args.some((argument) => blockOf(argument) === name)) problems.push(`no argument points to the block ${name}`);
  }
  for (const name of [...Object.keys(expect.refused ?? {}), ...(call.kind === "c" ? (call.released ?? []) : [])]) {
    if (!closures.includes(name)) problems.push(`there is no closure ${name}`);
  }
  if (expect.throws !== undefined && closures.length === 0) problems.push("only a call with a closure throws");
  const pointed = blockOf(expect.result);
  if (pointed !== undefined && !Object.hasOwn(memory, pointed)) problems.push(`there is no block ${pointed}`);
  if (expect.result !== undefined && pointed === undefined) problems.push(...decodes(expect.result as EncodedValue));
  for (const [name, block] of Object.entries(expect.memory ?? {})) {
    if (!Object.hasOwn(memory, name)) problems.push(`there is no block ${name}`);
    const fields = (block as { readonly fields?: readonly { readonly value?: EncodedValue }[] }).fields;
    const values = fields?.map(({ value }) => value ?? null) ?? [block as EncodedValue];
    problems.push(...values.flatMap(decodes));
  }
  if (call.kind === "function" && call.symbol === "twin" && expect.status === undefined) {
    problems.push("a twin reports a status, and the case does not say which");
  }
  if (expect.status !== undefined && (call.kind !== "function" || call.symbol !== "twin")) {
    problems.push("only a twin reports a status");
  }
  return problems;
}

/** The block that an argument or a result points to. */
export function blockOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("$pointer" in value)) return undefined;
  const { $pointer } = value as Pointer;
  return typeof $pointer === "string" ? $pointer : $pointer.to;
}

function lintTwins(cases: readonly Scenario[]): readonly string[] {
  const missing = (["clean", "faulty"] as const).filter((twin) => !cases.some((one) => one.twin === twin));
  return missing.map((twin) => `there is no ${twin} twin`);
}

function lintScenario({ twin, steps, live }: Scenario): readonly string[] {
  const problems: string[] = [];
  const known = new Set<string>();
  let caught = live.length > 0;
  for (const step of steps) {
    if (step.do === "allocate") {
      if (known.has(step.as)) problems.push(`two allocations are called ${step.as}`);
      known.add(step.as);
      continue;
    }
    if (typeof step.of === "string" && !known.has(step.of)) problems.push(`${step.of} is not allocated before its use`);
    if ("status" in step.expect && step.expect.status !== "ok") {
      caught = true;
      if (step.expect.message === undefined) problems.push(`a fault is caught with a message, and the case says none`);
    }
  }
  for (const name of live) if (!known.has(name)) problems.push(`${name} is not allocated`);
  if (twin === "clean" && caught) problems.push("a clean twin has a fault");
  if (twin === "faulty" && !caught) problems.push("a faulty twin has no fault");
  return problems;
}

const decodes = (value: EncodedValue): readonly string[] => problemOf(() => decodeValue(value));

function problemOf(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
