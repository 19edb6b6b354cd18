// C prototypes from text. Never opens files: headers are given as text. Pure.
import { sourceText } from "../diagnostics/source-text.ts";
import type { Signature } from "../types/ctype.ts";
import { DeclarationParser } from "./declarations.ts";
import { builtinScope, type TypeScope } from "./scope.ts";

export interface Prototype {
  /** Absent for a bare function type, `double(int)`. */
  readonly name?: string;
  readonly signature: Signature;
}

/** Reads one function prototype. Throws a CFuncError (CF1101 to CF1104) with the position in the text. */
export function parsePrototype(text: string, scope: TypeScope = builtinScope): Prototype {
  const parser = new DeclarationParser(sourceText("signature", text), scope);
  const prototype = parser.prototype();
  parser.end();
  return prototype;
}
