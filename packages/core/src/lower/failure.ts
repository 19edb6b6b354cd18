// Errors at run time. Nothing unwinds through C: a function that can fail takes one more parameter, the address of a
// status word. To fail is to write the number of the failing place there and to return zero; a caller looks at the word
// after the call and, if it is set, returns zero itself. A function that cannot fail has none of this.
import type { CheckedFunction } from "../check/program.ts";
import { FunctionBuilder, floatConstant, intConstant, nullPointer, symbol } from "../ir/builder.ts";
import type { FailureSite, IrFunction, IrType, Operand } from "../ir/ir.ts";
import { bodyName, checkedName, errorWord, statusWord } from "../ir/names.ts";
import type { Expr, ThrowStmt } from "../parse/tree.ts";
import { isAggregate } from "../types/ctype.ts";
import { sizeOf } from "../types/layout.ts";
import { type FunctionLowering, paramTypes, resultType } from "./function.ts";

/** The places of a module that can fail. */
export class FailureSites {
  readonly all: FailureSite[] = [];

  /** The number that reports the place. */
  add(site: FailureSite): number {
    return this.all.push(site);
  }
}

/** The names of the functions that can fail: those that throw, and those that call one that can. */
export function failingFunctions(functions: readonly CheckedFunction[]): ReadonlySet<string> {
  const failing = new Set(functions.filter((fn) => fn.throws).map((fn) => fn.name));
  for (let before = -1; before !== failing.size; ) {
    before = failing.size;
    for (const fn of functions) {
      const calls = [...fn.callees.values()].some(
        (c) => (c.kind === "function" || c.kind === "compiled") && failing.has(c.name),
      );
      if (calls) failing.add(fn.name);
    }
  }
  return failing;
}

/** Where a function pointer is null, throws what JavaScript throws when null is called. */
export function refuseNull(f: FunctionLowering, callee: Expr, address: Operand): void {
  const { b } = f;
  const [none, there] = [b.label("null"), b.label("callable")];
  b.branch(b.icmp("eq", address, nullPointer), none, there);
  b.enter(none);
  const message = `${calleeText(f, callee)} is not a function`;
  throwError(f, { errorName: "TypeError", message, span: callee.span });
  b.enter(there);
}

/** Where the divisor of a bigint is zero, throws what JavaScript throws. */
export function refuseZero(f: FunctionLowering, { span }: Expr, divisor: Operand): void {
  const { b } = f;
  const [zero, divides] = [b.label("zero"), b.label("divides")];
  b.branch(b.icmp("eq", divisor, intConstant(divisor.type === "i128" ? "i128" : "i64", 0)), zero, divides);
  b.enter(zero);
  throwError(f, { errorName: "RangeError", message: "Division by zero", span });
  b.enter(divides);
}

/** As V8 writes it in its message. */
function calleeText(f: FunctionLowering, callee: Expr): string {
  switch (callee.kind) {
    case "call":
      return `${calleeText(f, callee.callee)}(...)`;
    case "member":
      return `${calleeText(f, callee.object)}.${callee.name}`;
    case "local":
      return callee.variable.name;
    default:
      return f.checked.tree.source.text.slice(callee.span.start, callee.span.end);
  }
}

export function throwError(f: FunctionLowering, { errorName, message, span }: Omit<ThrowStmt, "kind">): void {
  const site = f.sites.add({ errorName, message, source: f.checked.tree.source, span });
  f.b.store(f.status, intConstant("i32", site));
  f.b.return(zero(resultType(f.checked)));
}

/** Calls a function of the module, and returns where it failed. */
export function callChecked(f: FunctionLowering, name: string, args: readonly Operand[], result: IrType): Operand;
export function callChecked(f: FunctionLowering, name: string, args: readonly Operand[], result: "void"): undefined;
export function callChecked(
  f: FunctionLowering,
  name: string,
  args: readonly Operand[],
  result: IrType | "void",
): Operand | undefined {
  const { b } = f;
  const canFail = f.failing.has(name);
  const isCompiled = f.functions.get(name)?.signature !== undefined;
  const callee = { kind: "function", name: canFail && isCompiled ? bodyName(name) : name } as const;
  const passed = canFail ? [...args, f.status] : args;
  const value = result === "void" ? undefined : b.call(callee, passed, result);
  if (value === undefined) b.callVoid(callee, passed);
  if (canFail) {
    const [failed, went] = [b.label("failed"), b.label("went")];
    b.branch(b.icmp("ne", b.load("i32", f.status), intConstant("i32", 0)), failed, went);
    b.enter(failed);
    b.return(zero(resultType(f.checked)));
    b.enter(went);
  }
  return value;
}

function zero(type: IrType | "void"): Operand | undefined {
  if (type === "void") return undefined;
  if (type === "ptr") return nullPointer;
  return type === "f32" || type === "f64" ? floatConstant(type, 0) : intConstant(type, 0);
}

/** The two ways into a C function that can fail: from native code, and from TypeScript. */
export function entryPoints(checked: CheckedFunction): IrFunction[] {
  const { name } = checked;
  return [entry(checked, name, undefined), entry(checked, checkedName(name), symbol(statusWord(name)))];
}

function entry(checked: CheckedFunction, name: string, word: Operand | undefined): IrFunction {
  const { signature, tree } = checked;
  const params = paramTypes(checked);
  const result = resultType(checked);
  const header = { name, ...(signature === undefined ? {} : { signature }), source: tree.source };
  const b = new FunctionBuilder({ ...header, params, result });
  b.span = tree.span;
  const status = word ?? b.stack(8);
  b.store(status, intConstant("i32", 0));
  const callee = { kind: "function", name: bodyName(checked.name) } as const;
  const args = [...b.params, status];
  const value = result === "void" ? undefined : b.call(callee, args, result);
  if (value === undefined) b.callVoid(callee, args);
  const site = b.load("i32", status);
  const [failed, went] = [b.label("failed"), b.label("went")];
  b.branch(b.icmp("ne", site, intConstant("i32", 0)), failed, went);
  b.enter(failed);
  b.callVoid({ kind: "runtime", name: "record" }, [symbol(errorWord(checked.name)), site]);
  const [memory] = b.params;
  if (signature !== undefined && isAggregate(signature.result) && memory !== undefined)
    b.zero(memory, sizeOf(signature.result));
  b.jump(went);
  b.enter(went);
  b.return(value);
  return b.finish();
}
