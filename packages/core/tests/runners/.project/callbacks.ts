// The callbacks that every runner compiles. Between them they capture what callbacks capture; types, comments and
// line breaks make sure that the text which runs is not the text below.
import { carray, cfunc } from "@cfunc/core";
import * as again from "./again.ts";
import * as library from "./library.ts";
import { clamp, Mode } from "./library.ts";

/** Read at run time, so that no minifier knows it. */
const gain: number = Number(process.env.CFUNC_RUNNERS_GAIN ?? 2.5);

export const square = cfunc("double(double)", (x: number): number => x * x);

/** Another compiled function, a namespace, a helper, an enum, a number, `Math`. */
export const mixed = cfunc("double(double, int)", (x: number, i: number): number => {
  const base: number = library.shape(x, Mode.Squared) * gain + library.offset;
  if (i < 0) return -base;
  else if (i >= 3) {
    return clamp(base as number, 7);
  }
  return Math.sqrt(square(base)) + i * Mode.Squared;
});

/** A namespace that is exported by another, and one that is the value of a property. */
const namespaces = { again };
export const through = cfunc("double(double)", (x: number): number => {
  return again.library.shape(x, again.library.Mode.Linear) + namespaces.again.library.offset;
});

/** An intrinsic, loops, and names that minifiers shorten. */
export const doubled = cfunc("void(CPointer(double), CPointer(double), intc, intc)", (input, output, rows, columns) => {
  const from = carray(input, [rows, columns]);
  const to = carray(output, [rows, columns]);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) to[row][column] = 2 * from[row][column];
  }
});

/** A closure over a variable of the function around it, with an inner block and a `let` that a minifier merges. */
function polynomial(a: number, b: number) {
  return cfunc("double(double)", function evaluate(x: number): number {
    let sum = 0;
    for (let k = 0; k < 3; k++) {
      const term = a * x ** k;
      sum += term > 100 ? 100 : term;
    }
    return sum + b;
  });
}
export const poly = polynomial(Number(process.env.CFUNC_RUNNERS_A ?? 3), 1);

interface Labelled {
  readonly label: string;
}
const labelled: Labelled = { label: String(process.env.CFUNC_RUNNERS_LABEL ?? "metres") };

/** Refused, for `labelled.label` is a string: the places of the diagnostics are compared with the markers. */
export const refused = cfunc("double(double)", (x: number): number => {
  // A comment that goes away, as do the types.
  const scaled = x as number;
  const length = Math.abs(scaled as number) + /*<refused*/ labelled.label.length;
  return length;
});

/** Refused when it is defined, for what it says: `try` does not compile. */
export function defineUnsupported(): unknown {
  return cfunc("double(double)", (x: number): number => {
    const scaled: number = x * gain;
    /*<unsupported*/ try {
      return scaled;
    } finally {
      console.log(scaled as number);
    }
  });
}
