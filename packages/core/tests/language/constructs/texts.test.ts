// Literal texts: as C strings in calls of C functions, and in console.log, whose output a process of its own collects.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { load } from "../../../src/index.ts";
import { agree, compile, evaluate, refused } from "./agree.ts";

const { strlen, atoi, strcmp } = load("libc.so.6", {
  strlen: "size_t(CPointer(const char))",
  atoi: "int32(CPointer(const char))",
  strcmp: "int32(CPointer(const char), CPointer(const char))",
});
const scope = { strlen, atoi, strcmp };

test("arguments of C functions, in UTF-8", () => {
  // the same functions are called by V8 with JavaScript strings
  for (const source of [
    "(x) => strlen('') + strlen('abc') * 10 + strlen('h\\u00e9llo \\u{1f600}') * 100 + x",
    "(x) => { let s = 0; for (let i = 0; i < 3; i++) s += atoi('42') + atoi('-7') * i; return s + x; }",
    "(x) => (strcmp('same', 'same') === 0 ? 1 : 2) + (strcmp('a', 'b') < 0 ? 10 : 20) + x",
    "(x) => { const size = () => strlen('inner'); switch (size()) { case 5: return x; default: return -1; } }",
  ])
    agree(compile("float64(int32)", evaluate(source, scope)), [[0], [5]]);
});

/** What compiled code printed, run in a process of its own. */
function printed(
  signature: string,
  source: string,
  args: string,
): { readonly lines: string[]; readonly error: string } {
  const core = fileURLToPath(new URL("../../../src/index.ts", import.meta.url));
  const text = `import { cfunc } from ${JSON.stringify(core)}; const die = () => { throw new Error("died"); }; const f = cfunc(${JSON.stringify(signature)}, ${source}); f(${args});`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", text], {
    encoding: "utf8",
  });
  return { lines: stdout.split("\n").slice(0, -1), error: stderr };
}

test("console.log prints the values that V8 would", () => {
  const source =
    "(u, i, f, n, b) => { console.log('u', u, i, n, b, !b, u / 3n); console.log(); console.log('%d %s', 5, 0.5, f, -2147483648, n * n, 'é'); console.log(f * 0); }";
  const { lines } = printed(
    "void(uint64, int64, float64, int32, bool)",
    source,
    "2n ** 64n - 1n, -(2n ** 63n), 0.1, -5, true",
  );
  expect(lines).toEqual([
    "u 18446744073709551615 -9223372036854775808 -5 true false 6148914691236517205",
    "",
    "%d %s 5 0.5 0.10000000000000001 -2147483648 25 é",
    "0",
  ]);
});

test("console.log computes everything before it prints anything", () => {
  const source =
    "(x) => { const f = () => { console.log('inner'); return 1; }; console.log('outer', f()); console.log('never', x > 0 ? die() : 1); return 0; }";
  const { lines, error } = printed("int32(int32)", source, "1");
  expect(lines).toEqual(["inner", "outer 1"]);
  expect(error).toContain("Error: died");
});

test.each([
  ["a NUL in a C string", "(x) => strlen('a\\0b')", "CF2011 'a\\0b'"],
  ["half a surrogate pair", "(x) => strlen('\\ud800')", "CF2011 '\\ud800'"],
  ["texts in variables", "(x) => { const s = 'abc'; return strlen(s); }", "CF2011 'abc'"],
  ["texts that are chosen", "(x) => strlen(x ? 'a' : 'b')", "CF2011 'a'"],
  ["captured texts", "(x) => strlen(name)", "CF2004 name"],
  ["texts for numbers", "(x) => abs('a')", "CF2017 'a'"],
  ["texts for Math", "(x) => Math.abs('a')", "CF2011 'a'"],
  ["comparing texts", "(x) => ('a' === 'b' ? 1 : 2)", "CF2011 'a'"],
  ["adding texts", "(x) => 'a' + x", "CF2011 'a'"],
  ["templates", "(x) => strlen(`a`)", "CF1302 `a`"],
  ["a NUL in console.log", "(x) => { console.log('a\\0b'); return x; }", "CF2011 'a\\0b'"],
  ["pointers in console.log", "(x) => { console.log(null); return x; }", "CF2011 null"],
  ["objects in console.log", "(x) => { console.log(Math); return x; }", "CF2011 Math"],
  [
    "bigints of more than 64 bits in console.log",
    "(x) => { console.log(9223372036854775807n * BigInt(x)); return x; }",
    "CF2012 9223372036854775807n * BigInt(x)",
  ],
  ["the value of console.log", "(x) => { const y = console.log(x); return x; }", "CF2011 y = console.log(x)"],
  ["console.error", "(x) => { console.error(x); return x; }", "CF2007 console.error"],
])("refuses %s", (_, source, expected) => {
  const abs = compile("int32(int32)", evaluate("(x) => (x < 0 ? -x : x)"));
  expect(refused("float64(int32)", source, { ...scope, abs, name: "text" })).toBe(expected);
});
