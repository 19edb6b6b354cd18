// Structures, unions and enumerations where they are defined or named (C11 sections 6.7.2.1 and 6.7.2.2). Layout is left to
// types/. Pure.
import { CFuncError } from "../diagnostics/error.ts";
import type { CType } from "../types/ctype.ts";
import { typeOfName } from "../types/names.ts";
import type { Member } from "../types/record-layout.ts";
import { type Attributes, noAttributes } from "./attributes.ts";
import { constantExpression } from "./constants.ts";
import type { DeclarationParser } from "./declarations.ts";
import { type CInteger, integer } from "./literals.ts";
import type { Definitions, TagKind } from "./scope.ts";
import type { Token } from "./tokens.ts";
import { modified, readSpecifiers, unknown } from "./type-specifiers.ts";
import { isBearable } from "./weight.ts";

/** What follows the word `struct` or `union`: a tag, members, or both. */
export function readRecord(
  parser: DeclarationParser,
  kind: TagKind,
  attributes: Attributes,
  isTypedef: boolean,
): CType {
  const own = parser.attributes();
  const what = kind === "struct" ? "structure" : "union";
  const definitions = parser.scope.definitions;
  const tag = parser.token.kind === "word" ? parser.next() : undefined;
  if (parser.token.text !== "{" || definitions === undefined) {
    if (tag === undefined) {
      return parser.fail("CF1101", parser.token, `expected the name of a ${what} ${parser.before()}`);
    }
    if (definitions !== undefined) return definitions.reference(kind, tag.text);
    return parser.scope.tagged(kind, tag.text) ?? unknown(parser, tag, `unknown ${what} \`${tag.text}\``);
  }
  const open = parser.next();
  const outer = parser.inParameters;
  parser.inParameters = false;
  const members = parser.nested(() => readMembers(parser));
  parser.inParameters = outer;
  parser.expect("}");
  parser.attributes(own);
  // Those after the brace belong to the structure, unlike those around a declarator.
  Object.assign(attributes, own.symbol === undefined ? {} : { symbol: own.symbol });
  const name = tag?.text ?? nameAfter(parser, isTypedef);
  const options = {
    packed: own.packed,
    pack: definitions.pack,
    ...(own.align === undefined ? {} : { align: own.align }),
  };
  try {
    const type = definitions.define(kind, tag?.text, name, members, options);
    if (!isBearable(type)) parser.fail("CF1101", tag ?? open, "this type is too large to be of use");
    return type;
  } catch (error) {
    // What the model of types does not allow, placed.
    const first = error instanceof CFuncError ? error.diagnostics[0] : undefined;
    if (first === undefined || first.primary !== undefined) throw error;
    return parser.fail(first.code, tag ?? open, first.message, first.help);
  }
}

/** A structure without a tag is called as its typedef, which comes next. */
function nameAfter(parser: DeclarationParser, isTypedef: boolean): string {
  const { kind, text } = parser.token;
  return isTypedef && kind === "word" ? text : "anonymous";
}

function readMembers(parser: DeclarationParser): Member[] {
  const members: Member[] = [];
  while (!parser.at("}") && !parser.atEnd) {
    if (parser.accept(";") || skippedHere(parser)) continue;
    const base = readSpecifiers(parser);
    if (parser.accept(";")) {
      if (base.type.kind === "struct" || base.type.kind === "union") members.push(memberOf(parser, base, undefined));
      continue;
    }
    do members.push(readMember(parser, base));
    while (parser.accept(","));
    parser.expect(";");
  }
  return members;
}

/** `_Static_assert(...)`, lines of the preprocessor. */
export function skippedHere(parser: DeclarationParser): boolean {
  if (parser.acceptDirective()) return true;
  if (parser.token.text !== "_Static_assert" && parser.token.text !== "static_assert") return false;
  parser.next();
  parser.skipBalanced();
  parser.expect(";");
  return true;
}

type Specified = ReturnType<typeof readSpecifiers>;

function readMember(parser: DeclarationParser, base: Specified): Member {
  if (parser.token.text === ":") return { ...bitsOf(parser, base), type: base.type };
  const start = parser.token;
  const declared = parser.declarator(base);
  if (declared.name === undefined)
    return parser.fail("CF1101", start, `expected the name of a member ${parser.before()}`);
  if (parser.token.text !== ":") return memberOf(parser, declared, declared.name);
  const bits = bitsOf(parser, declared);
  parser.attributes(declared.attributes);
  return { ...memberOf(parser, declared, declared.name), ...bits };
}

/** `: width`. */
function bitsOf(parser: DeclarationParser, base: { readonly align?: number }): { bits: number; typeAlign?: number } {
  parser.expect(":");
  const bits = Number(constantExpression(parser, parser).value);
  return base.align === undefined ? { bits } : { bits, typeAlign: base.align };
}

function memberOf(
  parser: DeclarationParser,
  declared: { readonly type: CType; readonly align?: number; readonly attributes: Attributes },
  name: string | undefined,
): Member {
  const { attributes } = declared;
  return {
    ...(name === undefined ? {} : { name }),
    type: modified(parser, declared.type, attributes),
    packed: attributes.packed,
    ...(attributes.align === undefined ? {} : { align: attributes.align }),
    ...(declared.align === undefined ? {} : { typeAlign: declared.align }),
  };
}

/** What follows the word `enum`. */
export function readEnum(parser: DeclarationParser, word: Token, _attributes: Attributes): CType {
  const definitions = parser.scope.definitions;
  if (definitions === undefined) {
    return parser.fail("CF1103", word, "enum types are not supported", "a C enum is passed as int32");
  }
  const own = parser.attributes(noAttributes());
  const tag = parser.token.kind === "word" ? parser.next() : undefined;
  if (!parser.accept("{")) {
    if (tag === undefined) return parser.fail("CF1101", parser.token, `expected \`{\` ${parser.before()}`);
    // An enumeration that is defined elsewhere: GCC gives it the size of an int.
    return definitions.enumerated(tag.text) ?? typeOfName("unsigned int") ?? parser.fail("CF1102", tag, "no type");
  }
  const constants = readEnumerators(parser, definitions);
  parser.expect("}");
  parser.attributes(own);
  return definitions.enumeration(tag?.text, constants, own.packed);
}

function readEnumerators(parser: DeclarationParser, definitions: Definitions): Map<string, CInteger> {
  const constants = new Map<string, CInteger>();
  let next = integer(0n);
  while (!parser.at("}") && !parser.atEnd) {
    if (parser.acceptDirective()) continue;
    const name = parser.token;
    if (name.kind !== "word") parser.fail("CF1101", name, `expected the name of a constant ${parser.before()}`);
    parser.next();
    parser.attributes();
    const value = parser.accept("=") ? constantExpression(parser, parser) : next;
    constants.set(name.text, value);
    definitions.enumerator(name.text, value);
    next = after(value);
    while (parser.acceptDirective());
    if (!parser.accept(",")) break;
  }
  if (constants.size === 0) parser.fail("CF1101", parser.token, "an enumeration needs a constant");
  return constants;
}

/** One more, in a type that holds it. */
function after({ value, bits, signed }: CInteger): CInteger {
  const fits = value + 1n < 1n << BigInt(signed ? bits - 1 : bits);
  return fits ? integer(value + 1n, bits, signed) : integer(value + 1n, 64, signed);
}
