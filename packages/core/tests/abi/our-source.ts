// The functions of c-source.ts in the intermediate representation, and the LLVM text that `emit/` makes of them. The
// buffers' addresses are constants of the code.
import { emit, type Target } from "../../src/emit/emit.ts";
import { FunctionBuilder, intConstant } from "../../src/ir/builder.ts";
import { memoryType, scalarType, signatureParams, signatureResult } from "../../src/ir/c-types.ts";
import type { IrFunction, IrModule, Operand } from "../../src/ir/ir.ts";
import { type CType, isAggregate, type PointerType, type Signature } from "../../src/types/ctype.ts";
import { alignOf, sizeOf } from "../../src/types/layout.ts";
import { typeNames } from "../../src/types/names.ts";
import { verify } from "../../src/verify/verify.ts";
import { type Buffers, type Place, placesOf } from "./places.ts";
import { relayedSignature, type Sample } from "./sample.ts";

/** LLVM text with `callee_0`, `caller_0` and so on, visible to all. C has no way to write a variadic callee: it is left out. */
export function ourSource(samples: readonly Sample[], buffers: Buffers, target: Target, prefix = ""): string {
  const functions = samples.flatMap((sample, i) => {
    const write = new Writer(sample, buffers, (kind) => `${prefix}${kind}_${i}`);
    return [...(sample.signature.variadic ? [] : [write.callee()]), write.caller(), write.relay(), write.through()];
  });
  const module: IrModule = { functions, constants: [], words: [], sites: [] };
  verify(module);
  return emit(module, { target, exported: "" }).replaceAll("define internal", "define");
}

const pointerTo = (signature: Signature): PointerType => ({
  ...{ kind: "pointer", to: { kind: "function", signature }, constant: false },
});

class Writer {
  private readonly sample: Sample;
  private readonly buffers: Buffers;
  private readonly name: (kind: string) => string;

  constructor(sample: Sample, buffers: Buffers, name: (kind: string) => string) {
    this.sample = sample;
    this.buffers = buffers;
    this.name = name;
  }

  callee(): IrFunction {
    const { signature } = this.sample;
    const { args, result } = placesOf(this.sample);
    const { b, memory, values } = begin(this.name("callee"), signature);
    args.forEach((place, i) => {
      this.put(b, place, values[i]);
    });
    if (result === undefined) b.return(undefined);
    else if (memory !== undefined) {
      b.copy(memory, this.address(b, "source", result.at), sizeOf(result.type));
      b.return(undefined);
    } else b.return(this.get(b, result));
    return b.finish();
  }

  caller(): IrFunction {
    const { signature } = this.sample;
    const take: Signature = {
      ...{
        result: typeNames.void,
        params: [{ type: pointerTo(signature) }, { type: typeNames.voidptr }],
        variadic: false,
      },
    };
    const { b, values } = begin(this.name("caller"), take);
    this.call(b, values[0], signature, this.arguments(b));
    return b.finish();
  }

  relay(): IrFunction {
    const { signature } = this.sample;
    const { b, memory, values } = begin(this.name("relay"), relayedSignature(this.sample));
    const [back, ...args] = values;
    if (back === undefined) throw new Error("no function pointer");
    const callee = { kind: "pointer", address: back, signature } as const;
    const result = signatureResult(signature);
    if (memory !== undefined) b.callVoid(callee, [memory, ...args]);
    else if (result === "void") b.callVoid(callee, args);
    b.return(memory !== undefined || result === "void" ? undefined : b.call(callee, args, result));
    return b.finish();
  }

  through(): IrFunction {
    const relayed = relayedSignature(this.sample);
    const take: Signature = {
      result: typeNames.void,
      params: [{ type: pointerTo(relayed) }, { type: pointerTo(this.sample.signature) }],
      variadic: false,
    };
    const { b, values } = begin(this.name("through"), take);
    const [target, back] = values;
    if (back === undefined) throw new Error("no function pointer");
    this.call(b, target, relayed, [back, ...this.arguments(b)]);
    return b.finish();
  }

  private arguments(b: FunctionBuilder): Operand[] {
    return placesOf(this.sample).args.map((place) => this.get(b, place));
  }

  /** Calls, and keeps the result in the sink. */
  private call(b: FunctionBuilder, target: Operand | undefined, signature: Signature, args: readonly Operand[]): void {
    if (target === undefined) throw new Error("no function pointer");
    const callee = { kind: "pointer", address: target, signature } as const;
    const { result: place } = placesOf(this.sample);
    const result = signatureResult(signature);
    if (place !== undefined && isAggregate(place.type)) {
      const memory = b.stack(Math.max(sizeOf(place.type), 1), alignOf(place.type));
      b.callVoid(callee, [memory, ...args]);
      this.put(b, place, memory);
    } else if (place === undefined || result === "void") b.callVoid(callee, args);
    else this.put(b, place, b.call(callee, args, result));
    b.return(undefined);
  }

  private address(b: FunctionBuilder, buffer: keyof Buffers, offset: number): Operand {
    return b.convert("inttoptr", intConstant("i64", this.buffers[buffer] + BigInt(offset)), "ptr");
  }

  private get(b: FunctionBuilder, { type, at }: Place): Operand {
    const from = this.address(b, "source", at);
    if (isAggregate(type)) return from;
    const value = b.load(memoryType(type), from);
    return type.kind === "bool" ? b.icmp("ne", value, intConstant("i8", 0)) : value;
  }

  private put(b: FunctionBuilder, { type, at, wide }: Place, value: Operand | undefined): void {
    if (value === undefined) throw new Error("a value is missing");
    const to = this.address(b, "sink", at);
    if (isAggregate(type)) b.copy(to, value, sizeOf(type));
    else b.store(to, type.kind === "bool" ? b.convert("zext", value, "i8") : value);
    if (wide !== undefined) b.store(this.address(b, "sink", wide), widened(b, type, value));
  }
}

function begin(name: string, signature: Signature) {
  const [params, result] = [signatureParams(signature), signatureResult(signature)];
  const b = new FunctionBuilder({ name, signature, source: undefined, params, result });
  const memory = isAggregate(signature.result) ? b.params[0] : undefined;
  return { b, memory, values: memory === undefined ? b.params : b.params.slice(1) };
}

function widened(b: FunctionBuilder, type: CType, value: Operand): Operand {
  if (scalarType(type) === "i64") return value;
  return b.convert(type.kind === "int" && type.signed ? "sext" : "zext", value, "i64");
}
