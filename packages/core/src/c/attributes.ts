// What GCC adds to declarations: `__attribute__((...))`, `__asm__("symbol")`, `__extension__`, and C11's `_Alignas`. Keeps
// what changes a layout or a symbol, skips the rest, as a compiler may. Pure.
import type { CType } from "../types/ctype.ts";
import { typeOfName } from "../types/names.ts";
import { constantExpression, type TypeReader } from "./constants.ts";
import type { TokenCursor } from "./cursor.ts";
import { textOf } from "./literals.ts";

export interface Attributes {
  packed: boolean;
  /** `aligned(n)`: bytes. */
  align?: number;
  /** `vector_size(n)`: no type that crosses. */
  vector: boolean;
  /** `mode(DI)`: an integer of that width. */
  mode?: string;
  /** `__asm__("name")`: the symbol, where it is not the name. */
  symbol?: string;
}

export const noAttributes = (): Attributes => ({ packed: false, vector: false });

const attributeWords: ReadonlySet<string> = new Set([
  "__attribute__",
  "__attribute",
  "__asm__",
  "__asm",
  "asm",
  "__extension__",
  "_Alignas",
  "alignas",
  "__declspec",
]);
/** The largest alignment that GCC gives to a member. */
const largestAlign = 1 << 28;
const defaultAlign = 16;

export const isAttributeWord = (word: string): boolean => attributeWords.has(word);

/** Reads as many attributes as there are, into `into`. */
export function readAttributes(cursor: TokenCursor, types: TypeReader, into: Attributes): void {
  while (cursor.token.kind === "word" && isAttributeWord(cursor.token.text)) {
    const { text } = cursor.next();
    if (text === "__extension__") continue;
    if (text.startsWith("__attribute")) attributeList(cursor, types, into);
    else if (text.toLowerCase().endsWith("alignas")) {
      cursor.expect("(");
      raise(into, alignment(cursor, types));
      cursor.expect(")");
    } else if (text === "__declspec") cursor.skipBalanced();
    else label(cursor, into);
  }
}

/** `__asm__ ("" "name")`. */
function label(cursor: TokenCursor, into: Attributes): void {
  while (["volatile", "__volatile__", "goto"].includes(cursor.token.text)) cursor.next();
  const open = cursor.token;
  if (cursor.peek(1).kind !== "string") {
    if (open.text !== "(") cursor.expect("(");
    cursor.skipBalanced();
    return;
  }
  cursor.expect("(");
  let symbol = "";
  while (cursor.token.kind === "string") symbol += textOf(cursor.next().text) ?? "";
  cursor.expect(")");
  if (symbol !== "") into.symbol = symbol;
}

function attributeList(cursor: TokenCursor, types: TypeReader, into: Attributes): void {
  cursor.expect("(");
  cursor.expect("(");
  while (!cursor.accept(")")) {
    if (cursor.accept(",")) continue;
    const word = cursor.token;
    if (word.kind !== "word") cursor.expect(")");
    cursor.next();
    attribute(cursor, types, word.text.replace(/^__(\w+)__$/, "$1"), into);
  }
  cursor.expect(")");
}

function attribute(cursor: TokenCursor, types: TypeReader, name: string, into: Attributes): void {
  const hasArguments = cursor.token.text === "(";
  switch (name) {
    case "packed":
      into.packed = true;
      break;
    case "aligned":
      if (!hasArguments) raise(into, defaultAlign);
      else {
        cursor.next();
        raise(into, alignment(cursor, types));
        cursor.expect(")");
        return;
      }
      break;
    case "mode":
      if (hasArguments) into.mode = cursor.peek(1).text.replace(/^__(\w+)__$/, "$1");
      break;
    case "vector_size":
      into.vector = true;
      break;
  }
  if (hasArguments) cursor.skipBalanced();
}

function raise(into: Attributes, align: number): void {
  if (align > 0) into.align = Math.max(into.align ?? 1, align);
}

/** A constant, or a type whose alignment it is. Bytes. */
function alignment(cursor: TokenCursor, types: TypeReader): number {
  const start = cursor.token;
  const type = types.optionalType();
  const align =
    type === undefined ? Number(constantExpression(cursor, types).value) : types.layoutOf(type, start).align;
  if (align === 0) return 0;
  if (!Number.isSafeInteger(align) || align < 1 || align > largestAlign || !Number.isInteger(Math.log2(align))) {
    cursor.fail("CF1105", cursor.since(start), `an alignment of ${align} bytes is not possible`, "use a power of two");
  }
  return align;
}

/** `__attribute__((mode(DI)))` on an integer type; undefined for a mode that is no integer. */
export function typeOfMode(mode: string, base: CType): CType | undefined {
  const bits = { QI: 8, HI: 16, SI: 32, DI: 64, byte: 8, word: 64, pointer: 64 }[mode];
  if (bits === undefined || base.kind !== "int") return undefined;
  return typeOfName(`${base.signed ? "" : "u"}int${bits}`);
}
