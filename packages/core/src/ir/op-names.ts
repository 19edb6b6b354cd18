// The names of types and instructions, for reading IR text. A name that is missing here is a type error.
import type { FloatType, Instruction, IrType } from "./ir.ts";

export type OpName = Exclude<Instruction["op"], "call">;

const types: Readonly<Record<IrType, true>> = {
  i1: true,
  i8: true,
  i16: true,
  i32: true,
  i64: true,
  i128: true,
  f32: true,
  f64: true,
  ptr: true,
};
const ops: Readonly<Record<OpName, true>> = {
  get: true,
  set: true,
  load: true,
  store: true,
  stack: true,
  offset: true,
  add: true,
  sub: true,
  mul: true,
  sdiv: true,
  udiv: true,
  srem: true,
  urem: true,
  and: true,
  or: true,
  xor: true,
  shl: true,
  ashr: true,
  lshr: true,
  fadd: true,
  fsub: true,
  fmul: true,
  fdiv: true,
  frem: true,
  fneg: true,
  icmp: true,
  fcmp: true,
  select: true,
  sext: true,
  zext: true,
  trunc: true,
  sitofp: true,
  uitofp: true,
  fptosi: true,
  fpext: true,
  fptrunc: true,
  ptrtoint: true,
  inttoptr: true,
  math: true,
  clz: true,
};

export const isIrType = (name: string): name is IrType => Object.hasOwn(types, name);
export const isOp = (name: string): name is OpName => Object.hasOwn(ops, name);
export const isFloatType = (type: IrType): type is FloatType => type === "f32" || type === "f64";
