// Codes whose page shows no failing example, each with the reason. Every other code must be produced by its page.

export interface Exemption {
  readonly reason: string;
  /** The test that produces the code by other means, from the folder of tests. */
  readonly test: string;
}

export const exempt: Readonly<Record<string, Exemption>> = {
  CF3001: {
    reason: "a mistake of the compiler, not of its user",
    test: "diagnostics-pages/internal.test.ts",
  },
  CF4001: {
    reason: "needs a machine that has no libLLVM in any of the places",
    test: "llvm/find.test.ts",
  },
  CF4003: {
    reason: "needs another operating system or processor",
    test: "llvm/find.test.ts",
  },
  CF4010: {
    reason: "a mistake of the compiler, not of its user",
    test: "llvm/jit.test.ts",
  },
};
