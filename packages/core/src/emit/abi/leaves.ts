// The scalars that an aggregate is made of, with their places: all that the calling conventions look at. Pure.
import { assertNever, type CType, type PlacedBits } from "../../types/ctype.ts";
import { sizeOf } from "../../types/layout.ts";

export interface Leaf {
  readonly kind: "integer" | "float";
  /** Bytes from the start of the aggregate. */
  readonly offset: number;
  readonly size: number;
}

/** A bit-field counts as integers where its bits are, and has no alignment that could be broken. */
function bytesOf({ offset, bits: { at, width } }: PlacedBits, base: number): Leaf[] {
  return Array.from({ length: Math.ceil((at + width) / 8) }, (_, i) => ({
    kind: "integer",
    offset: base + offset + i,
    size: 1,
  }));
}

/** Scalars of a type of a few bytes; those of a union overlap. A complex number is two floats. */
export function leavesOf(type: CType, offset = 0): readonly Leaf[] {
  switch (type.kind) {
    case "bool":
    case "int":
    case "pointer":
      return [{ kind: "integer", offset, size: sizeOf(type) }];
    case "float":
      return [{ kind: "float", offset, size: type.bits / 8 }];
    case "complex": {
      const size = type.bits / 16;
      return [0, size].map((at) => ({ kind: "float", offset: offset + at, size }) as const);
    }
    case "array": {
      const stride = sizeOf(type.of);
      return Array.from({ length: type.length }, (_, i) => leavesOf(type.of, offset + i * stride)).flat();
    }
    case "struct":
    case "union":
      return [
        ...type.fields.flatMap(({ type: of, offset: at, bits }) =>
          bits === undefined ? leavesOf(of, offset + at) : bytesOf({ offset: at, bits }, offset),
        ),
        // GCC counts those without a name, Clang for x86-64 does not
        ...(type.unnamed ?? []).flatMap((bits) => bytesOf(bits, offset)),
      ];
    case "void":
    case "opaque":
    case "function":
      throw new Error(`internal error: ${type.kind} in an aggregate`);
    default:
      return assertNever(type);
  }
}
