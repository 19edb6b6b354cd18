// IR -> LLVM text. A plain translation: every decision was taken before. Pure.

import {
  type Callee,
  type ConstantData,
  destination,
  type Instruction,
  type IrFunction,
  type IrModule,
  type IrType,
  type MathOp,
  type Operand,
  type RuntimeRoutine,
  type Terminator,
} from "../ir/ir.ts";
import { bodyName, checkedName } from "../ir/names.ts";
import { printOperand } from "../ir/print.ts";
import { isAggregate, type Signature } from "../types/ctype.ts";
import {
  type CallingConvention,
  callText,
  conventionOf,
  type Definition,
  definition,
  memoryDeclarations,
  type Passed,
  resultText,
  returnAggregate,
} from "./abi/index.ts";
import { type FastMathFlag, vectorForms } from "./fastmath.ts";
import { llvmTypes } from "./llvm-types.ts";
import { type LoopHints, loopHints } from "./loops.ts";
import { runtimeText } from "./runtime.ts";

/** What the module is compiled for. */
export interface Target {
  readonly triple: string;
  readonly dataLayout: string;
  readonly cpu: string;
  readonly features: string;
}

export interface EmitOptions {
  readonly target: Target;
  /** The only function that other code can see by name. */
  readonly exported: string;
  /** Flags for the float operations of the exported function and of the plain functions it calls. */
  readonly fastmath?: readonly FastMathFlag[];
  /** Whether libmvec's vector functions can be linked. */
  readonly vectorMath?: boolean;
}

export function emit(module: IrModule, options: EmitOptions): string {
  const { target, exported } = options;
  const e = new ModuleEmitter(module, options);
  const bodies = module.functions.map((fn) => e.function(fn, fn.name === exported));
  const runtime = runtimeText(e.routines);
  // Vectors live in the stack frame across calls of vector functions. On a frame that is aligned for scalars only they
  // straddle cache lines, by luck: exp(-x)/x^2 took 0.9 or 1.6 ns an element.
  const realign = e.vectorSymbols.size === 0 ? "" : '"stackrealign" ';
  const declares = [...new Set([...e.declares, ...runtime.declares])];
  return [
    `target datalayout = "${target.dataLayout}"`,
    `target triple = "${target.triple}"`,
    "",
    ...module.words.map((name) => `${symbolName(name)} = global i64 0`),
    ...module.constants.map(constant),
    ...bodies,
    ...runtime.text.map((text) => `${text}\n`),
    ...declares,
    ...(e.vectorSymbols.size === 0 ? [] : [usedSymbols(e.vectorSymbols)]),
    `attributes #0 = { nounwind ${realign}"target-cpu"="${target.cpu}" "target-features"="${target.features}" }`,
    ...(e.loops.length === 0 ? [] : [...loopProperties, ...e.loops]),
    "",
  ].join("\n");
}

/** LLVM would drop declarations that only its vectoriser is going to use. */
function usedSymbols(symbols: ReadonlySet<string>): string {
  const list = [...symbols].map((symbol) => `ptr @${symbol}`).join(", ");
  return `@llvm.compiler.used = appending global [${symbols.size} x ptr] [${list}], section "llvm.metadata"`;
}

function constant({ name, type, values }: ConstantData): string {
  const isFloat = type === "f32" || type === "f64";
  const elements = values.map((v) => `${llvmTypes[type]} ${isFloat ? floatText(Number(v)) : v}`);
  return `${symbolName(name)} = private unnamed_addr constant [${values.length} x ${llvmTypes[type]}] [${elements.join(", ")}]`;
}

/** Metadata nodes that loops refer to; the loops' own nodes follow. */
const loopProperties = ['!0 = !{!"llvm.loop.unroll.runtime.disable"}', '!1 = !{!"llvm.loop.interleave.count", i32 1}'];
const firstLoop = loopProperties.length;

