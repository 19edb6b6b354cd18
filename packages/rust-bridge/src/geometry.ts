// Structures by pointer.
import { checkNumber } from "./arguments.ts";
import { library } from "./library.ts";
import { checked } from "./status.ts";

export interface Vector3 {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** The Euclidean length of a vector. */
export function length({ x, y, z }: Vector3): number {
  for (const [name, value] of Object.entries({ x, y, z })) checkNumber("length", name, value);
  const vector = Float64Array.of(x, y, z);
  return checked((status) => library().bridge_length(vector.buffer, status));
}
