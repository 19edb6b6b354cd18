// A live value -> what the compiler makes of it. Looks at values and never changes or calls them; the getters of a
// module namespace, which stand for exported variables, are the only ones it runs.
import { brandOf } from "./brands.ts";
import { builtinOf } from "./builtins.ts";
import type { BigIntElement, CapturedValue, JsFunction, NumberElement } from "./captured-value.ts";

export interface ClassifyOptions {
  /** The name of an intrinsic such as `carray`, by identity. */
  readonly intrinsicName?: ((value: unknown) => string | undefined) | undefined;
}

export function classify(value: unknown, options: ClassifyOptions = {}): CapturedValue {
  switch (typeof value) {
    case "number":
      return { kind: "number", value };
    case "boolean":
      return { kind: "boolean", value };
    case "bigint":
      return { kind: "bigint", value };
    case "string":
      return { kind: "string", value };
    case "undefined":
      return { kind: "undefined" };
    case "symbol":
      return { kind: "unsupported", what: "a symbol" };
    case "function":
      return classifyFunction(value as JsFunction, options);
    case "object":
      return value === null ? { kind: "null" } : classifyObject(value, options);
  }
}

function classifyFunction(fn: JsFunction, options: ClassifyOptions): CapturedValue {
  if (isProxy(fn)) return { kind: "unsupported", what: "a proxy" };
  const known = classifyKnown(fn, options);
  if (known) return known;
  // Of all functions only classes have a `prototype` that cannot be assigned.
  if (Object.getOwnPropertyDescriptor(fn, "prototype")?.writable === false) {
    return isNative(fn)
      ? { kind: "unsupported", what: `the native class ${fn.name}` }
      : plainObject(fn, "a class", options);
  }
  if (isNative(fn)) return { kind: "unsupported", what: `a native function${fn.name && ` (${fn.name})`}` };
  return { kind: "function", value: fn };
}

/** True where there is no JavaScript text behind a function: built in, bound, or a proxy. */
export function isNative(fn: object): boolean {
  return /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(fn));
}

function classifyObject(value: object, options: ClassifyOptions): CapturedValue {
  if (isProxy(value)) return classifyProxy(value, options);
  const known = classifyKnown(value, options);
  if (known) return known;
  if (Array.isArray(value)) return classifyArray(value);
  if (ArrayBuffer.isView(value)) return classifyView(value);
  if (isNamespace(value)) return namespaceOf(value, options);
  const prototype: object | null = Object.getPrototypeOf(value);
  // A plain object, of whatever realm.
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return plainObject(value, "an object", options);
  return { kind: "unsupported", what: `an instance of ${className(prototype)}` };
}

/** Values known by identity or by brand. A cfunc may be a function or an object. */
function classifyKnown(value: object, { intrinsicName }: ClassifyOptions): CapturedValue | undefined {
  const intrinsic = intrinsicName?.(value);
  if (intrinsic !== undefined) return { kind: "intrinsic", name: intrinsic };
  const builtin = builtinOf(value);
  if (builtin) return builtin;
  const brand = brandOf(value);
  return brand && { kind: brand, value };
}

function classifyArray(value: readonly unknown[]): CapturedValue {
  const elements = Array.from(value);
  if (elements.every((element) => typeof element === "number")) {
    return { kind: "numbers", of: "number", elements, value };
  }
  if (elements.every((element) => typeof element === "bigint")) {
    return { kind: "numbers", of: "bigint", elements, value };
  }
  const odd = elements.findIndex((element) => typeof element !== typeof elements[0] || !isNumeric(element));
  const what = odd in value ? `element ${odd} is ${article(typeof elements[odd])}` : `element ${odd} is missing`;
  return { kind: "unsupported", what: `an array that is not of numbers (${what})` };
}

function isNumeric(value: unknown): boolean {
  return typeof value === "number" || typeof value === "bigint";
}

function article(noun: string): string {
  if (noun === "undefined") return noun;
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}

