// The LLJIT of this thread: LLVM text in, addresses of native code out. Every module gets a JITDylib of its own, so
// equal names never clash; a freed one is cleared and used again. The JIT itself is never disposed of, because native
// threads may still run its code when the process or a worker ends.
import { internal, LLVMApi } from "./c-api.ts";
import { type FoundLLVM, findLibLLVM } from "./find.ts";
import { LLVMModule, type Support } from "./module.ts";
import { noted, notedRemarks, remarkText, supportText } from "./support-code.ts";

/** What generated code is made for; functions carry `cpu` and `features` as attributes. */
export interface Target {
  readonly triple: string;
  readonly dataLayout: string;
  readonly cpu: string;
  readonly features: string;
}

export interface CompileOptions {
  /** Names the module in messages. */
  readonly name: string;
  /** `default<O3>` first; on unless `false`, which suits small glue code. */
  readonly optimize?: boolean;
}

/** Native code of one module. */
export interface LoadedCode {
  /** Address of a function or global the module defines. Throws CF4010 if it defines none of that name. */
  address(symbol: string): bigint;
  /** Frees the code: every address from it dangles afterwards. Doing it twice does nothing. */
  dispose(): void;
}

// LLVMOrcJITDylibLookupFlagsMatchExportedSymbolsOnly, LLVMOrcSymbolLookupFlagsRequiredSymbol, LLVMOrcLookupKindStatic
const [exportedOnly, required, staticLookup] = [0n, 0n, 0n];

export class JIT {
  readonly found: FoundLLVM;
  /** Major version of LLVM. */
  readonly version: number;
  private readonly api: LLVMApi;
  private readonly lljit: bigint;
  private readonly session: bigint;
  private readonly free: bigint[] = [];
  private readonly support: Support & { readonly onLookup: bigint };
  private dylibs = 0;
  private disposals = 0;
  private hasVectorMath: boolean | undefined;
  private knownTarget: Target | undefined;
  private knownMachine: bigint | undefined;
  private onRemark: bigint | undefined;

  constructor(found: FoundLLVM = findLibLLVM()) {
    this.found = found;
    const api = new LLVMApi(found);
    this.api = api;
    this.version = api.version;
    for (const part of ["TargetInfo", "Target", "TargetMC", "AsmPrinter", "AsmParser"])
      api.call(`LLVMInitializeX86${part}`);
    api.check("starting the JIT", "LLVMOrcCreateLLJIT", api.scratch.address, 0n);
    this.lljit = api.scratch.word(0);
    this.session = api.call("LLVMOrcLLJITGetExecutionSession", this.lljit);
    this.support = this.loadSupport();
    api.scratch.reset();
  }

  /** Compiles a module. Throws CF4010 with LLVM's message if LLVM does not accept it. */
  compile(text: string, options: CompileOptions): LoadedCode {
    const { api } = this;
    api.scratch.reset();
    const module = new LLVMModule(api, options.name, text, this.support);
    if (options.optimize !== false) module.optimize(this.machine());
    const dylib = this.takeDylib();
    const error = api.call("LLVMOrcLLJITAddLLVMIRModule", this.lljit, dylib, module.release());
    if (error !== 0n) {
      this.giveBack(dylib);
      throw internal(`loading ${options.name}`, api.takeError(error));
    }
    let live = true;
    return {
      address: (symbol) => {
        if (!live) throw internal(`looking up ${symbol}`, `${options.name} was disposed of`);
        return this.lookup(dylib, symbol);
      },
      dispose: () => {
        if (live) this.giveBack(dylib);
        live = false;
      },
    };
  }

  /** The module's text after optimisation, as `compile` would run it. */
  optimizedText(text: string): string {
    return this.inspect(text, (module) => module.print());
  }

  /** Assembly of the optimised module, in AT&T syntax. */
  assembly(text: string): string {
    return this.inspect(text, (module) => module.assembly(this.machine()));
  }

