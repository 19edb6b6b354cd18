// Records as registers: one for each of their values. A variable that holds a record is one local for each; a function
// of the module takes one parameter for each, and writes a record that it gives to memory of its caller's.
import type { Fact, RecordFact } from "../check/fact.ts";
import { type Leaf, leavesOf } from "../check/record-fact.ts";
import { representationOf } from "../check/representation.ts";
import { floatConstant, intConstant, nullPointer } from "../ir/builder.ts";
import type { IrType, Local, Operand } from "../ir/ir.ts";
import type { CallExpr, Expr, Variable } from "../parse/tree.ts";
import { recordAt } from "./aggregates.ts";
import { recordFromC } from "./calls.ts";
import { choose, inlined } from "./effects.ts";
import { effect, storeTarget, value } from "./expressions.ts";
import { callChecked } from "./failure.ts";
import type { FunctionLowering } from "./function.ts";
import { structAddress } from "./memory.ts";
import { convertNumber } from "./numbers.ts";
import { passedTo, takeBack } from "./parameters.ts";

/** A value with the registers that hold it: one, or for a record one for each leaf of its fact. */
export interface Held {
  readonly fact: Fact;
  readonly registers: readonly Operand[];
}
export interface HeldRecord extends Held {
  readonly fact: RecordFact;
}

/** The type of the register that holds a leaf; a structure is held by its address. */
export function leafType({ path, fact }: Leaf): IrType {
  const type = fact.kind === "struct" ? "ptr" : representationOf(fact);
  if (type === undefined) throw new Error(`internal error: no register for ${path}, ${fact.kind}`);
  return type;
}

/** The values of a record. The fact that comes with them says how they are held, and allows what the expression can be. */
export function record(f: FunctionLowering, expr: Expr): HeldRecord {
  f.b.span = expr.span;
  const fact = f.fact(expr);
  if (fact.kind !== "record") return f.internal(expr, `${fact.kind} is no record`);
  switch (expr.kind) {
    case "object": {
      const given = new Map(expr.properties.map((property) => [property.name, held(f, property.value)] as const));
      const fields = fact.fields.map(({ name }) => ({ name, ...(given.get(name) ?? f.internal(expr, "no value")) }));
      return {
        fact: { kind: "record", fields: fields.map((field) => ({ name: field.name, fact: field.fact })) },
        registers: fields.flatMap((field) => field.registers),
      };
    }
    case "local": {
      const { fact: known } = f.info(expr.variable);
      if (known.kind !== "record") return f.internal(expr, "a variable that holds no record");
      return { fact: known, registers: f.leafSlots(expr.variable).map((slot) => f.b.get(slot)) };
    }
    case "member": {
      const object = f.fact(expr.object);
      if (object.kind === "record") return asRecord(f, expr, fieldOf(f, expr.object, expr.name));
      return object.kind === "static" ? constant(fact) : recordAt(f, expr);
    }
    case "index":
      return recordAt(f, expr);
    case "free":
      return constant(fact);
    case "call":
      return called(f, expr, fact);
    case "conditional":
      return into(f, fact, (set) => {
        choose(
          f,
          expr.test,
          () => set(expr.then),
          () => set(expr.otherwise),
        );
      });
    case "inline":
      return into(f, fact, (set) => inlined(f, expr, set));
    case "sequence": {
      const last = expr.exprs.at(-1);
      for (const e of expr.exprs) if (e !== last) effect(f, e);
      return last === undefined ? f.internal(expr, "an empty sequence") : record(f, last);
    }
    case "assign": {
      if (expr.target.kind !== "local") return storeTarget(f, expr, expr.target);
      const given = record(f, expr.value);
      setRecord(f, expr.target.variable, given);
      return given;
    }
    default:
      return f.internal(expr, `${expr.kind} is no record`);
  }
}

/** A value of any kind that a record can hold. */
function held(f: FunctionLowering, expr: Expr): Held {
  const fact = f.fact(expr);
  if (fact.kind === "record") return record(f, expr);
  return { fact, registers: [fact.kind === "struct" ? structAddress(f, expr).at : value(f, expr)] };
}

function asRecord(f: FunctionLowering, expr: Expr, { fact, registers }: Held): HeldRecord {
  return fact.kind === "record" ? { fact, registers } : f.internal(expr, "no record");
}

/** One field of a record that an expression gives; of a variable's nothing else is read. */
export function fieldOf(f: FunctionLowering, object: Expr, name: string): Held {
  if (object.kind !== "local") return field(f, record(f, object), name);
  const { fact } = f.info(object.variable);
  if (fact.kind !== "record") return f.internal(object, "a variable that holds no record");
  const found = field(f, { fact, registers: f.leafSlots(object.variable) }, name);
  return { fact: found.fact, registers: found.registers.map((slot) => f.b.get(slot)) };
}

