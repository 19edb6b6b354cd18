// How JavaScript values stand for Python's: `bytes` are Uint8Arrays (Buffers), `str` strings, `None` null, `int` bigints
// and numbers without a fraction, `float` other numbers, `list` and `tuple` arrays. Knows no C type.
import { ValueError } from "./errors.ts";

/** Python's name for a value's type, as error messages quote it. */
export function typeName(value: unknown): string {
  switch (typeof value) {
    case "number":
      return Number.isInteger(value) ? "int" : "float";
    case "bigint":
      return "int";
    case "string":
      return "str";
    case "boolean":
      return "bool";
    case "undefined":
      return "NoneType";
    case "symbol":
      return "symbol";
    case "function":
    case "object":
      if (value === null) return "NoneType";
      if (value instanceof Uint8Array) return "bytes";
      if (Array.isArray(value)) return "list";
      return nameOfClass(value);
  }
}

function nameOfClass(value: object): string {
  const { constructor: type } = value;
  if (type === Function || typeof type !== "function") return "function";
  return type === Object ? "dict" : type.name;
}

/** What Python's `bytes` and `bytearray` are here. */
export function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

/** Whether a value is a Python `int`: `True` and `False` are. */
export function isInt(value: unknown): value is number | bigint | boolean {
  return (
    (typeof value === "number" && Number.isInteger(value)) || typeof value === "bigint" || typeof value === "boolean"
  );
}

/** A Python `int` as a small number, for sizes and indices. Throws TypeError, as `operator.index` would. */
export function index(value: unknown): number {
  if (!isInt(value)) throw new TypeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
  return Number(value);
}

/** How values with a truth of their own tell it. */
export const truth: unique symbol = Symbol("truth");

/** Python's `bool(value)`: null pointers, zeros and what is empty are false. */
export function bool(value: unknown): boolean {
  if ((typeof value === "object" && value !== null) || typeof value === "function") {
    if (truth in value) return (value as { readonly [truth]: boolean })[truth];
    return !("length" in value) || typeof value === "function" || value.length !== 0;
  }
  return Boolean(value);
}

/** Python's `b"..."`: the bytes of an ASCII text, as in ``b`hello` ``. Throws ValueError for anything else. */
export function b(text: TemplateStringsArray, ...values: never[]): Buffer {
  const [literal = ""] = text;
  const beyond = [...literal].find((c) => c > "\xff");
  if (values.length > 0 || beyond !== undefined)
    throw new ValueError("bytes can only contain ASCII literal characters");
  return Buffer.from(literal, "latin1");
}
