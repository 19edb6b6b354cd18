// The declaration parser against the C compiler: the same specifiers are valid, the same prototypes mean the same.
import { describe, expect, test } from "vitest";
import { parsePrototype } from "../../src/c/index.ts";
import { CFuncError } from "../../src/diagnostics/error.ts";
import { float64, intc, struct } from "../../src/types/index.ts";
import { sizeOf } from "../../src/types/layout.ts";
import { printSignature } from "../../src/types/print.ts";
import { parsePrototype as parseDeclared } from "../../src/types/signature-parser.ts";
import { errorLines, headers, inC, runC } from "../types/gcc.ts";

const words = ["signed", "unsigned", "short", "long", "int", "char", "double", "float"];

/** Every sequence of one to three specifier words. */
function sequences(): string[] {
  const two = words.flatMap((a) => words.map((b) => `${a} ${b}`));
  return [...words, ...two, ...two.flatMap((pair) => words.map((c) => `${pair} ${c}`)), "long long unsigned int"];
}

function codeOf(text: string): string | undefined {
  try {
    parsePrototype(text);
    return undefined;
  } catch (error) {
    if (error instanceof CFuncError) return error.code;
    throw error;
  }
}

describe("specifiers", () => {
  const all = sequences();
  const wrong = errorLines(all.map((type, i) => `extern ${type} v${i};`).join("\n"));

  test("the combinations that C allows are the ones that parse", () => {
    expect(wrong.size).toBeGreaterThan(400);
    for (const [i, type] of all.entries()) {
      const code = codeOf(`void(${type})`);
      if (wrong.has(i + 1)) expect(code, type).toBe("CF1101");
      else
        expect(code === undefined || (code === "CF1103" && /long/.test(type) && /double/.test(type)), type).toBe(true);
    }
  });

  test("and they have C's size and sign", () => {
    const valid = all.filter((type, i) => !wrong.has(i + 1) && codeOf(`void(${type})`) === undefined);
    expect(valid.length).toBeGreaterThan(40);
    const prints = valid.map((type) => `printf("${type} %zu %d\\n", sizeof(${type}), (${type})-1 < (${type})0);`);
    const ours = valid.map((text) => {
      const type = parsePrototype(`${text} f(void)`).signature.result;
      return `${text} ${sizeOf(type)} ${type.kind === "float" || (type.kind === "int" && type.signed) ? 1 : 0}\n`;
    });
    expect(ours.join("")).toBe(runC(`${headers}int main(void) { ${prints.join("\n")} return 0; }`));
  });
});

const prototypes = [
  "double f(double x, int n)",
  "void f(void)",
  "int f()",
  "const char *f(const char *restrict text, char const *other, char *const fixed)",
  "char **f(char *const *argv, const char *const *names)",
  "double quad(double (*f)(double, void *), void *data, double a, double b)",
  "double f(double g(double), int h(void))",
  "void f(double a[], const double b[3], double c[3][4], int n, float d[][2])",
  "void f(double (*rows)[4], int *pointers[3])",
  "int printf(const char *format, ...);",
  "extern long unsigned int f(unsigned char c, long int signed i, _Bool b)",
  "void *f(void *p, void **q, const void *r)",
  "double f(const struct Point *p, struct Point q, size_t n)",
  "struct Point f(struct Point (*make)(int n, double *), intptr_t i)",
  "void qsort(void *base, size_t n, size_t size, int (*compare)(const void *, const void *))",
  "int f(int (*(*nested)(int (*)(void)))(double))",
  "int (f)(int x)",
  "float /* result */ f(volatile int *v, // a comment\n int32_t w)",
];
const Point = struct("Point", { x: float64, n: intc });

describe("prototypes", () => {
  test("mean to the parser what they mean to the C compiler", () => {
    const checks = prototypes.map((text, i) => {
      const { name = "f", signature } = parseDeclared(text, { Point });
      // Only top-level qualifiers differ, which do not count in a function's type; volatile is dropped on purpose.
      const c = text.replace(/;$/, "").replaceAll("volatile ", "");
      const renamed = c.replace(new RegExp(`\\b${name}\\b`), `f${i}`).replace(`f${i}()`, `f${i}(void)`);
      const ours = inC({ kind: "function", signature });
      return `${renamed};\n_Static_assert(__builtin_types_compatible_p(__typeof__(f${i}), ${ours}), "${i}");`;
    });
    expect(
      runC(`${headers}struct Point { double x; int n; };\n${checks.join("\n")}\nint main(void) { return 0; }`),
    ).toBe("");
  });

  test("keep the names of the function and of its parameters", () => {
    const { name, signature } = parseDeclared("double norm(const struct Point *p, size_t n, int)", { Point });
    expect(name).toBe("norm");
    expect(signature.params.map((param) => param.name)).toEqual(["p", "n", undefined]);
    expect(printSignature(signature)).toBe("float64(CPointer(const Point), size_t, int32)");
  });

  test.each([
    ["double f(double", 15, 15, "expected `,` or `)` at the end"],
    ["double f(double x y)", 18, 19, "expected `,` or `)` before `y`"],
    ["double f(double) {", 17, 18, "unexpected `{`"],
    ["double f(..., int)", 12, 13, "`...` must come last"],
    ["double f(...)", 8, 9, "needs a parameter before it"],
    ["double f(struct)", 15, 16, "expected the name of a structure"],
    ["double f(int n[][])", 16, 18, "needs its length"],
    ["double f(unsigned double)", 9, 24, "not a C type"],
    ["double f[3](int)", 8, 11, "no array of float64(int32)"],
    ["double f(int)(int)", 8, 13, "cannot return float64(int32)"],
    ["double (*f)(int)", 0, 16, "pointer to a function, not a function"],
    ["double f", 8, 8, "expected `(` and the parameter types at the end"],
    ["double f(void v)", 9, 15, "cannot be void"],
    ["", 0, 0, "expected a type at the end"],
    ["double f(int € x)", 13, 14, "expected `,` or `)` before `€`"],
  ])("%j: the span of the mistake", (text, start, end, message) => {
    let caught: unknown;
    try {
      parsePrototype(text);
    } catch (error) {
      caught = error;
    }
    if (!(caught instanceof CFuncError)) throw new Error(`no diagnostic but ${String(caught)}`);
    expect(caught.diagnostics[0]?.primary?.span).toEqual({ start, end });
    expect(caught.message).toContain(message);
  });

  test("deep nesting is a diagnostic, not an overflow of the stack", () => {
    for (const open of ["(", "(*", "int(", "int[", "CPointer("]) {
      expect(() => parseDeclared(`int f(int ${open.repeat(100_000)}`)).toThrow(CFuncError);
    }
  });
});
