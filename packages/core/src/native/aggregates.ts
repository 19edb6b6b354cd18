// Structures, unions and complex numbers by value, between TypeScript and the slots: objects going in, checked field by
// field, as their bytes; bytes coming out as objects. Never looks at how C passes them.
import { codecOf } from "../memory/codec.ts";
import { Region } from "../memory/region.ts";
import { structAddress } from "../memory/struct-view.ts";
import { type AggregateType, type CType, isAggregate, type StructType, type UnionType } from "../types/ctype.ts";
import { sizeOf } from "../types/layout.ts";
import { printType } from "../types/print.ts";
import { nativeError, show, wrongValue } from "./argument-error.ts";
import { crossingOf } from "./crossing.ts";
import { accepts } from "./wrapper.ts";

/** A function from a value to its bytes. `where` starts the message of the CF5011 or CF5012 that it throws. */
export function aggregateBytes(type: AggregateType, where: string, wrap: boolean): (value: unknown) => Uint8Array {
  const size = sizeOf(type);
  return (value) => {
    const bytes = new Uint8Array(size);
    put({ region: Region.of(bytes), where, wrap }, 0, type, value, "");
    return bytes;
  };
}

interface Target {
  readonly region: Region;
  readonly where: string;
  readonly wrap: boolean;
}

function put(target: Target, offset: number, type: CType, value: unknown, path: string): void {
  const { region, where, wrap } = target;
  const at = path === "" ? where : `${where}, field \`${path}\``;
  if (!isAggregate(type)) {
    const crossing = crossingOf(type, at);
    if (crossing.kind !== "void" && !accepts(crossing, value, wrap)) throw wrongValue(at, type, value);
    codecOf(type).write(region, offset, value);
    return;
  }
  const inside = (name: string | number): string => (path === "" ? `${name}` : `${path}.${name}`);
  if (typeof value !== "object" || value === null) throw wrongKind(at, type, value);
  if (type.kind === "array") {
    if (!("length" in value) || value.length !== type.length) throw wrongKind(at, type, value);
    const size = sizeOf(type.of);
    for (let i = 0; i < type.length; i++) put(target, offset + i * size, type.of, Reflect.get(value, i), inside(i));
    return;
  }
  if (type.kind === "complex") {
    const of: CType = { kind: "float", bits: type.bits === 64 ? 32 : 64 };
    put(target, offset, of, Reflect.get(value, "re"), inside("re"));
    put(target, offset + sizeOf(of), of, Reflect.get(value, "im"), inside("im"));
    return;
  }
  // What is in memory is copied; bits and members without a name are the business of memory/.
  if (
    structAddress(value) !== undefined ||
    type.fields.some((field) => field.name === "" || field.bits !== undefined)
  ) {
    codecOf(type).write(region, offset, value);
    return;
  }
  for (const field of given(type, value, at)) {
    put(target, offset + field.offset, field.type, Reflect.get(value, field.name), inside(field.name));
  }
}

/** The fields that an object has to have: all of a structure, one of a union. It may have others that C has not. */
function given(type: StructType | UnionType, value: object, at: string) {
  const help = `its fields are ${type.fields.map(({ name }) => name).join(", ")}`;
  const present = type.fields.filter(({ name }) => Reflect.get(value, name) !== undefined);
  if (type.kind === "union") {
    if (present.length === 1) return present;
    const has = present.length === 0 ? "none" : present.map(({ name }) => `\`${name}\``).join(", ");
    throw nativeError("CF5011", `${at} must be an object with one field of union ${type.name}, got ${has}`, help);
  }
  const missing = type.fields.find((field) => !present.includes(field));
  if (missing === undefined) return present;
  throw nativeError("CF5011", `${at}: the field \`${missing.name}\` of struct ${type.name} is missing`, help);
}

function wrongKind(at: string, type: AggregateType, got: unknown): Error {
  const wanted = {
    ...{ complex: "an object { re, im }", array: "an array of that length" },
    ...{ struct: "an object with its fields", union: "an object with one of its fields" },
  };
  return nativeError("CF5011", `${at} must be ${printType(type)}, ${wanted[type.kind]}, got ${show(got)}`);
}

/** The value of bytes that are the caller's own: a plain object; unions and arrays as views of the bytes. */
export function aggregateValue(type: AggregateType, bytes: Uint8Array): unknown {
  return valueAt(type, Region.of(bytes), 0);
}

function valueAt(type: CType, region: Region, offset: number): unknown {
  if (type.kind !== "struct" || type.fields.some((field) => field.name === "" || field.bits !== undefined)) {
    return codecOf(type).read(region, offset);
  }
  const object: Record<string, unknown> = {};
  for (const field of type.fields) object[field.name] = valueAt(field.type, region, offset + field.offset);
  return object;
}
