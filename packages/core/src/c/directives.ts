// Lines of the preprocessor that a header may still have: `#pragma pack`, and `#define` of a constant as cffi allows it.
// Expands nothing; every other line, such as the line markers of `gcc -E`, says nothing here. Pure.
import { CFuncError } from "../diagnostics/error.ts";
import { sourceText } from "../diagnostics/source-text.ts";
import { conditional } from "./constants.ts";
import { DeclarationParser } from "./declarations.ts";
import type { HeaderScope } from "./header-scope.ts";
import { type CNumber, textOf } from "./literals.ts";

export type Directive =
  | { readonly kind: "pack"; readonly action: "push" | "pop" | "set"; readonly bytes: number | undefined }
  | { readonly kind: "number"; readonly name: string; readonly value: CNumber }
  | { readonly kind: "text"; readonly name: string; readonly value: string }
  | { readonly kind: "unavailable"; readonly name: string; readonly why: string }
  | { readonly kind: "nothing" };

const packPattern = /^#\s*pragma\s+pack\s*\(\s*(?:(push|pop)\s*(?:,\s*)?)?(?:[A-Za-z_]\w*\s*(?:,\s*)?)?(\d+)?\s*\)/;
const definePattern = /^#\s*define\s+([A-Za-z_]\w*)(\(?)([\s\S]*)$/;

export function readDirective(line: string, scope: HeaderScope): Directive {
  const pack = packPattern.exec(line);
  if (pack !== null) {
    const [, action, bytes] = pack;
    if (action === "push" || action === "pop") {
      return { kind: "pack", action, bytes: bytes === undefined ? undefined : Number(bytes) };
    }
    return { kind: "pack", action: "set", bytes: Number(bytes ?? 0) };
  }
  const define = definePattern.exec(line);
  if (define === null) return { kind: "nothing" };
  const [, name = "", paren, rest = ""] = define;
  if (paren === "(") return { kind: "unavailable", name, why: `\`${name}\` is a macro with parameters` };
  const body = rest.replaceAll("\\\n", " ");
  const value = new DeclarationParser(sourceText(name, body), scope);
  if (value.atEnd) return { kind: "nothing" };
  const text = joinedText(value);
  if (text !== undefined) return { kind: "text", name, value: text };
  try {
    const number = conditional(value, value);
    if (value.atEnd) return { kind: "number", name, value: number };
  } catch (error) {
    if (!(error instanceof CFuncError)) throw error;
  }
  return { kind: "unavailable", name, why: `the macro \`${name}\` is no constant` };
}

/** Strings beside each other are one. */
function joinedText(parser: DeclarationParser): string | undefined {
  const mark = parser.mark();
  let all = "";
  while (parser.token.kind === "string") {
    const text = textOf(parser.next().text);
    if (text === undefined) break;
    all += text;
  }
  if (parser.atEnd) return all;
  parser.reset(mark);
  return undefined;
}
