// LLVM text with positions, so that LLVM's remarks can be led back to the source: the line of a position is the number
// of a place in a table, counted from 1. The code itself stays what it is.
import type { SourceText, Span } from "../diagnostics/diagnostic.ts";
import type { Block, IrFunction, IrModule } from "../ir/ir.ts";

export interface Place {
  readonly source: SourceText;
  readonly span: Span;
}

export interface LocatedText {
  readonly text: string;
  /** Place `n` is the one that remarks call line `n + 1`. */
  readonly places: readonly Place[];
}

/** @param text the module as `emit` wrote it */
export function locate(module: IrModule, text: string): LocatedText {
  return new Locator(text).run(module);
}

const variableLine = /^ {2}%l\d+ = alloca /;

class Locator {
  private readonly lines: string[];
  private readonly places: Place[] = [];
  private readonly metadata: string[] = [];
  /** The position of each loop, by the number of its metadata. */
  private readonly loops = new Map<string, number>();
  private next: number;

  constructor(text: string) {
    this.lines = text.split("\n");
    const numbers = [...text.matchAll(/^!(\d+) = /gm)].map(([, n]) => Number(n));
    this.next = Math.max(-1, ...numbers) + 1;
  }

  run(module: IrModule): LocatedText {
    const file = this.node('!DIFile(filename: "module", directory: "")');
    const unit = this.node(
      `distinct !DICompileUnit(language: DW_LANG_C99, file: !${file}, isOptimized: true, runtimeVersion: 0, emissionKind: NoDebug)`,
    );
    const type = this.node(`!DISubroutineType(types: !${this.node("!{}")})`);
    const version = this.node('!{i32 2, !"Debug Info Version", i32 3}');
    // the module's own functions come first, in their order
    const starts = this.lines.flatMap((line, i) => (line.startsWith("define ") ? [i] : []));
    for (const [i, fn] of module.functions.entries()) {
      const { source } = fn;
      const start = starts[i];
      if (source === undefined || start === undefined) continue;
      const scope = this.node(
        `distinct !DISubprogram(name: "f", scope: !${file}, file: !${file}, line: 0, type: !${type}, unit: !${unit}, spFlags: DISPFlagDefinition)`,
      );
      this.function(fn, start, source, scope);
    }
    const text = this.lines.map((line) => this.withLoop(line));
    text.push(`!llvm.dbg.cu = !{!${unit}}`, `!llvm.module.flags = !{!${version}}`, ...this.metadata, "");
    return { text: text.join("\n"), places: this.places };
  }

  private function(fn: IrFunction, start: number, source: SourceText, scope: number): void {
    const { lines } = this;
    lines[start] = (lines[start] ?? "").replace(/ \{$/, ` !dbg !${scope} {`);
    const blocks = new Map(fn.blocks.map((block) => [block.label, block]));
    for (let i = start + 1; i < lines.length && lines[i] !== "}"; i++) {
      const block = blocks.get(/^([^\s:]+):$/.exec(lines[i] ?? "")?.[1] ?? "");
      if (block !== undefined) this.block(i + 1, block, source, scope);
    }
  }

  /** Instructions stand one a line, after the variables of the function and before the terminator. */
  private block(start: number, { instructions, terminator }: Block, source: SourceText, scope: number): void {
    const { lines } = this;
    let first = start;
    while (variableLine.test(lines[first] ?? "")) first++;
    const last = first + lines.slice(first).findIndex((line) => !line.startsWith("  "));
    const fits = last - first === instructions.length + 1;
    for (let i = first; i < last; i++) {
      const line = lines[i] ?? "";
      const [, loop] = /, !llvm\.loop !(\d+)$/.exec(line) ?? [];
      const from = fits ? instructions[i - first] : undefined;
      const position = this.position(source, loop === undefined ? from?.span : terminator?.span, scope);
      if (loop !== undefined) this.loops.set(loop, position);
      lines[i] = `${line}, !dbg !${position}`;
    }
  }

  /** The metadata of a loop, with its position. */
  private withLoop(line: string): string {
    const [, loop = ""] = /^!(\d+) = distinct !\{!\1/.exec(line) ?? [];
    const position = this.loops.get(loop);
    return position === undefined ? line : line.replace(`{!${loop}`, `{!${loop}, !${position}`);
  }

  private position(source: SourceText, span: Span | undefined, scope: number): number {
    if (span === undefined) return this.node(`!DILocation(line: 0, column: 0, scope: !${scope})`);
    this.places.push({ source, span });
    return this.node(`!DILocation(line: ${this.places.length}, column: 1, scope: !${scope})`);
  }

  private node(text: string): number {
    const number = this.next++;
    this.metadata.push(`!${number} = ${text}`);
    return number;
  }
}
