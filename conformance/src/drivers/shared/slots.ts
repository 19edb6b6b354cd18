// Arguments and results as bytes, eight a scalar, for callers in other languages. Whatever a value does not fill keeps a
// pattern, so that a caller or callee that reads more than its own bytes goes wrong visibly.
import type { Signature } from "@cfunc/core/contract";
import { memory } from "@cfunc/core/native";
import { sizeOf } from "@cfunc/core/types";
import { readAggregate, writeAggregate } from "./aggregates.ts";
import type { ScalarShape, Shape, ShapeType } from "./shape.ts";
import { isAggregateValue, isPointer, type NativeAggregate, type NativeArgument, type NativeResult } from "./target.ts";

type Bytes = Uint8Array<ArrayBuffer>;
type Written = Exclude<NativeArgument, string | NativeAggregate>;

const slotSize = 8;
const unwritten = 0xa5;

interface Access {
  write(view: DataView, at: number, value: Written): void;
  read(view: DataView): NativeResult;
}

const accesses: Readonly<Record<ScalarShape, Access>> = {
  void: {
    write() {
      throw new Error("an argument cannot be void");
    },
    read: () => undefined,
  },
  bool: {
    write: (view, at, value) => view.setUint8(at, value === true ? 1 : 0),
    read(view) {
      const byte = view.getUint8(0);
      if (byte > 1) throw new Error(`a bool came back as ${byte}`);
      return byte === 1;
    },
  },
  pointer: {
    write(view, at, value) {
      if (!isPointer(value)) throw new Error(`a pointer cannot be ${String(value)}`);
      view.setBigUint64(at, value.address, true);
    },
    read: (view) => ({ address: view.getBigUint64(0, true) }),
  },
  float32: {
    write: (view, at, value) => view.setFloat32(at, numberOf(value), true),
    read: (view) => view.getFloat32(0, true),
  },
  float64: {
    write: (view, at, value) => view.setFloat64(at, numberOf(value), true),
    read: (view) => view.getFloat64(0, true),
  },
  int8: { write: (view, at, value) => view.setInt8(at, numberOf(value)), read: (view) => view.getInt8(0) },
  uint8: { write: (view, at, value) => view.setUint8(at, numberOf(value)), read: (view) => view.getUint8(0) },
  int16: {
    write: (view, at, value) => view.setInt16(at, numberOf(value), true),
    read: (view) => view.getInt16(0, true),
  },
  uint16: {
    write: (view, at, value) => view.setUint16(at, numberOf(value), true),
    read: (view) => view.getUint16(0, true),
  },
  int32: {
    write: (view, at, value) => view.setInt32(at, numberOf(value), true),
    read: (view) => view.getInt32(0, true),
  },
  uint32: {
    write: (view, at, value) => view.setUint32(at, numberOf(value), true),
    read: (view) => view.getUint32(0, true),
  },
  int64: {
    write: (view, at, value) => view.setBigInt64(at, bigintOf(value), true),
    read: (view) => view.getBigInt64(0, true),
  },
  uint64: {
    write: (view, at, value) => view.setBigUint64(at, bigintOf(value), true),
    read: (view) => view.getBigUint64(0, true),
  },
};

function numberOf(value: Written): number {
  if (typeof value === "number") return value;
  throw new Error(`expected a number, got ${String(value)}`);
}

const bigintOf = (value: Written): bigint => (typeof value === "bigint" ? value : BigInt(numberOf(value)));

const sizeOfSlot = (type: ShapeType): number =>
  typeof type === "string" ? slotSize : Math.ceil(sizeOf(type) / slotSize) * slotSize;

/** Where each argument's slot begins. */
export function offsetsIn({ params }: Shape): readonly number[] {
  let next = 0;
  return params.map((type) => {
    const offset = next;
    next += sizeOfSlot(type);
    return offset;
  });
}

/** Fills slots for the arguments; texts get memory of their own until the call is over. */
export function withSlots(
  shape: Shape,
  args: readonly NativeArgument[],
  use: (slots: Bytes, result: Bytes) => NativeResult,
): NativeResult {
  const { params, result: resultType } = shape;
  const offsets = offsetsIn(shape);
  const size = params.reduce((sum, type) => sum + sizeOfSlot(type), slotSize);
  const slots = new Uint8Array(size).fill(unwritten);
  const result = new Uint8Array(sizeOfSlot(resultType)).fill(unwritten);
  const view = new DataView(slots.buffer);
  const texts: bigint[] = [];
  try {
    for (const [i, argument] of args.entries()) {
      const type = params[i] ?? "void";
      const at = offsets[i] ?? 0;
      if (typeof type !== "string") {
        writeAggregate(slots.subarray(at, at + sizeOf(type)), type, argument);
        continue;
      }
      if (isAggregateValue(argument)) throw new Error(`a ${type} cannot be ${JSON.stringify(argument)}`);
      accesses[type].write(view, at, typeof argument === "string" ? textInMemory(argument, texts) : argument);
    }
    return use(slots, result);
  } finally {
    for (const address of texts) memory.free(address);
  }
}

function textInMemory(text: string, texts: bigint[]): Written {
  const bytes = Buffer.from(`${text}\0`);
  const address = memory.allocate(bytes.length);
  texts.push(address);
  new Uint8Array(memory.view(address, bytes.length)).set(bytes);
  return { address };
}

/** The result in its slot, as TypeScript holds it. */
export function readResult(bytes: Bytes, shape: Shape, { result }: Signature): NativeResult {
  if (typeof shape.result !== "string") {
    return readAggregate(bytes.subarray(0, sizeOf(shape.result)), shape.result) as NativeAggregate;
  }
  const value = accesses[shape.result].read(new DataView(bytes.buffer));
  return result.kind === "int" && result.js === "number" && typeof value === "bigint" ? Number(value) : value;
}
