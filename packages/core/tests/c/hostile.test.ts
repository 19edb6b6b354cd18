// Text that is no header, or one that means harm: an answer or a diagnostic, soon, never anything else.
import { describe, expect, test } from "vitest";
import { parseHeader } from "../../src/c/index.ts";
import { CFuncError } from "../../src/diagnostics/error.ts";
import { printSignature } from "../../src/types/print.ts";
import { preprocess } from "../types/gcc.ts";
import { random } from "../types/records.ts";

/** Whether the text was read; anything but a diagnostic fails the test. Everything that was read can be printed. */
function read(text: string): boolean {
  try {
    for (const one of parseHeader(text).declarations.values())
      if (one.kind === "function") printSignature(one.signature);
    return true;
  } catch (error) {
    if (!(error instanceof CFuncError)) throw new Error(`${String(error)} for ${JSON.stringify(text.slice(0, 2000))}`);
    expect(error.diagnostics[0]?.primary, error.message).toBeDefined();
    return false;
  }
}

const header = preprocess("#include <zlib.h>\n#include <sqlite3.h>\n");
const lines = header.split("\n");
const words = [...new Set(header.match(/\w+|[^\s\w]+/g))].concat([
  "struct",
  "enum",
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  ":",
  "?",
  "*",
  "#",
  '"',
  "'",
  "/*",
]);

describe("mutated headers", () => {
  const pick = random(5);
  const word = () => words[pick(words.length)] ?? "";
  const piece = () => {
    const at = pick(lines.length);
    return lines.slice(at, at + 1 + pick(30)).join("\n");
  };
  const mutations: readonly ((text: string) => string)[] = [
    (text) => text.slice(0, pick(text.length + 1)),
    (text) => text.slice(pick(text.length + 1)),
    (text) => {
      const at = pick(text.length + 1);
      return text.slice(0, at) + text.slice(at + pick(20));
    },
    (text) => {
      const at = pick(text.length + 1);
      return `${text.slice(0, at)} ${word()} ${text.slice(at)}`;
    },
    (text) => text.replace(/\w+/g, (found) => (pick(20) === 0 ? word() : found)),
    (text) => {
      const at = pick(text.length + 1);
      return text.slice(0, at) + String.fromCharCode(pick(0x3000)) + text.slice(at);
    },
  ];

  test("2,000 of them", () => {
    let good = 0;
    for (let i = 0; i < 2000; i++) {
      let text = piece();
      for (let k = pick(4); k >= 0; k--) text = mutations[pick(mutations.length)]?.(text) ?? text;
      if (read(text)) good++;
    }
    expect(good).toBeGreaterThan(50);
    expect(good).toBeLessThan(1950);
  });

  test("1,000 texts of random words and of random characters", () => {
    for (let i = 0; i < 500; i++) {
      read(Array.from({ length: pick(60) }, word).join(" "));
      read(Array.from({ length: pick(200) }, () => String.fromCharCode(pick(256))).join(""));
    }
  });

  test("a whole header that ends too soon, at 60 places", () => {
    for (let i = 0; i < 60; i++) read(header.slice(0, Math.floor((header.length * i) / 60)));
  });
});

describe("large and deep", () => {
  const many = 10_000;
  test.each<[string, string]>([
    ["parentheses", `int a[${"(".repeat(many)}1${")".repeat(many)}];`],
    ["parentheses in a declarator", `int ${"(".repeat(many)}x${")".repeat(many)};`],
    ["stars", `int ${"*".repeat(many)}x;`],
    ["functions that return functions", `int ${"(*f".repeat(many)}`],
    ["structures", `${"struct {".repeat(many)} int x; ${"} y;".repeat(many)}`],
    ["minus signs", `enum { a = ${"- ".repeat(many)}1 };`],
    ["conditions", `enum { a = ${"1 ? 2 : ".repeat(many)}1 };`],
    ["dimensions", `int x${"[2]".repeat(many)};`],
    ["typeof", `${"typeof(".repeat(many)}int`],
    ["attributes", `int x __attribute__((${"aligned(".repeat(many)}`],
    ["brackets", "[({".repeat(many)],
    ["open comments", "/*".repeat(many)],
    ["quotes", `${'"'.repeat(many)}\\`],
    [
      "a chain of typedefs",
      Array.from({ length: many }, (_, i) => `typedef ${i === 0 ? "int" : `t${i - 1}`} *t${i};`).join("\n"),
    ],
    [
      "structures in structures, by name",
      Array.from({ length: many }, (_, i) => `struct s${i} { ${i === 0 ? "int" : `struct s${i - 1}`} x; };`).join("\n"),
    ],
    [
      "types that double",
      Array.from({ length: 100 }, (_, i) => `typedef void (*f${i})(${i === 0 ? "int" : `f${i - 1}, f${i - 1}`});`).join(
        "\n",
      ),
    ],
    [
      "a size without end",
      Array.from({ length: 30 }, (_, i) => `typedef ${i === 0 ? "char" : `a${i - 1}`} a${i}[1000];`).join("\n"),
    ],
    ["a length of many digits", `int x[${"9".repeat(many)}];`],
    ["a shift without end", "enum { a = 1 << 1000000000 };"],
  ])("%s: refused", (_, text) => {
    const start = performance.now();
    expect(read(text)).toBe(false);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test("a sum of 100,000 terms, an enumeration of 50,000 constants, a function of 5,000 parameters", () => {
    expect(read(`int x[${"1+".repeat(100_000)}1];`)).toBe(true);
    expect(read(`enum { ${Array.from({ length: 50_000 }, (_, i) => `c${i}`).join(", ")} };`)).toBe(true);
    expect(read(`void f(${Array.from({ length: 5000 }, (_, i) => `int *p${i}`).join(", ")});`)).toBe(true);
  });

  const megabytes = process.env.CFUNC_FULL === "1" ? 5 : 1;
  test(`${megabytes} MB of header within seconds`, { timeout: 60_000 }, () => {
    const copy = (i: number) =>
      `struct s${i} { int n : 3; struct s${i} *next; char name[sizeof(long) * ${1 + (i % 9)}]; } __attribute__((packed));\n` +
      `extern double f${i}(const struct s${i} *p, int (*compare)(const void *, const void *), size_t n, ...) __attribute__((nonnull(1)));\n`;
    let text = "";
    for (let i = 0; text.length < megabytes * 1e6; i++) text += copy(i);
    const start = performance.now();
    expect(read(text)).toBe(true);
    expect(performance.now() - start).toBeLessThan(megabytes * 5000);
  });
});
