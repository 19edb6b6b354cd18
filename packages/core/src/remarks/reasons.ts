// Why LLVM did not vectorise a loop, in words of the source. What is not known here is passed on in LLVM's own words.

export interface Reason {
  readonly why: string;
  readonly help: string | undefined;
}

/** A part of LLVM's message, what it means, and what to do. The first that fits is taken. */
const known: readonly (readonly [RegExp, string, string | undefined])[] = [
  [
    /reorder floating-point operations/,
    "doubles are added or multiplied in their order, which the result depends on",
    "sum into several variables and add them up after the loop, or sum integers",
  ],
  [
    /call instruction cannot be vectorized|instruction return type cannot/,
    "it calls a function that works on one value at a time",
    "split the loop: what needs no call is vectorised in a loop of its own",
  ],
  [
    /unsafe dependent memory operations|loop carried data dependence|Dependence/i,
    "an iteration may need what an earlier one has written",
    "read from one pointer and write through another",
  ],
  [
    /loop.invariant address/,
    "every iteration may write to the same place in memory",
    "keep the value in a variable and write it after the loop",
  ],
  [
    /cannot identify array bounds|unsafe to reorder memory|runtime pointer checks/i,
    "pointers may point into the same memory, and that cannot be checked before the loop",
    "index with the loop's counter",
  ],
  [
    /potentially faulting load|early exit/i,
    "it can end early, and reading ahead might touch memory that is not there",
    "run to the end and keep what was found, where the whole array may be read",
  ],
  [
    /number of loop iterations|uncountable|induction variable/i,
    "how often it runs is not known when it starts",
    "count with `for (let i = 0; i < n; i++)`, without `break`",
  ],
  [
    /identified as reduction/,
    "a value that each iteration makes from the last one is used after the loop",
    "sums, products, bitwise operations, minimum and maximum can be vectorised",
  ],
  [
    /control flow|switch|if-conversion/i,
    "its branches cannot be turned into selections",
    "`test ? a : b` with simple sides can",
  ],
  [/not beneficial|cost-model/, "vectors would not be faster, by LLVM's estimate", undefined],
];

/** Whether LLVM says that it did vectorise. */
export const isVectorized = (remark: string): boolean => remark.startsWith("vectorized loop");

/** The reason that remarks on one loop give; undefined where they say nothing about vectors. */
export function reasonOf(remarks: readonly string[]): Reason | undefined {
  const about = remarks.filter((remark) => /^loop not vectorized|vectorization is not beneficial/.test(remark));
  for (const [pattern, why, help] of known) {
    if (about.some((remark) => pattern.test(remark))) return { why, help };
  }
  const [said] = about.filter((remark) => remark.includes(":"));
  if (said !== undefined) return { why: `LLVM says: ${said.replace("loop not vectorized: ", "")}`, help: undefined };
  return about.length > 0 ? { why: "LLVM gives no reason", help: undefined } : undefined;
}