/** Functions that LLVM knows in every supported version; it folds and vectorises them. */
const intrinsics: ReadonlySet<MathOp> = new Set([
  "sqrt",
  "fabs",
  "floor",
  "ceil",
  "trunc",
  "copysign",
  "sin",
  "cos",
  "exp",
  "log",
  "log10",
  "log2",
  "pow",
]);

class ModuleEmitter {
  readonly declares = new Set<string>();
  readonly routines = new Set<RuntimeRoutine>();
  /** Metadata nodes, one a loop. */
  readonly loops: string[] = [];
  /** Vector functions that the vectoriser may call. */
  readonly vectorSymbols = new Set<string>();
  private readonly options: EmitOptions;
  private readonly signatures: ReadonlyMap<string, IrFunction>;
  private readonly convention: CallingConvention;
  /** Lines for the entry of the function being emitted: its frame. */
  private frame: string[] = [];
  /** Numbers the calls and returns of a function, whose aggregates need names. */
  private places = 0;
  /** The fast-math flags of the function being emitted, with a space before them. */
  private flags = "";

  constructor(module: IrModule, options: EmitOptions) {
    this.options = options;
    this.signatures = new Map(module.functions.map((fn) => [fn.name, fn]));
    this.convention = conventionOf(options.target.triple);
  }

  function(fn: IrFunction, exported: boolean): string {
    // a compiled function that this one calls keeps its own rules
    const { exported: name, fastmath = [] } = this.options;
    const isCallee = fn.signature !== undefined && ![name, bodyName(name), checkedName(name)].includes(fn.name);
    this.flags = isCallee || fastmath.length === 0 ? "" : ` ${fastmath.join(" ")}`;
    const { result, params, prologue, aggregate } = this.head(fn);
    this.frame = [...prologue, ...fn.locals.map((local) => `%l${local.id} = alloca ${llvmTypes[local.type]}`)];
    this.places = 0;
    const hints = loopHints(fn);
    const [entry = [], ...blocks] = fn.blocks.map((block) => {
      const lines = block.instructions.flatMap(({ what }) => this.instruction(what));
      const end = block.terminator?.what ?? { op: "unreachable" };
      const last = end.op === "return" && aggregate !== undefined ? this.returnOf(aggregate) : [terminator(end)];
      return [...lines, ...last.slice(0, -1), `${last.at(-1)}${this.loopMetadata(hints.get(block.label))}`];
    });
    const body = [[...this.frame, ...entry], ...blocks].flatMap((lines, i) => [
      `${fn.blocks[i]?.label}:`,
      ...lines.map((line) => `  ${line}`),
    ]);
    const define = `define ${exported ? "" : "internal "}${result} ${symbolName(fn.name)}(${params.join(", ")}) #0 {`;
    return [define, ...body, "}", ""].join("\n");
  }

  /** How a function starts; `aggregate` is where it leaves a result that is one. */
  private head({ signature, params, result }: IrFunction): Head {
    const names = params.map((p) => `%t${p.id}`);
    const plain = params.map((p) => typed(p));
    if (signature === undefined) {
      return { result: typeName(result), params: plain, prologue: [], aggregate: undefined };
    }
    const passed = this.classify(signature);
    const memory = isAggregate(signature.result) ? names[0] : undefined;
    const first = memory === undefined ? 0 : 1;
    const last = first + signature.params.length;
    const defined = definition(passed, names.slice(first, last), memory);
    return {
      result: resultText(passed),
      params: [...defined.params, ...plain.slice(last)],
      prologue: defined.prologue,
      aggregate: memory === undefined ? undefined : { passed, memory },
    };
  }

  private classify(signature: Signature): Passed {
    const types = [signature.result, ...signature.params.map(({ type }) => type)];
    // the thunk that is added to a module needs them, too
    if (types.some(isAggregate)) for (const declare of memoryDeclarations) this.declares.add(declare);
    return this.convention.classify(signature);
  }

