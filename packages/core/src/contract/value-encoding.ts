// The exact JSON form of values: what vectors, drivers in every language and JSON calls exchange. JSON stands for
// itself wherever it is exact; everything else is an object with one member whose name starts with `$`. Decoding what
// was encoded gives the same value, by Object.is, with one exception: the payload bits of a NaN. Pure.
//
//   NaN, -0, ±Infinity   {"$number": "NaN" | "-0" | "Infinity" | "-Infinity"}
//   bigint               {"$bigint": "-9223372036854775808"}          decimal
//   bytes                {"$bytes": "00ff"}                           lower-case hexadecimal; a Uint8Array
//   other typed arrays   {"$array": {"type": "float64", "values": [1.5, {"$number": "NaN"}]}}
//   undefined            {"$undefined": true}                         what a void function returns
//   half a surrogate     {"$utf16": [55296]}                          a string that UTF-8 cannot hold
//   a key with `$`       {"$object": [["$key", 1]]}
//   the null pointer     null

/** The version of the encoding, which documents that contain encoded values state. */
export const valueEncodingVersion = 1;

/** Numbers and strings stand for themselves; `null` is the null pointer. */
export type Value =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | TypedArray
  | readonly Value[]
  | { readonly [key: string]: Value };

/** JSON. */
export type EncodedValue =
  | null
  | boolean
  | number
  | string
  | readonly EncodedValue[]
  | { readonly [key: string]: EncodedValue };

const arrayTypes = {
  int8: Int8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;
type ArrayName = keyof typeof arrayTypes;
type TypedArray = Uint8Array | InstanceType<(typeof arrayTypes)[ArrayName]>;

/** Element types of typed arrays, apart from bytes. */
export const arrayNames = Object.keys(arrayTypes) as readonly ArrayName[];
export const specialNumbers = ["NaN", "-0", "Infinity", "-Infinity"] as const;

/** A value that has no encoding, or JSON that encodes none. */
export class ValueEncodingError extends Error {
  override readonly name = "ValueEncodingError";
}

/** Throws ValueEncodingError for what is not a value: functions, symbols, class instances, cycles. */
export function encodeValue(value: Value): EncodedValue {
  return encode(value, []);
}

function encode(value: Value, parents: readonly object[]): EncodedValue {
  switch (typeof value) {
    case "boolean":
      return value;
    case "undefined":
      return { $undefined: true };
    case "bigint":
      return { $bigint: value.toString() };
    case "number":
      if (Number.isFinite(value) && !Object.is(value, -0)) return value;
      return { $number: Object.is(value, -0) ? "-0" : String(value) };
    case "string":
      return isWellFormed(value) ? value : { $utf16: Array.from(value, codeUnits).flat() };
    case "object":
      return value === null ? null : encodeObject(value, parents);
    default:
      throw new ValueEncodingError(`a ${typeof value} has no encoding`);
  }
}

const isWellFormed = (text: string) => !/\p{Surrogate}/u.test(text);
const codeUnits = (character: string) => Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));

function encodeObject(value: Exclude<Value, null> & object, parents: readonly object[]): EncodedValue {
  if (parents.includes(value)) throw new ValueEncodingError("a value that contains itself has no encoding");
  const inside = [...parents, value];
  if (Array.isArray(value)) return Array.from(value as readonly Value[], (one) => encode(one, inside));
  if (ArrayBuffer.isView(value)) return encodeTypedArray(value as TypedArray);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new ValueEncodingError("only plain objects have an encoding; this one is an instance of a class");
  }
  if (Object.getOwnPropertySymbols(value).length > 0) {
    throw new ValueEncodingError("an object with a symbol as key has no encoding");
  }
  const entries = Object.entries(value).map(([key, one]): [string, EncodedValue] => [key, encode(one, inside)]);
  const badKey = entries.find(([key]) => !isWellFormed(key));
  if (badKey !== undefined) throw new ValueEncodingError("a key with half a surrogate pair has no encoding");
  // `__proto__` as a member would be the prototype for whoever reads the JSON carelessly.
  const plain = entries.every(([key]) => !key.startsWith("$") && key !== "__proto__");
  return plain ? Object.fromEntries(entries) : { $object: entries };
}