  /**
   * The module's text after optimisation, and what LLVM's passes said meanwhile, each as `file:line:column: text`. From the first time on,
   * LLVM writes such remarks for every module of this process, which takes a little time; nobody else reads them.
   */
  remarks(text: string): { readonly optimized: string; readonly remarks: readonly string[] } {
    const { api } = this;
    this.onRemark ??= this.enableRemarks();
    const { words } = api.scratch;
    words[notedRemarks.count] = 0n;
    const handler: Support = { memory: this.support.memory, onDiagnostic: this.onRemark };
    const optimized = this.inspect(text, (module) => module.print(), handler);
    const count = Number(words[notedRemarks.count]);
    const remarks = Array.from({ length: count }, (_, i) => api.takeMessage(api.scratch.word(notedRemarks.first + i)));
    return { optimized, remarks };
  }

  private enableRemarks(): bigint {
    const { api } = this;
    const { severity, description } = this.diagnosticReaders();
    const onRemark = this.addSupport(remarkText(severity, description, this.support.onDiagnostic))("on_remark");
    // LLVM keeps these options in the process. An unknown one would end it; these are in every version that is used.
    const kinds = ["pass-remarks", "pass-remarks-missed", "pass-remarks-analysis"];
    const args = ["cfunc", ...kinds.map((kind) => `-${kind}=loop-vectorize`)];
    const { words, address } = api.scratch;
    args.forEach((arg, i) => {
      words[16 + i] = api.scratch.string(arg).address;
    });
    api.call("LLVMParseCommandLineOptions", BigInt(args.length), address + 16n * 8n, 0n);
    return onRemark;
  }

  private inspect(text: string, look: (module: LLVMModule) => string, support: Support = this.support): string {
    this.api.scratch.reset();
    const module = new LLVMModule(this.api, "module", text, support);
    module.optimize(this.machine());
    try {
      return look(module);
    } finally {
      module.dispose();
    }
  }

  /** This machine, as LLVM describes it. */
  /** Loads glibc's vector functions, so that generated code can call them; false where there are none. */
  vectorMath(): boolean {
    const { scratch } = this.api;
    // RTLD_NOW | RTLD_GLOBAL: the JIT looks symbols up in the whole process
    this.hasVectorMath ??= scratch.libc.call("dlopen", scratch.string("libmvec.so.1").address, 0x102n) !== 0n;
    return this.hasVectorMath;
  }

  target(): Target {
    if (this.knownTarget !== undefined) return this.knownTarget;
    const { api, lljit } = this;
    this.knownTarget = {
      triple: api.scratch.read(api.call("LLVMOrcLLJITGetTripleString", lljit)),
      dataLayout: api.scratch.read(api.call("LLVMOrcLLJITGetDataLayoutStr", lljit)),
      cpu: api.takeMessage(api.call("LLVMGetHostCPUName")),
      features: api.takeMessage(api.call("LLVMGetHostCPUFeatures")),
    };
    return this.knownTarget;
  }

  private machine(): bigint {
    if (this.knownMachine !== undefined) return this.knownMachine;
    const { triple, cpu, features } = this.target();
    const { api } = this;
    const out = api.scratch.address;
    const failed = api.call("LLVMGetTargetFromTriple", triple, out, out + 8n);
    if ((failed & 0xffn) !== 0n) throw internal("finding the target", api.takeMessage(api.scratch.word(1)));
    const [aggressive, positionIndependent, smallCode] = [3n, 2n, 3n];
    const target = api.scratch.word(0);
    api.scratch.words.fill(0n, 0, 4);
    this.knownMachine = api.call(
      "LLVMCreateTargetMachine",
      target,
      triple,
      cpu,
      features,
      aggressive,
      positionIndependent,
      smallCode,
    );
    return this.knownMachine;
  }

  /** An empty JITDylib that sees the symbols of the process. */
  private takeDylib(): bigint {
    const reused = this.free.pop();
    if (reused !== undefined) return reused;
    const { api } = this;
    this.dylibs += 1;
    const dylib = api.call("LLVMOrcExecutionSessionCreateBareJITDylib", this.session, `module ${this.dylibs}`);
    this.addProcessSymbols(dylib);
    return dylib;
  }