  private returnOf({ passed, memory }: Aggregate): readonly string[] {
    return returnAggregate(passed, memory, this.place());
  }

  private place(): string {
    this.places += 1;
    return `%c${this.places}`;
  }

  /** The metadata of a loop, on the branch back to its head. */
  private loopMetadata(hints: LoopHints | undefined): string {
    if (hints === undefined) return "";
    const node = this.loops.length + firstLoop;
    const properties = [...(hints.rolled ? ["!0"] : []), ...(hints.oneVector ? ["!1"] : [])];
    this.loops.push(`!${node} = distinct !{${[`!${node}`, ...properties].join(", ")}}`);
    return `, !llvm.loop !${node}`;
  }

  private instruction(i: Instruction): readonly string[] {
    if (i.op === "stack") {
      // in the entry, so that a loop does not take more of the stack each time round
      this.frame.push(`%t${i.dest.id} = alloca [${i.bytes} x i8], align ${i.align}`);
      return [];
    }
    const signature = i.op === "call" ? this.signatureOf(i.callee) : undefined;
    if (i.op === "call" && signature !== undefined) return this.callOfC(i, signature);
    const text = this.operation(i);
    const dest = destination(i);
    return [dest === undefined ? text : `%t${dest.id} = ${text}`];
  }

  private operation(i: Exclude<Instruction, { op: "stack" }>): string {
    switch (i.op) {
      case "get":
        return `load ${llvmTypes[i.local.type]}, ptr %l${i.local.id}`;
      case "set":
        return `store ${typed(i.value)}, ptr %l${i.local.id}`;
      case "load":
        return `load ${llvmTypes[i.dest.type]}, ${typed(i.address)}${i.unaligned ? ", align 1" : ""}`;
      case "store":
        return `store ${typed(i.value)}, ${typed(i.address)}${i.unaligned ? ", align 1" : ""}`;
      case "copy":
        this.declares.add("declare void @llvm.memmove.p0.p0.i64(ptr, ptr, i64, i1)");
        return `call void @llvm.memmove.p0.p0.i64(${typed(i.to)}, ${typed(i.from)}, i64 ${i.bytes}, i1 false)`;
      case "zero":
        this.declares.add("declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)");
        return `call void @llvm.memset.p0.i64(${typed(i.to)}, i8 0, i64 ${i.bytes}, i1 false)`;
      case "offset":
        return `getelementptr inbounds ${i.scale === 1 ? "i8" : `[${i.scale} x i8]`}, ${typed(i.address)}, ${typed(i.index)}`;
      case "fneg":
        return `fneg${this.flags} ${typed(i.value)}`;
      case "clz":
        this.declares.add("declare i32 @llvm.ctlz.i32(i32, i1)");
        return `call i32 @llvm.ctlz.i32(${typed(i.value)}, i1 false)`;
      case "icmp":
      case "fcmp":
        return `${i.op} ${i.predicate} ${typed(i.left)}, ${operand(i.right)}`;
      case "select":
        return `select ${typed(i.test)}, ${typed(i.then)}, ${typed(i.otherwise)}`;
      case "math":
        return this.math(i.name, i.args);
      case "call":
        return this.call(i.callee, i.args, i.dest?.type ?? "void");
      default:
        if ("exact" in i) return `${i.op}${i.exact ? " nsw" : ""} ${typed(i.left)}, ${operand(i.right)}`;
        if ("left" in i) return `${i.op}${this.flags} ${typed(i.left)}, ${operand(i.right)}`;
        return `${i.op} ${typed(i.value)} to ${llvmTypes[i.dest.type]}`;
    }
  }

