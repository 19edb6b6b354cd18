// C's type specifier words, in any order: `long unsigned int`, `char signed`. C11 section 6.7.2. Pure.
import type { CType } from "../types/ctype.ts";
import { typeOfName } from "../types/names.ts";

/** The words that may combine; every other type name stands alone. */
const specifierWords: ReadonlySet<string> = new Set([
  "void",
  "char",
  "short",
  "int",
  "long",
  "float",
  "double",
  "signed",
  "unsigned",
  "_Bool",
  "_Complex",
  "__int128",
]);

export function isSpecifierWord(word: string): boolean {
  return specifierWords.has(word);
}

/**
 * The canonical spelling of a combination of specifier words, or undefined where C does not allow it:
 * `["int", "unsigned"]` -> `unsigned int`. The spelling is a key of the table of names or of the refused names.
 */
export function canonicalSpecifiers(words: readonly string[]): string | undefined {
  const [only] = words;
  if (only !== undefined && words.length === 1) {
    return only === "signed" ? "int" : only === "unsigned" ? "unsigned int" : only === "_Complex" ? undefined : only;
  }
  const count = (word: string): number => words.filter((w) => w === word).length;
  const rest = words.filter((w) => !["signed", "unsigned", "short", "long", "int"].includes(w));
  const longs = count("long");
  const signs = count("signed") + count("unsigned");
  if (count("_Complex") > 0) {
    const part = canonicalSpecifiers(words.toSpliced(words.indexOf("_Complex"), 1));
    return part === "float" || part === "double" || part === "long double" ? `${part} _Complex` : undefined;
  }
  if (rest.length > 1 || signs > 1 || count("int") > 1 || count("short") > 1 || longs > 2) return undefined;
  const sign = count("unsigned") > 0 ? "unsigned " : "";
  const base = rest[0];
  if (base !== undefined) {
    if (count("int") > 0 || count("short") > 0) return undefined;
    if (base === "double" && longs === 1 && signs === 0) return "long double";
    if (longs > 0) return undefined;
    if (base === "char") return count("signed") > 0 ? "signed char" : `${sign}char`;
    if (base === "__int128") return base;
    return signs > 0 ? undefined : base;
  }
  if (count("short") > 0) return longs > 0 ? undefined : `${sign}short`;
  if (longs > 0) return `${sign}${longs === 2 ? "long long" : "long"}`;
  return `${sign}int`;
}

export function typeOfSpecifiers(words: readonly string[]): CType | undefined {
  const name = canonicalSpecifiers(words);
  return name === undefined ? undefined : typeOfName(name);
}
