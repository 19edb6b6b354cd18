import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import type { Diagnostic, Label } from "../../src/diagnostics/diagnostic.ts";
import { CFuncError } from "../../src/diagnostics/error.ts";
import { renderDiagnostics } from "../../src/diagnostics/render.ts";
import { sourceText } from "../../src/diagnostics/source-text.ts";

const sort = sourceText(
  "sort.ts",
  `const sum = cfunc("int64(int64, intp)", (total, count) => {
  // Adds.
  const twice = 2n * total;
  return total + count;
});
`,
);

/** The label on the n-th occurrence (from 0) of a piece of the text. */
function on(source: typeof sort, piece: string, message?: string, n = 0): Label {
  let start = source.text.indexOf(piece);
  for (let i = 0; i < n; i++) start = source.text.indexOf(piece, start + 1);
  if (start < 0) throw new Error(`no ${piece}`);
  const span = { start, end: start + piece.length };
  return message === undefined ? { source, span } : { source, span, message };
}

function mixing(more: Partial<Diagnostic>): Diagnostic[] {
  return [{ code: "CF2001", severity: "error", message: "cannot mix bigint and number", ...more }];
}

describe("renderDiagnostics", () => {
  it("draws a label, its message and the hint", () => {
    const primary = on(sort, "total + count", "`total` is int64 (bigint), `count` is intp (number)");
    const help = "convert explicitly: total + BigInt(count)";
    expect(`\n${renderDiagnostics(mixing({ primary, help }))}\n`).toMatchInlineSnapshot(`
      "
      error[CF2001]: cannot mix bigint and number
        --> sort.ts:4:10
         |
       4 |   return total + count;
         |          ^^^^^^^^^^^^^ \`total\` is int64 (bigint), \`count\` is intp (number)
         = help: convert explicitly: total + BigInt(count)
      "
    `);
  });

  it("needs no position, and keeps the lines of message and hint", () => {
    expect(
      `\n${renderDiagnostics(mixing({ message: "not found\n/usr/lib", help: "install it\nor name it" }))}\n`,
    ).toMatchInlineSnapshot(`
        "
        error[CF2001]: not found
        /usr/lib
           = help: install it
                   or name it
        "
      `);
  });

  it("hangs the messages of further labels on the same line", () => {
    const primary = on(sort, "+", "mixed here");
    const related = [on(sort, "total", "bigint", 2), on(sort, "count", "number", 1)];
    expect(`\n${renderDiagnostics(mixing({ primary, related }))}\n`).toMatchInlineSnapshot(`
      "
      error[CF2001]: cannot mix bigint and number
        --> sort.ts:4:16
         |
       4 |   return total + count;
         |          ----- ^ ----- number
         |          |     |
         |          |     mixed here
         |          bigint
      "
    `);
  });

  it("leaves out lines between labels", () => {
    const related = [on(sort, "total", "declared here")];
    expect(
      `\n${renderDiagnostics(mixing({ primary: on(sort, "count", "number", 1), related }))}\n`,
    ).toMatchInlineSnapshot(`
        "
        error[CF2001]: cannot mix bigint and number
          --> sort.ts:4:18
           |
         1 | const sum = cfunc("int64(int64, intp)", (total, count) => {
           |                                          ----- declared here
        ...
         4 |   return total + count;
           |                  ^^^^^ number
        "
      `);
  });

  it("draws labels of other files in frames of their own", () => {
    const constants = sourceText("lib/constants.ts", `${"export const a = 1;\n".repeat(11)}export const name = "x";\n`);
    const related = [on(constants, '"x"', "a string")];
    expect(`\n${renderDiagnostics(mixing({ primary: on(sort, "count"), related }))}\n`).toMatchInlineSnapshot(`
      "
      error[CF2001]: cannot mix bigint and number
         --> sort.ts:1:49
          |
        1 | const sum = cfunc("int64(int64, intp)", (total, count) => {
          |                                                 ^^^^^
         ::: lib/constants.ts:12:21
          |
       12 | export const name = "x";
          |                     --- a string
      "
    `);
  });

  it("brackets a span of several lines", () => {
    const primary = on(
      sort,
      sort.text.slice(sort.text.indexOf("(total"), sort.text.indexOf(");\n", 90)),
      "this function",
    );
    expect(`\n${renderDiagnostics(mixing({ primary }))}\n`).toMatchInlineSnapshot(`
      "
      error[CF2001]: cannot mix bigint and number
        --> sort.ts:1:41
         |
       1 |   const sum = cfunc("int64(int64, intp)", (total, count) => {
         |  _________________________________________^
       2 | |   // Adds.
      ...  |
       4 | |   return total + count;
       5 | | });
         | |_^ this function
      "
    `);
    const whole = on(sort, sort.text.trimEnd(), "all of it");
    expect(
      `\n${renderDiagnostics(mixing({ primary: whole, related: [on(sort, "twice", "a local")] }))}\n`,
    ).toMatchInlineSnapshot(`
        "
        error[CF2001]: cannot mix bigint and number
          --> sort.ts:1:1
           |
         1 | / const sum = cfunc("int64(int64, intp)", (total, count) => {
         2 | |   // Adds.
         3 | |   const twice = 2n * total;
           | |         ----- a local
         4 | |   return total + count;
         5 | | });
           | |___^ all of it
        "
      `);
  });

  it("leaves out the middle of a long bracket", () => {
    const long = sourceText("long.ts", `f(\n${Array.from({ length: 20 }, (_, i) => `  ${i},`).join("\n")}\n);`);
    expect(
      `\n${renderDiagnostics(mixing({ primary: on(long, long.text.slice(0, -1), "this call") }))}\n`,
    ).toMatchInlineSnapshot(`
        "
        error[CF2001]: cannot mix bigint and number
           --> long.ts:1:1
            |
          1 | / f(
          2 | |   0,
        ...   |
         21 | |   19,
         22 | | );
            | |_^ this call
        "
      `);
  });

  it("expands tabs and gives wide characters two columns", () => {
    const odd = sourceText("odd.ts", "\tif (x)\treturn '面積' + e\u0301 + y;");
    const related = [on(odd, "x", "here"), on(odd, "'面積'", "a string")];
    expect(`\n${renderDiagnostics(mixing({ primary: on(odd, "y", "there"), related }))}\n`).toMatchInlineSnapshot(`
      "
      error[CF2001]: cannot mix bigint and number
        --> odd.ts:1:28
         |
       1 |     if (x)    return '面積' + é + y;
         |         -            ------       ^ there
         |         |            |
         |         |            a string
         |         here
      "
    `);
  });

  it("points past the end of a line, and marks an empty span with one caret", () => {
    const cut = sourceText("cut.ts", "a = (1 +");
    const primary = { source: cut, span: { start: 8, end: 8 }, message: "the text ends here" };
    expect(`\n${renderDiagnostics(mixing({ primary }))}\n`).toMatchInlineSnapshot(`
      "
      error[CF2001]: cannot mix bigint and number
        --> cut.ts:1:9
         |
       1 | a = (1 +
         |         ^ the text ends here
      "
    `);
  });

  it("cuts the lines of minified files", () => {
    const minified = sourceText("app.min.js", `${"let a=1;".repeat(400)}return q+b;${"let c=3;".repeat(400)}`);
    expect(`\n${renderDiagnostics(mixing({ primary: on(minified, "q+b", "here") }))}\n`).toMatchInlineSnapshot(`
      "
      error[CF2001]: cannot mix bigint and number
        --> app.min.js:1:3208
         |
       1 | ...;let a=1;let a=1;let a=1;let a=1;return q+b;let c=3;let c=3;let c=3;let c=3;let c=3;let c=3;let c=3;let c=3;let c=3;let c=3;let c=3;let c=3;let c=3;let c=3;let ...
         |                                            ^^^ here
      "
    `);
  });

  it("lets no control characters of names and texts through", () => {
    const evil = sourceText("evil\x1b[2J.ts", "return '\x1b[31m' + x;");
    const text = renderDiagnostics(mixing({ message: "unknown name `\x07`", primary: on(evil, "x", "\x1b[0m") }));
    expect([...text].filter((char) => char < " " && char !== "\n")).toEqual([]);
    expect(text).toContain("evil\ufffd[2J.ts:1:");
  });

  it("colours only when asked", () => {
    const list = mixing({ primary: on(sort, "count", "number"), help: "convert" });
    expect(renderDiagnostics(list)).not.toContain("\x1b");
    const colored = renderDiagnostics(list, { color: true });
    expect(colored).toContain("\x1b[1;31merror[CF2001]\x1b[0m");
    expect(stripVTControlCharacters(colored)).toBe(renderDiagnostics(list));
  });

  it("separates several diagnostics by a blank line, and is the message of CFuncError", () => {
    const list = [...mixing({}), ...mixing({ severity: "warning", message: "b" })];
    expect(renderDiagnostics(list)).toBe("error[CF2001]: cannot mix bigint and number\n\nwarning[CF2001]: b");
    expect(new CFuncError(list).message).toBe(renderDiagnostics(list));
  });
});

describe("sourceText", () => {
  it("counts lines of every kind of line break, and clamps offsets", () => {
    const source = sourceText("a.ts", "ab\r\nc\rd\n\ne");
    const at = (offset: number) => {
      const { line, column, lineText } = source.locate(offset);
      return [line, column, lineText];
    };
    expect(at(0)).toEqual([1, 1, "ab"]);
    expect(at(1)).toEqual([1, 2, "ab"]);
    expect(at(4)).toEqual([2, 1, "c"]);
    expect(at(6)).toEqual([3, 1, "d"]);
    expect(at(8)).toEqual([4, 1, ""]);
    expect(at(9)).toEqual([5, 1, "e"]);
    expect(at(99)).toEqual([5, 2, "e"]);
    expect(at(-1)).toEqual([1, 1, "ab"]);
  });
});
