// How values get into functions that are no C functions: one register for a number, a few for a view, and for a variable
// that an inner function assigns the address of a cell in its owner's stack frame. Between calls every function keeps
// such a variable in a local of its own: the cell is written before a call and read after it.
import type { Fact } from "../check/fact.ts";
import type { CheckedFunction } from "../check/program.ts";
import { leavesOf } from "../check/record-fact.ts";
import { representationOf } from "../check/representation.ts";
import { nullPointer } from "../ir/builder.ts";
import type { IrType, Operand } from "../ir/ir.ts";
import type { CallExpr, Expr, Variable } from "../parse/tree.ts";
import { parametersOf } from "../parse/walk.ts";
import { alignOf } from "../types/layout.ts";
import { load } from "./aggregates.ts";
import { fromC } from "./ctype.ts";
import { as, effect } from "./expressions.ts";
import type { FunctionLowering } from "./function.ts";
import { structAddress, viewOf } from "./memory.ts";
import { convertNumber } from "./numbers.ts";
import { converted, leafType, record, setRecord } from "./records.ts";

/** The registers that pass a value; none for what has no value at run time. */
export function registersOf(fact: Fact): readonly IrType[] {
  if (fact.kind === "view")
    return ["ptr", ...fact.dims.map(() => "i64" as const), ...fact.dims.map(() => "i64" as const)];
  if (fact.kind === "struct") return ["ptr"];
  if (fact.kind === "record") return leavesOf(fact).map(leafType);
  const type = representationOf(fact);
  return type === undefined ? [] : [type];
}

/** Whether the parameter is a variable that the function assigns for the functions around it. */
export const isCell = ({ tree }: CheckedFunction, parameter: number): boolean =>
  tree.captures[parameter - tree.params.length]?.written === true;

/** Takes the registers of a function's parameters into its variables. */
export function receive(f: FunctionLowering): void {
  const { checked, b } = f;
  const { signature, tree, params } = checked;
  const variables = parametersOf(tree);
  let next = f.resultMemory === undefined ? 0 : 1;
  const take = (): Operand => {
    const register = b.params[next];
    if (register === undefined) throw new Error(`internal error: ${checked.name} has too few parameters`);
    next += 1;
    return register;
  };
  // Where a view or a structure lies is the caller's business: it may be in a packed one, at any address.
  params.forEach((fact, i) => {
    const variable = variables[i];
    const type = signature?.params[i]?.type;
    if (type !== undefined) {
      const given = take();
      if (variable === undefined) return;
      if (fact.kind === "struct") f.structs.set(variable, { at: given, align: alignOf(type) });
      else if (fact.kind === "record") setRecord(f, variable, load(f, { at: given, align: alignOf(type), type }));
      else b.set(f.slot(variable), widened(f, fromC(b, type, given), f.slot(variable).type));
    } else if (isCell(checked, i)) {
      const cell = take();
      if (variable === undefined) return;
      f.cells.set(variable, cell);
      if (fact.kind !== "void") readCell(f, variable);
    } else if (fact.kind === "view") {
      const base = take();
      const dims = fact.dims.map(take);
      const strides = fact.dims.map(take);
      if (variable !== undefined) f.views.set(variable, { base, align: 1, element: fact.element, dims, strides });
    } else if (fact.kind === "struct") {
      const address = take();
      if (variable !== undefined) f.structs.set(variable, { at: address, align: 1 });
    } else if (fact.kind === "record") {
      const registers = leavesOf(fact).map(take);
      if (variable !== undefined) setRecord(f, variable, { fact, registers });
    } else if (registersOf(fact).length > 0) {
      const given = take();
      if (variable !== undefined) b.set(f.slot(variable), widened(f, given, f.slot(variable).type));
    }
  });
}

/** A parameter in the representation of its variable, which assignments may have widened. */
function widened(f: FunctionLowering, value: Operand, type: Operand["type"]): Operand {
  if (value.type === type) return value;
  if (type === "i128") return f.b.convert("sext", value, "i128");
  return type === "i32" || type === "i64" || type === "f64" ? convertNumber(f, value, type) : value;
}

