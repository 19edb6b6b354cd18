// The state of lowering one function: its builder, where its variables are, and what the checker proved.
// Never decides a type: representations come from check/.

import { asNumber, type Fact, type NumberFact } from "../check/fact.ts";
import type { Callee, CheckedFunction, VariableInfo } from "../check/program.ts";
import { fieldOf, leavesOf } from "../check/record-fact.ts";
import { ignoringZeroSign, ofNumberFact, representationOf } from "../check/representation.ts";
import type { Code } from "../diagnostics/codes.ts";
import { CFuncError } from "../diagnostics/error.ts";
import { FunctionBuilder, nullPointer } from "../ir/builder.ts";
import { signatureParams, signatureResult } from "../ir/c-types.ts";
import type { IrType, Local, Operand } from "../ir/ir.ts";
import { bodyName } from "../ir/names.ts";
import type { CallExpr, Expr, Variable } from "../parse/tree.ts";
import { type CType, isAggregate } from "../types/ctype.ts";
import type { ConstantPool } from "./constant-pool.ts";
import { abandon } from "./effects.ts";
import type { FailureSites } from "./failure.ts";
import { isCell, registersOf } from "./parameters.ts";
import { leafType } from "./records.ts";

/** Thrown where the checker found that execution cannot get to. */
export const UNREACHABLE = Symbol("unreachable");

/** A view as registers: where it starts, and for each dimension its length and its stride in elements, all i64. */
export interface ViewValue {
  readonly base: Operand;
  /** Bytes that the address is surely a multiple of. */
  readonly align: number;
  readonly element: CType;
  readonly dims: readonly Operand[];
  readonly strides: readonly Operand[];
}

/** An address, and the bytes that it is surely a multiple of: fewer than its type asks, in packed structures. */
export interface Place {
  readonly at: Operand;
  readonly align: number;
}

/** Where `break` and `continue` go. */
export interface LoopTargets {
  readonly labels: readonly string[];
  /** A block with a label. */
  readonly isBlock?: boolean;
  readonly breakTo: string;
  /** Absent for a `switch`. */
  readonly continueTo: string | undefined;
}

/** The end of an inner function, and what is done with the value that it returns. */
export interface ReturnTarget {
  readonly to: string;
  readonly take: (value: Expr) => void;
}

/** What the functions of a module share. */
export interface ModuleLowering {
  readonly functions: ReadonlyMap<string, CheckedFunction>;
  /** Those that can fail. */
  readonly failing: ReadonlySet<string>;
  readonly pool: ConstantPool;
  readonly sites: FailureSites;
}

export class FunctionLowering {
  readonly checked: CheckedFunction;
  readonly functions: ReadonlyMap<string, CheckedFunction>;
  readonly b: FunctionBuilder;
  readonly failing: ReadonlySet<string>;
  readonly pool: ConstantPool;
  readonly sites: FailureSites;
  /** Where a failure is reported, in functions that can fail. */
  readonly status: Operand;
  readonly loops: LoopTargets[] = [];
  /** Where `return` goes in the inner functions being lowered, innermost last. */
  readonly returns: ReturnTarget[] = [];
  readonly views = new Map<Variable, ViewValue>();
  /** Addresses of the structures that constants name. */
  readonly structs = new Map<Variable, Place>();
  /** Where inner functions of their own find the variables that they assign. */
  readonly cells = new Map<Variable, Operand>();
  /** Operands that stand for an expression while its compound assignment is lowered. */
  readonly current = new Map<Expr, Operand>();
  private readonly standIns = new Map<Expr, Fact>();
  private readonly slots = new Map<Variable, Local>();
  private readonly records = new Map<Variable, readonly Local[]>();
  /** Where the function writes a result that is a structure, a complex number or a record. */
  readonly resultMemory: Operand | undefined;

  constructor(checked: CheckedFunction, { functions, failing, pool, sites }: ModuleLowering) {
    this.checked = checked;
    this.functions = functions;
    this.failing = failing;
    this.pool = pool;
    this.sites = sites;
    const { name, signature, tree } = checked;
    const canFail = failing.has(name);
    const header = {
      name: canFail && signature !== undefined ? bodyName(name) : name,
      ...(signature === undefined ? {} : { signature }),
      source: tree.source,
    };
    const params = paramTypes(checked);
    this.b = new FunctionBuilder({
      ...header,
      params: canFail ? [...params, "ptr"] : params,
      result: resultType(checked),
    });
    this.b.span = tree.span;
    this.status = (canFail ? this.b.params.at(-1) : undefined) ?? nullPointer;
    this.resultMemory = writesResult(checked) ? this.b.params[0] : undefined;
  }

  /** An expression that stands for a value already computed for `expr`. */
  standIn(expr: Expr, operand: Operand): Expr {
    return this.given(this.fact(expr), operand, expr);
  }

