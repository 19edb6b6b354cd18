// Makes a failing sample small: all that is one step smaller is tried at once, the smallest that still fails is taken,
// and so on until nothing smaller fails. Knows nothing of why it fails.
import type { CType, Parameter } from "../../src/types/ctype.ts";
import { sizeOf } from "../../src/types/layout.ts";
import { typeNames } from "../../src/types/names.ts";
import type { Member } from "../../src/types/record-layout.ts";
import { type Aggregate, type Definition, isRecord, record } from "./record.ts";
import type { Sample } from "./sample.ts";

/** The index of the first sample that fails. */
export type FirstFailing = (samples: readonly Sample[]) => Promise<number | undefined>;

/** The smallest sample that was found to fail, with its structures named A, B and so on. */
export async function shrink(sample: Sample, firstFailing: FirstFailing): Promise<Sample> {
  let best = sample;
  for (;;) {
    const size = weight(best);
    const candidates = [...smallerSamples(best)]
      .map((candidate, i) => renamed(candidate, (k) => `C${i}_${k}`))
      .filter((candidate) => weight(candidate) < size)
      .sort((a, b) => weight(a) - weight(b));
    const failed = candidates.length === 0 ? undefined : await firstFailing(candidates);
    const next = failed === undefined ? undefined : candidates[failed];
    if (next === undefined) return renamed(best, (k) => (k < 26 ? String.fromCharCode(65 + k) : `A${k}`));
    best = next;
  }
}

/** How much there is to read, roughly: scalars, fields and bytes. */
function weight({ signature, extra }: Sample): number {
  const types = [...signature.params.map(({ type }) => type), ...extra, signature.result];
  return types.reduce((sum, type) => sum + typeWeight(type), 0) + (signature.variadic ? 1 : 0);
}

function typeWeight(type: CType): number {
  switch (type.kind) {
    case "void":
      return 0;
    case "array":
      return 4 + type.length + typeWeight(type.of);
    case "struct":
    case "union":
      return isRecord(type) ? recordWeight(type.definition) : 10;
    default:
      return type === typeNames.int32 || (type.kind === "int" && type.name === "int32") ? 10 : 10 + sizeOf(type);
  }
}

/** An attribute weighs more than its absence, a bit-field more than a member. */
const recordWeight = ({ members, options }: Definition): number =>
  members.reduce(
    (sum, { type, name, ...rest }) => sum + typeWeight(type) + 3 * Object.keys(rest).length,
    10 + 3 * Object.keys(options).length,
  );

function* smallerSamples(sample: Sample): Generator<Sample> {
  const { signature, extra } = sample;
  const { params, result, variadic } = signature;
  const withParams = (next: readonly Parameter[]): Sample => ({
    ...sample,
    signature: { ...signature, params: next, variadic: variadic && next.length > 0 },
    extra: next.length > 0 ? extra : [],
  });
  if (result.kind !== "void") yield { ...sample, signature: { ...signature, result: typeNames.void } };
  if (variadic) yield { ...sample, signature: { ...signature, variadic: false }, extra: [] };
  if (params.length > 0) yield withParams([]);
  for (const param of params) {
    const alone = withParams([param]);
    yield { ...alone, signature: { ...alone.signature, result: typeNames.void, variadic: false }, extra: [] };
  }
  for (const kept of sublists(params)) yield withParams(kept);
  for (const kept of sublists(extra)) yield { ...sample, extra: kept };
  for (const type of smallerTypes(result)) yield { ...sample, signature: { ...signature, result: type } };
  for (const [i, param] of params.entries()) {
    for (const type of smallerTypes(param.type)) yield withParams(params.with(i, { type }));
  }
}

/** Either half, and all but one. */
function* sublists<T>(list: readonly T[]): Generator<readonly T[]> {
  if (list.length > 3) {
    const half = list.length >> 1;
    yield list.slice(0, half);
    yield list.slice(half);
  }
  for (let i = 0; i < list.length; i++) yield list.toSpliced(i, 1);
}

function* smallerTypes(type: CType): Generator<CType> {
  switch (type.kind) {
    case "struct":
    case "union":
      if (isRecord(type)) yield* smallerRecords(type);
      return;
    case "array":
      yield type.of;
      for (const length of new Set([1, type.length >> 1, type.length - 1])) {
        if (length > 0 && length < type.length) yield { ...type, length };
      }
      for (const of of smallerTypes(type.of)) yield { ...type, of };
      return;
    case "complex":
      yield type.bits === 64 ? typeNames.float32 : typeNames.float64;
      return;
    case "float":
    case "int":
    case "bool":
    case "pointer":
      yield typeNames.int32;
  }
}

function* smallerRecords(type: Aggregate): Generator<CType> {
  const { members, options } = type.definition;
  for (const { type: inner } of members) yield inner.kind === "array" ? inner.of : inner;
  for (const kept of sublists(members)) yield* rebuilt(type, { members: kept, options });
  if (Object.keys(options).length > 0) yield* rebuilt(type, { members, options: {} });
  for (const [i, member] of members.entries()) {
    for (const next of smallerMembers(member)) yield* rebuilt(type, { members: members.with(i, next), options });
  }
}

function* smallerMembers({ name, type, bits, ...attributes }: Member): Generator<Member> {
  const named = name === undefined ? {} : { name };
  if (Object.keys(attributes).length > 0) yield { ...named, type, ...(bits === undefined ? {} : { bits }) };
  if (bits !== undefined) yield { ...named, type, ...attributes };
  else for (const next of smallerTypes(type)) yield { ...named, type: next, ...attributes };
}

/** Nothing where C does not allow it. */
function* rebuilt({ kind, name }: Aggregate, { members, options }: Definition): Generator<Aggregate> {
  try {
    yield record(kind, name, members, options);
  } catch {
    // one candidate less
  }
}

/** New names, by number: parts of one structure that were made smaller in different ways are different structures. */
function renamed(sample: Sample, name: (k: number) => string): Sample {
  const names = new Map<string, Aggregate>();
  const rename = (type: CType): CType => {
    if (type.kind === "array") return { ...type, of: rename(type.of) };
    if (!isRecord(type)) return type;
    const { members, options } = type.definition;
    const next = members.map((member) => ({ ...member, type: rename(member.type) }));
    const key = `${type.kind} ${JSON.stringify([next, options])}`;
    const made = names.get(key) ?? record(type.kind, name(names.size), next, options);
    names.set(key, made);
    return made;
  };
  const { signature, extra } = sample;
  const params = signature.params.map(({ type }) => ({ type: rename(type) }));
  return { ...sample, signature: { ...signature, params, result: rename(signature.result) }, extra: extra.map(rename) };
}
