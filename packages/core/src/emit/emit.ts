// IR -> LLVM text. A plain translation: every decision was taken before. Pure.

import type {
  Callee,
  ConstantData,
  Instruction,
  IrFunction,
  IrModule,
  IrType,
  MathOp,
  Operand,
  RuntimeRoutine,
  Terminator,
} from "../ir/ir.ts";
import { bodyName, checkedName } from "../ir/names.ts";
import { printOperand } from "../ir/print.ts";
import { extension, llvmType, resultText } from "./abi/system-v.ts";
import { type FastMathFlag, vectorForms } from "./fastmath.ts";
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

const llvmTypes: Readonly<Record<IrType, string>> = {
  i1: "i1",
  i8: "i8",
  i16: "i16",
  i32: "i32",
  i64: "i64",
  i128: "i128",
  f32: "float",
  f64: "double",
  ptr: "ptr",
};

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
  /** The fast-math flags of the function being emitted, with a space before them. */
  private flags = "";

  constructor(module: IrModule, options: EmitOptions) {
    this.options = options;
    this.signatures = new Map(module.functions.map((fn) => [fn.name, fn]));
  }

  function(fn: IrFunction, exported: boolean): string {
    // a compiled function that this one calls keeps its own rules
    const { exported: name, fastmath = [] } = this.options;
    const isCallee = fn.signature !== undefined && ![name, bodyName(name), checkedName(name)].includes(fn.name);
    this.flags = isCallee || fastmath.length === 0 ? "" : ` ${fastmath.join(" ")}`;
    const params = fn.params.map((p, i) => {
      const type = fn.signature?.params[i]?.type;
      return `${llvmTypes[p.type]} ${type === undefined ? "" : extension(type)}%t${p.id}`;
    });
    const result = fn.signature === undefined ? typeName(fn.result) : resultText(fn.signature);
    const lines = [`define ${exported ? "" : "internal "}${result} ${symbolName(fn.name)}(${params.join(", ")}) #0 {`];
    const hints = loopHints(fn);
    for (const block of fn.blocks) {
      lines.push(`${block.label}:`);
      if (block === fn.blocks[0]) {
        for (const local of fn.locals) lines.push(`  %l${local.id} = alloca ${llvmTypes[local.type]}`);
      }
      for (const { what } of block.instructions) lines.push(`  ${this.instruction(what)}`);
      const end = block.terminator?.what ?? { op: "unreachable" };
      lines.push(`  ${terminator(end)}${this.loopMetadata(hints.get(block.label))}`);
    }
    lines.push("}", "");
    return lines.join("\n");
  }

  /** The metadata of a loop, on the branch back to its head. */
  private loopMetadata(hints: LoopHints | undefined): string {
    if (hints === undefined) return "";
    const node = this.loops.length + firstLoop;
    const properties = [...(hints.rolled ? ["!0"] : []), ...(hints.oneVector ? ["!1"] : [])];
    this.loops.push(`!${node} = distinct !{${[`!${node}`, ...properties].join(", ")}}`);
    return `, !llvm.loop !${node}`;
  }

  private instruction(i: Instruction): string {
    const text = this.operation(i);
    return i.op === "set" || i.op === "store" || i.dest === undefined ? text : `%t${i.dest.id} = ${text}`;
  }

  private operation(i: Instruction): string {
    switch (i.op) {
      case "get":
        return `load ${llvmTypes[i.local.type]}, ptr %l${i.local.id}`;
      case "set":
        return `store ${typed(i.value)}, ptr %l${i.local.id}`;
      case "load":
        return `load ${llvmTypes[i.dest.type]}, ${typed(i.address)}`;
      case "store":
        return `store ${typed(i.value)}, ${typed(i.address)}`;
      case "stack":
        return `alloca [${i.bytes} x i8], align ${i.bytes % 16 === 0 ? 16 : 8}`;
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

  private call(callee: Callee, args: readonly Operand[], result: IrType | "void"): string {
    if (callee.kind === "runtime") {
      this.routines.add(callee.name);
      return `call ${typeName(result)} @runtime.${callee.name}(${args.map(typed).join(", ")})`;
    }
    const signature = callee.kind === "pointer" ? callee.signature : this.signatures.get(callee.name)?.signature;
    const passed = args.map((arg, i) => {
      const type = signature?.params[i]?.type;
      return type === undefined ? typed(arg) : `${llvmType(type)} ${extension(type)}${operand(arg)}`;
    });
    const target = callee.kind === "pointer" ? operand(callee.address) : symbolName(callee.name);
    const type = signature === undefined ? typeName(result) : resultText(signature);
    // what LLVM makes %al of, the number of vector registers that a variadic function may read
    const named = signature?.variadic
      ? ` (${[...signature.params.map((p) => llvmType(p.type)), "..."].join(", ")})`
      : "";
    return `call ${type}${named} ${target}(${passed.join(", ")})`;
  }
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
