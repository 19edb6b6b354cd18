// THE pipeline: a TypeScript function and a signature become native code. One call a stage.
import { check } from "./check/check.ts";
import type { CheckedProgram, CompiledCallee, ForeignCallee, Linker, Unit } from "./check/program.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { type EmitOptions, emit, type Target } from "./emit/emit.ts";
import type { FastMathFlag } from "./emit/fastmath.ts";
import { intrinsicName } from "./intrinsics/index.ts";
import type { IrModule } from "./ir/ir.ts";
import { checkedName, errorWord, statusWord } from "./ir/names.ts";
import { type LoadedCode, llvm } from "./llvm/index.ts";
import { lower } from "./lower/lower.ts";
import type { FailureReport } from "./native/failure.ts";
import { thunkText } from "./native/thunk.ts";
import { parse } from "./parse/parse.ts";
import type { FunctionTree } from "./parse/tree.ts";
import { remarksOn } from "./remarks/remarks.ts";
import { type Captured, captureValues, readFunctionText } from "./source/index.ts";
import type { Signature } from "./types/ctype.ts";
import { CPointer } from "./types/objects.ts";
import { verify } from "./verify/verify.ts";

/** A function that has been read and parsed; what it captured is read when it is compiled. */
export interface Definition {
  readonly fn: object;
  readonly tree: FunctionTree;
  readonly signature: Signature;
  readonly symbol: string;
  readonly externals: Readonly<Record<string, unknown>> | undefined;
  readonly fastmath: readonly FastMathFlag[];
}

export interface CompiledCode {
  readonly ir: IrModule;
  /** LLVM text before optimisation. */
  readonly text: string;
  readonly code: LoadedCode;
  /** Addresses of the C function and of the thunk through which TypeScript calls it. */
  readonly address: bigint;
  readonly thunk: bigint;
  /** Where failures are reported; absent where the function cannot fail. */
  readonly report: FailureReport | undefined;
}

/** Text -> tree (CF12xx, CF13xx). */
export function readFunction(fn: unknown): { readonly tree: FunctionTree; readonly name: string } {
  const { source, name } = readFunctionText(fn);
  return { tree: parse(source), name };
}

/** Tree -> IR: everything that needs no native code (CF2xxx). `definitionOf` finds the compiled functions it calls. */
export function lowerDefinition(definition: Definition, definitionOf: DefinitionOf): IrModule {
  return checkAndLower(definition, definitionOf).ir;
}

function checkAndLower(definition: Definition, definitionOf: DefinitionOf): { program: CheckedProgram; ir: IrModule } {
  const linker = new CapturedLinker(definitionOf);
  const program = check(linker.callee(definition), linker);
  const ir = lower(program);
  verify(ir);
  return { program, ir };
}

/** Performance remarks (CF6xxx): all stages once more, with what the function captures now. */
export function remarks(definition: Definition, definitionOf: DefinitionOf): readonly Diagnostic[] {
  const { program, ir } = checkAndLower(definition, definitionOf);
  const text = emit(ir, emitOptions(definition));
  return remarksOn(program, ir, text, (located) => llvm().remarks(located));
}

/** IR -> native code (CF4xxx). */
export function generate(definition: Definition, ir: IrModule): CompiledCode {
  const { symbol, signature } = definition;
  const text = emit(ir, emitOptions(definition));
  const thunkSymbol = `${symbol}.thunk`;
  const canFail = ir.sites.length > 0 && ir.words.length > 0;
  const entry = canFail ? checkedName(symbol) : symbol;
  const code = llvm().compile(`${text}${thunkText(signature, entry, thunkSymbol)}`, { name: symbol });
  const report = canFail
    ? { status: code.address(statusWord(symbol)), error: code.address(errorWord(symbol)), sites: ir.sites }
    : undefined;
  return { ir, text, code, address: code.address(symbol), thunk: code.address(thunkSymbol), report };
}

/** How a definition is emitted on this machine. */
export function emitOptions({ symbol, fastmath }: Definition): EmitOptions {
  const vectorMath = fastmath.includes("afn") && llvm().vectorMath();
  return { target: target(), exported: symbol, fastmath, vectorMath };
}

export const target = (): Target => llvm().target();

export type DefinitionOf = (cfunc: object) => Definition;

/** Functions that the checker knows by identity. */
const knownFunction = (value: unknown): string | undefined => (value === CPointer ? "CPointer" : intrinsicName(value));

/** Finds the functions that a function captured. One is made for every compilation, so that captures are read anew. */
class CapturedLinker implements Linker {
  private readonly definitionOf: DefinitionOf;
  private readonly units = new Map<object, Unit>();

  constructor(definitionOf: DefinitionOf) {
    this.definitionOf = definitionOf;
  }

  plain(fn: object): Unit {
    const known = this.units.get(fn);
    if (known !== undefined) return known;
    return this.unit(fn, readFunction(fn).tree, undefined);
  }

  compiled(cfunc: object): CompiledCallee {
    return this.callee(this.definitionOf(cfunc));
  }

  callee({ fn, tree, signature, symbol, externals }: Definition): CompiledCallee {
    return { unit: this.units.get(tree) ?? this.unit(fn, tree, externals, tree), signature, symbol };
  }

  foreign(fn: object): readonly ForeignCallee[] {
    const { overloads = [fn] } = fn as { readonly overloads?: readonly object[] };
    return overloads.map((one) => {
      const { address, signature, symbol } = one as ForeignCallee;
      return { address, signature, symbol };
    });
  }

  private unit(fn: object, tree: FunctionTree, externals: Definition["externals"], key: object = fn): Unit {
    let values: ReadonlyMap<string, Captured> | undefined;
    const captured = (name: string): Captured => {
      if (name === tree.name) return { kind: "function", value: fn as (...args: never[]) => unknown };
      values ??= captureValues(fn, tree.freeNames, { externals, intrinsicName: knownFunction });
      return values.get(name) ?? { kind: "missing" };
    };
    const unit: Unit = { tree, captured };
    this.units.set(key, unit);
    return unit;
  }
}