/** Arguments and captured variables of a function of the module; what has no parameter is run for its effects. */
export function passedTo(f: FunctionLowering, expr: CallExpr, name: string): Operand[] {
  const target = f.functions.get(name);
  const { params = [] } = target ?? {};
  const passed = expr.args.flatMap((arg, i) =>
    registers(f, arg, target === undefined || i < target.tree.params.length ? params[i] : undefined),
  );
  if (expr.callee.kind !== "inner" || target === undefined) return passed;
  for (const [k, read] of expr.callee.captured.entries()) {
    const i = target.tree.params.length + k;
    const fact = params[i];
    if (!isCell(target, i)) passed.push(...registers(f, read, fact));
    else {
      if (fact?.kind !== "void") writeCell(f, read.variable);
      passed.push(cellOf(f, read.variable) ?? nullPointer);
    }
  }
  return passed;
}

function registers(f: FunctionLowering, arg: Expr, param: Fact | undefined): readonly Operand[] {
  if (param?.kind === "view") {
    const { base, dims, strides } = viewOf(f, arg);
    return [base, ...dims, ...strides];
  }
  if (param?.kind === "struct") return [structAddress(f, arg).at];
  if (param?.kind === "record") return converted(f, record(f, arg), param);
  const type = param === undefined ? undefined : representationOf(param);
  if (type !== undefined) return [as(f, arg, type)];
  if (param?.kind !== "void") effect(f, arg);
  return [];
}

/** After a call: the variables that the function may have assigned. */
export function takeBack(f: FunctionLowering, expr: CallExpr): void {
  const callee = f.callee(expr);
  if (expr.callee.kind !== "inner" || callee.kind !== "function") return;
  for (const [i, read] of expr.callee.captured.entries()) {
    if (callee.after[i] !== undefined) readCell(f, read.variable);
  }
}

/** Before a function returns: the variables that it assigned for the functions around it. */
export function giveBack(f: FunctionLowering): void {
  const { tree, after } = f.checked;
  for (const [i, { variable }] of tree.captures.entries()) if (after[i] !== undefined) writeCell(f, variable);
}

/** The cell of a variable: what the function was given, or one of its own. Undefined where it never has a value. */
function cellOf(f: FunctionLowering, variable: Variable): Operand | undefined {
  const known = f.cells.get(variable);
  if (known !== undefined) return known;
  const fact = f.checked.variables.get(variable)?.fact;
  if (fact === undefined) return undefined;
  const cell = f.b.stack(cellType(fact) === "i128" ? 16 : 8);
  f.cells.set(variable, cell);
  return cell;
}

/** One type for each kind of value: functions hold a variable as they like, but agree on its cell. */
function cellType(fact: Fact): IrType {
  switch (fact.kind) {
    case "number":
      return "f64";
    case "bigint":
      return "i128";
    case "boolean":
      return "i8";
    default:
      return "ptr";
  }
}

function writeCell(f: FunctionLowering, variable: Variable): void {
  const { b } = f;
  const cell = cellOf(f, variable);
  if (cell === undefined) return;
  const held = b.get(f.slot(variable));
  const type = cellType(f.info(variable).fact);
  if (held.type === type) b.store(cell, held);
  else if (type === "f64") b.store(cell, convertNumber(f, held, "f64"));
  else b.store(cell, b.convert(type === "i8" ? "zext" : "sext", held, type));
}

function readCell(f: FunctionLowering, variable: Variable): void {
  const { b } = f;
  const cell = cellOf(f, variable);
  if (cell === undefined) return;
  const slot = f.slot(variable);
  const type = cellType(f.info(variable).fact);
  const value = b.load(type, cell);
  if (slot.type === type) b.set(slot, value);
  else if (slot.type === "i32" || slot.type === "i64" || slot.type === "f64")
    b.set(slot, type === "f64" ? convertNumber(f, value, slot.type) : b.convert("trunc", value, slot.type));
  else b.set(slot, b.convert("trunc", value, slot.type));
}
