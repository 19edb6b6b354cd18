// Reads parsed JSON into typed values, and says where and why it cannot. Every reader takes the value and its JSON
// pointer (RFC 6901); nothing is ever guessed, defaulted or skipped. Pure.

/** A document that is not what its reader expects. */
export class JsonShapeError extends Error {
  override readonly name: string = "JsonShapeError";
  /** Where, as a JSON pointer; empty for the whole document. */
  readonly pointer: string;

  constructor(pointer: string, message: string) {
    super(`${pointer === "" ? "the document" : pointer}: ${message}`);
    this.pointer = pointer;
  }
}

export type Reader<T> = (value: unknown, pointer: string) => T;

export function describe(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  return value === undefined ? "nothing" : (JSON.stringify(value) ?? typeof value);
}

function wrong(pointer: string, expected: string, value: unknown): JsonShapeError {
  return new JsonShapeError(pointer, `expected ${expected}, found ${describe(value)}`);
}

export const step = (pointer: string, key: string | number): string =>
  `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;

export const text: Reader<string> = (value, pointer) => {
  if (typeof value !== "string" || value === "") throw wrong(pointer, "a text", value);
  return value;
};

export const matching =
  (pattern: RegExp, what: string): Reader<string> =>
  (value, pointer) => {
    if (typeof value !== "string" || !pattern.test(value)) throw wrong(pointer, what, value);
    return value;
  };

export const boolean: Reader<boolean> = (value, pointer) => {
  if (typeof value !== "boolean") throw wrong(pointer, "true or false", value);
  return value;
};

export const integer =
  (least: number): Reader<number> =>
  (value, pointer) => {
    if (!Number.isSafeInteger(value) || (value as number) < least) {
      throw wrong(pointer, least === Number.MIN_SAFE_INTEGER ? "an integer" : `an integer from ${least} up`, value);
    }
    return value as number;
  };

export const oneOf =
  <const T extends string | number>(...allowed: readonly T[]): Reader<T> =>
  (value, pointer) => {
    const found = allowed.find((one) => one === value);
    if (found === undefined) throw wrong(pointer, allowed.map((one) => JSON.stringify(one)).join(" or "), value);
    return found;
  };

export const list =
  <T>(item: Reader<T>, least = 0): Reader<readonly T[]> =>
  (value, pointer) => {
    if (!Array.isArray(value)) throw wrong(pointer, "an array", value);
    if (value.length < least) throw new JsonShapeError(pointer, `needs at least ${least} element`);
    return value.map((one, i) => item(one, step(pointer, i)));
  };

type Shape = Readonly<Record<string, Reader<unknown>>>;
type Read<S extends Shape> = { readonly [K in keyof S]: ReturnType<S[K]> };

export function asObject(value: unknown, pointer: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(pointer, "an object", value);
  return value as Readonly<Record<string, unknown>>;
}

/** An object with exactly these members; the optional ones may be absent. */
export const object =
  <R extends Shape, O extends Shape = Record<never, never>>(
    required: R,
    optional?: O,
  ): Reader<Read<R> & Partial<Read<O>>> =>
  (value, pointer) => {
    const given = asObject(value, pointer);
    const readers: Shape = { ...required, ...optional };
    for (const key of Object.keys(given)) {
      if (!Object.hasOwn(readers, key)) throw new JsonShapeError(step(pointer, key), "is not a member of this object");
    }
    const read: Record<string, unknown> = {};
    for (const [key, reader] of Object.entries(readers)) {
      if (Object.hasOwn(given, key)) read[key] = reader(given[key], step(pointer, key));
      else if (Object.hasOwn(required, key)) throw new JsonShapeError(step(pointer, key), "is missing");
    }
    return read as Read<R> & Partial<Read<O>>;
  };
