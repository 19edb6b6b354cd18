// Programs follow from their seed alone, and are made of everything that they are said to be made of.
import { describe, expect, it } from "vitest";
import { inexactMath } from "./generate/literals.ts";
import { programOf } from "./generate/program.ts";
import { filetestText } from "./program.ts";

const textOf = (seed: number) => filetestText(programOf(seed), "f", "", []);

describe("random programs", () => {
  it("are the same for the same seed", () => {
    const before = Array.from({ length: 50 }, (_, seed) => textOf(seed));
    const after = Array.from({ length: 50 }, (_, seed) => textOf(49 - seed)).reverse();
    expect(after).toEqual(before);
    expect(new Set(before).size).toBe(50);
  });

  const texts = Array.from({ length: 600 }, (_, seed) => textOf(seed));
  const constructs: Readonly<Record<string, RegExp>> = {
    "every width of integers": /int8.*uint8|uint8.*int8/s,
    float32: /float32/,
    "size_t and intp": /size_t|intp/,
    bigints: /asIntN\(64/,
    "division of bigints": /asU?IntN\(6[34], .*\) [/%] /,
    "division of bigints by what was tested": /!== 0n \? \(.* [/%] \w+\) :/,
    "objects in variables": /let v\d+ = \(.*\{ x: .*, y: /,
    "objects taken apart": /const \{ x: v\d+, y: v\d+ \} =/,
    "objects stored in structures": /u\[[^=]*\] = .*\{ [xy]: /,
    "functions that give objects": /\bmake_xy\(/,
    "functions that take objects": /\bjoin_reim\(/,
    "inner functions that give objects": /=> \{ .*return \(\{ re: /,
    "complex arithmetic": /complex\.mul\(/,
    "complex memory": /CPointer\(complex(?:64|128)\)/,
    "recursive inner functions": /const (v\d+) = \(v\d+, v\d+\) => .*\b\1\(v\d+ - 1/s,
    booleans: /let v\d+ = \(|flag/,
    "void functions": /^\/\/# void/m,
    "views of one dimension": /carray\(\w, 8\)/,
    "views of two dimensions": /farray\(\w, \[\d, \d\]\)/,
    "for..of": /for \(const \w+ of /,
    "rows taken apart": /for \(const \[\w+, \w+\] of/,
    structures: /struct\("Cell"/,
    "structures in structures": /\.inner\./,
    "arrays in structures": /\.list\[/,
    switch: /switch \(/,
    labels: /continue L/,
    "do loops": /do \{/,
    exceptions: /throw new RangeError/,
    "inner functions": /const v\d+ = \(v?\d*/,
    recursion: /const (f\d) = \(n, a\) => .*\b\1\(n - 1/,
    "mutual recursion": /const f\d = \(n, a\) => .*\bg\d\(n - 1/,
    "compiled functions that are called": /cfunc\("float64/,
    "captured arrays": /TABLE\[/,
    "swaps by destructuring": /^\s*\[\w+, .*\] = \[/m,
    "functions with inexact results": new RegExp(`Math.(?:${inexactMath.join("|")})\\(`),
  };
  it.each(Object.entries(constructs))("hold %s", (_, pattern) => {
    expect(texts.filter((text) => pattern.test(text)).length).toBeGreaterThan(3);
  });
});
