// LLVM for the rest of the project: one JIT a thread, opened on first use. Importing this opens nothing.
import { JIT } from "./jit.ts";

export { CLibrary, cLibrary } from "./c-library.ts";
export { type FindOptions, type FoundLLVM, findLibLLVM, requirePlatform } from "./find.ts";
export type { CompileOptions, LoadedCode, Target } from "./jit.ts";
export { JIT } from "./jit.ts";

let jit: JIT | undefined;

/** The JIT of this thread. The first call finds and opens libLLVM, and throws CF4001 to CF4005 where it cannot. */
export function llvm(): JIT {
  jit ??= new JIT();
  return jit;
}
