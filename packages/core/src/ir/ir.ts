// The typed intermediate representation: functions of basic blocks, single-assignment temporaries, mutable typed
// locals, explicit conversions. It knows nothing of JavaScript: front ends lower to it, `emit/` turns it into LLVM
// text. Invariants are listed in verify/verify.ts. Pure data.
//
// Structures, unions and complex numbers have no IR type: they are bytes in memory. A function with a C signature has
// a `ptr` for each parameter of such a type, to memory that is its own for the time of the call; where the result is of
// such a type, it gives `void`, and has one more `ptr`, before all others, to memory that it writes the result to. A
// call passes the same; the callee gets copies. How that travels is the business of `emit/abi/`.
import type { SourceText, Span } from "../diagnostics/diagnostic.ts";
import type { Signature } from "../types/ctype.ts";

export type IntType = "i1" | "i8" | "i16" | "i32" | "i64" | "i128";
export type FloatType = "f32" | "f64";
export type IrType = IntType | FloatType | "ptr";

/** A value an instruction reads. Constants are operands, so that they need no instruction. */
export type Operand =
  | { readonly kind: "temp"; readonly id: number; readonly type: IrType }
  | { readonly kind: "int"; readonly type: IntType; readonly value: bigint }
  | { readonly kind: "float"; readonly type: FloatType; readonly value: number }
  | { readonly kind: "null"; readonly type: "ptr" }
  /** The address of a function or constant of this module, or of a C symbol. */
  | { readonly kind: "symbol"; readonly name: string; readonly type: "ptr" };

export type Temp = Extract<Operand, { kind: "temp" }>;

/** A mutable typed variable of the function; LLVM turns it into SSA form. */
export interface Local {
  readonly id: number;
  readonly name: string;
  readonly type: IrType;
}

export type IntBinaryOp =
  | "add"
  | "sub"
  | "mul"
  | "sdiv"
  | "udiv"
  | "srem"
  | "urem"
  | "and"
  | "or"
  | "xor"
  | "shl"
  | "ashr"
  | "lshr";
export type FloatBinaryOp = "fadd" | "fsub" | "fmul" | "fdiv" | "frem";
export type IntPredicate = "eq" | "ne" | "slt" | "sle" | "sgt" | "sge" | "ult" | "ule" | "ugt" | "uge";
/** `o` predicates are false when an operand is NaN, `une` is true then. */
export type FloatPredicate = "oeq" | "une" | "olt" | "ole" | "ogt" | "oge" | "one";
export type ConvertOp =
  | "sext"
  | "zext"
  | "trunc"
  | "sitofp"
  | "uitofp"
  /** Undefined outside the range of the result: only where the front end proved the range. */
  | "fptosi"
  | "fpext"
  | "fptrunc"
  | "ptrtoint"
  | "inttoptr";
/** Operations of one or two f64 operands that the target or libm has, by the name C gives them. */
export type MathOp =
  | "sqrt"
  | "fabs"
  | "floor"
  | "ceil"
  | "trunc"
  | "copysign"
  | "sin"
  | "cos"
  | "tan"
  | "asin"
  | "acos"
  | "atan"
  | "atan2"
  | "sinh"
  | "cosh"
  | "tanh"
  | "asinh"
  | "acosh"
  | "atanh"
  | "exp"
  | "exp2"
  | "expm1"
  | "log"
  | "log1p"
  | "log10"
  | "log2"
  | "cbrt"
  | "hypot"
  | "pow";

