// CFunc: what the user holds. Reads and parses the function at once, so that mistakes of syntax are reported where it is
// written; reads captured variables and compiles at the first call or the first use of its address.
import {
  type CompiledCode,
  type Definition,
  emitOptions,
  generate,
  lowerDefinition,
  readFunction,
  remarks,
} from "./compile.ts";
import { apiError } from "./diagnostics/api-error.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { emit } from "./emit/emit.ts";
import { everyFlag, type FastMathFlag } from "./emit/fastmath.ts";
import type { IrModule } from "./ir/ir.ts";
import { printModule } from "./ir/print.ts";
import { llvm } from "./llvm/index.ts";
import { makeCallableFromThunk, type NativeCall, revoke, whenIdle } from "./native/call.ts";
import { lastFailure, type NativeFailure, throwing } from "./native/failure.ts";
import { forwarder } from "./native/forwarder.ts";
import type { Signature } from "./types/ctype.ts";
import { isSignature } from "./types/objects.ts";
import { type DeclaredTypes, parseSignature } from "./types/signature-parser.ts";
import type { CallableOf, CheckedSignature, Declared, FnOf } from "./types/signature-types.ts";

const brand: unique symbol = Symbol.for("cfunc.compiled") as never;

export interface CFuncOptions<X extends Declared = Record<never, never>> {
  /** Struct types that a signature string names: `{ types: { Point } }`. */
  readonly types?: X;
  /** Values for captured names, which come before what the function's scope holds. */
  readonly externals?: Readonly<Record<string, unknown>>;
  /** The C symbol, for debuggers and `nativeName`. */
  readonly name?: string;
  /**
   * Trades exactness for speed: `true` sets every flag of `fastMathFlags`, an array those it names. Results are then no
   * longer JavaScript's. Off unless given.
   */
  readonly fastmath?: boolean | readonly FastMathFlag[];
  /** Arguments given from TypeScript wrap modulo 2^n instead of being refused when out of range. */
  readonly wrap?: boolean;
}

/** What a compiled function carries besides being callable. */
export interface CFuncMembers<F> {
  /** C function pointer; native code may call it from any thread until `dispose`. Compiles on first use. */
  readonly address: bigint;
  /** The symbol of the C function. */
  readonly nativeName: string;
  readonly signature: Signature;
  /** The original function. */
  readonly wrapped: F;
  /**
   * What the last run that failed reported, from whichever thread; undefined where none did. A call from native code
   * returns zero when it fails, a call from TypeScript throws.
   */
  lastError(): NativeFailure | undefined;
  /** The typed intermediate representation, as text. */
  inspectIR(): string;
  /** LLVM's text: as it runs, or with `optimized: false` as it was emitted. */
  inspectLLVM(options?: { readonly optimized?: boolean }): string;
  /** Assembly of this machine. */
  inspectAsm(): string;
  /**
   * Notes on what keeps the function from being faster, codes CF6001 to CF6003; empty where there is nothing to say.
   * Analyses and optimises the function once more, with what it captures now.
   */
  remarks(): readonly Diagnostic[];
  /** Frees the code. Calling it afterwards throws; native code must not call its address any more. */
  dispose(): void;
  [Symbol.dispose](): void;
}

/** A TypeScript function as a native C function; calling it runs the native code. */
export type CFunc<S extends string | Signature = Signature, X = Record<never, never>> = CallableOf<S, X> &
  CFuncMembers<FnOf<S, X>> & { readonly [brand]: true };

/**
 * Compiles a TypeScript function to a native C function with the given signature.
 * @throws CFuncError CF11xx for the signature, CF12xx and CF13xx for the function's text; when first used, CF2xxx for
 *   what does not compile and CF4xxx where libLLVM is missing
 */
export function cfunc<const S extends string, X extends Declared = Record<never, never>>(
  signature: S & CheckedSignature<S, X>,
  fn: NoInfer<FnOf<S, X>>,
  options?: CFuncOptions<X>,
): CFunc<S, X>;
export function cfunc<const S extends Signature>(signature: S, fn: NoInfer<FnOf<S>>, options?: CFuncOptions): CFunc<S>;
/** As a decorator of a static method, which it replaces: `@cfunc("float64(float64)") static f(x: number) {...}`. */
export function cfunc<const S extends string | Signature>(
  signature: S extends string ? S & CheckedSignature<S> : S,
): (method: FnOf<S>, context: ClassMethodDecoratorContext) => CFunc<S>;
export function cfunc(
  signature: string | Signature,
  ...rest: [fn?: unknown, options?: CFuncOptions<Declared>]
): unknown {
  if (rest.length > 0) return make(signature, ...rest);
  refuseSignature(signature);
  return (method: unknown, context: ClassMemberDecoratorContext | undefined) => {
    const isStatic = context === undefined || (context.static && context.kind !== "field");
    if (isStatic) return make(signature, method);
    const message = `\`cfunc\` decorates static methods, and \`${String(context.name)}\` is none`;
    throw apiError("CF1202", message, "make it a static method: a C function has no receiver");
  };
}

/** What TypeScript would have refused. */
function refuseSignature(signature: unknown): void {
  if (typeof signature === "string" || isSignature(signature)) return;
  const help = 'write it as a string, `cfunc("float64(float64)", f)`, or with types, `cfunc(float64(float64), f)`';
  throw apiError("CF1106", "the first argument of `cfunc` is not a signature", help);
}