/** One field of a record, of whatever it is held in. */
export function field<T>(
  f: FunctionLowering,
  { fact, registers }: { readonly fact: RecordFact; readonly registers: readonly T[] },
  name: string,
): { readonly fact: Fact; readonly registers: readonly T[] } {
  let at = 0;
  for (const one of fact.fields) {
    const count = one.fact.kind === "record" ? leavesOf(one.fact).length : 1;
    if (one.name === name) return { fact: one.fact, registers: registers.slice(at, at + count) };
    at += count;
  }
  throw new Error(`internal error in ${f.checked.name}: a record without ${name}`);
}

/** A record that is known when compiling. */
function constant(fact: RecordFact): HeldRecord {
  return { fact, registers: leavesOf(fact).map(({ fact: leaf }) => constantOf(leaf)) };
}

function constantOf(fact: Fact): Operand {
  if (fact.kind === "boolean" && fact.known !== undefined) return intConstant("i1", fact.known ? 1 : 0);
  if (fact.kind === "null") return nullPointer;
  const type = representationOf(fact);
  if (fact.kind === "bigint" && (type === "i64" || type === "i128")) return intConstant(type, fact.lo);
  if (fact.kind !== "number") throw new Error(`internal error: ${fact.kind} is no constant`);
  if (type === "i32" || type === "i64") return intConstant(type, fact.lo);
  return floatConstant("f64", fact.nan ? Number.NaN : fact.negativeZero ? -0 : fact.lo);
}

/** The registers of a record in the types that another fact of it asks for. */
export function converted(f: FunctionLowering, { fact, registers }: HeldRecord, to: RecordFact): readonly Operand[] {
  const wanted = leavesOf(to);
  return leavesOf(fact).map((leaf, i) => {
    const [register, target] = [registers[i], wanted[i]];
    if (register === undefined || target?.path !== leaf.path) throw new Error(`internal error: no ${leaf.path}`);
    const type = leafType(target);
    if (register.type === type) return register;
    if (leaf.fact.kind === "bigint") return f.b.convert(type === "i64" ? "trunc" : "sext", register, type);
    return type === "i32" || type === "i64" || type === "f64" ? convertNumber(f, register, type) : register;
  });
}

/** Assigns a variable that holds a record. */
export function setRecord(f: FunctionLowering, variable: Variable, given: HeldRecord): void {
  const { fact } = f.info(variable);
  if (fact.kind === "record") setAll(f, f.leafSlots(variable), converted(f, given, fact));
}

function setAll(f: FunctionLowering, slots: readonly Local[], registers: readonly Operand[]): void {
  slots.forEach((slot, i) => {
    const register = registers[i];
    if (register !== undefined) f.b.set(slot, register);
  });
}

/** What one of several paths gives: each sets the locals that hold the record afterwards. */
function into(f: FunctionLowering, fact: RecordFact, run: (set: (expr: Expr) => void) => void): HeldRecord {
  const slots = leavesOf(fact).map((leaf) => f.b.local(leaf.path, leafType(leaf)));
  run((expr) => setAll(f, slots, converted(f, record(f, expr), fact)));
  return { fact, registers: slots.map((slot) => f.b.get(slot)) };
}

function called(f: FunctionLowering, expr: CallExpr, fact: RecordFact): HeldRecord {
  const callee = f.callee(expr);
  if (callee.kind === "element") return recordAt(f, expr);
  if (callee.kind !== "function") return recordFromC(f, expr);
  const given = f.functions.get(callee.name)?.result;
  if (given?.kind !== "record") return f.internal(expr, `the function gives no object like ${fact.fields.length}`);
  const leaves = leavesOf(given);
  const memory = f.b.stack(leafBytes * leaves.length);
  callChecked(f, callee.name, [memory, ...passedTo(f, expr, callee.name)], "void");
  takeBack(f, expr);
  return { fact: given, registers: leaves.map((leaf, i) => f.b.load(leafType(leaf), leafAt(f, memory, i))) };
}

/** Writes what a function of the module gives where its caller asked for it. */
export function returnRecord(f: FunctionLowering, memory: Operand, fact: RecordFact, expr: Expr): void {
  for (const [i, register] of converted(f, record(f, expr), fact).entries()) f.b.store(leafAt(f, memory, i), register);
}

/** Between functions of the module every leaf has the room of the largest. */
const leafBytes = 16;

function leafAt(f: FunctionLowering, memory: Operand, i: number): Operand {
  return f.b.offset(memory, intConstant("i64", leafBytes * i), 1);
}
