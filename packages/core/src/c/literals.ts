// C's literals as values: integers with their C type, floating point numbers, characters, strings. C11 section 6.4.4.
// Knows no operators. Pure.

/** An integer of C: its value, within the type that it has. `int` is the smallest that an expression knows. */
export interface CInteger {
  readonly kind: "integer";
  readonly value: bigint;
  readonly bits: 32 | 64;
  readonly signed: boolean;
}
export interface CFloating {
  readonly kind: "floating";
  readonly value: number;
}
export type CNumber = CInteger | CFloating;

export function integer(value: bigint, bits: 32 | 64 = 32, signed = true): CInteger {
  return { kind: "integer", value: signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value), bits, signed };
}

const integerPattern = /^(?:(0[xX][\da-fA-F]+)|(0[bB][01]+)|(0[0-7]*)|([1-9]\d*))([uUlL]{0,3})$/;
const floatPattern = /^((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[fF]?$/;
const hexFloatPattern = /^0[xX]([\da-fA-F]*)\.?([\da-fA-F]*)[pP]([+-]?\d+)[fF]?$/;

/** The value of a number as C reads it, or undefined where it is none that C knows (or a `long double`). */
export function numberOf(text: string): CNumber | undefined {
  const match = integerPattern.exec(text);
  if (match !== null) {
    const [, hex, binary, octal, decimal, suffix = ""] = match;
    if (!/^(?:u?(?:l|ll)?|(?:l|ll)u)$/i.test(suffix) || /lL|Ll/.test(suffix)) return undefined;
    const digits = hex ?? binary ?? decimal ?? (octal === "0" || octal === undefined ? "0" : `0o${octal.slice(1)}`);
    return typed(BigInt(digits), suffix.toLowerCase(), decimal === undefined);
  }
  if (floatPattern.test(text)) {
    const value = Number(text.replace(/[fF]$/, ""));
    return { kind: "floating", value: /[fF]$/.test(text) ? Math.fround(value) : value };
  }
  const hexFloat = hexFloatPattern.exec(text);
  if (hexFloat === null) return undefined;
  const [, whole = "", fraction = "", exponent = "0"] = hexFloat;
  if (whole + fraction === "" || (whole + fraction).length > 13) return undefined;
  return {
    kind: "floating",
    value: Number(`0x${whole}${fraction}`) * 2 ** (Number(exponent) - 4 * fraction.length),
  };
}

/** The first type that holds the value (C11 section 6.4.4.1): decimal literals without `u` are never unsigned. */
function typed(value: bigint, suffix: string, mayBeUnsigned: boolean): CInteger | undefined {
  const unsigned = suffix.includes("u");
  for (const bits of suffix.includes("l") ? ([64] as const) : ([32, 64] as const)) {
    if (!unsigned && value < 1n << BigInt(bits - 1)) return integer(value, bits);
    if ((unsigned || mayBeUnsigned) && value < 1n << BigInt(bits)) return integer(value, bits, false);
  }
  return undefined;
}

const escapes: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
  e: "\x1b",
  "0": "\0",
};

/** The text between the quotes, its escapes read; undefined where a quote or an escape is wrong. */
export function textOf(literal: string): string | undefined {
  const match = /^(?:u8|[uUL])?(["'])([\s\S]*)\1$/.exec(literal);
  const inside = match?.[2];
  if (inside === undefined) return undefined;
  let wrong = false;
  const text = inside.replace(
    /\\(?:x([\da-fA-F]+)|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|([\s\S])|$)/g,
    (all, hex, u4, u8, octal, one) => {
      const code = hex ?? u4 ?? u8;
      if (code !== undefined || octal !== undefined) {
        const point = code === undefined ? Number.parseInt(octal, 8) : Number.parseInt(code, 16);
        if (point <= 0x10ffff) return String.fromCodePoint(point);
        wrong = true;
        return all;
      }
      const known = escapes[one];
      if (known === undefined && !/^["'?\\]$/.test(one ?? "")) wrong = true;
      return known ?? one ?? "";
    },
  );
  return wrong ? undefined : text;
}

/** The value of a character constant: an `int`, from a `char`, which is signed. */
export function characterOf(literal: string): CInteger | undefined {
  const text = textOf(literal);
  const point = text?.codePointAt(0);
  if (text === undefined || point === undefined || text.length !== String.fromCodePoint(point).length) return undefined;
  const wide = /^[uUL]/.test(literal) && !literal.startsWith("u8");
  if (!wide && point > 0xff) return undefined;
  return integer(wide ? BigInt(point) : BigInt.asIntN(8, BigInt(point)));
}
