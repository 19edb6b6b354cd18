// Performance remarks against what the code turns out to be: the representation in the IR, the multiplications in it, and
// the vectors in what LLVM made of it.
import { describe, expect, it } from "vitest";
import { CFuncError } from "../../src/diagnostics/error.ts";
import { renderDiagnostics } from "../../src/diagnostics/render.ts";
import { type CFuncMembers, carray, cfunc } from "../../src/index.ts";
import { compiledOf } from "../fuzz/differential.ts";
import { programOf } from "../fuzz/generate/program.ts";

type Remarked = Pick<CFuncMembers<unknown>, "remarks" | "inspectIR" | "inspectLLVM">;

const codesOf = (f: Remarked): string[] => f.remarks().map(({ code }) => code);
const whyOf = (f: Remarked, code: string): (string | undefined)[] =>
  f
    .remarks()
    .filter((note) => note.code === code)
    .map(({ primary, related }) => related?.[0]?.message ?? primary?.message);
/** Runners space the text of a function differently. */
const withoutSpaces = (text: string): string => text.replaceAll(/(?<=\W)\s+|\s+(?=\W)/g, "");
/** The text that a note is about. */
const textOf = (f: Remarked, code: string): string[] =>
  f
    .remarks()
    .filter((note) => note.code === code)
    .map(({ primary }) => withoutSpaces(primary?.source.text.slice(primary.span.start, primary.span.end) ?? ""));

describe("variables held as doubles", () => {
  const growing = cfunc("float64(int32)", (n) => {
    let x = 1;
    for (let i = 0; i < n; i++) x = x * 3;
    return x;
  });

  it("are named where they are declared, with the expression responsible", () => {
    expect(textOf(growing, "CF6001")).toEqual(["x"]);
    const [note] = growing.remarks().filter(({ code }) => code === "CF6001");
    const [cause] = note?.related ?? [];
    expect(withoutSpaces(cause?.source.text.slice(cause.span.start, cause.span.end) ?? "")).toBe("x*3");
    expect(cause?.message).toBe("this may leave the safe integers: 3 to Infinity");
    expect(growing.inspectIR()).toMatch(/fmul/);
  });

  it.each([
    [
      "a fraction",
      cfunc("float64(int32)", (n) => {
        let x = n;
        if (n > 9) x = x / 2;
        return x;
      }),
      "this may have a fraction",
    ],
    [
      "NaN",
      cfunc("float64(int32, int32)", (a, b) => {
        let x = a;
        if (a > 9) x = a % b;
        return x;
      }),
      "this may be NaN",
    ],
    [
      "-0",
      cfunc("float64(int32)", (n) => {
        let x = n;
        if (n < 9) x = -x;
        return x;
      }),
      "this may be -0",
    ],
    [
      "a fraction through another variable",
      cfunc("float64(int32)", (n) => {
        let x = n;
        let y = 0;
        if (n > 9) {
          y = n / 2;
          x = y;
        }
        return x;
      }),
      "this may have a fraction",
    ],
  ] as const)("because of %s", (_, f, why) => {
    expect(new Set(whyOf(f, "CF6001"))).toEqual(new Set([why]));
  });

  it("are not mentioned where they are meant to be doubles", () => {
    const sum = cfunc("float64(CPointer(const float64), intc)", (p, n) => {
      const a = carray(p, n);
      let total = 0;
      for (let i = 0; i < n; i++) total += a[i] * 0.5;
      return Math.sqrt(total);
    });
    const wave = cfunc("float64(float64, int32)", (x, n) => {
      let y = 0;
      if (n > 0) y = Math.sin(x);
      return y;
    });
    expect(codesOf(sum)).not.toContain("CF6001");
    expect(codesOf(wave)).toEqual([]);
  });

  it("are not mentioned where they take what is declared as a fraction", () => {
    const f = cfunc("float64(int32)", (n) => {
      const half = n / 2;
      let x = 0;
      if (n > 9) x = half;
      return x;
    });
    expect(codesOf(f)).toEqual([]);
  });

  it("are not mentioned where they are integers", () => {
    const count = cfunc("int32(CPointer(const int32), intc)", (p, n) => {
      let positive = 0;
      for (let i = 0; i < n; i++) if (p[i] > 0) positive++;
      return positive;
    });
    expect(codesOf(count)).toEqual([]);
    expect(count.inspectIR()).not.toMatch(/f64/);
  });
});

