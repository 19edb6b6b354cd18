// Types and signatures as text, in the grammar that signature-parser.ts reads, and their equality. Never decides what
// a type means. Pure.
import { assertNever, type CType, type Signature, type StructType, type UnionType } from "./ctype.ts";

/** The type in Numba's grammar: `CPointer(const char)`, `CFunction(float64(float64))`. Reads back as the same type. */
export function printType(type: CType): string {
  switch (type.kind) {
    case "void":
    case "bool":
      return type.kind;
    case "int":
      return type.name;
    case "float":
      return `float${type.bits}`;
    case "complex":
      return `complex${type.bits}`;
    case "pointer":
      if (type.to.kind === "function") return `CFunction(${printSignature(type.to.signature)})`;
      if (type.to.kind === "void" && !type.constant) return "voidptr";
      return `CPointer(${type.constant ? "const " : ""}${printType(type.to)})`;
    case "array":
      return `array(${printType(type.of)}, ${type.length})`;
    case "struct":
    case "union":
    case "opaque":
      return type.name;
    case "function":
      return printSignature(type.signature);
    default:
      return assertNever(type);
  }
}

/** The signature in Numba's grammar: `float64(CPointer(Point), intp)`. Parameter names are not printed. */
export function printSignature(signature: Signature): string {
  const params = signature.params.map((param) => printType(param.type));
  if (signature.variadic) params.push("...");
  return `${printType(signature.result)}(${params.join(", ")})`;
}

/** Whether two types are the same type: names, constness and, for structures and unions, every field count. */
export function sameType(a: CType, b: CType): boolean {
  return same(a, b, new Map());
}

/** Whether two signatures take and return the same types. Parameter names do not count. */
export function sameSignature(a: Signature, b: Signature): boolean {
  return sameParts(a, b, new Map());
}

type RecordType = StructType | UnionType;
/** The pairs that were compared or are being compared: one that comes up again, through a pointer, changes nothing. */
type Seen = Map<RecordType, Set<RecordType>>;

function same(a: CType, b: CType, seen: Seen): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case "void":
    case "bool":
      return a.kind === b.kind;
    case "int":
      return b.kind === "int" && a.name === b.name;
    case "float":
    case "complex":
      return b.kind === a.kind && a.bits === b.bits;
    case "pointer":
      return b.kind === "pointer" && a.constant === b.constant && same(a.to, b.to, seen);
    case "array":
      return b.kind === "array" && a.length === b.length && same(a.of, b.of, seen);
    case "struct":
    case "union":
      return b.kind === a.kind && sameRecord(a, b, seen);
    case "opaque":
      return b.kind === "opaque" && a.name === b.name;
    case "function":
      return b.kind === "function" && sameParts(a.signature, b.signature, seen);
    default:
      return assertNever(a);
  }
}

function sameRecord(a: RecordType, b: RecordType, seen: Seen): boolean {
  if (a.name !== b.name || a.size !== b.size || a.align !== b.align || a.fields.length !== b.fields.length)
    return false;
  const others = seen.get(a) ?? new Set();
  if (others.has(b)) return true;
  seen.set(a, others.add(b));
  return a.fields.every((field, i) => {
    const other = b.fields[i];
    return (
      other !== undefined &&
      field.name === other.name &&
      field.offset === other.offset &&
      field.bits?.at === other.bits?.at &&
      field.bits?.width === other.bits?.width &&
      same(field.type, other.type, seen)
    );
  });
}

function sameParts(a: Signature, b: Signature, seen: Seen): boolean {
  return (
    a.variadic === b.variadic &&
    a.params.length === b.params.length &&
    same(a.result, b.result, seen) &&
    a.params.every((param, i) => {
      const other = b.params[i];
      return other !== undefined && same(param.type, other.type, seen);
    })
  );
}