  private addProcessSymbols(dylib: bigint): void {
    const { api } = this;
    const prefix = api.call("LLVMOrcLLJITGetGlobalPrefix", this.lljit) & 0xffn;
    const out = api.scratch.address;
    api.check(
      "reading the process's symbols",
      "LLVMOrcCreateDynamicLibrarySearchGeneratorForProcess",
      out,
      prefix,
      0n,
      0n,
    );
    api.call("LLVMOrcJITDylibAddGenerator", dylib, api.scratch.word(0));
  }

  private giveBack(dylib: bigint): void {
    const { api } = this;
    api.check("freeing code", "LLVMOrcJITDylibClear", dylib);
    this.free.push(dylib);
    this.disposals += 1;
    if (this.disposals % 256 !== 0) return;
    const pool = api.call("LLVMOrcExecutionSessionGetSymbolStringPool", this.session);
    api.call("LLVMOrcSymbolStringPoolClearDeadEntries", pool);
  }

  private lookup(dylib: bigint, symbol: string): bigint {
    const { api } = this;
    const { scratch } = api;
    scratch.reset();
    // Words 0 to 3 are what the callbacks note; then one search-order element and one symbol.
    scratch.words.fill(0n, 0, 4);
    scratch.words[16] = dylib;
    scratch.words[17] = exportedOnly;
    scratch.words[18] = api.call("LLVMOrcLLJITMangleAndIntern", this.lljit, symbol);
    scratch.words[19] = required;
    const order = scratch.address + 16n * 8n;
    api.call(
      "LLVMOrcExecutionSessionLookup",
      this.session,
      staticLookup,
      order,
      1n,
      order + 16n,
      1n,
      this.support.onLookup,
      scratch.address,
    );
    const failure = [noted.lookupError, noted.sessionError]
      .map((word) => scratch.word(word))
      .filter((error) => error !== 0n)
      .map((error) => api.takeError(error));
    const diagnostic = scratch.word(noted.diagnostic);
    if (diagnostic !== 0n) failure.push(api.takeMessage(diagnostic));
    const address = scratch.word(noted.address);
    scratch.words.fill(0n, 0, 4);
    if (failure.length > 0 || address === 0n) throw internal(`looking up ${symbol}`, failure.join("; "));
    return address;
  }

  /** The callbacks are themselves compiled, into the main JITDylib, the only one with a synchronous look-up. */
  private loadSupport(): Support & { readonly onLookup: bigint } {
    const { api } = this;
    const { severity, description } = this.diagnosticReaders();
    const address = this.addSupport(supportText(severity, description));
    const onLookup = address("on_lookup");
    const onDiagnostic = address("on_diagnostic");
    const onSessionError = address("on_session_error");
    const memory = api.scratch.address;
    api.scratch.words.fill(0n, 0, 4);
    api.call("LLVMOrcExecutionSessionSetErrorReporter", this.session, onSessionError, memory);
    return { memory, onDiagnostic, onLookup };
  }

  private diagnosticReaders(): { readonly severity: bigint; readonly description: bigint } {
    const { api } = this;
    return {
      severity: api.symbol("LLVMGetDiagInfoSeverity"),
      description: api.symbol("LLVMGetDiagInfoDescription"),
    };
  }

  /** Adds functions to the main JITDylib; what it gives finds their addresses. */
  private addSupport(text: string): (name: string) => bigint {
    const { api, lljit } = this;
    const module = new LLVMModule(api, "support", text, undefined);
    const main = api.call("LLVMOrcLLJITGetMainJITDylib", lljit);
    api.check("starting the JIT", "LLVMOrcLLJITAddLLVMIRModule", lljit, main, module.release());
    return (name) => {
      api.check("starting the JIT", "LLVMOrcLLJITLookup", lljit, api.scratch.address, name);
      return api.scratch.word(0);
    };
  }
}