  /** An expression that stands for a value with this fact, held as its representation says. */
  given(fact: Fact, operand: Operand, { span }: Expr): Expr {
    const made: Expr = { kind: "free", span, name: "(value)" };
    this.standIns.set(made, fact);
    this.current.set(made, operand);
    return made;
  }

  /** The fact of an expression about to be lowered. One without a value is lowered here, and throws UNREACHABLE. */
  fact(expr: Expr): Fact {
    const fact = this.checked.facts.get(expr) ?? this.standIns.get(expr);
    if (fact !== undefined) return fact;
    abandon(this, expr);
    throw UNREACHABLE;
  }

  /** The number fact of a number or boolean. */
  numberFact(expr: Expr): NumberFact {
    const fact = this.fact(expr);
    return asNumber(fact) ?? this.internal(expr, `expected a number, found ${fact.kind}`);
  }

  /** The representation to compute a number in; a variable held as f64 is best used as f64. */
  natural(expr: Expr): "i32" | "i64" | "f64" {
    const held = this.heldAs(expr);
    if (held !== undefined) return held;
    const fact = this.numberFact(expr);
    return ofNumberFact(this.isHeldAsInteger(expr) ? ignoringZeroSign(fact) : fact);
  }

  /** As `natural`, where the sign of zero does not matter. */
  naturalInteger(expr: Expr): "i32" | "i64" | "f64" {
    return this.heldAs(expr) ?? ofNumberFact(ignoringZeroSign(this.numberFact(expr)));
  }

  private heldAs(expr: Expr): "i64" | "f64" | undefined {
    if (expr.kind === "member" && expr.object.kind === "local") {
      const held = this.checked.variables.get(expr.object.variable)?.fact;
      const field = held?.kind === "record" ? fieldOf(held, expr.name) : undefined;
      return field?.kind === "number" && representationOf(field) === "f64" ? "f64" : undefined;
    }
    const info = expr.kind === "local" ? this.checked.variables.get(expr.variable) : undefined;
    if (info?.indexOnly) return "i64";
    return info?.representation === "f64" ? "f64" : undefined;
  }

  /** Of such a variable nothing can tell -0 from 0. */
  private isHeldAsInteger(expr: Expr): boolean {
    const held = expr.kind === "local" ? this.checked.variables.get(expr.variable)?.representation : undefined;
    return held === "i32" || held === "i64";
  }

  callee(expr: CallExpr): Callee {
    return this.checked.callees.get(expr) ?? this.internal(expr, "an unresolved call");
  }

  info(variable: Variable): VariableInfo {
    const info = this.checked.variables.get(variable);
    if (info === undefined) throw UNREACHABLE;
    return info;
  }

  slot(variable: Variable): Local {
    const known = this.slots.get(variable);
    if (known !== undefined) return known;
    const type = this.info(variable).representation;
    if (type === undefined) throw UNREACHABLE;
    const local = this.b.local(variable.name, type);
    this.slots.set(variable, local);
    return local;
  }

  /** The locals of a variable that holds a record, one for each of its values. */
  leafSlots(variable: Variable): readonly Local[] {
    const known = this.records.get(variable);
    if (known !== undefined) return known;
    const { fact } = this.info(variable);
    if (fact.kind !== "record") throw new Error(`internal error: ${variable.name} holds no record`);
    const slots = leavesOf(fact).map((leaf) => this.b.local(`${variable.name}.${leaf.path}`, leafType(leaf)));
    this.records.set(variable, slots);
    return slots;
  }

  fail(code: Code, at: Expr, message: string, help: string): never {
    const primary = { source: this.checked.tree.source, span: at.span };
    throw new CFuncError([{ code, severity: "error", message, primary, help }]);
  }

  /** A mistake of ours, not of the user's. */
  internal(at: Expr, message: string): never {
    const { line, column } = this.checked.tree.source.locate(at.span.start);
    throw new Error(`internal error while lowering ${this.checked.name} at ${line}:${column}: ${message}`);
  }
}

/** Whether the function's first parameter says where its result goes. */
const writesResult = ({ signature, result }: CheckedFunction): boolean =>
  signature === undefined ? result.kind === "record" : isAggregate(signature.result);

/** Compiled functions take what C passes, plain functions take representations. */
export function paramTypes(checked: CheckedFunction): IrType[] {
  const { signature, params } = checked;
  if (signature !== undefined) return signatureParams(signature);
  const types = params.flatMap((fact, i) => (isCell(checked, i) ? "ptr" : registersOf(fact)));
  return writesResult(checked) ? ["ptr", ...types] : types;
}

export function resultType({ signature, result }: CheckedFunction): IrType | "void" {
  if (signature !== undefined) return signatureResult(signature);
  return representationOf(result) ?? "void";
}