const numberElements: Readonly<Record<string, NumberElement>> = {
  Int8Array: "int8",
  Uint8Array: "uint8",
  Uint8ClampedArray: "uint8",
  Int16Array: "int16",
  Uint16Array: "uint16",
  Int32Array: "int32",
  Uint32Array: "uint32",
  Float32Array: "float32",
  Float64Array: "float64",
};
const bigintElements: Readonly<Record<string, BigIntElement>> = { BigInt64Array: "int64", BigUint64Array: "uint64" };

function classifyView(value: ArrayBufferView): CapturedValue {
  // The tag is an internal slot's getter on the prototype that all typed arrays share: subclasses and other realms too.
  const name = Object.prototype.toString.call(value).slice("[object ".length, -1);
  if (isDetached(value)) return { kind: "unsupported", what: "an array whose memory was transferred" };
  const number = numberElements[name];
  if (number) return { kind: "numbers", of: number, elements: Array.from(value as Float64Array), value };
  const bigint = bigintElements[name];
  if (bigint) return { kind: "numbers", of: bigint, elements: Array.from(value as BigInt64Array), value };
  return { kind: "unsupported", what: `an instance of ${name}` };
}

/** An array of length 0 can tell only by being used. */
function isDetached(value: ArrayBufferView): boolean {
  if (value.byteLength > 0 || value instanceof DataView) return false;
  try {
    Array.from(value as Uint8Array);
    return false;
  } catch {
    return true;
  }
}

function isProxy(value: object): boolean {
  return process.getBuiltinModule("node:util").types.isProxy(value);
}

/** Test runners hand out packages behind proxies which look like their namespaces; no other proxy is touched. */
function classifyProxy(value: object, options: ClassifyOptions): CapturedValue {
  return isNamespace(value) ? namespaceOf(value, options) : { kind: "unsupported", what: "a proxy" };
}

/** An ES module's namespace, or what bundlers and transpilers make in its place. */
function isNamespace(value: object): boolean {
  try {
    return Reflect.get(value, Symbol.toStringTag) === "Module" || Reflect.get(value, "__esModule") === true;
  } catch {
    return false;
  }
}

/** The getters of a namespace stand for exported variables. One of a variable without a value yet throws. */
function namespaceOf(value: object, options: ClassifyOptions): CapturedValue {
  return objectOf(value, "a namespace", (name) => exportedValue(value, name, options));
}

function exportedValue(namespace: object, name: string, options: ClassifyOptions): CapturedValue | undefined {
  try {
    return name in namespace ? classify(Reflect.get(namespace, name), options) : undefined;
  } catch {
    return { kind: "unsupported", what: "not initialised yet" };
  }
}

function plainObject(value: object, what: string, options: ClassifyOptions): CapturedValue {
  return objectOf(value, what, (name) => {
    const descriptor = Object.getOwnPropertyDescriptor(value, name);
    if (descriptor === undefined) return undefined;
    if ("value" in descriptor) return classify(descriptor.value, options);
    return isExport(descriptor) ? exportedValue(value, name, options) : { kind: "unsupported", what: "a getter" };
  });
}

/**
 * Bundlers make a plain object of a module whose namespace is used as a value. Its getters cannot be exchanged, and do
 * nothing but read a variable: `() => gain` in esbuild and rolldown, `get gain () { return gain; }` in rollup.
 */
function isExport({ get, set, configurable, enumerable }: PropertyDescriptor): boolean {
  if (get === undefined || set !== undefined || configurable || !enumerable) return false;
  const text = Function.prototype.toString.call(get);
  return /^\(\)\s*=>\s*[\w$]+$/.test(text) || /^get\s+[\w$]+\s*\(\)\s*\{\s*return\s+[\w$]+;?\s*\}$/.test(text);
}

/** Members are read once: a captured value is frozen at its first look. */
function objectOf(value: object, what: string, read: (name: string) => CapturedValue | undefined): CapturedValue {
  const members = new Map<string, CapturedValue | undefined>();
  const member = (name: string) => {
    if (!members.has(name)) members.set(name, read(name));
    return members.get(name);
  };
  return { kind: "object", value, what, member };
}

function className(prototype: object): string {
  const made: unknown = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
  return (typeof made === "function" && made.name) || "an unnamed class";
}