function make(signature: string | Signature, fn: unknown, options: CFuncOptions<Declared> = {}): object {
  refuseSignature(signature);
  const parsed = typeof signature === "string" ? parseSignature(signature, options.types as DeclaredTypes) : signature;
  const { tree, name } = readFunction(fn);
  const symbol = uniqueSymbol(options.name ?? name);
  const fastmath = checkFlags(options.fastmath ?? false);
  const definition: Definition = {
    fn: fn as object,
    tree,
    signature: parsed,
    symbol,
    externals: options.externals,
    fastmath,
  };
  return new CompiledFunction(definition, options.wrap === true).callable;
}

function checkFlags(given: boolean | readonly string[]): readonly FastMathFlag[] {
  if (typeof given === "boolean") return given ? everyFlag : [];
  return given.map((flag) => {
    const known = everyFlag.find((f) => f === flag);
    if (known !== undefined) return known;
    throw apiError("CF5060", `\`${flag}\` is no fast-math flag`, `the flags are ${everyFlag.join(", ")}`);
  });
}

const compiled = new WeakMap<object, CompiledFunction>();

/** The definition behind a CFunc. */
export function definitionOf(cfunc: object): Definition {
  const known = compiled.get(cfunc);
  if (known !== undefined) return known.alive();
  throw apiError(
    "CF5004",
    "this compiled function belongs to another copy of @cfunc/core",
    "install one copy of the package",
  );
}

/** How many functions of each name there have been. A name is never used again: native code may still know it. */
const counts = new Map<string, number>();

/** A C identifier that no other compiled function of this thread has or had. */
function uniqueSymbol(name: string): string {
  const base = name.replace(/[^A-Za-z0-9_]/g, "_").replace(/^(?=[0-9])/, "_") || "callback";
  const count = (counts.get(base) ?? 0) + 1;
  counts.set(base, count);
  // a digit at the end of a name is kept apart from the count
  return count === 1 ? `cfunc_${base}` : `cfunc_${base}.${count}`;
}

/** Compiles lazily and holds what compilation gave. */
class CompiledFunction {
  readonly definition: Definition;
  readonly callable: object;
  private readonly wrap: boolean;
  private ir: IrModule | undefined;
  private native: CompiledCode | undefined;
  /** What users call, and the call of native code inside of it, which `dispose` revokes. */
  private call: NativeCall | undefined;
  private nativeCall: NativeCall | undefined;
  private disposed = false;

  constructor(definition: Definition, wrap: boolean) {
    this.definition = definition;
    this.wrap = wrap;
    const callable = forwarder(definition.signature.params.length, () => this.compiledCall());
    this.callable = Object.setPrototypeOf(callable, members);
    compiled.set(this.callable, this);
  }

  /** The native call; compiles where that has not been done. */
  compiledCall(): NativeCall {
    if (this.call !== undefined) return this.call;
    const { thunk, report } = this.code();
    const { signature, symbol } = this.definition;
    const call = makeCallableFromThunk(thunk, signature, { name: symbol, wrap: this.wrap });
    this.nativeCall = call;
    this.call = report === undefined ? call : throwing(call, report);
    return this.call;
  }

  /** The definition, of a function that was not disposed. */
  alive(): Definition {
    const { symbol } = this.definition;
    if (this.disposed) throw apiError("CF5003", `${symbol} was disposed`, "keep it as long as native code may call it");
    return this.definition;
  }

  code(): CompiledCode {
    this.alive();
    this.native ??= generate(this.definition, this.lowered());
    return this.native;
  }

  lastError(): NativeFailure | undefined {
    const report = this.native?.report;
    return report === undefined ? undefined : lastFailure(report);
  }

  lowered(): IrModule {
    this.ir ??= lowerDefinition(this.definition, definitionOf);
    return this.ir;
  }

  text(): string {
    return emit(this.lowered(), emitOptions(this.definition));
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    const { symbol } = this.definition;
    if (this.nativeCall !== undefined) revoke(this.nativeCall, `${symbol} was disposed`);
    const code = this.native?.code;
    this.native = undefined;
    // a closure may dispose of the very function it runs under
    if (code !== undefined) whenIdle(() => code.dispose());
  }
}

const self = (cfunc: object): CompiledFunction => {
  const known = compiled.get(cfunc);
  if (known !== undefined) return known;
  throw apiError(
    "CF5004",
    "this is no compiled function",
    "ask the function that `cfunc` returned, not a proxy or a copy of it",
  );
};

/** The prototype of every CFunc: a function with a few members more. */
export const members: object = Object.create(Function.prototype, {
  [brand]: { value: true },
  address: accessor((f) => f.code().address),
  nativeName: accessor((f) => f.definition.symbol),
  signature: accessor((f) => f.definition.signature),
  wrapped: accessor((f) => f.definition.fn),
  lastError: method((f) => f.lastError()),
  inspectIR: method((f) => printModule(f.lowered())),
  inspectLLVM: method((f, options) => {
    const optimized = (options as { readonly optimized?: boolean } | undefined)?.optimized ?? true;
    const text = optimized ? llvm().optimizedText(f.text()) : f.text();
    // a page of processor features says nothing about the function
    return text.replaceAll(/ "target-features"="[^"]*"/g, "");
  }),
  inspectAsm: method((f) => llvm().assembly(f.text())),
  remarks: method((f) => remarks(f.definition, definitionOf)),
  dispose: method((f) => f.dispose()),
  [Symbol.dispose]: method((f) => f.dispose()),
});

function accessor(read: (f: CompiledFunction) => unknown): PropertyDescriptor {
  return {
    get(this: object) {
      return read(self(this));
    },
    enumerable: true,
    configurable: true,
  };
}

function method(run: (f: CompiledFunction, argument: unknown) => unknown): PropertyDescriptor {
  return {
    value(this: object, argument?: unknown) {
      return run(self(this), argument);
    },
    configurable: true,
  };
}
