// What a JavaScript value becomes as a C result: the rules of TypedArray stores, by JavaScript's own operations and
// DataViews. Written apart from the compiler, which it judges. Pure.
import type { CType } from "@cfunc/core/contract";

type Scalar = number | bigint | boolean | undefined;

/** Throws TypeError where JavaScript has no such conversion. */
export function coerce(type: CType, value: unknown): Scalar {
  switch (type.kind) {
    case "void":
      return undefined;
    case "bool":
      return Boolean(value);
    case "float":
      return type.bits === 32 ? Math.fround(Number(value)) : Number(value);
    case "int": {
      if (type.js === "bigint") {
        if (typeof value !== "bigint") throw new TypeError(`a ${typeof value} is no ${type.name}`);
        return type.signed ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value);
      }
      if (typeof value !== "number") throw new TypeError(`a ${typeof value} is no ${type.name}`);
      if (!Number.isFinite(value)) return 0;
      const whole = BigInt(Math.trunc(value));
      return Number(type.signed ? BigInt.asIntN(type.bits, whole) : BigInt.asUintN(type.bits, whole));
    }
    default:
      throw new TypeError(`no rule for ${type.kind}`);
  }
}
