// What a job needs of a driver, held against what the driver says it can do. The reason for a skip is the driver's own
// word, given before anything ran: a driver cannot back out of a cell once it is asked. Pure.
import type { CType } from "@cfunc/core/contract";
import type { Capability, Hello } from "../protocol/messages.ts";
import { blockOf } from "../vectors/lint.ts";
import { isPacked, signatureOf } from "../vectors/signatures.ts";
import { type CCall, isOwnership, type SourceFunction, type Vector } from "../vectors/vector.ts";
import type { Job } from "./generate.ts";

/** Why the driver cannot do the job, or undefined when it can. */
export function missingFor({ vector, case: one }: Job, { capabilities, lacks }: Hello): string | undefined {
  const needed: Capability[] = [vector.call.kind];
  if ("expect" in one && one.expect.diagnostic !== undefined) needed.push("diagnostic");
  for (const capability of needed) {
    const has = capabilities[capability];
    if (has !== true) return has;
  }
  for (const name of detailsOf(vector)) {
    const reason = lacks[name];
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** The types and functions that a vector goes through, as `lacks` names them. */
export function detailsOf(vector: Vector): readonly string[] {
  if (isOwnership(vector)) {
    const used = vector.cases.flatMap(({ steps }) => steps.flatMap((step) => ("with" in step ? [step.with] : [])));
    return [...new Set(used)].map((name) => `function:${name}`);
  }
  const { call, cases } = vector;
  if (call.kind === "function") {
    const pointers = cases.some((one) =>
      one.arguments.some((argument) => argument === null || blockOf(argument) !== undefined),
    );
    return [`function:${call.function}`, ...(pointers ? ["type:pointer"] : [])];
  }
  const { result, params } = signatureOf(call);
  const types = [...new Set([result, ...params.map(({ type }) => type)].flatMap(namesIn))].map(
    (name) => `type:${name}`,
  );
  return call.kind === "c" ? [...featuresOf(call), ...types] : types;
}

function featuresOf(call: CCall<SourceFunction>): readonly string[] {
  const features = [
    [call.further !== undefined, "variadic"],
    [call.closures !== undefined, "closure"],
    [call.closures !== undefined && call.threads === true && call.asynchronous !== true, "deadlock-guard"],
    [call.asynchronous === true, "asynchronous"],
  ] as const;
  return features.flatMap(([needed, name]) => (needed ? [`feature:${name}`] : []));
}

/** The names of a type and of what lies inside it. */
function namesIn(type: CType): readonly string[] {
  if (type.kind === "array") return ["array", ...namesIn(type.of)];
  if (type.kind !== "struct" && type.kind !== "union") return [nameOf(type)];
  const members = type.fields.flatMap((field) => [...(field.bits ? ["bitfield"] : []), ...namesIn(field.type)]);
  return [type.kind, ...(isPacked(type) ? ["packed"] : []), ...members];
}

/** Types that cross alike have one name: `int32` for `intc`, `pointer` for all pointers. */
export function nameOf(type: CType): string {
  switch (type.kind) {
    case "int":
      return `${type.signed ? "int" : "uint"}${type.bits}`;
    case "float":
      return `float${type.bits}`;
    case "complex":
      return `complex${type.bits}`;
    default:
      return type.kind;
  }
}
