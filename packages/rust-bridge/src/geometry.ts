// Vectors in space: structures by pointer, by value and in arrays.
import { checkNumber } from "./arguments.ts";
import { BridgeError } from "./bridge-error.ts";
import { library } from "./library.ts";
import { checked } from "./status.ts";

export interface Vector3 {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** The Euclidean length of a vector. */
export function length(vector: Vector3): number {
  const bytes = vectorBytes("length", "vector", vector);
  return checked((status) => library().bridge_length(bytes, status));
}

/** The cross product. */
export function cross(left: Vector3, right: Vector3): Vector3 {
  const [a, b] = [vectorBytes("cross", "left", left), vectorBytes("cross", "right", right)];
  const out = new Float64Array(3);
  checked((status) => library().bridge_cross(a, b, out.buffer, status));
  return vectorOf(out);
}

/** The same length, of a vector that crosses by value. */
export function lengthByValue(vector: Vector3): number {
  vectorBytes("length_by_value", "vector", vector);
  return checked((status) => library().bridge_length_by_value(vector, status));
}

/** The same cross product, all by value. */
export function crossByValue(left: Vector3, right: Vector3): Vector3 {
  vectorBytes("cross_by_value", "left", left);
  vectorBytes("cross_by_value", "right", right);
  return checked((status) => library().bridge_cross_by_value(left, right, status));
}

/** The vector of length 1 in the same direction. Throws BridgeError `invalid_argument` where there is none. */
export function normalize(vector: Vector3): Vector3 {
  const bytes = vectorBytes("normalize", "vector", vector);
  const out = new Float64Array(3);
  checked((status) => library().bridge_normalize(bytes, out.buffer, status));
  return vectorOf(out);
}

/**
 * Normalizes vectors that lie one after the other, three numbers each, in place. Throws BridgeError `invalid_argument`,
 * which names the first vector that has no direction, and changes nothing then.
 */
export function normalizeAll(coordinates: Float64Array<ArrayBuffer>): void {
  const site = "normalize_all";
  if (coordinates.length % 3 !== 0) {
    const message = `${site}: coordinates has ${coordinates.length} elements, which is no multiple of 3`;
    throw new BridgeError("wrong_length", message);
  }
  if (coordinates.length === 0) return;
  const bytes = new DataView(coordinates.buffer, coordinates.byteOffset, coordinates.byteLength);
  checked((status) => library().bridge_normalize_all(bytes, bytes, coordinates.length / 3, status));
}

/** A vector as the C structure. */
export function vectorBytes(site: string, name: string, { x, y, z }: Vector3): ArrayBuffer {
  for (const [axis, value] of Object.entries({ x, y, z })) checkNumber(site, `${name}.${axis}`, value);
  return Float64Array.of(x, y, z).buffer;
}

function vectorOf([x = 0, y = 0, z = 0]: Float64Array): Vector3 {
  return { x, y, z };
}