describe("products computed as doubles", () => {
  it.each([
    ["| 0", cfunc("int32(int32, int32)", (a, b) => (a * b) | 0), "a*b"],
    [">>> 0 of a sum", cfunc("uint32(int32, int32)", (a, b) => (7 + a * b) >>> 0), "a*b"],
    ["% of a product", cfunc("int32(int32, int32, int32)", (a, b, m) => ((a * b) % m) | 0), "a*b"],
    ["a narrow result", cfunc("int16(int32, int32)", (a, b) => a * b), "a*b"],
    [
      "a narrow store",
      cfunc("void(CPointer(int32), int32, int32)", (p, a, b) => {
        p[0] = a * b;
      }),
      "a*b",
    ],
    ["the innermost of two", cfunc("int32(int32, int32, int32)", (a, b, c) => (a * b * c) | 0), "a*b"],
  ] as const)("are found in %s", (_, f, text) => {
    expect(textOf(f, "CF6002")).toEqual([text]);
    expect(f.inspectIR()).toMatch(/fmul/);
  });

  it.each([
    ["a small factor", cfunc("int32(int32)", (a) => (a * 31) | 0)],
    ["Math.imul", cfunc("int32(int32, int32)", (a, b) => Math.imul(a, b))],
    ["bytes", cfunc("int32(uint8, uint8)", (a, b) => (a * b) | 0)],
  ] as const)("are not seen where there are none: %s", (_, f) => {
    expect(codesOf(f)).toEqual([]);
    expect(f.inspectIR()).not.toMatch(/fmul/);
  });

  it("are not mentioned where the double is wanted", () => {
    expect(codesOf(cfunc("float64(int32, int32)", (a, b) => a * b))).toEqual([]);
    expect(codesOf(cfunc("int32(float64, int32)", (a, b) => (a * b) | 0))).toEqual([]);
  });
});

