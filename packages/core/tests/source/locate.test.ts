import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { expect, it } from "vitest";
import { renderDiagnostics } from "../../src/diagnostics/render.ts";
import { readFunctionText } from "../../src/source/function-text.ts";
import { arrow, declared, wrapped } from "./fixtures/positions.ts";
import { markersOf } from "./markers.ts";

const file = new URL("./fixtures/positions.ts", import.meta.url);
const markers = markersOf(fileURLToPath(file));

// A function, a piece of its text (the first occurrence of the pattern's group), and the marker at its place.
it.each([
  [arrow, /\((x)\)/, "param"],
  [arrow, /2 \* (x)/, "use"],
  [arrow, /twice (\*)/, "scale"],
  [arrow, /(exp)\(/, "exp"],
  [arrow, /(undeclaredName)/, "last"],
  [wrapped.method, /a, (b)/, "b"],
  [wrapped.method, /\+ (b)/, "b2"],
  [declared, /(value) of/, "loop"],
  [declared, /\+= (value)/, "value"],
])("finds the original place under this runner: %s %s", (fn, pattern, name) => {
  const { text, source } = readFunctionText(fn);
  const match = new RegExp(pattern, "d").exec(text);
  const offset = match?.indices?.[1]?.[0];
  if (offset === undefined) throw new Error(`${pattern} is not in ${text}`);
  expect(source.locate(offset)).toEqual({ file: "tests/source/fixtures/positions.ts", ...markers.get(name) });
});

it("shows the original lines in a diagnostic", () => {
  const { text, source } = readFunctionText(arrow);
  const span = (piece: string) => ({ start: text.indexOf(piece), end: text.indexOf(piece) + piece.length });
  const primary = { source, span: span("Math.exp(point.x)"), message: "here" };
  const related = [{ source, span: span("undeclaredName") }];
  const rendered = renderDiagnostics([{ code: "CF2001", severity: "error", message: "wrong", primary, related }]);
  expect(`\n${rendered}\n`).toMatchInlineSnapshot(`
    "
    error[CF2001]: wrong
       --> tests/source/fixtures/positions.ts:15:37
        |
     15 |   return twice /*<scale*/ * scale + Math./*<exp*/ exp(point.x as number) + /*<last*/ undeclaredName;
        |                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^             --------------
        |                                     |
        |                                     here
    "
  `);
});

/** A function of a script of its own, which ends with a comment that names a source map. */
function scriptFunction(name: string, code: string, map: object | string): object {
  const json = typeof map === "string" ? map : JSON.stringify(map);
  const url = `data:application/json;base64,${Buffer.from(json).toString("base64")}`;
  return vm.runInThisContext(`${code}\n//# sourceMappingURL=${url}`, { filename: `/made-up/${name}.js` });
}

function place(fn: object, piece: string) {
  const { text, source } = readFunctionText(fn);
  return source.locate(text.indexOf(piece));
}

it("falls back to the generated place where a map is broken or names nothing", () => {
  const generated = { file: "/made-up/a.js", line: 2, column: 3, lineText: "  y(x)" };
  for (const map of [
    "{",
    "[]",
    { version: 3, sources: [], mappings: "" },
    { version: 3, sources: ["x"], mappings: ";;;" },
  ]) {
    expect(place(scriptFunction("a", "(x) =>\n  y(x)", map), "y(x)")).toEqual(generated);
  }
});

it("knows the file where its text is not on this machine", () => {
  const map = { version: 3, sources: ["webpack://app/./src/gone.ts"], mappings: "AAEA" };
  const fn = scriptFunction("b", "(x) => y(x)", map);
  const found = { file: "webpack://app/src/gone.ts", line: 3, column: 1, lineText: "" };
  expect(place(fn, "y(x)")).toEqual(found);
  const { source } = readFunctionText(fn);
  const primary = { source, span: { start: 0, end: 1 } };
  expect(renderDiagnostics([{ code: "CF2001", severity: "error", message: "wrong", primary }])).toBe(
    "error[CF2001]: wrong\n  --> webpack://app/src/gone.ts:3:1",
  );
});

it("reads maps of sections, and goes back to the last mapped line", () => {
  const section = { version: 3, sources: ["s.ts"], sourcesContent: ["const f = (x) => y(x)"], mappings: "AAAU" };
  const map = { version: 3, sections: [{ offset: { line: 0, column: 0 }, map: section }] };
  const lineText = "const f = (x) => y(x)";
  const fn = scriptFunction("c", "(x) =>\n  y(x)", map);
  expect(place(fn, "y(x)")).toEqual({ file: "/made-up/s.ts", line: 1, column: 18, lineText });
});
