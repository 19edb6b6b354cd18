// Mistakes that are planted in the compiler to see that the fuzzer finds them. Each is one place in one file of `src`,
// which stays as it is: the text is replaced while a worker is built. A mutant whose text is no longer there exactly
// once fails its test, and is to be written anew.

export interface Mutant {
  readonly name: string;
  /** What is wrong with it, in a sentence. */
  readonly about: string;
  /** Relative to `src`. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly original: string;
  readonly mistake: string;
}

export const mutants: readonly Mutant[] = [
  {
    name: "positive-zero-product",
    about: "the product of 0 and a negative number is taken for 0 where it is -0",
    file: "check/number-interval.ts",
    original: "    (mayBeZero(a) && b.lo < 0) ||\n    (mayBeZero(b) && a.lo < 0) ||\n",
    mistake: "",
  },
  {
    name: "join-without-nan",
    about: "where two paths meet, the interval forgets that one of them gives NaN",
    file: "check/fact.ts",
    original: "    a.nan || b.nan,\n",
    mistake: "    a.nan,\n",
  },
  {
    name: "register-too-narrow",
    about: "unsigned integers of 32 bits are held in registers of signed ones",
    file: "check/representation.ts",
    original: "if (within(fact, INT32_MIN, INT32_MAX))",
    mistake: "if (within(fact, INT32_MIN, 2 * INT32_MAX + 1))",
  },
  {
    name: "signed-shift",
    about: "`>>>` copies the sign bit, as `>>` does",
    file: "lower/numbers.ts",
    original: '">>>": "lshr"',
    mistake: '">>>": "ashr"',
  },
  {
    name: "store-without-wrapping",
    about: "a double that is stored as an integer of up to 32 bits is converted as the processor does, not modulo 2^32",
    file: "lower/numbers.ts",
    original: "  if (fits(2 ** 63)) return",
    mistake: "  return",
  },
  {
    name: "unsigned-load",
    about: "small signed integers are widened with zeros when they are read",
    file: "lower/ctype.ts",
    original: 'b.convert(type.signed ? "sext" : "zext", value, "i32")',
    mistake: 'b.convert("zext", value, "i32")',
  },
  {
    name: "remainder-by-zero",
    about: "the interval of a remainder forgets the NaN of a zero divisor, at which a processor ends the process",
    file: "check/number-interval.ts",
    original: "a.nan || b.nan || mayBeZero(b) || infinite(a);",
    mistake: "a.nan || b.nan || infinite(a);",
  },
];
