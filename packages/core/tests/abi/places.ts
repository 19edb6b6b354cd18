// Where values lie in the two buffers that all sides share: what a caller sends it takes from `source`, what arrives at
// the other end is written to the same place in `sink`. Pure.
import type { CType } from "../../src/types/ctype.ts";
import { alignOf, alignUp, sizeOf } from "../../src/types/layout.ts";
import { argumentsOf, type Sample } from "./sample.ts";

export interface Buffers {
  readonly source: bigint;
  readonly sink: bigint;
}
export const bufferBytes = 8192;
/** Both buffers begin at a multiple of this: more than any type asks for. */
export const bufferAlign = 4096;

export interface Place {
  readonly type: CType;
  /** Bytes from the start of the buffer. */
  readonly at: number;
  /** In `sink` alone: where an integer goes a second time, extended to 64 bits. */
  readonly wide: number | undefined;
}

export interface Places {
  readonly args: readonly Place[];
  readonly result: Place | undefined;
  /** All of the buffer that the sample uses. */
  readonly bytes: number;
}

export function placesOf(sample: Sample): Places {
  let bytes = 0;
  const take = (size: number, align = 16): number => {
    const at = alignUp(bytes, align);
    bytes = at + alignUp(size, 16);
    return at;
  };
  const place = (type: CType): Place => {
    const at = take(sizeOf(type), Math.max(alignOf(type), 16));
    return { type, at, wide: type.kind === "int" || type.kind === "bool" ? take(8) : undefined };
  };
  const args = argumentsOf(sample).map(place);
  const { result } = sample.signature;
  const places = { args, result: result.kind === "void" ? undefined : place(result) };
  if (bytes > bufferBytes) throw new Error(`${sample.name} needs ${bytes} bytes, the buffers have ${bufferBytes}`);
  return { ...places, bytes };
}
