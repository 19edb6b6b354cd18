// The calling convention of Linux on AArch64: "Procedure Call Standard for the Arm 64-bit Architecture", sections 6.8
// and 6.9. One to four floats of one type, a homogeneous floating-point aggregate, travel in vector registers; other
// aggregates of up to 16 bytes in general ones; larger ones as the address of a copy. Spelt in LLVM as clang does:
// LLVM itself puts an array whole into registers or whole on the stack. Pure.
import { type CType, isAggregate, type Signature } from "../../types/ctype.ts";
import { alignOf, alignUp, sizeOf } from "../../types/layout.ts";
import { leavesOf } from "./leaves.ts";
import { type CallingConvention, type Part, type Passing, scalarType } from "./passing.ts";

export const aapcs64: CallingConvention = {
  name: "AAPCS64",
  classify(signature: Signature, extra = []) {
    const types = [...signature.params.map((param) => param.type), ...extra];
    return { result: returned(signature.result), params: types.map(argument), variadic: signature.variadic };
  },
};

function returned(type: CType): Passing {
  if (type.kind === "void") return { kind: "nothing" };
  if (!isAggregate(type)) return scalar(type);
  const size = sizeOf(type);
  return inRegisters(type, general(size, alignOf(type))) ?? { kind: "memory", size, align: alignOf(type) };
}

function argument(type: CType): Passing {
  if (!isAggregate(type)) return scalar(type);
  // an argument fills whole registers, a result only the bytes that it has
  const align = naturalAlign(type);
  const whole = alignUp(sizeOf(type), align >= 16 ? 16 : 8);
  return inRegisters(type, general(whole, align)) ?? { kind: "copy", size: sizeOf(type), align: alignOf(type) };
}

/** The callee extends narrow integers, not the caller. */
function scalar(type: CType): Passing {
  return { kind: "scalar", type: scalarType(type), extension: "" };
}

/** Section 5.9: the largest alignment of a member, whatever the aggregate itself was aligned to. */
function naturalAlign(type: CType): number {
  if (type.kind === "array") return naturalAlign(type.of);
  return (type.kind === "struct" || type.kind === "union" ? type.memberAlign : undefined) ?? alignOf(type);
}

function inRegisters(type: CType, part: Part): Passing | undefined {
  const [size, align] = [sizeOf(type), alignOf(type)];
  if (size === 0) return { kind: "nothing" };
  const registers = homogeneous(type) ?? (size > 16 ? undefined : part);
  return registers === undefined ? undefined : { kind: "parts", size, align, parts: [registers] };
}

/** Rule C.10: of what is aligned to 16 bytes the pair of registers begins with an even one, as LLVM's i128 does. */
function general(bytes: number, align: number): Part {
  if (bytes <= 8) return { type: `i${8 * bytes}`, offset: 0, bytes };
  return { type: align >= 16 ? "i128" : "[2 x i64]", offset: 0, bytes: 16 };
}

function homogeneous(type: CType): Part | undefined {
  const size = sizeOf(type);
  if (size > 32 || isFlexible(type)) return undefined;
  const leaves = leavesOf(type);
  const [first] = leaves;
  if (first === undefined || leaves.some((leaf) => leaf.kind !== "float" || leaf.size !== first.size)) return undefined;
  const count = new Set(leaves.map((leaf) => leaf.offset)).size;
  // padding, from an explicit alignment, makes it another kind of aggregate
  if (count > 4 || count * first.size !== size) return undefined;
  const part = { type: `[${count} x ${first.size === 4 ? "float" : "double"}]`, offset: 0, bytes: size };
  // rule C.4: where the registers do not suffice
  return naturalAlign(type) >= 16 ? { ...part, stackAlign: 16 } : part;
}

/** Ends with an array of any length: its floats are not as many as it has here. */
function isFlexible(type: CType): boolean {
  const last = type.kind === "struct" ? type.fields.at(-1)?.type : undefined;
  return last?.kind === "array" && last.length === 0;
}
