// One LLVM module from text: parsed, verified, optimised, printed. Owns its module and context until the JIT takes
// them or `dispose` frees them. Never runs code.
import { internal, type LLVMApi } from "./c-api.ts";
import { noted } from "./support-code.ts";

/** Addresses of the generated callbacks, and the memory they note things in. */
export interface Support {
  readonly memory: bigint;
  readonly onDiagnostic: bigint;
}

/**
 * Past this many lines of LLVM text some passes of O3 take time in the square of the length: a function of a million
 * characters took 50 s. What keeps values in registers is linear.
 */
const [mostLines, passes, passesBeyond] = [20_000, "default<O3>", "sroa,early-cse,simplifycfg"];

export class LLVMModule {
  readonly context: bigint;
  readonly module: bigint;
  /** LLVM before 21 makes a context only together with its thread-safe handle. */
  private threadSafeContext: bigint | undefined;
  private readonly api: LLVMApi;
  private readonly passes: string;

  /** Parses and verifies. `name` appears in LLVM's messages only. */
  constructor(api: LLVMApi, name: string, text: string, support: Support | undefined) {
    this.api = api;
    this.passes = linesOf(text) > mostLines ? passesBeyond : passes;
    if (text.includes("\0")) throw internal(`reading ${name}`, "the text holds a NUL");
    if (api.version >= 21) this.context = api.call("LLVMContextCreate");
    else {
      this.threadSafeContext = api.call("LLVMOrcCreateNewThreadSafeContext");
      this.context = api.call("LLVMOrcThreadSafeContextGetContext", this.threadSafeContext);
    }
    if (support !== undefined)
      api.call("LLVMContextSetDiagnosticHandler", this.context, support.onDiagnostic, support.memory);
    const { scratch } = api;
    const out = scratch.address + 8n * 8n;
    scratch.words.fill(0n, 8, 10);
    const source = scratch.string(text);
    const buffer = api.call("LLVMCreateMemoryBufferWithMemoryRangeCopy", source.address, source.length, name);
    const failed = api.call("LLVMParseIRInContext", this.context, buffer, out, out + 8n);
    this.module = scratch.word(8);
    if ((failed & 0xffn) !== 0n) {
      const message = api.takeMessage(scratch.word(9));
      this.disposeContext();
      throw internal(`reading ${name}`, message);
    }
    this.verify(name);
  }

  private verify(name: string): void {
    const { api } = this;
    const returnStatus = 2n;
    api.scratch.words[9] = 0n;
    const failed = api.call("LLVMVerifyModule", this.module, returnStatus, api.scratch.address + 72n);
    const message = api.takeMessage(api.scratch.word(9));
    if ((failed & 0xffn) === 0n) return;
    this.dispose();
    throw internal(`verifying ${name}`, message);
  }

  /** `default<O3>` with both vectorisers, for the given target machine; less for what no one writes by hand. */
  optimize(targetMachine: bigint): void {
    const { api } = this;
    const options = api.call("LLVMCreatePassBuilderOptions");
    for (const option of ["LoopVectorization", "SLPVectorization", "LoopInterleaving", "LoopUnrolling"])
      api.call(`LLVMPassBuilderOptionsSet${option}`, options, 1n);
    const error = api.call("LLVMRunPasses", this.module, this.passes, targetMachine, options);
    api.call("LLVMDisposePassBuilderOptions", options);
    const problem = error === 0n ? this.takeDiagnostic() : api.takeError(error);
    if (problem === undefined) return;
    this.dispose();
    throw internal("optimising", problem);
  }

  print(): string {
    return this.api.takeMessage(this.api.call("LLVMPrintModuleToString", this.module));
  }

  /** Assembly text (AT&T syntax). The module is used up by it: dispose it afterwards. */
  assembly(targetMachine: bigint): string {
    const { api } = this;
    const assemblyFile = 0n;
    const out = api.scratch.address + 8n * 8n;
    api.scratch.words.fill(0n, 8, 10);
    const failed = api.call(
      "LLVMTargetMachineEmitToMemoryBuffer",
      targetMachine,
      this.module,
      assemblyFile,
      out,
      out + 8n,
    );
    if ((failed & 0xffn) !== 0n) throw internal("printing assembly", api.takeMessage(api.scratch.word(8)));
    const buffer = api.scratch.word(9);
    const text = api.scratch.read(api.call("LLVMGetBufferStart", buffer), api.call("LLVMGetBufferSize", buffer));
    api.call("LLVMDisposeMemoryBuffer", buffer);
    return text;
  }

  /** What the diagnostic handler noted since the last time, if anything. */
  takeDiagnostic(): string | undefined {
    const message = this.api.scratch.word(noted.diagnostic);
    this.api.scratch.words[noted.diagnostic] = 0n;
    return message === 0n ? undefined : this.api.takeMessage(message);
  }

  /** Hands module and context over as an `LLVMOrcThreadSafeModuleRef`; this object is then empty. */
  release(): bigint {
    const context =
      this.threadSafeContext ?? this.api.call("LLVMOrcCreateNewThreadSafeContextFromLLVMContext", this.context);
    const result = this.api.call("LLVMOrcCreateNewThreadSafeModule", this.module, context);
    // The module keeps the context alive; this was only our handle on it.
    this.api.call("LLVMOrcDisposeThreadSafeContext", context);
    return result;
  }

  dispose(): void {
    this.api.call("LLVMDisposeModule", this.module);
    this.disposeContext();
  }

  private disposeContext(): void {
    if (this.threadSafeContext === undefined) this.api.call("LLVMContextDispose", this.context);
    else this.api.call("LLVMOrcDisposeThreadSafeContext", this.threadSafeContext);
  }
}

/** Without a copy for each line: a text can be long. */
function linesOf(text: string): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
