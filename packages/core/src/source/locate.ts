// From an offset in a function's text to the line and column a person wrote: through the script V8 read it from, and
// that script's source map. Slow (tens of milliseconds at first), so only diagnostics ask.
import type { Position } from "../diagnostics/diagnostic.ts";
import { LineIndex } from "../diagnostics/source-text.ts";
import { type ScriptLocation, withInternals } from "./inspector.ts";
import type { BuildOrigin } from "./metadata.ts";
import { type Script, scriptAt } from "./script.ts";
import { displayName, type OriginalFile, originalFiles, type Segment } from "./source-map.ts";

/** The way from offsets in `fn.toString()` to original positions; `undefined` where V8 cannot be asked. */
export function originOf(fn: object, text: string): ((offset: number) => Position | undefined) | undefined {
  try {
    const location = withInternals(fn, (_, internals) => internals.location);
    const script = location && scriptAt(location);
    if (location === undefined || script === undefined) return undefined;
    const start = startOfText(script, location, text);
    if (start === undefined) return undefined;
    return (offset) => {
      try {
        return positionOf(script, start + offset);
      } catch {
        // A malformed map or file name: a message without its original place is better than none.
        return undefined;
      }
    };
  } catch {
    return undefined;
  }
}

/** The way from offsets in a text that a build plugin kept to original positions; `undefined` for a broken map. */
export function originInBuild(
  text: string,
  { file, line, lines, mappings }: BuildOrigin,
): ((offset: number) => Position | undefined) | undefined {
  const map = { version: 3, sources: [file], sourcesContent: [lines], names: [], mappings };
  try {
    const originals = originalFiles(JSON.stringify(map));
    const script: Script = { url: file, text, lines: new LineIndex(text), startLine: 0, startColumn: 0, originals };
    return (offset) => {
      const position = positionOf(script, offset);
      return { ...position, line: position.line + line - 1 };
    };
  } catch {
    return undefined;
  }
}

/** V8 gives the place of the parameter list; the text of a function starts at or before it. */
function startOfText({ text: all, lines, startLine, startColumn }: Script, at: ScriptLocation, text: string) {
  const line = at.line - startLine;
  const parameters = lines.startOf(line) + at.column - (line === 0 ? startColumn : 0);
  const start = all.lastIndexOf(text, parameters);
  return start < 0 ? undefined : start;
}

function positionOf(script: Script, offset: number): Position {
  const { line, column } = script.lines.at(offset);
  const indent = (n: number) => (n === 0 ? script.startColumn : 0);
  const segment = script.originals?.segmentAt(line + script.startLine, column + indent(line));
  if (segment === undefined) {
    const file = script.url === "" ? "<script>" : displayName(script.url);
    return { file, line: line + 1, column: column + 1, lineText: script.lines.lineText(line) };
  }
  const segmentLine = segment.line - script.startLine;
  const segmentOffset = script.lines.startOf(segmentLine) + segment.column - indent(segmentLine);
  return originalPosition(segment, script.text.slice(segmentOffset, offset));
}

/**
 * A segment names the start of a token. Where the original goes on with the same characters as the generated text
 * does, spaces and comments aside, the position inside of the token (or past unmapped ones) is known too. Positions are
 * asked for of tokens only, so spaces and comments before one are passed over.
 * @param passed the generated text from the segment's start to the place
 */
function originalPosition({ file, originalLine, originalColumn }: Segment, passed: string): Position {
  const exact = advance(file, originalLine, originalColumn, passed);
  const { line, column } = exact ?? { line: originalLine, column: originalColumn };
  return { file: file.name, line: line + 1, column: column + 1, lineText: file.lines?.lineText(line) ?? "" };
}

function advance({ text, lines }: OriginalFile, line: number, column: number, passed: string) {
  if (text === undefined || lines === undefined) return undefined;
  let at = lines.startOf(line) + column;
  if (text.startsWith(passed, at)) return lines.at(skipTrivia(text, at + passed.length));
  for (const char of passed.replace(trivia, "")) {
    at = skipTrivia(text, at);
    if (!text.startsWith(char, at)) return undefined;
    at += char.length;
  }
  return lines.at(skipTrivia(text, at));
}

const trivia = /\s+|\/\*[\s\S]*?\*\/|\/\/.*/g;

function skipTrivia(text: string, from: number): number {
  const found = /(?:\s|\/\*[\s\S]*?\*\/|\/\/.*)*/y;
  found.lastIndex = from;
  found.test(text);
  return found.lastIndex;
}