describe("loops", () => {
  const hasVectors = (f: Remarked): boolean => /<\d+ x (?:i\d+|float|double)>/.test(f.inspectLLVM());

  it.each([
    [
      "copy",
      cfunc("void(CPointer(const int32), CPointer(int32), intc)", (p, q, n) => {
        for (let i = 0; i < n; i++) q[i] = p[i] + 1;
      }),
    ],
    [
      "wrapped sum",
      cfunc("int32(CPointer(const int32), intc)", (p, n) => {
        let s = 0;
        for (let i = 0; i < n; i++) s = (s + p[i]) | 0;
        return s;
      }),
    ],
    [
      "nest",
      cfunc("void(CPointer(float64), intc, intc)", (p, m, n) => {
        const a = carray(p, [m, n]);
        for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) a[i][j] *= 2;
      }),
    ],
    [
      "over rows",
      cfunc("void(CPointer(float32), intc)", (p, n) => {
        for (const row of carray(p, [n, 1000])) for (let j = 0; j < 1000; j++) row[j] = 1;
      }),
    ],
  ] as const)("with vectors are not mentioned: %s", (_, f) => {
    expect(hasVectors(f)).toBe(true);
    expect(codesOf(f)).toEqual([]);
  });

  it.each([
    [
      "float sum",
      cfunc("float64(CPointer(const float64), intc)", (p, n) => {
        let s = 0;
        for (let i = 0; i < n; i++) s += p[i];
        return s;
      }),
      /in their order/,
    ],
    [
      "recurrence",
      cfunc("void(CPointer(int32), intc)", (p, n) => {
        for (let i = 1; i < n; i++) p[i] = (p[i] ^ (p[i - 1] >> 3)) | 0;
      }),
      /earlier one has written/,
    ],
    [
      "while",
      cfunc("int32(int32)", (n) => {
        let c = 0;
        while (n > 1) {
          n = n & 1 ? (n + 7) >> 1 : n >> 1;
          c++;
        }
        return c;
      }),
      /how often it runs/,
    ],
    [
      "search",
      cfunc("int32(CPointer(const int32), intc)", (p, n) => {
        for (let i = 0; i < n; i++) if (p[i] === 7) return i;
        return -1;
      }),
      /end early|how often it runs/,
    ],
    [
      "do",
      cfunc("int32(int32)", (n) => {
        let c = 0;
        do {
          n = n & 1 ? (n + 7) >> 1 : n >> 1;
          c++;
        } while (n > 1);
        return c;
      }),
      /how often it runs/,
    ],
  ] as const)("without vectors are, with a reason: %s", (_, f, why) => {
    expect(hasVectors(f)).toBe(false);
    expect(codesOf(f)).toEqual(["CF6003"]);
    expect(whyOf(f, "CF6003")[0]).toMatch(why);
    expect(textOf(f, "CF6003")[0]).toMatch(/^(?:for|while)\(.*\)$|^do$/);
  });

  it("have the reason that stands before them", () => {
    const f = cfunc("float64(CPointer(const float64), float64, intc)", (p, first, n) => {
      let total = first * 2;
      for (let i = 0; i < n; i++) total = p[i] * total + 1;
      return total;
    });
    expect(whyOf(f, "CF6003")).toEqual(["a value that each iteration makes from the last one is used after the loop"]);
  });

  it("are told apart where one of two has vectors", () => {
    const f = cfunc("float64(CPointer(float64), intc)", (p, n) => {
      for (let i = 0; i < n; i++) p[i] = p[i] * 2;
      let total = 0;
      for (let j = 0; j < n; j++) total += p[j];
      return total;
    });
    expect(textOf(f, "CF6003")).toEqual(["for(let j=0;j<n;j++)"]);
  });

  it("of captured functions are found in their own text", () => {
    const collatz = (n: number) => {
      let c = 0;
      while (n > 1) {
        n = n & 1 ? (n + 7) >> 1 : n >> 1;
        c++;
      }
      return c;
    };
    const f = cfunc("int32(int32)", (n) => (n > 0 ? collatz(n) : 0));
    const [note] = f.remarks();
    expect(note?.code).toBe("CF6003");
    expect(note?.primary?.source.text).toBe(String(collatz));
  });
});

it("changes nothing about the code", () => {
  const f = cfunc("int32(int32, int32)", (a, b) => (a * b) | 0);
  const before = f.inspectLLVM();
  expect(f(3, 4)).toBe(12);
  expect(f.remarks().length).toBe(1);
  expect(f.remarks()).toEqual(f.remarks());
  expect(f.inspectLLVM()).toBe(before);
  expect(f(3, 4)).toBe(12);
});

it("are given for any program that compiles", () => {
  let compiled = 0;
  let remarked = 0;
  for (let seed = 1; seed <= 60; seed++) {
    try {
      const f = compiledOf(programOf(seed)) as unknown as Remarked;
      f.inspectIR();
      compiled++;
      const text = renderDiagnostics(f.remarks());
      if (text !== "") remarked++;
      expect(text).toMatch(/^(?:note\[CF600[123]\]: |$)/);
    } catch (error) {
      // refused: random programs may mix kinds
      if (!(error instanceof CFuncError) || error.code === "CF4010") throw error;
    }
  }
  expect(compiled).toBeGreaterThan(30);
  expect(remarked).toBeGreaterThan(10);
}, 60_000);