  private math(name: MathOp, args: readonly Operand[]): string {
    const types = args.map(() => "double").join(", ");
    const forms =
      this.flags.includes("afn") && this.options.vectorMath
        ? vectorForms(name, this.options.target.features)
        : undefined;
    const isIntrinsic = intrinsics.has(name) && forms === undefined;
    const callee = isIntrinsic ? `@llvm.${name}.f64` : `@${name}`;
    // libm's functions are pure here: nothing reads errno
    const pure = isIntrinsic ? "" : " memory(none) nounwind willreturn";
    this.declares.add(`declare double ${callee}(${types})${pure}`);
    for (const declare of forms?.declares ?? []) this.declares.add(declare);
    for (const symbol of forms?.symbols ?? []) this.vectorSymbols.add(symbol);
    return `call${this.flags} double ${callee}(${args.map(typed).join(", ")})${forms === undefined ? "" : ` ${forms.attribute}`}`;
  }

  /** A call of a runtime routine or of a function that is private to the module. */
  private call(callee: Callee, args: readonly Operand[], result: IrType | "void"): string {
    const passed = args.map(typed).join(", ");
    if (callee.kind === "runtime") this.routines.add(callee.name);
    return `call ${typeName(result)} ${target(callee)}(${passed})`;
  }

  private signatureOf(callee: Callee): Signature | undefined {
    if (callee.kind === "runtime") return undefined;
    return callee.kind === "pointer" ? callee.signature : this.signatures.get(callee.name)?.signature;
  }

  /** A call by C's convention. */
  private callOfC({ callee, args, dest }: Extract<Instruction, { op: "call" }>, signature: Signature): string[] {
    const values = args.map(operand);
    const result = isAggregate(signature.result) ? values.shift() : undefined;
    const fixed = signature.params.length;
    const { frame, before, call, name, after } = callText(this.classify(signature), {
      callee: target(callee),
      args: values.slice(0, fixed),
      fixed,
      plain: args.slice(args.length - values.length + fixed).map(typed),
      result,
      prefix: this.place(),
    });
    this.frame.push(...frame);
    const given = dest === undefined ? name : `%t${dest.id}`;
    return [...before, given === undefined ? call : `${given} = ${call}`, ...after];
  }
}

/** Where a function with an aggregate result leaves it. */
interface Aggregate {
  readonly passed: Passed;
  readonly memory: string;
}

interface Head extends Definition {
  readonly result: string;
  readonly aggregate: Aggregate | undefined;
}

function target(callee: Callee): string {
  if (callee.kind === "runtime") return `@runtime.${callee.name}`;
  return callee.kind === "pointer" ? operand(callee.address) : symbolName(callee.name);
}

const typeName = (type: IrType | "void"): string => (type === "void" ? "void" : llvmTypes[type]);

/** Names are quoted, so that any JavaScript name is one. */
export const symbolName = (name: string): string => `@"${name.replace(/["\\]|[^\x20-\x7e]/g, (c) => `\\${hex(c)}`)}"`;
const hex = (c: string): string => c.charCodeAt(0).toString(16).padStart(2, "0").slice(-2);

function typed(o: Operand): string {
  return `${llvmTypes[o.type]} ${operand(o)}`;
}

function operand(o: Operand): string {
  switch (o.kind) {
    case "temp":
      return `%t${o.id}`;
    case "int":
      return o.type === "i1" ? (o.value === 0n ? "false" : "true") : `${o.value}`;
    case "float":
      return floatText(o.value);
    case "null":
      return "null";
    case "symbol":
      return symbolName(o.name);
    default:
      return printOperand(o);
  }
}

/** A double by its bits: the only form that is exact for every value. */
function floatText(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return `0x${view.getBigUint64(0).toString(16).toUpperCase().padStart(16, "0")}`;
}

function terminator(t: Terminator): string {
  switch (t.op) {
    case "jump":
      return `br label %${t.to}`;
    case "branch":
      return `br ${typed(t.test)}, label %${t.then}, label %${t.otherwise}`;
    case "return":
      return t.value === undefined ? "ret void" : `ret ${typed(t.value)}`;
    case "unreachable":
      return "unreachable";
  }
}
