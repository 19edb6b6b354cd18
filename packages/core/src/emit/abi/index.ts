// Calling conventions: what they are, which one a target has, and their LLVM text. Exports, nothing else but the choice.
import { aapcs64 } from "./aapcs64.ts";
import type { CallingConvention } from "./passing.ts";
import { systemV } from "./system-v.ts";

export { aapcs64 } from "./aapcs64.ts";
export type { CallingConvention, Extension, Part, Passed, Passing } from "./passing.ts";
export { systemV } from "./system-v.ts";
export {
  type Call,
  type CallSite,
  callText,
  type Definition,
  definition,
  frameMemory,
  memoryDeclarations,
  move,
  resultText,
  resultType,
  returnAggregate,
} from "./text.ts";

/** The convention of an LLVM target triple, `x86_64-unknown-linux-gnu`. */
export const conventionOf = (triple: string): CallingConvention => (triple.startsWith("aarch64") ? aapcs64 : systemV);
