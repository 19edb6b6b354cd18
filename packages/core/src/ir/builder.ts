// Builds one IR function instruction by instruction. Folds nothing and decides nothing: lowering does.
import type { SourceText, Span } from "../diagnostics/diagnostic.ts";
import type { Signature } from "../types/ctype.ts";
import type {
  Block,
  Callee,
  ConvertOp,
  FloatBinaryOp,
  FloatPredicate,
  FloatType,
  Instruction,
  IntBinaryOp,
  IntPredicate,
  IntType,
  IrFunction,
  IrType,
  Local,
  MathOp,
  Operand,
  Temp,
  Terminator,
} from "./ir.ts";

export const intConstant = (type: IntType, value: bigint | number): Operand => ({
  kind: "int",
  type,
  value: BigInt(value),
});
export const floatConstant = (type: FloatType, value: number): Operand => ({ kind: "float", type, value });
export const nullPointer: Operand = { kind: "null", type: "ptr" };
export const symbol = (name: string): Operand => ({ kind: "symbol", name, type: "ptr" });

export interface FunctionHeader {
  readonly name: string;
  readonly signature?: Signature;
  readonly params: readonly IrType[];
  readonly result: IrType | "void";
  readonly source: SourceText | undefined;
}

export class FunctionBuilder {
  readonly params: readonly Temp[];
  /** Where in the source the next instruction comes from. */
  span: Span = { start: 0, end: 0 };
  private readonly header: FunctionHeader;
  private readonly locals: Local[] = [];
  private readonly blocks: Block[] = [];
  private current: Block;
  private temps = 0;
  private labels = 0;

  constructor(header: FunctionHeader) {
    this.header = header;
    this.params = header.params.map((type) => this.temp(type));
    this.current = this.addBlock("entry");
  }

  finish(): IrFunction {
    const { name, signature, result, source } = this.header;
    return { name, signature, params: this.params, result, locals: this.locals, blocks: this.blocks, source };
  }

  /** Builds instructions that come from `span`, and goes back to where the ones before them came from. */
  at<T>(span: Span, build: () => T): T {
    const outer = this.span;
    this.span = span;
    try {
      return build();
    } finally {
      this.span = outer;
    }
  }

  // Blocks

  /** A fresh label for a block that `enter` opens later. */
  label(hint: string): string {
    this.labels += 1;
    return `${hint}${this.labels}`;
  }
  enter(label: string): void {
    this.current = this.addBlock(label);
  }
  /** Whether the current block already ended, so that what follows cannot run. */
  get ended(): boolean {
    return this.current.terminator !== undefined;
  }
  jump(to: string): void {
    this.end({ op: "jump", to });
  }
  branch(test: Operand, then: string, otherwise: string): void {
    this.end({ op: "branch", test, then, otherwise });
  }
  return(value: Operand | undefined): void {
    this.end({ op: "return", value });
  }
  unreachable(): void {
    this.end({ op: "unreachable" });
  }

  // Locals and memory

  local(name: string, type: IrType): Local {
    const local: Local = { id: this.locals.length, name, type };
    this.locals.push(local);
    return local;
  }
  get(local: Local): Operand {
    return this.push(local.type, (dest) => ({ op: "get", dest, local }));
  }
  set(local: Local, value: Operand): void {
    this.add({ op: "set", local, value });
  }
  load(type: IrType, address: Operand, unaligned = false): Operand {
    return this.push(type, (dest) => ({ op: "load", dest, address, ...(unaligned ? { unaligned } : {}) }));
  }
  store(address: Operand, value: Operand, unaligned = false): void {
    this.add({ op: "store", address, value, ...(unaligned ? { unaligned } : {}) });
  }
  /** Taken in the entry block, so that a loop does not take it anew each time round. */
  stack(bytes: number, align = bytes % 16 === 0 ? 16 : 8): Operand {
    const dest = this.temp("ptr");
    this.blocks[0]?.instructions.push({ what: { op: "stack", dest, bytes, align }, span: this.span });
    return dest;
  }
  copy(to: Operand, from: Operand, bytes: number): void {
    this.add({ op: "copy", to, from, bytes });
  }
  zero(to: Operand, bytes: number): void {
    this.add({ op: "zero", to, bytes });
  }
  offset(address: Operand, index: Operand, scale: number): Operand {
    return this.push("ptr", (dest) => ({ op: "offset", dest, address, index, scale }));
  }

  // Values

  int(op: IntBinaryOp, left: Operand, right: Operand, exact = false): Operand {
    return this.push(left.type, (dest) => ({ op, dest, left, right, exact }));
  }
  float(op: FloatBinaryOp, left: Operand, right: Operand): Operand {
    return this.push(left.type, (dest) => ({ op, dest, left, right }));
  }
  fneg(value: Operand): Operand {
    return this.push(value.type, (dest) => ({ op: "fneg", dest, value }));
  }
  icmp(predicate: IntPredicate, left: Operand, right: Operand): Operand {
    return this.push("i1", (dest) => ({ op: "icmp", dest, predicate, left, right }));
  }
  fcmp(predicate: FloatPredicate, left: Operand, right: Operand): Operand {
    return this.push("i1", (dest) => ({ op: "fcmp", dest, predicate, left, right }));
  }
  select(test: Operand, then: Operand, otherwise: Operand): Operand {
    return this.push(then.type, (dest) => ({ op: "select", dest, test, then, otherwise }));
  }
  convert(op: ConvertOp, value: Operand, type: IrType): Operand {
    return this.push(type, (dest) => ({ op, dest, value }));
  }
  math(name: MathOp, ...args: Operand[]): Operand {
    return this.push("f64", (dest) => ({ op: "math", dest, name, args }));
  }
  clz(value: Operand): Operand {
    return this.push("i32", (dest) => ({ op: "clz", dest, value }));
  }
  call(callee: Callee, args: readonly Operand[], result: IrType): Operand {
    return this.push(result, (dest) => ({ op: "call", dest, callee, args }));
  }
  callVoid(callee: Callee, args: readonly Operand[]): void {
    this.add({ op: "call", dest: undefined, callee, args });
  }

  private temp(type: IrType): Temp {
    const temp: Temp = { kind: "temp", id: this.temps, type };
    this.temps += 1;
    return temp;
  }
  private push(type: IrType, make: (dest: Temp) => Instruction): Temp {
    const dest = this.temp(type);
    this.add(make(dest));
    return dest;
  }
  private add(what: Instruction): void {
    this.current.instructions.push({ what, span: this.span });
  }
  private end(what: Terminator): void {
    this.current.terminator ??= { what, span: this.span };
  }
  private addBlock(label: string): Block {
    const block: Block = { label, instructions: [], terminator: undefined };
    this.blocks.push(block);
    return block;
  }
}
