// What the callbacks gave in this runner: compiled, and the original functions in JavaScript; plus the diagnostics.
import { alloc, CFuncError, float64 } from "@cfunc/core";
import { defineUnsupported, doubled, mixed, poly, refused, square, through } from "./callbacks.ts";

const xs = [-1.5, 0, 0.25, 2];
const indices = [-1, 0, 2, 3];

function values(
  square: (x: number) => number,
  mixed: (x: number, i: number) => number,
  poly: typeof square,
  through: typeof square,
): number[] {
  return [
    ...xs.map((x) => square(x)),
    ...xs.flatMap((x) => indices.map((i) => mixed(x, i))),
    ...xs.map((x) => poly(x)),
    ...xs.map((x) => through(x)),
  ];
}

function matrix(run: (input: never, output: never, rows: number, columns: number) => void): number[] {
  const input = alloc(float64, 6);
  const output = alloc(float64, 6);
  for (let i = 0; i < 6; i++) input[i] = i + 1;
  run(input as never, output as never, 2, 3);
  const found = Array.from({ length: 6 }, (_, i) => Number(output[i]));
  input.release();
  output.release();
  return found;
}

function placeOf(fail: () => unknown) {
  try {
    fail();
  } catch (error) {
    if (!(error instanceof CFuncError)) throw error;
    const label = error.diagnostics[0]?.primary;
    const at = label?.source.locate(label.span.start);
    return { code: error.code, file: at?.file, line: at?.line, column: at?.column, lineText: at?.lineText };
  }
  throw new Error("nothing was refused");
}

export function report() {
  return {
    node: process.versions.node,
    compiled: values(square, mixed, poly, through),
    javascript: values(square.wrapped, mixed.wrapped, poly.wrapped, through.wrapped),
    matrix: matrix(doubled),
    places: [placeOf(() => refused(1)), placeOf(defineUnsupported)],
    text: String(mixed.wrapped),
  };
}
