// The calling convention of Linux on x86-64: System V ABI, AMD64 supplement, section 3.2.3. An aggregate of up to 16
// bytes travels in registers, each eightbyte in a general or a vector register by what lies in it, if registers are
// left for all of it; every other one in memory. Spelt in LLVM as clang does. Pure.
import { type CType, isAggregate, type Signature } from "../../types/ctype.ts";
import { alignOf, sizeOf } from "../../types/layout.ts";
import { type Leaf, leavesOf } from "./leaves.ts";
import { type CallingConvention, type Extension, type Part, type Passing, scalarType } from "./passing.ts";

/** Registers for arguments that are still free: rdi, rsi, rdx, rcx, r8, r9, and xmm0 to xmm7. */
interface Free {
  integer: number;
  float: number;
}

export const systemV: CallingConvention = {
  name: "System V x86-64",
  classify(signature: Signature, extra = []) {
    const free: Free = { integer: 6, float: 8 };
    const result = returned(signature.result);
    if (result.kind === "memory") free.integer -= 1;
    const types = [...signature.params.map((param) => param.type), ...extra];
    return { result, params: types.map((type) => argument(type, free)), variadic: signature.variadic };
  },
};

function returned(type: CType): Passing {
  if (type.kind === "void") return { kind: "nothing" };
  if (!isAggregate(type)) return scalar(type);
  return inRegisters(type) ?? { kind: "memory", size: sizeOf(type), align: alignOf(type) };
}

function argument(type: CType, free: Free): Passing {
  if (!isAggregate(type)) {
    const kind = type.kind === "float" ? "float" : "integer";
    free[kind] = Math.max(0, free[kind] - 1);
    return scalar(type);
  }
  const [size, align] = [sizeOf(type), alignOf(type)];
  const passing = inRegisters(type);
  if (passing?.kind === "nothing") return passing;
  if (passing?.kind === "parts") {
    const floats = passing.parts.filter(isFloat).length;
    const integers = passing.parts.length - floats;
    if (integers <= free.integer && floats <= free.float) {
      free.integer -= integers;
      free.float -= floats;
      return passing;
    }
  }
  // With no general register left an integer lands on the stack too, and needs no memory on the way there.
  if (free.integer === 0 && size <= 8 && align <= 8) {
    return { kind: "parts", size, align, parts: [{ type: `i${8 * size}`, offset: 0, bytes: size }] };
  }
  return { kind: "stack", size, align, slot: Math.max(align, 8) };
}

const isFloat = (part: Part): boolean => !part.type.startsWith("i");

function scalar(type: CType): Passing {
  return { kind: "scalar", type: scalarType(type), extension: extension(type) };
}

/** Not in the ABI's text, but what gcc and clang do and rely on: narrow integers come extended to 32 bits. */
function extension(type: CType): Extension {
  if (type.kind === "bool") return "zeroext";
  if (type.kind === "int" && type.bits < 32) return type.signed ? "signext" : "zeroext";
  return "";
}

/** The registers of an aggregate, or undefined where its class is MEMORY. */
function inRegisters(type: CType): Passing | undefined {
  const [size, align] = [sizeOf(type), alignOf(type)];
  if (size > 16) return undefined;
  const leaves = leavesOf(type);
  // an unaligned field, in a packed structure, puts all of it in memory
  if (leaves.some((leaf) => leaf.offset % leaf.size !== 0)) return undefined;
  const parts = [0, 8].flatMap((offset) => eightbyte(leaves, offset, size));
  return parts.length === 0 ? { kind: "nothing" } : { kind: "parts", size, align, parts };
}

/** The eightbyte at an offset: INTEGER if any integer is in it, else SSE; none where nothing is in it. */
function eightbyte(all: readonly Leaf[], offset: number, size: number): readonly Part[] {
  const leaves = all.filter((leaf) => leaf.offset >= offset && leaf.offset < offset + 8);
  if (leaves.length === 0) return [];
  const bytes = Math.min(size - offset, 8);
  if (leaves.some((leaf) => leaf.kind === "integer")) return [{ type: `i${8 * bytes}`, offset, bytes }];
  if (leaves.some((leaf) => leaf.size === 8)) return [{ type: "double", offset, bytes: 8 }];
  if (!leaves.some((leaf) => leaf.offset === offset + 4)) return [{ type: "float", offset, bytes: 4 }];
  return [{ type: "<2 x float>", offset, bytes: 8 }];
}