export type Instruction =
  | { readonly op: "get"; readonly dest: Temp; readonly local: Local }
  | { readonly op: "set"; readonly local: Local; readonly value: Operand }
  /** `unaligned`: the address may be any, as in packed structures; else it is aligned as the type asks. */
  | { readonly op: "load"; readonly dest: Temp; readonly address: Operand; readonly unaligned?: true }
  | { readonly op: "store"; readonly address: Operand; readonly value: Operand; readonly unaligned?: true }
  /** Memory of the call's stack frame, for the time of the call: the same each time that it is executed. */
  | { readonly op: "stack"; readonly dest: Temp; readonly bytes: number; readonly align: number }
  /** Copies bytes, which may overlap. */
  | { readonly op: "copy"; readonly to: Operand; readonly from: Operand; readonly bytes: number }
  /** Makes bytes zero. */
  | { readonly op: "zero"; readonly to: Operand; readonly bytes: number }
  /** `address + index * scale` bytes; `index` is i64 and may be negative. */
  | {
      readonly op: "offset";
      readonly dest: Temp;
      readonly address: Operand;
      readonly index: Operand;
      readonly scale: number;
    }
  /** `exact`: the front end proved that the signed result does not overflow (add, sub and mul only). */
  | {
      readonly op: IntBinaryOp;
      readonly dest: Temp;
      readonly left: Operand;
      readonly right: Operand;
      readonly exact: boolean;
    }
  | { readonly op: FloatBinaryOp; readonly dest: Temp; readonly left: Operand; readonly right: Operand }
  | { readonly op: "fneg"; readonly dest: Temp; readonly value: Operand }
  | {
      readonly op: "icmp";
      readonly dest: Temp;
      readonly predicate: IntPredicate;
      readonly left: Operand;
      readonly right: Operand;
    }
  | {
      readonly op: "fcmp";
      readonly dest: Temp;
      readonly predicate: FloatPredicate;
      readonly left: Operand;
      readonly right: Operand;
    }
  | {
      readonly op: "select";
      readonly dest: Temp;
      readonly test: Operand;
      readonly then: Operand;
      readonly otherwise: Operand;
    }
  | { readonly op: ConvertOp; readonly dest: Temp; readonly value: Operand }
  | { readonly op: "math"; readonly dest: Temp; readonly name: MathOp; readonly args: readonly Operand[] }
  /** Leading zero bits of an i32; 32 for zero. */
  | { readonly op: "clz"; readonly dest: Temp; readonly value: Operand }
  | {
      readonly op: "call";
      readonly dest: Temp | undefined;
      readonly callee: Callee;
      readonly args: readonly Operand[];
    };

/** The temporary that an instruction assigns. */
export const destination = (i: Instruction): Temp | undefined =>
  i.op === "set" || i.op === "store" || i.op === "copy" || i.op === "zero" ? undefined : i.dest;

/** What a call goes to: a function of this module, a runtime routine, or a C function by address. */
export type Callee =
  | { readonly kind: "function"; readonly name: string }
  | { readonly kind: "runtime"; readonly name: RuntimeRoutine }
  | { readonly kind: "pointer"; readonly address: Operand; readonly signature: Signature };

/** Routines that `emit/runtime.ts` holds as LLVM text and adds to a module that calls them. */
export type RuntimeRoutine =
  | "record"
  | "print.text"
  | "print.float"
  | "print.int"
  | "print.uint"
  | "print.end"
  | "toint32"
  | "toint64"
  | "pow"
  | "min"
  | "max"
  | "round";

export type Terminator =
  | { readonly op: "jump"; readonly to: string }
  | { readonly op: "branch"; readonly test: Operand; readonly then: string; readonly otherwise: string }
  | { readonly op: "return"; readonly value: Operand | undefined }
  | { readonly op: "unreachable" };

export interface Located<T> {
  readonly what: T;
  readonly span: Span;
}

export interface Block {
  readonly label: string;
  readonly instructions: Located<Instruction>[];
  terminator: Located<Terminator> | undefined;
}

export interface IrFunction {
  readonly name: string;
  /** Exported functions follow the C calling convention of `signature`; the others are private to the module. */
  readonly signature: Signature | undefined;
  readonly params: readonly Temp[];
  readonly result: IrType | "void";
  readonly locals: readonly Local[];
  readonly blocks: readonly Block[];
  readonly source: SourceText | undefined;
}

/** A constant array of a captured value. */
export interface ConstantData {
  readonly name: string;
  readonly type: IrType;
  readonly values: readonly (number | bigint)[];
}

/** A place that reports an error; its number in reports is its index + 1. */
export interface FailureSite {
  readonly errorName: string;
  readonly message: string;
  readonly source: SourceText;
  readonly span: Span;
}

export interface IrModule {
  readonly functions: readonly IrFunction[];
  readonly constants: readonly ConstantData[];
  /** Names of 64-bit words that compiled code writes and others read. */
  readonly words: readonly string[];
  readonly sites: readonly FailureSite[];
}
