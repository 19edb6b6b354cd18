// Second stage, generate: every vector x case x driver becomes a cell, and TypeScript sources become JavaScript once for
// all drivers. A selection narrows what is run; a selection that selects nothing is a SuiteError.
import typescript from "typescript";
import type { CaseWork, StepWork, TranspiledFunction, Work } from "../protocol/messages.ts";
import {
  type CallCase,
  type DeclaredSignature,
  isOwnership,
  type Scenario,
  type SourceFunction,
  type Vector,
} from "../vectors/vector.ts";
import type { DriverDescription, Suite } from "./read.ts";
import { SuiteError } from "./suite-error.ts";

/** What a driver will be asked for one case of one vector. */
export interface Job {
  /** `family/vector/case`, the case counted from 1. */
  readonly key: string;
  readonly vector: Vector;
  /** With what is expected, which the driver is not told. */
  readonly case: CallCase | Scenario;
  readonly work: Work;
}

export interface Plan {
  readonly drivers: readonly DriverDescription[];
  readonly jobs: readonly Job[];
  /** Every signature of a callback in the jobs, for drivers that build callers. */
  readonly signatures: readonly DeclaredSignature[];
}

export interface Selection {
  /** `family`, `family/vector` or `family/vector/case`; none selects everything. */
  readonly only: readonly string[];
  /** Names; none selects every driver. */
  readonly drivers: readonly string[];
}

export function generate(suite: Suite, selection: Selection): Plan {
  const problems: string[] = [];
  const known = suite.drivers.map(({ name }) => name);
  for (const name of selection.drivers) {
    if (!known.includes(name)) problems.push(`there is no driver ${name}; there are ${known.join(", ")}`);
  }
  const all = suite.vectors.flatMap((vector) => {
    const works = worksOf(vector);
    return vector.cases.map((one, i): Job => {
      return { key: `${vector.family}/${vector.name}/${i + 1}`, vector, case: one, work: works(i) };
    });
  });
  const selects = (key: string) => (prefix: string) => key === prefix || key.startsWith(`${prefix}/`);
  for (const prefix of selection.only) {
    if (all.some(({ key }) => selects(key)(prefix))) continue;
    problems.push(`nothing is called ${prefix}; write family, family/vector or family/vector/case`);
  }
  if (problems.length > 0) throw new SuiteError(problems);
  const { only } = selection;
  const jobs = only.length === 0 ? all : all.filter(({ key }) => only.some(selects(key)));
  const drivers = suite.drivers.filter(
    ({ name }) => selection.drivers.length === 0 || selection.drivers.includes(name),
  );
  return { drivers, jobs, signatures: distinct(jobs.flatMap(({ vector }) => signaturesOf(vector))) };
}

/** The work of each case; sources are transpiled once a vector. */
function worksOf(vector: Vector): (index: number) => Work {
  if (isOwnership(vector)) {
    const { call, cases } = vector;
    return (i) => ({ call, steps: (cases[i]?.steps ?? []).map(withoutExpect) as StepWork[] });
  }
  const { call, cases } = vector;
  const caseOf = (i: number) => withoutExpect(cases[i] as CallCase) as CaseWork;
  if (call.kind === "callback") {
    const transpiled = { ...call, ...transpile(call) };
    return (i) => ({ call: transpiled, case: caseOf(i) });
  }
  const all = (functions: Readonly<Record<string, SourceFunction>> = {}) =>
    Object.fromEntries(Object.entries(functions).map(([name, one]) => [name, transpile(one)]));
  const callbacks = all(call.callbacks);
  if (call.kind === "c") {
    const transpiled = { ...call, callbacks, closures: all(call.closures) };
    return (i) => ({ call: transpiled, case: caseOf(i) });
  }
  const transpiled = { ...call, callbacks };
  return (i) => ({ call: transpiled, case: caseOf(i) });
}

function withoutExpect(from: object): object {
  return Object.fromEntries(Object.entries(from).filter(([name]) => name !== "expect"));
}

function signaturesOf(vector: Vector): readonly DeclaredSignature[] {
  if (isOwnership(vector)) return [];
  const { call } = vector;
  const functions = call.kind === "callback" ? [call] : Object.values(call.callbacks ?? {});
  return [...functions, ...(call.kind === "c" ? [call] : [])].map((one: DeclaredSignature) => ({
    signature: one.signature,
    ...(one.declarations === undefined ? {} : { declarations: one.declarations }),
    ...(one.further === undefined ? {} : { further: one.further }),
  }));
}

function distinct(signatures: readonly DeclaredSignature[]): readonly DeclaredSignature[] {
  return [...new Map(signatures.map((one) => [JSON.stringify(one), one])).values()];
}

function transpile(from: SourceFunction): TranspiledFunction {
  const { prelude = "", source } = from;
  // In parentheses a function expression stays one; the semicolon that is added is dropped again.
  const expression = javascriptOf(`(${source})`).trim().replace(/;$/, "");
  return { ...from, javascript: { prelude: javascriptOf(prelude), source: expression } };
}

const options: typescript.CompilerOptions = {
  target: typescript.ScriptTarget.ES2022,
  module: typescript.ModuleKind.ESNext,
  removeComments: false,
};

function javascriptOf(text: string): string {
  const { outputText } = typescript.transpileModule(text, { compilerOptions: options });
  // Strictness is for whoever evaluates it.
  return outputText.replace(/^"use strict";\n/, "");
}
