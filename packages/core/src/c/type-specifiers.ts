// Declaration specifiers: the words and structures before a declarator, in any order (C11 section 6.7). Pure.
import type { Span } from "../diagnostics/diagnostic.ts";
import type { CType } from "../types/ctype.ts";
import { resolved } from "../types/forward.ts";
import { refusalOf, typeNames } from "../types/names.ts";
import { nearNames, orList } from "../types/suggest.ts";
import { readEnum, readRecord } from "./aggregates.ts";
import { type Attributes, isAttributeWord, noAttributes, typeOfMode } from "./attributes.ts";
import { conditional } from "./constants.ts";
import type { DeclarationParser, Qualified } from "./declarations.ts";
import type { CNumber } from "./literals.ts";
import { canonicalSpecifiers, isSpecifierWord, typeOfSpecifiers } from "./specifiers.ts";
import type { Token } from "./tokens.ts";

export type Storage = "typedef" | "extern" | "static" | "inline";

export interface Specified extends Qualified {
  readonly storage: ReadonlySet<Storage>;
  readonly attributes: Attributes;
}

const storageWords: ReadonlySet<string> = new Set<Storage>(["typedef", "extern", "static", "inline"]);
/** Words that say nothing about a type here: `volatile` is dropped on purpose, a C caller does not see it. */
const ignored: ReadonlySet<string> = new Set([
  "volatile",
  "restrict",
  "register",
  "auto",
  "_Noreturn",
  "noreturn",
  "_Thread_local",
  "__thread",
  "_Atomic",
]);
/** GCC's other spellings, for code that is compiled as strict C. */
const spellings: Readonly<Record<string, string>> = {
  __const: "const",
  __const__: "const",
  __volatile: "volatile",
  __volatile__: "volatile",
  __restrict: "restrict",
  __restrict__: "restrict",
  __inline: "inline",
  __inline__: "inline",
  __signed: "signed",
  __signed__: "signed",
  __complex__: "_Complex",
  _Float32: "float",
  _Float32x: "double",
  _Float64: "double",
};
const tagWords: ReadonlySet<string> = new Set(["struct", "union", "enum"]);
const typeofWords: ReadonlySet<string> = new Set(["typeof", "__typeof", "__typeof__"]);

/** What people who think in TypeScript or Python write. */
const habits: Readonly<Record<string, string>> = {
  number: "float64 or int32",
  bigint: "int64",
  boolean: "bool",
  string: "const char*",
  str: "const char*",
  None: "void",
};

const plain = (word: string): string => (Object.hasOwn(spellings, word) ? (spellings[word] ?? word) : word);

/** Whether the word is `const`, or one that says nothing here. */
export const isQualifier = (word: string): boolean => plain(word) === "const" || ignored.has(plain(word));
export const isConst = (word: string): boolean => plain(word) === "const";

/** Whether the word can begin a type, apart from the names that stand for one. */
export const isTypeWord = (word: string): boolean =>
  isSpecifierWord(plain(word)) || tagWords.has(word) || typeofWords.has(word) || isQualifier(word);

export function readSpecifiers(parser: DeclarationParser): Specified {
  const words: Token[] = [];
  const storage = new Set<Storage>();
  const attributes = noAttributes();
  let base: Qualified | undefined;
  let constant = false;
  for (;;) {
    const token = parser.token;
    if (token.kind !== "word") break;
    const word = plain(token.text);
    const begun = base !== undefined || words.length > 0;
    if (isAttributeWord(word)) {
      parser.attributes(attributes);
      continue;
    }
    if (word === "const") constant = true;
    else if (storageWords.has(word)) storage.add(word as Storage);
    else if (isSpecifierWord(word) && base === undefined) words.push(token);
    else if (word === "_Atomic" && parser.peek(1).text === "(" && !begun) {
      parser.next();
      base = parenthesized(parser);
      continue;
    } else if (!ignored.has(word)) {
      if (begun) break;
      base = named(parser, token, attributes, storage.has("typedef"));
      continue;
    }
    parser.next();
  }
  const { type, ...more } = base ?? combined(parser, words);
  return {
    ...more,
    type: modified(parser, type, attributes),
    constant: constant || more.constant,
    storage,
    attributes,
  };
}

