// Checks the invariants of the IR before it is emitted. A violation is a mistake of ours, reported with the instruction
// and the source it came from; LLVM never gets to see it.
//
//  1. Every block ends in one terminator, and labels are unique.
//  2. Every terminator names blocks of the function.
//  3. Every temporary is assigned once, and its assignment dominates every use.
//  4. Operands have the types that their instruction takes.
//  5. A local is read and written with its own type.
//  6. Calls of functions of the module pass the parameters' types and take the result's type.
//  7. `return` gives the function's result type.
//  8. Functions with a C signature, and calls through pointers, have its parameters, as ir.ts says.

import { signatureParams, signatureResult } from "../ir/c-types.ts";
import {
  destination,
  type Instruction,
  type IrFunction,
  type IrModule,
  type IrType,
  type Located,
  type Operand,
  type Terminator,
} from "../ir/ir.ts";
import { printInstruction, printTerminator } from "../ir/print.ts";
import type { Signature } from "../types/ctype.ts";
import { dominance } from "./dominance.ts";
import { resultMatches, typesMatch } from "./operand-types.ts";

export function verify(module: IrModule): void {
  const functions = new Map(module.functions.map((fn) => [fn.name, fn]));
  for (const fn of module.functions) verifyFunction(fn, functions);
}

/** Reports which invariant is broken, and how. */
type Fail = (rule: number, what: string) => never;

/** Checks that an operand has a value where it is read; `at` prints the reader, for the message. */
type Use = (operand: Operand, at: () => string) => void;

function verifyFunction(fn: IrFunction, functions: ReadonlyMap<string, IrFunction>): void {
  const labels = new Map(fn.blocks.map((block) => [block.label, block]));
  const fail: Fail = (rule, what) => {
    throw new Error(
      `internal error: CF3001: @${fn.name} breaks invariant ${rule} of the intermediate representation: ${what}`,
    );
  };
  const types = fn.params.map((p) => p.type);
  // a function that can fail has one parameter more, for the status
  const given = fn.signature && signatureMatches(fn.signature, true, types, fn.result);
  if (given !== undefined) fail(8, given);
  if (labels.size !== fn.blocks.length) fail(1, "two blocks have one label");
  const assigned = new Map<number, string>(fn.params.map((p) => [p.id, fn.blocks[0]?.label ?? ""]));
  for (const block of fn.blocks) {
    if (block.terminator === undefined) fail(1, `block ${block.label} has no terminator`);
    for (const label of targets(block.terminator.what)) if (!labels.has(label)) fail(2, `there is no block ${label}`);
    for (const { what } of block.instructions) {
      const dest = destination(what);
      if (dest === undefined) continue;
      if (assigned.has(dest.id)) fail(3, `${printInstruction(what)} assigns a second time`);
      assigned.set(dest.id, block.label);
    }
  }
  const dominates = dominance(fn.blocks);
  for (const block of fn.blocks) {
    const seen = new Set<number>();
    const use: Use = (operand, at) => {
      if (operand.kind !== "temp" || seen.has(operand.id)) return;
      const home = assigned.get(operand.id);
      if (home === undefined) fail(3, `${at()} uses a temporary that nothing assigns`);
      const isParam = fn.params.some((p) => p.id === operand.id);
      if (!isParam && (home === block.label || !dominates(home, block.label)))
        fail(3, `${at()} uses a temporary before it is assigned`);
    };
    for (const { what } of block.instructions) {
      for (const operand of operandsOf(what)) use(operand, () => printInstruction(what));
      const problem = typesMatch(what) ?? callMatches(what, functions);
      const rule = what.op !== "call" ? 4 : what.callee.kind === "pointer" ? 8 : 6;
      if (problem !== undefined) fail(rule, `${printInstruction(what)}: ${problem}`);
      const dest = destination(what);
      if (dest !== undefined) seen.add(dest.id);
    }
    verifyEnd(fn, block.terminator, use, fail);
  }
}

function verifyEnd(fn: IrFunction, end: Located<Terminator> | undefined, use: Use, fail: Fail): void {
  if (end === undefined) return;
  const { what } = end;
  if (what.op === "branch") {
    use(what.test, () => printTerminator(what));
    if (what.test.type !== "i1") fail(4, `${printTerminator(what)}: the test is no i1`);
  }
  if (what.op !== "return") return;
  if (what.value !== undefined) use(what.value, () => printTerminator(what));
  if (!resultMatches(what.value, fn.result)) fail(7, `${printTerminator(what)}: the result is ${fn.result}`);
}

function targets(t: Terminator): readonly string[] {
  return t.op === "jump" ? [t.to] : t.op === "branch" ? [t.then, t.otherwise] : [];
}

/** What is wrong with the types that are passed for a C signature, or undefined. */
function signatureMatches(
  signature: Signature,
  more: boolean,
  types: readonly IrType[],
  gives: IrType | "void",
): string | undefined {
  const wanted = signatureParams(signature);
  const given = more ? types.slice(0, wanted.length) : types;
  if (given.join() !== wanted.join()) return `the signature takes (${wanted.join(", ")}), not (${types.join(", ")})`;
  const result = signatureResult(signature);
  return gives === result ? undefined : `the signature gives ${result}, not ${gives}`;
}

/** Every operand an instruction reads. */
export function operandsOf(i: Instruction): readonly Operand[] {
  switch (i.op) {
    case "get":
    case "stack":
      return [];
    case "load":
      return [i.address];
    case "store":
      return [i.address, i.value];
    case "copy":
      return [i.to, i.from];
    case "zero":
      return [i.to];
    case "offset":
      return [i.address, i.index];
    case "select":
      return [i.test, i.then, i.otherwise];
    case "math":
      return i.args;
    case "call":
      return i.callee.kind === "pointer" ? [i.callee.address, ...i.args] : i.args;
    default:
      return "left" in i ? [i.left, i.right] : [i.value];
  }
}

function callMatches(i: Instruction, functions: ReadonlyMap<string, IrFunction>): string | undefined {
  if (i.op !== "call" || i.callee.kind === "runtime") return undefined;
  if (i.callee.kind === "pointer") {
    const { signature } = i.callee;
    const args = i.args.map((a) => a.type);
    return signatureMatches(signature, signature.variadic, args, i.dest?.type ?? "void");
  }
  const callee = functions.get(i.callee.name);
  if (callee === undefined) return `there is no function @${i.callee.name}`;
  const given = i.args.map((a) => a.type).join(", ");
  const wanted = callee.params.map((p) => p.type).join(", ");
  if (given !== wanted) return `it passes (${given}), the function takes (${wanted})`;
  const result: IrType | "void" = i.dest?.type ?? "void";
  return result === callee.result ? undefined : `it takes ${result}, the function gives ${callee.result}`;
}
