// A function -> its source text, as an expression that parses, with the way back to the file it came from. What
// cannot be compiled by its nature (a class, an async or native function) is refused here. Never parses the body.
import { tokenizer, tokTypes } from "acorn";
import type { Code } from "../diagnostics/codes.ts";
import type { Diagnostic, Position, SourceText, Span } from "../diagnostics/diagnostic.ts";
import { CFuncError } from "../diagnostics/error.ts";
import { sourceText } from "../diagnostics/source-text.ts";
import type { JsFunction } from "./captured-value.ts";
import { isNative } from "./classify.ts";
import { originInBuild, originOf } from "./locate.ts";
import { type BuildMetadata, metadataOf } from "./metadata.ts";

export interface FunctionText {
  /** Parses as an expression. A method `name(a) {...}` became `function(a) {...}`, without the name: it binds none. */
  readonly text: string;
  /** `text`, with positions in the original file. */
  readonly source: SourceText;
  readonly kind: "arrow" | "function" | "method";
  /** The function's `name`, for symbols and messages; empty where it has none. */
  readonly name: string;
}

/**
 * The text of a function that may be compiled.
 * @throws CFuncError CF1201 (native, bound, proxy), CF1202 (not a function), CF1203 to CF1206 (class, async,
 * generator, accessor)
 */
export function readFunctionText(fn: unknown): FunctionText {
  if (typeof fn !== "function") throw notAFunction(fn);
  if (isNative(fn)) throw noText(fn as JsFunction);
  const metadata = metadataOf(fn);
  const text = metadata?.text ?? Function.prototype.toString.call(fn);
  const name = String(Object.getOwnPropertyDescriptor(fn, "name")?.value ?? "");
  const original = textOf(fn, name, text, metadata);
  const prototype = Object.getOwnPropertyDescriptor(fn, "prototype");
  if (prototype?.writable === false) {
    throw refused(original, "CF1203", "a class cannot be compiled", "class", "pass a function or a static method");
  }
  refuseByTag(fn, original);
  // A minifier may make an arrow function of a function, or the other way round: the text that was kept decides.
  if (metadata !== undefined)
    return { text, source: original, kind: /^function\b/.test(text) ? "function" : "arrow", name };
  if (prototype !== undefined) return { text, source: original, kind: "function", name };
  return arrowOrMethod(original, name);
}

function notAFunction(value: unknown): CFuncError {
  const what = value === null || value === undefined ? String(value) : article(typeof value);
  const message = `expected a function to compile, not ${what}`;
  return new CFuncError([
    { code: "CF1202", severity: "error", message, help: "pass the function itself, not what it returns" },
  ]);
}

function article(noun: string): string {
  return `${noun === "object" ? "an" : "a"} ${noun}`;
}

function noText(fn: JsFunction): CFuncError {
  return new CFuncError([
    {
      code: "CF1201",
      severity: "error",
      message: `${fn.name === "" ? "the function" : `\`${fn.name}\``} has no JavaScript source: it is native, bound or a proxy`,
      help: "pass the function itself, or write an arrow function that calls it: (x) => f(x)",
    },
  ]);
}

/** Async functions and generators, by the tag of their prototypes, which is the same in every realm. */
function refuseByTag(fn: object, source: SourceText): void {
  const tag = Object.prototype.toString.call(fn);
  if (tag === "[object AsyncFunction]" || tag === "[object AsyncGeneratorFunction]") {
    const help = "native code calls a function and waits for its result: remove `async` and `await`";
    throw refused(source, "CF1204", "an async function cannot be compiled", "async", help);
  }
  if (tag === "[object GeneratorFunction]") {
    const help = "native code takes one result from a call: return a value instead of yielding several";
    throw refused(source, "CF1205", "a generator cannot be compiled", "*", help);
  }
}

/** @param at the piece of the text to point at: its first occurrence */
function refused(source: SourceText, code: Code, message: string, at: string, help: string): CFuncError {
  const start = Math.max(source.text.indexOf(at), 0);
  const span: Span = { start, end: start + at.length };
  const diagnostic: Diagnostic = { code, severity: "error", message, primary: { source, span }, help };
  return new CFuncError([diagnostic]);
}

/** Functions without a `prototype`: arrows, methods and accessors differ in what their text starts with. */
function arrowOrMethod(original: SourceText, name: string): FunctionText {
  const { text } = original;
  const tokens = tokenizer(text, { ecmaVersion: "latest" });
  const first = tokens.getToken();
  if (first.type === tokTypes.parenL) return { text, source: original, kind: "arrow", name };
  let next = first.type === tokTypes.bracketL ? afterBrackets(tokens) : tokens.getToken();
  if (next.type === tokTypes.arrow) return { text, source: original, kind: "arrow", name };

  const word = text.slice(first.start, first.end);
  if ((word === "get" || word === "set") && next.type !== tokTypes.parenL) {
    throw refused(original, "CF1206", "a getter or setter cannot be compiled", word, "write it as a method");
  }
  while (next.type !== tokTypes.parenL && next.type !== tokTypes.eof) next = tokens.getToken();
  const keyword = "function";
  const shift = next.start - keyword.length;
  const source: SourceText = {
    name: original.name,
    text: keyword + text.slice(next.start),
    // The keyword stands for the method's name.
    locate: (offset): Position => original.locate(offset < keyword.length ? 0 : offset + shift),
  };
  return { text: source.text, source, kind: "method", name };
}

/** The token after a computed name `[...]` whose opening bracket was read. */
function afterBrackets(tokens: ReturnType<typeof tokenizer>) {
  for (let depth = 1; depth > 0; ) {
    const { type } = tokens.getToken();
    if (type === tokTypes.bracketL) depth++;
    if (type === tokTypes.bracketR || type === tokTypes.eof) depth--;
  }
  return tokens.getToken();
}

/** The text of a function; its original position is looked for when a diagnostic first asks. */
function textOf(fn: object, name: string, text: string, metadata: BuildMetadata | undefined): SourceText {
  const fallback = sourceText(name === "" ? "<function>" : `<function ${name}>`, text);
  let origin: ReturnType<typeof originOf> | "unasked" = "unasked";
  return {
    name: fallback.name,
    text,
    locate(offset): Position {
      if (origin === "unasked") {
        if (metadata === undefined) origin = originOf(fn, text);
        else origin = metadata.origin && originInBuild(text, metadata.origin);
      }
      return origin?.(offset) ?? fallback.locate(offset);
    },
  };
}