/** What attributes make of a type: `mode` another width, `vector_size` a type that is refused. */
export function modified(parser: DeclarationParser, type: CType, attributes: Attributes): CType {
  if (attributes.vector) {
    return parser.refuse("CF1103", parser.peek(-1), "vector", "vector types are not supported", refusalOf("__m128"));
  }
  return attributes.mode === undefined ? type : (typeOfMode(attributes.mode, type) ?? type);
}

/** The type that several words make: `unsigned long int`. */
function combined(parser: DeclarationParser, words: readonly Token[]): Qualified {
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) {
    return parser.fail("CF1101", parser.token, `expected a type ${parser.before()}`);
  }
  const spelling = words.map((word) => plain(word.text));
  const written = words.map((word) => word.text).join(" ");
  const refusal = refusalOf(canonicalSpecifiers(spelling) ?? "");
  const span = { start: first.start, end: last.end };
  const type =
    refusal !== undefined
      ? parser.refuse("CF1103", span, written, `\`${written}\` is not supported`, refusal)
      : (typeOfSpecifiers(spelling) ?? parser.fail("CF1101", span, `\`${written}\` is not a C type`));
  return { type, constant: false };
}

/** `struct Point`, `enum Color`, `typeof(int *)`, a typedef's name, a word of the scope. */
function named(parser: DeclarationParser, token: Token, attributes: Attributes, isTypedef: boolean): Qualified {
  parser.next();
  const { text } = token;
  if (text === "struct" || text === "union") {
    return { type: readRecord(parser, text, attributes, isTypedef), constant: false };
  }
  if (text === "enum") return { type: readEnum(parser, token, attributes), constant: false };
  if (typeofWords.has(text)) return parenthesized(parser);
  const make = parser.scope.constructors?.get(text);
  if (make !== undefined && parser.token.text === "(") {
    return { type: parser.nested(() => make(parser)), constant: false };
  }
  const found = parser.scope.definitions?.typedef(text);
  if (found !== undefined) return { ...found, type: resolved(found.type) };
  const refusal = refusalOf(text);
  if (refusal !== undefined) {
    return { type: parser.refuse("CF1103", token, text, `\`${text}\` is not supported`, refusal), constant: false };
  }
  return { type: parser.scope.type(text) ?? unknown(parser, token, `unknown type \`${text}\``), constant: false };
}

function parenthesized(parser: DeclarationParser): Qualified {
  parser.expect("(");
  const type = parser.atType()
    ? parser.typeName()
    : { type: typeOfNumber(conditional(parser, parser)), constant: false };
  parser.expect(")");
  return type;
}

/** `typeof(1 + 2)`: of expressions, only those of constants are known. */
function typeOfNumber(value: CNumber): CType {
  if (value.kind === "floating") return typeNames.double;
  if (value.bits === 64) return value.signed ? typeNames.long : typeNames.ulong;
  return value.signed ? typeNames.int : typeNames["unsigned int"];
}

export function unknown(parser: DeclarationParser, token: Token & Span, message: string): never {
  const { scope } = parser;
  const near = nearNames(token.text, [...scope.names(), ...(scope.constructors?.keys() ?? [])]);
  const habit = Object.hasOwn(habits, token.text) ? habits[token.text] : undefined;
  const list = habit ?? orList(near.map((name) => `\`${name}\``));
  const declare =
    scope.definitions === undefined
      ? `declare it in the options: { types: { ${token.text} } }`
      : "declare it above, or preprocess the header with `gcc -E`";
  return parser.fail("CF1102", token, message, list === "" ? declare : `did you mean ${list}?`);
}
