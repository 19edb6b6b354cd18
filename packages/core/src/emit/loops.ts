// What LLVM is told about the loops of a function, from their shape alone. Hints never change what a loop computes.
import { type Block, destination, type Instruction, type IrFunction, type Local, type Operand } from "../ir/ir.ts";

export interface LoopHints {
  /**
   * The scalar loop is not unrolled: where LLVM vectorises, it only runs the few remaining iterations, and unrolling
   * it makes short loops slow (a 2x3 matrix: 1.15 times gcc's time, 0.99 rolled). Where elements are a variable number
   * of elements apart, the scalar loop is the one that runs, and is unrolled (a strided copy rolled: 1.6 times gcc's).
   */
  readonly rolled: boolean;
  /**
   * One vector an iteration: a loop that sums integers inside of another loop mostly runs few iterations, and four
   * vectors at a time need four times as many before the fast path starts (a FIR filter of 32 taps: 1.1 times gcc's
   * time with one vector, 1.6 with four). Integer sums take one cycle each, so one vector is enough.
   */
  readonly oneVector: boolean;
}

interface Range {
  readonly first: number;
  readonly last: number;
}

/** Hints for each loop, by the label of the block that branches back. A loop's blocks stand together. */
export function loopHints({ blocks }: IrFunction): ReadonlyMap<string, LoopHints> {
  const position = new Map(blocks.map((block, i) => [block.label, i]));
  const ranges = blocks.flatMap((block, last): Range[] => {
    const heads = targets(block).map((label) => position.get(label) ?? Infinity);
    const first = Math.min(...heads, Infinity);
    return first <= last ? [{ first, last }] : [];
  });
  const hints = new Map<string, LoopHints>();
  // loops end from the inside out: one that starts before a loop that has ended encloses it
  const innermost = new Set<Range>();
  let latest = -1;
  for (const range of ranges) {
    if (range.first > latest) innermost.add(range);
    latest = Math.max(latest, range.first);
  }
  let earliest = Infinity;
  for (const range of ranges.toReversed()) {
    const label = blocks[range.last]?.label;
    const body = innermost.has(range) ? new LoopBody(blocks.slice(range.first, range.last + 1)) : undefined;
    const oneVector = earliest < range.first && body?.sumsIntegers() === true;
    earliest = Math.min(earliest, range.first);
    if (label !== undefined) hints.set(label, { rolled: body?.hasVariableStride() !== true, oneVector });
  }
  return hints;
}

function targets({ terminator }: Block): readonly string[] {
  const end = terminator?.what;
  if (end?.op === "jump") return [end.to];
  return end?.op === "branch" ? [end.then, end.otherwise] : [];
}

/** An innermost loop. */
class LoopBody {
  private readonly defined = new Map<number, Instruction>();
  private readonly sets = new Map<Local, Operand[]>();
  private readonly offsets: Extract<Instruction, { op: "offset" }>[] = [];

  constructor(blocks: readonly Block[]) {
    for (const block of blocks) {
      for (const { what } of block.instructions) {
        if (what.op === "set") this.sets.set(what.local, [...(this.sets.get(what.local) ?? []), what.value]);
        const dest = destination(what);
        if (dest !== undefined) this.defined.set(dest.id, what);
        if (what.op === "offset") this.offsets.push(what);
      }
    }
  }

  /** Whether an address moves by a number of elements that is only known when the loop runs. */
  hasVariableStride(): boolean {
    return this.offsets.some(({ index }) => this.multiplies(index));
  }

  /** Whether an index has a product of something that changes in the loop and something that is no constant. */
  private multiplies(index: Operand): boolean {
    const made = this.definition(index);
    if (made === undefined) return false;
    if (made.op === "sext" || made.op === "zext" || made.op === "trunc") return this.multiplies(made.value);
    if (made.op === "add" || made.op === "sub") return this.multiplies(made.left) || this.multiplies(made.right);
    if (made.op !== "mul" || made.left.kind === "int" || made.right.kind === "int") return false;
    return this.changes(made.left) || this.changes(made.right);
  }

  private changes(operand: Operand): boolean {
    const made = this.definition(operand);
    if (made === undefined) return false;
    if (made.op === "get") return this.sets.has(made.local);
    if ("left" in made) return this.changes(made.left) || this.changes(made.right);
    return "value" in made ? this.changes(made.value) : true;
  }

  /** Whether an integer grows by something that is no constant: a sum, not a counter. */
  sumsIntegers(): boolean {
    return [...this.sets].some(([local, values]) => {
      if (local.type !== "i32" && local.type !== "i64") return false;
      return values.some((value) => {
        const made = this.definition(value);
        if (made?.op !== "add") return false;
        const { left, right } = made;
        return (this.reads(left, local) && right.kind === "temp") || (this.reads(right, local) && left.kind === "temp");
      });
    });
  }

  private reads(operand: Operand, local: Local): boolean {
    const made = this.definition(operand);
    return made?.op === "get" && made.local === local;
  }

  private definition(operand: Operand): Instruction | undefined {
    return operand.kind === "temp" ? this.defined.get(operand.id) : undefined;
  }
}