function encodeTypedArray(value: TypedArray): EncodedValue {
  if (value instanceof Uint8Array) {
    return { $bytes: Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("") };
  }
  const type = arrayNames.find((name) => value instanceof arrayTypes[name]);
  if (type === undefined) throw new ValueEncodingError(`a ${tagOf(value)} has no encoding`);
  const values = Array.from(value as Iterable<number | bigint>, (one) => encode(one, []));
  return { $array: { type, values } };
}

const tagOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1);

/** The value that JSON stands for. Throws ValueEncodingError for what `encodeValue` cannot have written. */
export function decodeValue(json: EncodedValue): Value {
  if (typeof json === "number" && (!Number.isFinite(json) || Object.is(json, -0))) {
    throw new ValueEncodingError(`${Object.is(json, -0) ? "-0" : json} is written {"$number": ...}`);
  }
  if (typeof json === "string" && !isWellFormed(json)) {
    throw new ValueEncodingError('a string with half a surrogate pair is written {"$utf16": ...}');
  }
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return (json as readonly EncodedValue[]).map(decodeValue);
  const entries = Object.entries(json as { readonly [key: string]: EncodedValue });
  const [first] = entries;
  if (!entries.some(([key]) => key.startsWith("$"))) {
    return Object.fromEntries(entries.map(([key, one]) => [key, decodeValue(one)]));
  }
  if (first === undefined || entries.length > 1) {
    throw new ValueEncodingError(`${JSON.stringify(json)}: a member with $ stands alone in its object`);
  }
  const decoder = Object.hasOwn(decoders, first[0]) ? decoders[first[0]] : undefined;
  const decoded = decoder?.(first[1]);
  if (decoded === undefined) throw new ValueEncodingError(`${JSON.stringify(json)} encodes no value`);
  return decoded.value;
}

/** What may stand under each `$` name. An absent result means that this JSON encodes nothing. */
const decoders: Readonly<Record<string, (json: EncodedValue) => { readonly value: Value } | undefined>> = {
  $undefined: (json) => (json === true ? { value: undefined } : undefined),
  $number: (json) => (specialNumbers.some((name) => name === json) ? { value: Number(json) } : undefined),
  $bigint: (json) =>
    typeof json === "string" && /^(0|-?[1-9][0-9]*)$/.test(json) ? { value: BigInt(json) } : undefined,
  $bytes: (json) =>
    typeof json === "string" && /^([0-9a-f]{2})*$/.test(json)
      ? { value: Uint8Array.from(json.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) }
      : undefined,
  $utf16: (json) => {
    if (!Array.isArray(json) || !json.every(isCodeUnit)) return undefined;
    const text = json.map((unit) => String.fromCharCode(unit)).join("");
    return isWellFormed(text) ? undefined : { value: text };
  },
  $array: (json) => decodeTypedArray(json),
  $object: (json) => {
    if (!Array.isArray(json) || !json.every(isEntry)) return undefined;
    const keys = json.map(([key]) => key);
    const needed = keys.some((key) => key.startsWith("$") || key === "__proto__");
    if (!needed || new Set(keys).size !== keys.length || !keys.every(isWellFormed)) return undefined;
    return { value: Object.fromEntries(json.map(([key, one]) => [key, decodeValue(one)])) };
  },
};

function isCodeUnit(json: unknown): json is number {
  return Number.isInteger(json) && (json as number) >= 0 && (json as number) <= 0xffff && !Object.is(json, -0);
}

function isEntry(json: unknown): json is readonly [string, EncodedValue] {
  return Array.isArray(json) && json.length === 2 && typeof json[0] === "string";
}

function decodeTypedArray(json: EncodedValue): { readonly value: Value } | undefined {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return undefined;
  const { type, values, ...others } = json as { readonly [key: string]: EncodedValue };
  const name = arrayNames.find((one) => one === type);
  if (name === undefined || !Array.isArray(values) || Object.keys(others).length > 0) return undefined;
  const elements = values.map(decodeValue);
  const wide = name === "int64" || name === "uint64";
  if (!elements.every((one) => typeof one === (wide ? "bigint" : "number"))) return undefined;
  const array = wide ? arrayTypes[name].from(elements as bigint[]) : arrayTypes[name].from(elements as number[]);
  // An element that its type cannot hold would come out as another value.
  const exact = elements.every((one, i) => Object.is(one, array[i]));
  return exact ? { value: array } : undefined;
}
