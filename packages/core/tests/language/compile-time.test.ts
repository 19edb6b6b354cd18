// Compile time grows with the length of the source, however functions, loops and calls are nested in it. The limits are
// generous: what they exclude is work that doubles with every level, which would take minutes.
import { expect, test } from "vitest";
import { compileText } from "./oracle.ts";

const each = (n: number, part: (i: number) => string, between = " ") =>
  Array.from({ length: n }, (_, i) => part(i)).join(between);

function compileTime(signature: string, text: string): number {
  const started = performance.now();
  const f = compileText(signature, text);
  expect(f.address).toBeGreaterThan(0n);
  f.dispose();
  return performance.now() - started;
}

test.each(Array.from({ length: 12 }, (_, i) => i + 1))("loops in loops, %i deep", (depth) => {
  const counted = each(depth, (i) => `for (let i${i} = 0; i${i} < n; i${i}++) {`);
  const open = each(depth, (i) => `while (s < n * ${i + 2}) { s = s * 1.5 + k; k++;`);
  const close = "}".repeat(depth);
  expect(
    compileTime("float64(int32)", `(n) => { let s = 0; ${counted} s = s * 1.5 + i0; ${close} return s; }`),
  ).toBeLessThan(5_000);
  expect(compileTime("float64(int32)", `(n) => { let s = 0, k = 0; ${open} s += 1; ${close} return s; }`)).toBeLessThan(
    5_000,
  );
});

test.each([4, 8, 12])("functions in functions, %i deep, each called twice", (depth) => {
  let source = "n += k;";
  for (let i = 0; i < depth; i++) {
    source = `const f${i} = (k) => { for (let j = 0; j < k; j++) { ${source} } return n; }; n = (n + f${i}(k) - f${i}(k - 1)) | 0;`;
  }
  expect(compileTime("float64(int32)", `(x) => { let n = 0; const k = x; ${source} return n; }`)).toBeLessThan(15_000);
});

test.each([4, 16, 24])("%i functions that all call each other", (count) => {
  const functions = each(
    count,
    (i) => `const f${i} = (k) => (k <= 0 ? ${i} : ${each(count, (j) => `f${j}(k - ${j + 1})`, " + ")});`,
  );
  expect(compileTime("float64(int32)", `(x) => { ${functions} return f0(x); }`)).toBeLessThan(10_000);
});

test("twenty times as many lines take less than sixty times as long", () => {
  const text = (lines: number) =>
    `(x) => { let s = 0; ${each(lines, (i) => `if (x > ${i}) s += x * ${i};`, "\n")} return s; }`;
  compileTime("float64(float64)", text(10));
  const few = compileTime("float64(float64)", text(100));
  expect(compileTime("float64(float64)", text(2_000))).toBeLessThan(Math.max(60 * few, 5_000));
});
