// Makes a failing sample small: all that is one step smaller is tried at once, the smallest that still fails is taken,
// and so on until nothing smaller fails. Knows nothing of why it fails.
import type { CType, FieldTypes, Parameter } from "../../src/types/ctype.ts";
import { sizeOf } from "../../src/types/layout.ts";
import { typeNames } from "../../src/types/names.ts";
import { layoutStruct, layoutUnion } from "../../src/types/records.ts";
import type { Aggregate, Sample } from "./sample.ts";

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
      return type.fields.reduce((sum, field) => sum + typeWeight(field.type), 10);
    default:
      return type === typeNames.int32 || (type.kind === "int" && type.name === "int32") ? 10 : 10 + sizeOf(type);
  }
}

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
    case "union": {
      const entries = type.fields.map((field) => [field.name, field.type] as const);
      for (const [, inner] of entries) yield* inner.kind === "array" ? [inner.of] : [inner];
      for (const kept of sublists(entries)) if (kept.length > 0) yield rebuilt(type, kept);
      for (const [i, [name, inner]] of entries.entries()) {
        for (const next of smallerTypes(inner)) yield rebuilt(type, entries.with(i, [name, next]));
      }
      return;
    }
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

function rebuilt(type: Aggregate, entries: readonly (readonly [string, CType])[]): Aggregate {
  const fields: FieldTypes = Object.fromEntries(entries);
  return type.kind === "struct" ? layoutStruct(type.name, fields) : layoutUnion(type.name, fields);
}

/** New names, by number: parts of one structure that were made smaller in different ways are different structures. */
function renamed(sample: Sample, name: (k: number) => string): Sample {
  const names = new Map<string, Aggregate>();
  const rename = (type: CType): CType => {
    if (type.kind === "array") return { ...type, of: rename(type.of) };
    if (type.kind !== "struct" && type.kind !== "union") return type;
    const entries = type.fields.map((field) => [field.name, rename(field.type)] as const);
    const key = `${type.kind} ${JSON.stringify(entries)}`;
    const made = names.get(key) ?? { ...rebuilt(type, entries), name: name(names.size) };
    names.set(key, made);
    return made;
  };
  const { signature, extra } = sample;
  const params = signature.params.map(({ type }) => ({ type: rename(type) }));
  return { ...sample, signature: { ...signature, params, result: rename(signature.result) }, extra: extra.map(rename) };
}
