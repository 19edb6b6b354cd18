// What a mismatch looks like to whoever has to repair it: what arrived, the prototype, our LLVM lines and clang's. Text.
import type { Target } from "../../src/emit/emit.ts";
import { cSource, prototype } from "./c-source.ts";
import type { Failure } from "./campaign.ts";
import { clang, install, llvmOf } from "./compilers.ts";
import { exchangeText } from "./exchange.ts";
import { ourSource } from "./our-source.ts";
import { declaration } from "./record.ts";
import { aggregatesOf } from "./sample.ts";

/** What to print of a failure. */
export function report({ sample, small, mismatch }: Failure, target: Target): string {
  const declarations = [...aggregatesOf([small]).values()].map(declaration);
  const extra = small.extra.length === 0 ? [] : [`called with ${small.extra.length} arguments after the parameters`];
  const ours = ourSource([small], { source: 16n, sink: 16n }, target);
  const theirs = clang === undefined ? [install.clang] : linesOf(llvmOf(cSource([small]), target.triple));
  return [
    `${sample.name}: ${exchangeText(mismatch)}`,
    ...mismatch.lines.map((line) => `    ${line}`),
    ...column("C", [...declarations, `${prototype(small, "f")};`, ...extra]),
    ...column("cfunc", linesOf(ours)),
    ...column("clang", theirs),
  ].join("\n");
}

const column = (title: string, lines: readonly string[]): string[] =>
  lines.map((line, i) => `  ${(i === 0 ? title : "").padEnd(7)}${line}`);

/** The definition of the callee and the call of it. */
export function linesOf(llvm: string): string[] {
  const lines = llvm.split("\n");
  const define =
    lines.find((line) => /^define .*@"?callee_0"?\(/.test(line)) ?? "no callee: C alone can write a variadic one";
  const start = lines.findIndex((line) => /^define .*@"?caller_0"?\(/.test(line));
  const call = lines.slice(start).find((line) => /\bcall [^@]* %[\w.]+\(/.test(line)) ?? "";
  return [define, call.trim()].map((line) =>
    line.replaceAll(/"|(callee|caller)_0|noundef |dso_local |local_unnamed_addr | #\d+( \{)?/g, (text) =>
      text === "callee_0" ? "f" : "",
    ),
  );
}
