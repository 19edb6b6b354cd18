// Pointers between TypeScript and slots. Going in: null, anything with an `address`, buffers, and strings for
// `const char *`. Coming out: a callable for a function pointer, a `Ptr` for everything else.
import { PointerView } from "../memory/ptr.ts";
import { structAddress } from "../memory/struct-view.ts";
import { assertNever, type CType, type Parameter, type PointerType } from "../types/ctype.ts";
import { printSignature, printType, sameSignature, sameType } from "../types/print.ts";
import { badString, nativeError, show, wrongPointer } from "./argument-error.ts";
import { env } from "./environment.ts";
import { type PointerBits, slot } from "./slots.ts";
import { stringProblem, strings } from "./strings.ts";

/** Whether a JavaScript string may stand for this pointer. */
export function takesString(type: PointerType): boolean {
  return type.constant && type.to.kind === "int" && type.to.name === "char";
}

/** A function from a JavaScript value to pointer bits, or a thrown CF5011 or CF5013 that names the parameter. */
export function pointerConverter(
  name: string,
  param: Parameter,
  index: number,
  type: PointerType,
): (value: unknown) => PointerBits {
  const problem = pointerProblem(type);
  const environment = env();
  return (value) => {
    if (value === null) return 0;
    const why = problem(value);
    if (why !== undefined) throw wrongPointer(name, param, index, type, value, why);
    if (typeof value === "string") {
      const text = strings().push(value);
      if (text !== undefined) return text;
      const { why: reason, help } = stringProblem(value) ?? { why: "has no C string", help: "pass bytes" };
      throw badString(name, param, index, reason, help);
    }
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return environment.locateBits(value);
    if (value instanceof SharedArrayBuffer) return environment.locateBits(new Uint8Array(value));
    return bits(addressIn(value) ?? 0n);
  };
}

/** Why a value does not stand for a pointer of the type; undefined where it does. */
export function pointerProblem(type: PointerType): (value: unknown) => string | undefined {
  const elements = type.to.kind === "function" ? undefined : arraysFor(type.to);
  const string = takesString(type);
  let lastType: CType | undefined;
  return (value) => {
    if (value === null) return undefined;
    if (typeof value === "string")
      return string ? undefined : "got a string; a string is passed only as `const char *`";
    if (typeof value !== "object" && typeof value !== "function") return `got ${show(value)}`;
    if (ArrayBuffer.isView(value)) {
      if (elements === undefined) return "got a typed array";
      if (elements === "any") return undefined;
      const kind = arrayKind(value);
      return elements.includes(kind) ? undefined : `got a ${kind}; pass a ${elements.join(", ")}`;
    }
    if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer)
      return elements === undefined ? "got an ArrayBuffer" : undefined;
    if (value instanceof PointerView) {
      // The type checker takes all pointers to numbers for one another.
      if (value.type !== lastType && !pointsTo(value.type, type.to))
        return `got a ${printType({ kind: "pointer", to: value.type, constant: false })}`;
      lastType = value.type;
      return undefined;
    }
    if (addressIn(value) === undefined) return `got ${show(value)}`;
    if (type.to.kind !== "function") return undefined;
    const given = "signature" in value ? value.signature : undefined;
    if (!isSignature(given)) return "got a pointer that is not known to be a function";
    return sameSignature(given, type.to.signature) ? undefined : `got a function ${printSignature(given)}`;
  };
}

function addressIn(value: unknown): bigint | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  const address = structAddress(value) ?? ("address" in value ? value.address : undefined);
  return typeof address === "bigint" ? address : undefined;
}

/** Whether memory of the one type may be handed over as memory of the other without a cast. */
function pointsTo(given: CType, wanted: CType): boolean {
  if (wanted.kind === "function" || given.kind === "function") return false;
  if (given.kind === "void" || wanted.kind === "void") return true;
  if (given.kind === "array") return pointsTo(given.of, wanted) || sameType(given, wanted);
  if (given.kind === "int" && wanted.kind === "int") return given.bits === wanted.bits;
  return sameType(given, wanted);
}

type GivenSignature = Extract<CType, { kind: "function" }>["signature"];

function isSignature(value: unknown): value is GivenSignature {
  return typeof value === "object" && value !== null && "params" in value && "result" in value && "variadic" in value;
}

/** Doubles below 2^-1022 are copied bit by bit; from the exponent of a NaN on they may not be. */
function bits(address: bigint): PointerBits {
  const { u64, u32, f64 } = env();
  u64[slot.result] = address;
  return (u32[2 * slot.result + 1] ?? 0) < 0x10_0000 ? (f64[slot.result] ?? 0) : BigInt.asUintN(64, address);
}

/** The bits of a non-null code or data address, as a double. Throws CF5011 where no address can be that large. */
export function addressBits(address: bigint, what: string): number {
  if (typeof address !== "bigint" || address <= 0n || address >= 1n << 47n)
    throw nativeError("CF5011", `${what} must be an address, a bigint from 1 to 2^47 - 1, got ${String(address)}`);
  return Number(bits(address));
}

const bytes = ["Uint8Array", "DataView"];

/** Typed arrays whose elements are what the pointer points to; raw bytes always are. */
function arraysFor(type: CType): readonly string[] | "any" {
  switch (type.kind) {
    case "void":
    case "struct":
    case "union":
    case "opaque":
    case "pointer":
    case "function":
      return "any";
    case "array":
      return arraysFor(type.of);
    case "bool":
      return ["Int8Array", ...bytes];
    case "int":
      if (type.bits === 8) return ["Int8Array", "Uint8ClampedArray", ...bytes];
      return [`${type.bits === 64 ? "Big" : ""}${type.signed ? "Int" : "Uint"}${type.bits}Array`, ...bytes];
    case "float":
      return [`Float${type.bits}Array`, ...bytes];
    case "complex":
      return [`Float${type.bits / 2}Array`, ...bytes];
    default:
      return assertNever(type);
  }
}

function arrayKind(view: ArrayBufferView): string {
  return view instanceof DataView ? "DataView" : (view as Uint8Array)[Symbol.toStringTag];
}
