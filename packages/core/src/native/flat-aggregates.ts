// Source text for structures and complex numbers that are made of scalars: their fields are read from objects and
// written to the slots one by one, which costs no allocation. It depends on types only, never on names or values of
// users' programs. Everything else goes through aggregates.ts.
import type { AggregateType, CType } from "../types/ctype.ts";
import { type Crossing, crossingOf } from "./crossing.ts";

type Scalar = Exclude<Crossing, { kind: "void" | "pointer" | "aggregate" }>;

/** A scalar of a flat aggregate: the fields on the way to it, and bytes from the start. */
export interface FlatLeaf {
  readonly path: readonly string[];
  readonly offset: number;
  readonly crossing: Scalar;
}

/** The scalars, in order; undefined where there is anything else, such as an array, a union or a pointer. */
export function flatLeaves(type: AggregateType): readonly FlatLeaf[] | undefined {
  const leaves: FlatLeaf[] = [];
  return collect(type, [], 0, leaves) && leaves.length <= mostLeaves ? leaves : undefined;
}

const mostLeaves = 64;

function collect(type: CType, path: readonly string[], offset: number, leaves: FlatLeaf[]): boolean {
  if (type.kind === "complex") {
    const crossing: Scalar = { kind: "float", bits: type.bits === 64 ? 32 : 64 };
    leaves.push({ path: [...path, "re"], offset, crossing });
    leaves.push({ path: [...path, "im"], offset: offset + type.bits / 16, crossing });
    return true;
  }
  if (type.kind === "struct") {
    return type.fields.every(
      (field) =>
        // assigning `__proto__` in a literal makes no field
        field.name !== "" &&
        field.name !== "__proto__" &&
        field.bits === undefined &&
        collect(field.type, [...path, field.name], offset + field.offset, leaves),
    );
  }
  if (type.kind !== "bool" && type.kind !== "int" && type.kind !== "float") return false;
  const crossing = crossingOf(type, "");
  if (crossing.kind === "void" || crossing.kind === "pointer" || crossing.kind === "aggregate") return false;
  leaves.push({ path, offset, crossing });
  return true;
}

/** An expression for the value of the aggregate whose bytes lie at `at` in the DataView `dv`. */
export function readSource(type: AggregateType, at: number): string {
  if (type.kind === "complex") {
    const [get, size] = type.bits === 64 ? ["getFloat32", 4] : ["getFloat64", 8];
    return `{ re: dv.${get}(${at}, true), im: dv.${get}(${at + size}, true) }`;
  }
  const fields = type.kind === "struct" ? type.fields : [];
  const texts = fields.map(({ name, type: of, offset }) => {
    const isNested = of.kind === "struct" || of.kind === "complex";
    return `${name}: ${isNested ? readSource(of, at + offset) : readScalar(of, at + offset)}`;
  });
  return `{ ${texts.join(", ")} }`;
}

function readScalar(type: CType, at: number): string {
  if (type.kind === "bool") return `dv.getUint8(${at}) !== 0`;
  if (type.kind === "float") return `dv.getFloat${type.bits}(${at}, true)`;
  if (type.kind !== "int") throw new Error(`internal error: ${type.kind} is not flat`);
  const sign = type.signed ? "Int" : "Uint";
  if (type.bits < 64) return `dv.get${sign}${type.bits}(${at}${type.bits === 8 ? "" : ", true"})`;
  const big = `dv.getBig${sign}64(${at}, true)`;
  return type.js === "bigint" ? big : `Number(${big})`;
}

/** A statement that writes the value of an expression to `at` in the DataView `dv`. */
export function writeSource(crossing: Scalar, at: number, value: string): string {
  switch (crossing.kind) {
    case "bool":
      return `dv.setUint8(${at}, ${value} ? 1 : 0);`;
    case "float":
      return `dv.setFloat${crossing.bits}(${at}, ${value}, true);`;
    case "int32":
      return `dv.setInt${crossing.type.bits}(${at}, ${value}${crossing.type.bits === 8 ? "" : ", true"});`;
    case "int64":
      return `dv.setBigInt64(${at}, ${value}, true);`;
    case "word":
      return `dv.setBigInt64(${at}, BigInt(${value}), true);`;
  }
}

/** Reads the value of an aggregate at a place; undefined where it is not flat or source may not be generated. */
export function flatReader(type: AggregateType, at: number, dv: DataView): (() => unknown) | undefined {
  if (flatLeaves(type) === undefined) return undefined;
  try {
    return new Function("dv", `return () => (${readSource(type, at)});`)(dv) as () => unknown;
  } catch (error) {
    if (error instanceof EvalError) return undefined;
    throw error;
  }
}
