// LLVM's C API as this project calls it: library opened and version checked, errors turned into diagnostics.
// LLVM's own messages never surface raw: they are the `help` of an internal-error diagnostic. Aborts nothing.
import { CFuncError } from "../diagnostics/error.ts";
import { CLibrary, cLibrary, Scratch, text } from "./c-library.ts";
import { type FoundLLVM, newestLLVM, oldestLLVM } from "./find.ts";

export class LLVMApi {
  readonly found: FoundLLVM;
  /** Major version, as the library itself says. */
  readonly version: number;
  readonly scratch: Scratch;
  private readonly library: CLibrary;

  /** Opens the library. Throws CF4002 (from CFUNC_LLVM) or CF4005 if it cannot be opened or is of another version. */
  constructor(found: FoundLLVM) {
    this.found = found;
    this.scratch = new Scratch(cLibrary());
    try {
      this.library = new CLibrary(found.path);
    } catch (error) {
      throw unusable(found, `the dynamic loader refused it: ${text(error)}`);
    }
    this.version = this.readVersion();
    if (this.version < oldestLLVM || this.version > newestLLVM)
      throw unusable(found, `it is LLVM ${this.version}, and LLVM ${oldestLLVM} to ${newestLLVM} is needed`);
  }

  private readVersion(): number {
    const out = this.scratch.address;
    try {
      this.library.call("LLVMGetVersion", out, out + 8n, out + 16n);
    } catch {
      if (this.found.version !== undefined && this.found.version < oldestLLVM) return this.found.version;
      throw unusable(this.found, "it has no LLVMGetVersion, so it is not LLVM 16 or newer");
    }
    return Number(this.scratch.word(0) & 0xffffffffn);
  }

  /** Calls a C API function; strings are passed as NUL-terminated copies that live until the scratch is reset. */
  call(name: string, ...args: (bigint | string)[]): bigint {
    const raw = args.map((argument) =>
      typeof argument === "string" ? this.scratch.string(argument).address : argument,
    );
    return this.library.call(name, ...raw);
  }

  /** For functions that answer with an `LLVMErrorRef`. */
  check(doing: string, name: string, ...args: (bigint | string)[]): void {
    const error = this.call(name, ...args);
    if (error !== 0n) throw internal(doing, this.takeError(error));
  }

  /** The text of an `LLVMErrorRef`, which is consumed. */
  takeError(error: bigint): string {
    const message = this.call("LLVMGetErrorMessage", error);
    const result = this.scratch.read(message);
    this.call("LLVMDisposeErrorMessage", message);
    return result;
  }

  /** The text of a `char *` that LLVM allocated, which is released. */
  takeMessage(message: bigint): string {
    if (message === 0n) return "";
    const result = this.scratch.read(message);
    this.call("LLVMDisposeMessage", message);
    return result;
  }

  /** Address of one of libLLVM's own functions, for generated code that calls it. */
  symbol(name: string): bigint {
    const handle = this.scratch.libc.call("dlopen", this.scratch.string(this.found.path).address, 1n);
    return this.scratch.libc.call("dlsym", handle, this.scratch.string(name).address);
  }
}

/** A failure that no user can cause: LLVM refused what this project gave it. */
export function internal(doing: string, detail: string): CFuncError {
  return new CFuncError([
    {
      code: "CF4010",
      severity: "error",
      message: `internal error while ${doing}: LLVM did not accept the generated code`,
      help: `please report this. LLVM said: ${detail.trim()}`,
    },
  ]);
}

function unusable(found: FoundLLVM, why: string): CFuncError {
  return new CFuncError([
    {
      code: found.source === "CFUNC_LLVM" ? "CF4002" : "CF4005",
      severity: "error",
      message:
        found.source === "CFUNC_LLVM"
          ? `CFUNC_LLVM is set to ${found.path}, which cannot be used: ${why}`
          : `the libLLVM at ${found.path} (${found.source}) cannot be used: ${why}`,
      help: `set CFUNC_LLVM to a libLLVM shared library, LLVM ${oldestLLVM} to ${newestLLVM}`,
    },
  ]);
}
