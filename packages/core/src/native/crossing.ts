// How a value of each C type crosses: in which form it lies in its slot, and how generated code turns that into the C
// type and back. The one place that both the JavaScript side (call.ts, closure.ts) and the LLVM side (thunk.ts,
// closure-code.ts) read. Pure.
import { CFuncError } from "../diagnostics/error.ts";
import { leavesOf } from "../emit/abi/leaves.ts";
import {
  type AggregateType,
  assertNever,
  type CType,
  type IntType,
  type Parameter,
  type PointerType,
  type Signature,
} from "../types/ctype.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import { typeNames } from "../types/names.ts";
import { printType } from "../types/print.ts";
import { maxParameters, slot, slotCount } from "./slots.ts";

/**
 * - `int32`: in an Int32Array, for `bool` and integers up to 32 bits;
 * - `word`: a safe integer as a double, for 64-bit integers that are numbers in TypeScript;
 * - `int64`: in a BigInt64Array, for those that are bigints;
 * - `float`: a double, for both float types;
 * - `pointer`: its 64 bits;
 * - `aggregate`: the bytes of a structure, union or complex number, in as many slots as they take.
 */
export type Crossing =
  | { readonly kind: "void" }
  | { readonly kind: "bool" }
  | { readonly kind: "int32"; readonly type: IntType }
  | { readonly kind: "word"; readonly type: IntType }
  | { readonly kind: "int64"; readonly type: IntType }
  | { readonly kind: "float"; readonly bits: 32 | 64 }
  | { readonly kind: "pointer"; readonly type: PointerType }
  | { readonly kind: "aggregate"; readonly type: AggregateType };

export interface Crossings {
  /** As generated code calls or is called: what stands after `...` has its promoted type. */
  readonly signature: Signature;
  readonly params: readonly Exclude<Crossing, { kind: "void" }>[];
  readonly result: Crossing;
  /** Of a variadic function: how many of the parameters stand before the `...`. The others are promoted. */
  readonly named?: number;
  /** Whether the thunk clears `errno` before the call and keeps it after. */
  readonly errno?: true;
}

/**
 * The crossings of a call: those of a variadic function are of one list of further arguments, `extra`. Throws CF5020
 * for what cannot cross: more than the slots hold.
 */
export function crossingsOf(signature: Signature, name: string, extra: readonly Parameter[] = []): Crossings {
  const all = [...signature.params, ...extra];
  if (all.length > maxParameters) throw cannotCross(name, `more than ${maxParameters} parameters`);
  const params = all.map(({ type }, index) => {
    const crossing = crossingOf(type, `${name}: parameter ${index + 1}`);
    if (crossing.kind === "void") throw cannotCross(`${name}: parameter ${index + 1}`, "void is not a parameter type");
    return crossing;
  });
  const result = crossingOf(signature.result, `${name}: the result`);
  const passed = {
    ...signature,
    params: [...signature.params, ...extra.map(({ type }) => ({ type: promoted(type) }))],
  };
  const crossings = { signature: passed, params, result };
  const room = Math.max(endOf(params), slot.arguments + slotsOf(result));
  if (room > slotCount) {
    throw cannotCross(
      name,
      "its arguments or its result are too large to be passed by value",
      "pass large structures by pointer",
    );
  }
  return signature.variadic ? { ...crossings, named: signature.params.length } : crossings;
}

const slotsOf = (crossing: Crossing): number =>
  crossing.kind === "aggregate" ? Math.ceil(sizeOf(crossing.type) / 8) : 1;

/** The first slot of each parameter. */
export function placesOf(params: Crossings["params"]): readonly number[] {
  let at: number = slot.arguments;
  return params.map((param) => {
    at += slotsOf(param);
    return at - slotsOf(param);
  });
}

/** The slot after the last parameter's. */
export const endOf = (params: Crossings["params"]): number =>
  params.reduce((at, param) => at + slotsOf(param), slot.arguments as number);

/** C's default argument promotions (C17 6.5.2.2). */
function promoted(type: CType): CType {
  if (type.kind === "float") return typeNames.float64;
  const isSmall = type.kind === "bool" || (type.kind === "int" && type.bits < 32);
  return isSmall ? typeNames.int32 : type;
}

/** As `crossingsOf`, for a C function that is made here: C has no way to say what a variadic one is given. */
export function definedCrossings(signature: Signature, name: string): Crossings {
  if (signature.variadic) throw cannotCross(name, "a function that is made here cannot be variadic");
  return crossingsOf(signature, name);
}

export function crossingOf(type: CType, where: string): Crossing {
  switch (type.kind) {
    case "void":
    case "bool":
      return { kind: type.kind };
    case "int":
      if (type.bits < 64) return { kind: "int32", type };
      return { kind: type.js === "bigint" ? "int64" : "word", type };
    case "float":
      return { kind: "float", bits: type.bits };
    case "pointer":
      return { kind: "pointer", type };
    case "complex":
    case "struct":
    case "union":
      return { kind: "aggregate", type };
    case "opaque":
    case "array":
    case "function":
      throw cannotCross(
        where,
        `${printType(type)} cannot be passed by value`,
        `pass a pointer: ${type.kind === "function" ? "CFunction" : "CPointer"}(${printType(type)})`,
      );
    default:
      return assertNever(type);
  }
}

function cannotCross(where: string, why: string, help?: string): CFuncError {
  const message = `${where}: ${why}`;
  return new CFuncError([{ code: "CF5020", severity: "error", message, ...(help === undefined ? {} : { help }) }]);
}

