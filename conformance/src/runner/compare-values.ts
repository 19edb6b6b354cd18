// Values against values: by Object.is, element by element, floating-point numbers within so many units in the last
// place where the vector allows it. Pure.
import { decodeValue, type EncodedValue, encodeValue, type Value } from "@cfunc/core/contract";
import type { ExpectedField, FieldTypeName } from "../vectors/vector.ts";

/** The complaint, or undefined where the values agree. `ulps` counts in float32 where both are float32 arrays. */
export function difference(what: string, expected: EncodedValue, got: EncodedValue, ulps = 0): string | undefined {
  const [a, b] = [decodeValue(expected), decodeValue(got)];
  if (same(a, b, ulps)) return undefined;
  const tolerance = ulps === 0 ? "" : ` (within ${ulps} ulp)`;
  const off = typeof a === "number" && typeof b === "number" ? distance(a, b) : undefined;
  return `${what}: expected ${shown(a)}${tolerance}, got ${shown(b)}${off === undefined ? "" : `, ${off} ulp away`}`;
}

function same(a: Value, b: Value, ulps: number): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a === "number" && typeof b === "number") return close(a, b, ulps, distance);
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (ArrayBuffer.isView(a) || ArrayBuffer.isView(b)) {
    if (!ArrayBuffer.isView(a) || !ArrayBuffer.isView(b) || a.constructor !== b.constructor) return false;
    const [left, right] = [[...(a as Iterable<number>)], [...(b as Iterable<number>)]];
    const measure = a instanceof Float32Array ? distance32 : distance;
    return (
      left.length === right.length && left.every((x, i) => Object.is(x, right[i]) || close(x, right[i], ulps, measure))
    );
  }
  const [left, right] = [Object.entries(a), Object.entries(b)];
  if (Array.isArray(a) !== Array.isArray(b) || left.length !== right.length) return false;
  return left.every(([key, one]) => Object.hasOwn(b, key) && same(one, (b as Record<string, Value>)[key], ulps));
}

function close(a: number, b: unknown, ulps: number, measure: (a: number, b: number) => number | undefined): boolean {
  const off = typeof b === "number" && ulps > 0 ? measure(a, b) : undefined;
  return off !== undefined && off <= ulps;
}

/** How many doubles lie between two finite ones, both zeros being one; undefined for others, whose equality is exact. */
export function distance(a: number, b: number): number | undefined {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return undefined;
  const view = new DataView(new ArrayBuffer(8));
  return Math.abs(Number(place(a) - place(b)));

  function place(x: number): bigint {
    view.setFloat64(0, x);
    const bits = view.getBigInt64(0);
    return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
  }
}

function distance32(a: number, b: number): number | undefined {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return undefined;
  const bits = new Int32Array(Float32Array.of(a, b).buffer);
  const place = (x = 0) => (x < 0 ? -(x & 0x7fffffff) : x);
  return Math.abs(place(bits[0]) - place(bits[1]));
}

const readers: Readonly<Record<FieldTypeName, (view: DataView, at: number) => number | bigint>> = {
  int8: (view, at) => view.getInt8(at),
  uint8: (view, at) => view.getUint8(at),
  int16: (view, at) => view.getInt16(at, true),
  uint16: (view, at) => view.getUint16(at, true),
  int32: (view, at) => view.getInt32(at, true),
  uint32: (view, at) => view.getUint32(at, true),
  int64: (view, at) => view.getBigInt64(at, true),
  uint64: (view, at) => view.getBigUint64(at, true),
  float32: (view, at) => view.getFloat32(at, true),
  float64: (view, at) => view.getFloat64(at, true),
};

/** A value inside of a block, which arrived as a typed array or bytes. */
export function fieldDifference(block: string, field: ExpectedField, got: EncodedValue): string | undefined {
  const bytes = decodeValue(got);
  const what = `${block}, ${field.type} at byte ${field.at}`;
  if (!ArrayBuffer.isView(bytes)) return `${block}: expected bytes, got ${shown(bytes)}`;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (field.at + Number(/\d+/.exec(field.type)?.[0]) / 8 > view.byteLength) return `${what}: outside of the block`;
  const found = readers[field.type](view, field.at);
  if (field.value !== undefined) return difference(what, field.value, encodeValue(found), field.ulps);
  const within = found >= 0 && found <= (field.atMost ?? 0);
  return within ? undefined : `${what}: expected 0 to ${field.atMost}, got ${shown(found)}`;
}

/** JSON text against what it should say; `{"$any": "string"}` stands for any value of that type. */
export function jsonDifference(expected: unknown, got: unknown, at = "$"): string | undefined {
  const any = (expected as { readonly $any?: string } | null)?.$any;
  if (any !== undefined)
    return kindOf(got) === any ? undefined : `${at}: expected any ${any}, got ${JSON.stringify(got)}`;
  const bothObjects = kindOf(expected) === kindOf(got) && typeof expected === "object" && expected !== null;
  if (!bothObjects) {
    return Object.is(expected, got)
      ? undefined
      : `${at}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`;
  }
  const [a, b] = [expected as Record<string, unknown>, got as Record<string, unknown>];
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (!Object.hasOwn(b, key)) return `${at}.${key}: is missing`;
    if (!Object.hasOwn(a, key)) return `${at}.${key}: was not expected, it is ${JSON.stringify(b[key])}`;
    const inside = jsonDifference(a[key], b[key], `${at}.${key}`);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

const kindOf = (json: unknown) => (json === null ? "null" : Array.isArray(json) ? "array" : typeof json);

const shown = (value: Value) => {
  const text = JSON.stringify(encodeValue(value));
  return text.length > 400 ? `${text.slice(0, 400)}...` : text;
};
