// A random program as data, which crosses to the process that runs it, and its texts: the function, the whole filetest.
import { type ScalarType, show, type Value } from "./inputs.ts";
import { list, render, type Tree, tick } from "./tree.ts";

export interface Program {
  readonly seed: number;
  /** Declarations around the function, which it captures. */
  readonly outside: Tree;
  /** The body of the function. */
  readonly body: Tree;
  readonly params: readonly { readonly name: string; readonly type: ScalarType }[];
  readonly memories: readonly Memory[];
  readonly result: ScalarType | "void";
  /** Units in the last place by which a float64 result may differ. */
  readonly tolerance: number;
}

/** A parameter behind the scalars that points to memory. */
export interface Memory {
  readonly name: string;
  /** `CPointer(int32)` */
  readonly type: string;
  /** An expression that makes the memory, anew for each run. */
  readonly text: string;
}

export function signatureOf({ result, params, memories }: Program): string {
  return `${result}(${[...params, ...memories].map((p) => p.type).join(", ")})`;
}

/** The function's text; `atLoops` stands in every loop's body, `before` at the start of the function. */
export function functionText({ body, params, memories }: Program, atLoops = "", before = ""): string {
  const names = [...params, ...memories].map((p) => p.name);
  return `(${names.join(", ")}) => { ${before}${render(body).replaceAll(tick, atLoops)} }`;
}

export const outsideText = ({ outside }: Program): string => render(outside).replaceAll(tick, "");

/** A call with these arguments and fresh memory, as a filetest writes it. */
export const callText = ({ memories }: Program, name: string, args: readonly Value[]): string =>
  `${name}(${[...args.map(show), ...memories.map((m) => m.text)].join(", ")})`;

/** The program as a file for `tests/filetests/run`, with checks or remarks after the function. */
export function filetestText(program: Program, name: string, about: string, after: readonly string[]): string {
  const outside = outsideText(program).trim();
  return [
    "// @ts-nocheck",
    `// ${about}`,
    ...(outside === "" ? [] : [outside]),
    "",
    `//# ${signatureOf(program)}`,
    `export const ${name} = ${functionText(program).replaceAll(/\n\s*/g, "\n  ")};`,
    ...after.map((line) => `// ${line}`),
    "",
  ].join("\n");
}

/** Both trees of a program as one, for whoever makes it smaller. */
export const wholeOf = ({ outside, body }: Program): Tree => list([outside, body]);

export function withWhole(program: Program, { parts: [outside, body] }: Tree): Program | undefined {
  if (typeof outside !== "object" || typeof body !== "object") return undefined;
  return { ...program, outside, body };
}
