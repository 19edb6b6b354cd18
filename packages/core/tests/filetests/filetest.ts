// What a filetest is, and how one is read. A filetest is a file of functions, each after a line with its signature,
// and comments that say what must come of them:
//
//   //# float64(float64, float64)
//   export const add = (x, y) => x + y;
//   // run: add(1, 2) == 3           calls the compiled function, and V8 must agree
//   // same: add(0.1, NaN)           the compiled function gives what V8 gives, and leaves the same in memory
//   // near: add(0.1, 0.2)           the same, within 4 units in the last place
//   return a + b; // error: CF2003   the diagnostic that points at this line
//
// What stands before the first signature is captured by the functions, and signatures can name its structures. All see
// what the package exports, and `filled(Point, [{ x: 1 }])`, which makes structures in memory. Never imports the file:
// it is data.
import { readFileSync } from "node:fs";
import { cfunc } from "../../src/cfunc.ts";
import { CFuncError } from "../../src/diagnostics/error.ts";
import { asResult, type ScalarType, show } from "../fuzz/inputs.ts";
import { contentsOf, endingOf, evaluateWithCore, release, sameEnding, showEnding, structNames } from "./evaluation.ts";

export interface TestFunction {
  readonly name: string;
  readonly signature: string;
  /** Lines that an error must point at, with its code; empty for functions that compile. */
  readonly errors: readonly { readonly line: number; readonly code: string }[];
  readonly checks: readonly Check[];
}

export interface Check {
  readonly kind: "run" | "same" | "near";
  readonly call: string;
  /** The arguments' text. */
  readonly args: string;
  readonly expected: string | undefined;
}

export interface FileTest {
  readonly text: string;
  readonly functions: readonly TestFunction[];
  /** Evaluates a text where the file's declarations are visible. */
  readonly evaluate: (text: string) => unknown;
}

export function readFileTest(path: string): FileTest {
  const text = readFileSync(path, "utf8");
  const functions: (TestFunction & { errors: { line: number; code: string }[]; checks: Check[] })[] = [];
  let signature: string | undefined;
  for (const [i, line] of text.split("\n").entries()) {
    const wanted = /^\/\/# (.*)$/.exec(line)?.[1];
    if (wanted !== undefined) signature = wanted;
    const name = /^export (?:const|async function\*?|function\*?) (\w+)/.exec(line)?.[1];
    if (name !== undefined && signature !== undefined) functions.push({ name, signature, errors: [], checks: [] });
    const current = functions.at(-1);
    const code = /\/\/ error: (CF\d{4})/.exec(line)?.[1];
    if (code !== undefined) current?.errors.push({ line: i + 1, code });
    const check = /^\/\/ (run|same|near): (\w+\((.*?)\))(?: == (.*))?$/.exec(line);
    if (check === null) continue;
    const [, kind = "", call = "", args = "", expected] = check;
    if ((kind === "run") !== (expected !== undefined)) throw new Error(`${path}:${i + 1}: only \`run\` has an \`==\``);
    current?.checks.push({ kind: kind as Check["kind"], call, args, expected });
  }
  if (functions.length === 0) throw new Error(`${path} holds no function`);
  const program = text.replace(/^export /gm, "");
  const evaluate = evaluateWithCore(`${program}\nreturn (text) => eval(text);`) as FileTest["evaluate"];
  return { text, functions, evaluate };
}

export type Compiled = ((...args: unknown[]) => unknown) & {
  readonly address: bigint;
  inspectIR(): string;
  inspectLLVM(options?: { readonly optimized?: boolean }): string;
};

export function compile(file: FileTest, { name, signature }: TestFunction): Compiled {
  return cfunc(signature as never, file.evaluate(name) as never, { types: structsOfFile(file) } as never) as never;
}

/** The structures that the file declares. */
export const structsOfFile = (file: FileTest): object =>
  file.evaluate(`({ ${structNames(file.text).join(", ")} })`) as object;

/** The first error of compiling, as the line of the file that it points at and its code; undefined where it compiles. */
export function errorOf(file: FileTest, fn: TestFunction): { line: number; code: string; message: string } | undefined {
  try {
    if (compile(file, fn).address === 0n) throw new Error("no address");
    return undefined;
  } catch (error) {
    if (!(error instanceof CFuncError)) throw error;
    const [diagnostic] = error.diagnostics;
    const { code = "", primary } = diagnostic ?? {};
    const at = primary === undefined ? -1 : offsetOf(primary.source.text, file, fn);
    const line = primary === undefined || at < 0 ? 0 : file.text.slice(0, at + primary.span.start).split("\n").length;
    return { line, code, message: error.message };
  }
}

/** Where a function's text stands in the file: that of the tested function, or of one that it calls. */
function offsetOf(text: string, file: FileTest, { name }: TestFunction): number {
  const own = file.text.indexOf(`${name} = ${text}`);
  return own < 0 ? file.text.indexOf(text) : own + `${name} = `.length;
}

/** Undefined where the check holds, else what is wrong. */
export function problem(file: FileTest, fn: TestFunction, compiled: Compiled, check: Check): string | undefined {
  const args = () => file.evaluate(`[${check.args}]`) as unknown[];
  const [theirs, ours] = [args(), args()];
  try {
    return difference(file, fn, compiled, check, theirs, ours);
  } finally {
    release([...theirs, ...ours]);
  }
}

function difference(
  file: FileTest,
  fn: TestFunction,
  compiled: Compiled,
  check: Check,
  theirs: readonly unknown[],
  ours: readonly unknown[],
): string | undefined {
  const result = fn.signature.slice(0, fn.signature.indexOf("("));
  const original = file.evaluate(fn.name) as (...args: unknown[]) => unknown;
  const expected = endingOf(() => {
    const raw = original(...theirs);
    return result === "void" ? undefined : asResult(result as ScalarType, raw);
  });
  const actual = endingOf(() => compiled(...ours));
  if (!sameEnding(expected, actual, check.kind === "near" ? 4 : 0))
    return `${check.call}: V8 gives ${showEnding(expected)}, compiled code ${showEnding(actual)}`;
  for (const [i, memory] of theirs.entries()) {
    const [wanted, given] = [memory, ours[i]].map((m) => contentsOf(m)?.map(show).join(" "));
    if (wanted !== given) return `${check.call}: V8 leaves ${wanted} in argument ${i + 1}, compiled code ${given}`;
  }
  if (check.expected === undefined) return undefined;
  const stated = file.evaluate(`(${check.expected})`);
  const given = "value" in actual ? actual.value : undefined;
  return Object.is(stated, given) ? undefined : `${check.call} is ${showEnding(actual)}, not ${show(stated)}`;
}
