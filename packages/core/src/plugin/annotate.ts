// A module of JavaScript -> the same module, where functions that are compiled carry their text, scope and origin. The
// functions: those given to `cfunc`, and those of the module that they use, however indirectly.
import path from "node:path";
import { AnyMap, type TraceMap } from "@jridgewell/trace-mapping";
import { parse as parseModule } from "acorn";
import MagicString from "magic-string";
import { LineIndex } from "../diagnostics/source-text.ts";
import { metadataKey, metadataVersion } from "../source/metadata.ts";
import { type CompiledFunctions, type FunctionNode, findFunctions } from "./find-functions.ts";
import { originOfText } from "./origin.ts";
import { scopeOf } from "./scope.ts";

export interface OriginalSource {
  /** Absolute. */
  readonly file: string;
  readonly root: string;
}

export interface Annotated {
  readonly code: string;
  /** From this code to the code that was given. */
  readonly map: string;
}

/**
 * @param modules whose `cfunc` counts, as imports name them
 * @param map from `code` back to the original, where it is not the original itself
 * @returns undefined where the module has nothing to annotate
 * @throws SyntaxError where the code is not JavaScript
 */
export function annotate(
  code: string,
  original: OriginalSource,
  modules: readonly string[],
  map: unknown,
): Annotated | undefined {
  const tree = parseModule(code, { ecmaVersion: "latest", sourceType: "module", allowHashBang: true });
  const functions = findFunctions(tree, modules);
  if (functions.given.length + functions.named.length === 0) return undefined;
  const before = map ? new AnyMap(map as never, original.file) : undefined;
  const writer = new Writer(code, original, functions, before);
  for (const node of functions.given) writer.wrap(node);
  for (const name of functions.named) writer.attach(name);
  return writer.finish();
}

class Writer {
  private readonly code: string;
  private readonly lines: LineIndex;
  private readonly original: OriginalSource;
  private readonly functions: CompiledFunctions;
  private readonly before: TraceMap | undefined;
  private readonly output: MagicString;
  private readonly written = new Set<FunctionNode>();

  constructor(code: string, original: OriginalSource, functions: CompiledFunctions, before: TraceMap | undefined) {
    this.code = code;
    this.lines = new LineIndex(code);
    this.original = original;
    this.functions = functions;
    this.before = before;
    this.output = new MagicString(code);
  }

  /** A function that stands in an expression. */
  wrap(node: FunctionNode): void {
    if (this.written.has(node)) return;
    this.written.add(node);
    this.output.prependRight(node.start, "Object.assign(");
    this.output.appendLeft(node.end, `, ${this.metadata(node)})`);
  }

  /** A function that the module declares under a name: it keeps its place, and so its name. */
  attach(name: string): void {
    const declared = this.functions.declared.get(name);
    if (declared === undefined || this.written.has(declared.node)) return;
    this.written.add(declared.node);
    this.output.appendLeft(declared.attachAt, `\nObject.assign(${name}, ${this.metadata(declared.node)});\n`);
  }

  private metadata(node: FunctionNode): string {
    const text = this.code.slice(node.start, node.end);
    const { names, scope } = scopeOf(text, this.functions.namespaces);
    for (const name of names) this.attach(name);
    const file = path.relative(this.original.root, this.original.file).split(path.sep).join("/");
    const origin = originOfText(text, node.start, this.lines, this.code, file, this.before);
    const entries = [
      `"version": ${metadataVersion}`,
      `"text": ${JSON.stringify(text)}`,
      `"origin": ${JSON.stringify(origin)}`,
      `"scope": ${scope}`,
    ];
    return `{ [Symbol.for(${JSON.stringify(metadataKey)})]: { ${entries.join(", ")} } }`;
  }

  finish(): Annotated {
    const { file } = this.original;
    const map = this.output.generateMap({ source: file, includeContent: true, hires: "boundary" });
    return { code: this.output.toString(), map: map.toString() };
  }
}
