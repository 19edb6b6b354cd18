// Structures, unions and complex numbers at the boundary to C: from records and places to memory of a C type, and back.
import { recordOfStruct } from "../check/ctype-fact.ts";
import type { RecordFact } from "../check/fact.ts";
import { complexFact, leavesOf } from "../check/record-fact.ts";
import type { Operand } from "../ir/ir.ts";
import type { CallExpr, Expr, IndexExpr, MemberExpr } from "../parse/tree.ts";
import { type ComplexType, type CType, type FieldType, isAggregate } from "../types/ctype.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import { memberOf } from "../types/members.ts";
import type { FunctionLowering } from "./function.ts";
import { type Address, accessed, elementAddress, loadAt, memberAddress, storeScalar, structAddress } from "./memory.ts";
import { field, type Held, type HeldRecord, record } from "./records.ts";

/** The record at a place in memory: an element, a field, what `a.get(i)` names. */
export function recordAt(f: FunctionLowering, expr: IndexExpr | MemberExpr | CallExpr): HeldRecord {
  return load(f, expr.kind === "call" ? accessed(f, expr) : elementAddress(f, expr));
}

/** A complex number or a structure without arrays and unions, by value. */
export function load(f: FunctionLowering, place: Address): HeldRecord {
  const { type } = place;
  if (type.kind === "complex") {
    const [re, im] = partsOf(type).map((part) => loadAt(f, memberAddress(f, place, part)));
    if (re !== undefined && im !== undefined) return { fact: complexFact, registers: [im, re] };
  }
  const fact = type.kind === "struct" ? recordOfStruct(type) : undefined;
  if (type.kind !== "struct" || fact === undefined) throw new Error(`internal error: ${type.kind} is no record`);
  const registers = fact.fields.flatMap(({ name }) => {
    const field = memberOf(type, name);
    if (field === undefined) return [];
    const at = memberAddress(f, place, field);
    return isAggregate(field.type) ? load(f, at).registers : [loadAt(f, at)];
  });
  return { fact, registers };
}

/** The two floats of a complex number, as if they were the fields of a structure. */
function partsOf({ bits }: ComplexType): readonly FieldType[] {
  const type: CType = { kind: "float", bits: bits === 64 ? 32 : 64 };
  return [
    { name: "re", type, offset: 0 },
    { name: "im", type, offset: bits / 16 },
  ];
}

/** Where the part of a complex number in memory is that `a[i].re` reads, which needs no more; undefined for all else. */
export function complexPart(f: FunctionLowering, { object, name }: MemberExpr): Address | undefined {
  if (!isElement(f, object)) return undefined;
  const place = elementAddress(f, object);
  const part = place.type.kind === "complex" ? partsOf(place.type).find((one) => one.name === name) : undefined;
  return part === undefined ? f.internal(object, "a record in memory without parts") : memberAddress(f, place, part);
}

/** Whether a record is an element or field in memory. */
function isElement(f: FunctionLowering, expr: Expr): expr is IndexExpr | MemberExpr {
  if (expr.kind !== "index" && expr.kind !== "member") return false;
  const { kind } = f.fact(expr.object);
  return kind === "pointer" || kind === "struct" || kind === "view";
}

/** Stores a record or a copy of a structure in memory as a value of the place's type. */
export function storeAggregate(f: FunctionLowering, place: Address, expr: Expr): void {
  if (f.fact(expr).kind === "struct") f.b.copy(place.at, structAddress(f, expr).at, sizeOf(place.type));
  else storeRecord(f, place, record(f, expr), expr);
}

/** A record that refers to structures in memory is put together aside: they may lie where it goes. */
export function storeRecord(f: FunctionLowering, place: Address, given: HeldRecord, from: Expr): void {
  const isLocal = !leavesOf(given.fact).some((leaf) => leaf.fact.kind === "struct");
  if (isLocal) {
    store(f, place, given, from);
    return;
  }
  const aside = stackPlace(f, place.type);
  store(f, aside, given, from);
  f.b.copy(place.at, aside.at, sizeOf(place.type));
}

function stackPlace(f: FunctionLowering, type: CType): Address {
  const align = alignOf(type);
  return { at: f.b.stack(sizeOf(type), align), align, type };
}

function store(f: FunctionLowering, place: Address, given: Held, from: Expr): void {
  const { at, type } = place;
  const { fact, registers } = given;
  if (!isAggregate(type)) {
    if (registers[0] !== undefined) storeScalar(f, place, f.given(fact, registers[0], from));
    return;
  }
  if (fact.kind === "struct" && registers[0] !== undefined) {
    f.b.copy(at, registers[0], sizeOf(type));
    return;
  }
  if (fact.kind !== "record") f.internal(from, `${fact.kind} is no ${type.kind}`);
  const whole: HeldRecord = { fact, registers };
  // the bytes that a union's member or bit-fields do not cover are zero, as when TypeScript makes the value
  const covers =
    type.kind !== "union" && !(type.kind === "struct" && type.fields.some((one) => one.bits !== undefined));
  if (!covers) f.b.zero(at, sizeOf(type));
  for (const part of partsToStore(type, fact)) {
    store(f, memberAddress(f, place, part), field(f, whole, part.name), from);
  }
}

function partsToStore(type: CType, fact: RecordFact): readonly FieldType[] {
  if (type.kind === "complex") return partsOf(type);
  if (type.kind === "struct") return type.fields;
  return type.kind === "union" ? type.fields.filter(({ name }) => name === fact.fields[0]?.name) : [];
}

/** The address of an argument that C takes by value: the call copies it. */
export function aggregateArgument(f: FunctionLowering, type: CType, expr: Expr): Operand {
  if (f.fact(expr).kind === "struct") return structAddress(f, expr).at;
  const place = stackPlace(f, type);
  storeRecord(f, place, record(f, expr), expr);
  return place.at;
}
