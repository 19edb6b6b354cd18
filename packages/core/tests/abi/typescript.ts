// TypeScript as a side: it calls the others through the thunks of `load`, and is called by them as a closure. Values go
// from the buffers into JavaScript and back: as plain objects where a type has only fields, else as views of the buffer.
import { codecOf } from "../../src/memory/codec.ts";
import { Region } from "../../src/memory/index.ts";
import { makeCallable, prepare } from "../../src/native/call.ts";
import { makeClosure } from "../../src/native/closure.ts";
import type { CType, Signature } from "../../src/types/ctype.ts";
import { sizeOf } from "../../src/types/layout.ts";
import { type Buffers, bufferBytes, type Place, placesOf } from "./places.ts";
import { relayedSignature, type Sample } from "./sample.ts";

export class TypeScriptSide {
  private readonly source: Region;
  private readonly sink: Region;

  constructor(samples: readonly Sample[], buffers: Buffers) {
    this.source = Region.fixed(buffers.source, bufferBytes, "the source");
    this.sink = Region.fixed(buffers.sink, bufferBytes, "the sink");
    const mine = samples.filter(({ typescript, signature }) => typescript === true && !signature.variadic);
    const signatures = mine.flatMap((sample) => [sample.signature, relayedSignature(sample)]);
    prepare(signatures.map((signature) => ({ signature, name: "abi" })));
  }

  /** Calls the callee at an address. */
  call(sample: Sample, target: bigint): void {
    this.run(sample, target, sample.signature, []);
  }

  /** Calls the relay at an address, which calls back. */
  callThrough(sample: Sample, target: bigint): void {
    const back = this.callee(sample);
    this.run(sample, target, relayedSignature(sample), [back]);
    back.dispose();
  }

  /** A closure that does what a callee does. To be disposed of. */
  callee(sample: Sample) {
    const { args, result } = placesOf(sample);
    return makeClosure(sample.signature, (...given: unknown[]) => {
      args.forEach((place, i) => {
        this.put(place, given[i]);
      });
      return result === undefined ? undefined : valueAt(this.source, result.type, result.at);
    });
  }

  private run(sample: Sample, target: bigint, signature: Signature, first: readonly unknown[]): void {
    const { args, result } = placesOf(sample);
    const values = args.map(({ type, at }) => valueAt(this.source, type, at));
    const found = makeCallable(target, signature)(...first, ...values);
    if (result !== undefined) this.put(result, found);
  }

  private put({ type, at, wide }: Place, value: unknown): void {
    codecOf(type).write(this.sink, at, value);
    if (wide === undefined) return;
    const extended = BigInt(value as number | bigint | boolean);
    codecOf({ kind: "int", name: "int64", bits: 64, signed: true, js: "bigint" }).write(this.sink, wide, extended);
  }
}

/** Plain objects and arrays; views where a union or bit-fields are in it. */
function valueAt(region: Region, type: CType, at: number): unknown {
  if (type.kind === "array") {
    const size = sizeOf(type.of);
    return Array.from({ length: type.length }, (_, i) => valueAt(region, type.of, at + i * size));
  }
  if (type.kind !== "struct" || type.fields.some(({ bits }) => bits !== undefined))
    return codecOf(type).read(region, at);
  return Object.fromEntries(type.fields.map((field) => [field.name, valueAt(region, field.type, at + field.offset)]));
}
