// How long compilation takes for functions of 10 to 2,000 lines, and how that grows. The functions have loops,
// branches, integers, floats and memory, and several variables that live throughout.
import { writeFileSync } from "node:fs";
import { runInThisContext } from "node:vm";
import { cfunc } from "@cfunc/core";
import { document } from "./document.ts";
import { machine } from "./machine.ts";
import { median } from "./statistics.ts";

const signature = "float64(CPointer(float64), CPointer(int32), intc)";
const lengths = [10, 30, 100, 300, 1000, 2000];

/** A function of about `lines` lines. */
export function sourceOf(lines: number): string {
  const body = ["let sum = 0;", "let count = 0;", "let hash = 17;"];
  for (let k = 0; body.length < lines - 3; k++) {
    body.push(
      `const limit${k} = (n >> ${k % 7}) + ${k};`,
      "for (let i = 0; i < n; i++) {",
      `  const value${k} = x[i] * ${k + 0.5} + sum;`,
      `  if (value${k} > limit${k}) {`,
      `    sum += value${k} / 2;`,
      "    count++;",
      "  } else hash = (hash * 31 + y[i]) | 0;",
      "}",
    );
  }
  return `(x, y, n) => {\n${body.join("\n")}\nreturn sum + count + hash;\n}`;
}

/** Milliseconds. */
export interface CompileTimes {
  readonly lines: number;
  /** Reading and parsing the function's text. */
  readonly parse: number;
  /** Checking and lowering: intervals, representations, intermediate code. */
  readonly lower: number;
  /** LLVM: optimisation, machine code. */
  readonly llvm: number;
}

export function compileTime(lines: number, repeat: number): CompileTimes {
  const source = sourceOf(lines);
  const runs = Array.from({ length: repeat }, () => {
    const fn = runInThisContext(source) as (...args: never[]) => unknown;
    const start = performance.now();
    const f = cfunc(signature as string, fn as never, { name: `lines${lines}` });
    const parsed = performance.now();
    f.inspectIR();
    const lowered = performance.now();
    if (f.address === 0n) throw new Error("no address");
    const compiled = performance.now();
    f.dispose();
    return { parse: parsed - start, lower: lowered - parsed, llvm: compiled - lowered };
  });
  const of = (stage: "parse" | "lower" | "llvm"): number => median(runs.map((run) => run[stage]));
  return { lines: source.split("\n").length, parse: of("parse"), lower: of("lower"), llvm: of("llvm") };
}

export function markdown(times: readonly CompileTimes[]): string {
  const ms = (value: number): string => value.toFixed(2);
  const rows = times.map(({ lines, parse, lower, llvm }) => {
    const total = parse + lower + llvm;
    return `| ${[lines, ms(parse), ms(lower), ms(llvm), ms(total), ms((1000 * (parse + lower)) / lines)].join(" | ")} |`;
  });
  const head = ["lines", "parse, ms", "check and lower, ms", "LLVM, ms", "all, ms", "parse to lower, us a line"];
  return [`| ${head.join(" | ")} |`, `|${head.map(() => "---:").join("|")}|`, ...rows].join("\n");
}

export function runCompileTime(docs: boolean): void {
  compileTime(10, 30);
  const times = lengths.map((lines) => compileTime(lines, Math.max(3, Math.min(30, Math.round(3000 / lines)))));
  console.log(markdown(times));
  if (docs) document("compile", markdown(times));
  writeFileSync("bench-compile.json", `${JSON.stringify({ machine: machine(), times }, null, 2)}\n`);
}