/** Generated code of equal shape is interchangeable: `int32` and `intc` are, and so are all pointers. */
export function shapeOf({ params, result, named, errno }: Crossings): string {
  const shapes = params.map(shape);
  if (named !== undefined) shapes.splice(named, 0, "...");
  return `${shape(result)}(${shapes.join(",")})${errno ? " errno" : ""}`;
}

/** Whether the thunk gets the argument as well, besides its slot: what has memory that must stay alive, and strings. */
export const isPassedOn = ({ kind }: Crossing): boolean => kind === "pointer" || kind === "aggregate";

/** Whether a JavaScript string may stand for this pointer. */
export function takesString(type: PointerType): boolean {
  return type.constant && type.to.kind === "int" && type.to.name === "char";
}

function shape(crossing: Crossing): string {
  switch (crossing.kind) {
    case "void":
    case "bool":
      return crossing.kind;
    case "pointer":
      return takesString(crossing.type) ? "text" : "pointer";
    case "int32":
    case "word":
    case "int64":
      return `${crossing.kind}.${crossing.type.signed ? "i" : "u"}${crossing.type.bits}`;
    case "float":
      return `f${crossing.bits}`;
    case "aggregate": {
      const [size, align] = [sizeOf(crossing.type), alignOf(crossing.type)];
      // what is larger goes to memory on every platform, whatever it holds
      const leaves = size > 32 ? [] : leavesOf(crossing.type);
      return [`a${size}.${align}`, ...leaves.map((leaf) => `${leaf.kind}${leaf.offset}.${leaf.size}`)].join(";");
    }
    default:
      return assertNever(crossing);
  }
}

/**
 * LLVM instructions that make `%<to>` of `%<name>` by C's default argument promotions (C17 6.5.2.2), and the type it has
 * then; undefined where there is nothing to promote.
 */
export function promote(crossing: Crossing, name: string, to: string): { text: string; type: string } | undefined {
  if (crossing.kind === "float" && crossing.bits === 32)
    return { text: `  %${to} = fpext float %${name} to double\n`, type: "double" };
  if (crossing.kind === "bool") return { text: `  %${to} = zext i1 %${name} to i32\n`, type: "i32" };
  if (crossing.kind !== "int32" || crossing.type.bits === 32) return undefined;
  // All values of the small types fit an int, signed or not.
  const { bits, signed } = crossing.type;
  return { text: `  %${to} = ${signed ? "sext" : "zext"} i${bits} %${name} to i32\n`, type: "i32" };
}

/** LLVM instructions that read `%<name>` of the C type from its form in the slot at `pointer`; not for aggregates. */
export function readSlot(crossing: Crossing, name: string, pointer: string): string {
  switch (crossing.kind) {
    case "void":
    case "aggregate":
      return "";
    case "bool":
      return `  %${name}.slot = load i32, ptr ${pointer}\n  %${name} = icmp ne i32 %${name}.slot, 0\n`;
    case "int32":
      if (crossing.type.bits === 32) return `  %${name} = load i32, ptr ${pointer}\n`;
      return `  %${name}.slot = load i32, ptr ${pointer}\n  %${name} = trunc i32 %${name}.slot to i${crossing.type.bits}\n`;
    case "word": {
      const convert = crossing.type.signed ? "fptosi" : "fptoui";
      return `  %${name}.slot = load double, ptr ${pointer}\n  %${name} = ${convert} double %${name}.slot to i64\n`;
    }
    case "int64":
      return `  %${name} = load i64, ptr ${pointer}\n`;
    case "float":
      if (crossing.bits === 64) return `  %${name} = load double, ptr ${pointer}\n`;
      return `  %${name}.slot = load double, ptr ${pointer}\n  %${name} = fptrunc double %${name}.slot to float\n`;
    case "pointer":
      return `  %${name} = load ptr, ptr ${pointer}\n`;
    default:
      return assertNever(crossing);
  }
}

/** LLVM instructions that write `%<name>` of the C type to the slot at `pointer`, in its form there; not for aggregates. */
export function writeSlot(crossing: Crossing, name: string, pointer: string): string {
  switch (crossing.kind) {
    case "void":
    case "aggregate":
      return "";
    case "bool":
      return `  %${name}.slot = zext i1 %${name} to i32\n  store i32 %${name}.slot, ptr ${pointer}\n`;
    case "int32": {
      const { bits, signed } = crossing.type;
      if (bits === 32) return `  store i32 %${name}, ptr ${pointer}\n`;
      return `  %${name}.slot = ${signed ? "sext" : "zext"} i${bits} %${name} to i32\n  store i32 %${name}.slot, ptr ${pointer}\n`;
    }
    case "word": {
      const convert = crossing.type.signed ? "sitofp" : "uitofp";
      return `  %${name}.slot = ${convert} i64 %${name} to double\n  store double %${name}.slot, ptr ${pointer}\n`;
    }
    case "int64":
      return `  store i64 %${name}, ptr ${pointer}\n`;
    case "float":
      if (crossing.bits === 64) return `  store double %${name}, ptr ${pointer}\n`;
      return `  %${name}.slot = fpext float %${name} to double\n  store double %${name}.slot, ptr ${pointer}\n`;
    case "pointer":
      return `  store ptr %${name}, ptr ${pointer}\n`;
    default:
      return assertNever(crossing);
  }
}
