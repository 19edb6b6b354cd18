// Loops that were not vectorised, as LLVM tells it while it optimises. A loop that it removed, unrolled or turned into a
// call of memset is not mentioned, nor one that holds another loop: only the innermost loops become vectors.
import type { CheckedProgram } from "../check/program.ts";
import type { Diagnostic, SourceText, Span } from "../diagnostics/diagnostic.ts";
import type { IrModule } from "../ir/ir.ts";
import type { LoopStmt } from "../parse/tree.ts";
import { eachNode } from "../parse/walk.ts";
import { locate, type Place } from "./located-text.ts";
import { isVectorized, reasonOf } from "./reasons.ts";

/** Optimises LLVM text: what became of it, and what LLVM said, each remark as `file:line:column: text`. */
export type Optimize = (text: string) => { readonly optimized: string; readonly remarks: readonly string[] };

interface Loop {
  readonly source: SourceText;
  readonly span: Span;
  /** The loop without its body. */
  readonly head: Span;
  readonly remarks: string[];
}

export function loops(
  program: CheckedProgram,
  module: IrModule,
  text: string,
  optimize: Optimize,
): readonly Diagnostic[] {
  const all = loopsOf(program);
  if (all.length === 0) return [];
  const located = locate(module, text);
  const loopAt = (line: string): Loop | undefined => {
    const place = located.places[Number(line) - 1];
    return place === undefined ? undefined : innermost(all, place);
  };
  const { remarks, optimized } = optimize(located.text);
  attribute(remarks, loopAt);
  // the proof: an instruction on vectors; statements of one iteration may have become one as well
  const vectorized = new Set(linesOfVectors(optimized).map(loopAt));
  return all.flatMap((loop) => (vectorized.has(loop) ? [] : noteOn(loop)));
}

/**
 * Gives each remark to its loop. A reason stands at the instruction that is at fault, which may lie before the loop: then
 * the verdict `loop not vectorized`, which follows it and stands at the loop, says which one is meant.
 */
function attribute(remarks: readonly string[], loopAt: (line: string) => Loop | undefined): void {
  let reasons: { readonly said: string; readonly loop: Loop | undefined }[] = [];
  for (const remark of remarks) {
    const [, line = "0", said = ""] = /^.*?:(\d+):\d+: ([\s\S]*)$/.exec(remark) ?? [];
    const loop = loopAt(line);
    if (said.startsWith("loop not vectorized:")) reasons.push({ said, loop });
    else loop?.remarks.push(said);
    if (said !== "loop not vectorized") continue;
    for (const reason of reasons) (encloses(reason.loop, loop) ? loop : reason.loop)?.remarks.push(reason.said);
    reasons = [];
  }
  for (const { said, loop } of reasons) loop?.remarks.push(said);
}

const encloses = (outer: Loop | undefined, inner: Loop | undefined): boolean =>
  outer === undefined ||
  (inner !== undefined &&
    outer.source === inner.source &&
    outer.span.start <= inner.span.start &&
    inner.span.end <= outer.span.end);

/** The lines of the positions that instructions on vectors have in LLVM text. */
function linesOfVectors(text: string): readonly string[] {
  const lines = new Map(
    [...text.matchAll(/^!(\d+) = !DILocation\(line: (\d+),/gm)].map(([, n = "", l = ""]) => [n, l]),
  );
  const vectors = text.matchAll(/^ {2}(?:%\S+ = |store ).*<\d+ x .*, !dbg !(\d+)/gm);
  return [...vectors].map(([, n = ""]) => lines.get(n) ?? "0");
}

function noteOn({ source, head, remarks }: Loop): Diagnostic[] {
  const reason = remarks.some(isVectorized) ? undefined : reasonOf(remarks);
  if (reason === undefined) return [];
  const { why, help } = reason;
  const primary = { source, span: head, message: why };
  const message = "this loop was not vectorised";
  return [{ code: "CF6003", severity: "note", message, primary, ...(help === undefined ? {} : { help }) }];
}

function loopsOf(program: CheckedProgram): readonly Loop[] {
  return program.functions.flatMap(({ tree: { source, body } }) => {
    const found: Loop[] = [];
    eachNode(body, {
      stmt: (stmt) => {
        if (stmt.kind === "loop") found.push({ source, ...spansOf(source, stmt), remarks: [] });
      },
    });
    return found;
  });
}

function spansOf(
  { text }: SourceText,
  { span, body, testFirst }: LoopStmt,
): { readonly span: Span; readonly head: Span } {
  const end = testFirst ? body.span.start : span.start + "do".length;
  return { span, head: { start: span.start, end: span.start + text.slice(span.start, end).trimEnd().length } };
}

/** The innermost loop around a place. */
function innermost(all: readonly Loop[], { source, span }: Place): Loop | undefined {
  return all
    .filter((loop) => loop.source === source && loop.span.start <= span.start && span.end <= loop.span.end)
    .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];
}
