// Pointers between TypeScript and slots. Going in: null, anything with an `address`, buffers, and strings for
// `const char *`. Coming out: a callable for a function pointer, a `Ptr` for everything else.

import type { Place } from "../memory/fields.ts";
import { PointerView } from "../memory/ptr.ts";
import { structAddress, structPlace } from "../memory/struct-view.ts";
import { assertNever, type CType, type Parameter, type PointerType } from "../types/ctype.ts";
import { sizeOf } from "../types/layout.ts";
import { printSignature, printType, sameSignature, sameType } from "../types/print.ts";
import { badString, nativeError, show, wrongPointer } from "./argument-error.ts";
import { takesString } from "./crossing.ts";
import { env } from "./environment.ts";
import { type PointerBits, slot } from "./slots.ts";
import { stringProblem, strings } from "./strings.ts";

/**
 * A function from a JavaScript value to pointer bits, or a thrown CF5011, CF5013 or CF5016 that names the parameter.
 * `inThunk`: the bits go to a thunk that gets the value as well, and may be told to encode it.
 */
export function pointerConverter(
  name: string,
  param: Parameter,
  index: number,
  type: PointerType,
  inThunk = false,
): (value: unknown) => PointerBits {
  const { atLeast } = param;
  const problem = pointerProblem(type, atLeast);
  const environment = env();
  return (value) => {
    if (value === null && atLeast === undefined) return 0;
    const why = problem(value);
    if (why !== undefined) throw wrongPointer(name, param, index, type, value, why);
    if (typeof value === "string") {
      const text = inThunk ? strings().pushOrMark(value) : strings().push(value);
      if (text !== undefined) return text;
      const found = stringProblem(value);
      if (found === undefined) throw new Error(`internal error: ${name}: the string was not encoded`);
      throw badString(name, param, index, found);
    }
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return environment.locateBits(value);
    if (value instanceof SharedArrayBuffer) return environment.locateBits(new Uint8Array(value));
    return bits(addressIn(value) ?? 0n);
  };
}

/**
 * Why a value does not stand for a pointer of the type; undefined where it does. `atLeast` is how many values must be
 * there, where the parameter says so. A structure or an array must be there as a whole in any case.
 */
export function pointerProblem(type: PointerType, atLeast?: number): (value: unknown) => string | undefined {
  const { to } = type;
  const elements = to.kind === "function" ? undefined : arraysFor(to);
  const string = takesString(type);
  const whole = to.kind === "struct" || to.kind === "union" || to.kind === "array";
  const count = atLeast ?? (whole ? 1 : 0);
  const needed = count === 0 ? 0 : count * (to.kind === "void" ? 1 : sizeOf(to));
  const short = (bytes: number | undefined) =>
    bytes === undefined || bytes >= needed
      ? undefined
      : `got ${bytes} bytes of memory, which is too short: ${count === 1 ? "" : `${count} values of `}${printType(to)} ${count === 1 ? "has" : "have"} ${needed}`;
  // Comparing structures takes long; most calls pass the type that the last one passed.
  let lastType: CType | undefined;
  return (value) => {
    if (value === null) return atLeast === undefined ? undefined : "got null";
    if (typeof value === "string")
      return string ? undefined : "got a string; a string is passed only as `const char *`";
    if (typeof value !== "object" && typeof value !== "function") return `got ${show(value)}`;
    if (ArrayBuffer.isView(value)) {
      if (elements === undefined) return "got a typed array";
      const kind = arrayKind(value);
      if (elements !== "any" && !elements.includes(kind)) return `got a ${kind}; pass a ${elements.join(", ")}`;
      if (isDetached(value.buffer)) return `got a ${kind} whose memory was transferred to somebody else`;
      return needed === 0 ? undefined : short(value.byteLength);
    }
    if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) {
      if (elements === undefined) return "got an ArrayBuffer";
      if (isDetached(value)) return "got an ArrayBuffer whose memory was transferred to somebody else";
      return short(value.byteLength);
    }
    if (value instanceof PointerView) {
      // The type checker takes all pointers to numbers for one another.
      if (value.type !== lastType && !pointsTo(value.type, to))
        return `got a ${printType({ kind: "pointer", to: value.type, constant: false })}`;
      lastType = value.type;
      return needed === 0 ? undefined : short(bytesFrom(PointerView.place(value)));
    }
    const structure = structPlace(value);
    if (structure !== undefined) {
      if (structure.type !== lastType && !pointsTo(structure.type, to)) return `got a ${printType(structure.type)}`;
      lastType = structure.type;
      return needed === 0 ? undefined : short(bytesFrom(structure));
    }
    if (addressIn(value) === undefined) return `got ${show(value)}`;
    if (to.kind !== "function") return undefined;
    const given = "signature" in value ? value.signature : undefined;
    if (!isSignature(given)) return "got a pointer that is not known to be a function";
    return sameSignature(given, to.signature) ? undefined : `got a function ${printSignature(given)}`;
  };
}

/** How many bytes are there from a place on, where that is known. */
function bytesFrom({ region, offset }: Place): number | undefined {
  return region.extent === undefined ? undefined : Math.max(0, region.extent - offset);
}

/** Whether a buffer was transferred: only then has it no memory to look at. */
function isDetached(buffer: ArrayBufferLike): boolean {
  if (buffer.byteLength !== 0 || !(buffer instanceof ArrayBuffer)) return false;
  try {
    return new Uint8Array(buffer).length !== 0;
  } catch {
    return true;
  }
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
