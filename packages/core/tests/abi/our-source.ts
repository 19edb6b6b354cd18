// The same callees and callers as c-source.ts, as functions of the intermediate representation. The buffers' addresses
// are constants of the code.
import { emit, type Target } from "../../src/emit/emit.ts";
import { FunctionBuilder, intConstant } from "../../src/ir/builder.ts";
import { memoryType, scalarType, signatureParams, signatureResult } from "../../src/ir/c-types.ts";
import type { IrFunction, IrModule, Operand } from "../../src/ir/ir.ts";
import { type CType, isAggregate, type Signature } from "../../src/types/ctype.ts";
import { alignOf, sizeOf } from "../../src/types/layout.ts";
import { typeNames } from "../../src/types/names.ts";
import { verify } from "../../src/verify/verify.ts";
import { placesOf } from "./c-source.ts";

export interface Buffers {
  readonly source: bigint;
  readonly sink: bigint;
}

/** LLVM text with `callee_0`, `caller_0` and so on, visible to all. */
export function ourSource(signatures: readonly Signature[], buffers: Buffers, target: Target): string {
  const functions = signatures.flatMap((signature, i) => [
    callee(signature, i, buffers),
    caller(signature, i, buffers),
  ]);
  const module: IrModule = { functions, constants: [], words: [], sites: [] };
  verify(module);
  return emit(module, { target, exported: "" }).replaceAll("define internal", "define");
}

function callee(signature: Signature, i: number, { source, sink }: Buffers): IrFunction {
  const b = new FunctionBuilder({
    ...{ name: `callee_${i}`, signature, source: undefined },
    ...{ params: signatureParams(signature), result: signatureResult(signature) },
  });
  const places = placesOf(signature);
  const values = [...b.params];
  const memory = isAggregate(signature.result) ? values.shift() : undefined;
  signature.params.forEach(({ type }, k) => {
    const value = values[k];
    if (value !== undefined) put(b, type, value, address(b, sink, places.params[k]));
  });
  const from = address(b, source, places.result);
  if (memory !== undefined) b.copy(memory, from, sizeOf(signature.result));
  b.return(b.params.length === 0 || memory === undefined ? resultOf(b, signature.result, from) : undefined);
  return b.finish();
}

function caller(signature: Signature, i: number, { source, sink }: Buffers): IrFunction {
  const take = { result: typeNames.void, params: [{ type: typeNames.voidptr }], variadic: false };
  const b = new FunctionBuilder({
    ...{ name: `caller_${i}`, signature: take, source: undefined },
    ...{ params: signatureParams(take), result: signatureResult(take) },
  });
  const places = placesOf(signature);
  const args = signature.params.map(({ type }, k) => get(b, type, address(b, source, places.params[k])));
  const [target] = b.params;
  if (target === undefined) throw new Error("no parameter");
  const callee = { kind: "pointer", address: target, signature } as const;
  const to = address(b, sink, places.result);
  const result = signatureResult(signature);
  if (isAggregate(signature.result)) {
    const memory = b.stack(sizeOf(signature.result), alignOf(signature.result));
    b.callVoid(callee, [memory, ...args]);
    b.copy(to, memory, sizeOf(signature.result));
  } else if (result === "void") b.callVoid(callee, args);
  else put(b, signature.result, b.call(callee, args, result), to);
  b.return(undefined);
  return b.finish();
}

function address(b: FunctionBuilder, base: bigint, offset = 0): Operand {
  return b.convert("inttoptr", intConstant("i64", base + BigInt(offset)), "ptr");
}

function get(b: FunctionBuilder, type: CType, from: Operand): Operand {
  if (isAggregate(type)) return from;
  const value = b.load(memoryType(type), from);
  return type.kind === "bool" ? b.icmp("ne", value, intConstant("i8", 0)) : value;
}

function put(b: FunctionBuilder, type: CType, value: Operand, to: Operand): void {
  if (isAggregate(type)) b.copy(to, value, sizeOf(type));
  else b.store(to, type.kind === "bool" ? b.convert("zext", value, "i8") : value);
}

function resultOf(b: FunctionBuilder, type: CType, from: Operand): Operand | undefined {
  if (type.kind === "void") return undefined;
  return scalarType(type) === "i1" ? get(b, type, from) : b.load(scalarType(type), from);
}
