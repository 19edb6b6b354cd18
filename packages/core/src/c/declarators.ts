// Declarators, read inside out: pointers, arrays, functions, parentheses (C11 section 6.7.6). A declarator is a function
// from the type of the specifiers to the type of the name. Pure.
import type { CType, Parameter } from "../types/ctype.ts";
import { parameter, pointerType, signatureType } from "../types/forward.ts";
import { sizeOf } from "../types/layout.ts";
import { printType } from "../types/print.ts";
import { hasSize } from "../types/records.ts";
import { type Attributes, isAttributeWord } from "./attributes.ts";
import { constantExpression } from "./constants.ts";
import type { DeclarationParser, Qualified } from "./declarations.ts";
import { isSpecifierWord } from "./specifiers.ts";
import type { Token } from "./tokens.ts";
import { isConst, isQualifier, isTypeWord } from "./type-specifiers.ts";
import { isBearable } from "./weight.ts";

export interface Declarator {
  readonly name?: Token;
  readonly build: (base: Qualified) => Qualified;
}

type Wrap = (base: Qualified) => Qualified;
/** More stars are a mistake, or an attack on whoever walks the type. */
const mostStars = 32;

export function readDeclarator(parser: DeclarationParser, attributes: Attributes): Declarator {
  return parser.nested(() => {
    const start = parser.token;
    const stars = readStars(parser, attributes);
    const inner = readInner(parser, attributes);
    const suffixes: Wrap[] = [];
    while (parser.token.text === "(" || parser.token.text === "[") {
      suffixes.push(parser.token.text === "(" ? parameters(parser) : bounds(parser, suffixes.length === 0));
    }
    const build: Wrap = (base) => {
      let result = base;
      for (const constant of stars) {
        if (result.type.kind === "array" && result.type.length === 0) {
          parser.fail("CF1101", start, "a pointer to an array needs the length of the array");
        }
        result = bearable(parser, start, { type: pointerType(result.type, result.constant), constant });
      }
      for (const wrap of suffixes.toReversed()) result = bearable(parser, start, wrap(result));
      return inner.build(result);
    };
    return inner.name === undefined ? { build } : { name: inner.name, build };
  });
}

function bearable(parser: DeclarationParser, at: Token, built: Qualified): Qualified {
  if (!isBearable(built.type)) parser.fail("CF1101", parser.since(at), "this type is too large to be of use");
  return built;
}

/** One entry a star: whether what it makes is `const`. */
function readStars(parser: DeclarationParser, attributes: Attributes): boolean[] {
  const stars: boolean[] = [];
  parser.attributes(attributes);
  while (parser.accept("*")) {
    let constant = false;
    for (;;) {
      parser.attributes(attributes);
      if (parser.token.kind !== "word" || !isQualifier(parser.token.text)) break;
      constant = isConst(parser.next().text) || constant;
    }
    stars.push(constant);
    if (stars.length > mostStars) parser.fail("CF1101", parser.token, "this is nested too deeply");
  }
  return stars;
}

function readInner(parser: DeclarationParser, attributes: Attributes): Declarator {
  const { kind, text } = parser.token;
  if (kind === "word" && !isSpecifierWord(text)) return { name: parser.next(), build: (base) => base };
  if (text !== "(" || !opensDeclarator(parser)) return { build: (base) => base };
  parser.next();
  const inner = readDeclarator(parser, attributes);
  parser.expect(")");
  return inner;
}

/** Whether the `(` here opens a nested declarator, `(*f)`, and not a parameter list, `(double)`. */
function opensDeclarator(parser: DeclarationParser): boolean {
  const inside = parser.peek(1);
  if (inside.text === "*" || inside.text === "(") return true;
  if (inside.kind !== "word" || isTypeWord(inside.text)) return false;
  if (isAttributeWord(inside.text)) return parser.scope.definitions !== undefined;
  if (parser.typeOfWord(inside.text) !== undefined) return false;
  if (parser.scope.definitions !== undefined) return true;
  return parser.peek(2).text === ")" && parser.peek(3).text === "(";
}

function bounds(parser: DeclarationParser, outermost: boolean): Wrap {
  const open = parser.expect("[");
  let promised = false;
  while (parser.token.text === "static" || isQualifier(parser.token.text))
    promised = parser.next().text === "static" || promised;
  const length = boundOf(parser);
  const span = { start: open.start, end: parser.expect("]").end };
  if (length === undefined && !outermost) {
    parser.fail("CF1101", span, "an inner dimension of an array needs its length");
  }
  return (base) => {
    const { type } = base;
    if (type.kind === "void" || type.kind === "function" || (type.kind === "opaque" && !isRefused(parser, type))) {
      parser.fail("CF1104", span, `C has no array of ${printType(type)}`);
    }
    const bytes = hasSize(type) ? sizeOf(type) * (length ?? 0) : 0;
    if (!Number.isSafeInteger(bytes)) parser.fail("CF1104", span, "this array is too large", "2^53 bytes are too many");
    const built: Qualified = { ...base, type: { kind: "array", of: type, length: length ?? 0 } };
    return promised && length !== undefined ? { ...built, atLeast: length } : built;
  };
}

const isRefused = (parser: DeclarationParser, type: CType): boolean =>
  parser.scope.definitions?.isRefused(type) ?? false;

/** The length between the brackets; undefined where it is missing, or, in a parameter, no constant. */
function boundOf(parser: DeclarationParser): number | undefined {
  if (parser.token.text === "]") return undefined;
  const start = parser.token;
  const isName = start.kind === "word" && parser.peek(1).text === "]" && parser.constant(start.text) === undefined;
  const isFree = parser.inParameters || parser.scope.definitions === undefined;
  if (isFree && (isName || (start.text === "*" && parser.peek(1).text === "]"))) {
    parser.next();
    return undefined;
  }
  const { value } = constantExpression(parser, parser);
  const length = Number(value);
  if (length < 0 || !Number.isSafeInteger(length)) {
    parser.fail("CF1104", parser.since(start), `an array cannot have ${value} elements`);
  }
  // In a prototype `a[0]` says no more than `a[]`.
  return length === 0 && isFree ? undefined : length;
}

function parameters(parser: DeclarationParser): Wrap {
  const open = parser.expect("(");
  const outer = parser.inParameters;
  parser.inParameters = true;
  const params: Parameter[] = [];
  let variadic = false;
  if (parser.token.text === "void" && parser.peek(1).text === ")") parser.next();
  while (parser.token.text !== ")") {
    if (params.length > 0 && !parser.accept(",")) {
      parser.fail("CF1101", parser.token, `expected \`,\` or \`)\` ${parser.before()}`);
    }
    if (parser.accept("...")) {
      variadic = true;
      if (parser.token.text !== ")") parser.fail("CF1101", parser.token, "`...` must come last");
      if (params.length === 0)
        parser.fail("CF1101", open, "`...` needs a parameter before it", "C17 asks for a named parameter first");
      break;
    }
    params.push(readParameter(parser));
  }
  const span = { start: open.start, end: parser.expect(")").end };
  parser.inParameters = outer;
  return (base) => {
    if (base.type.kind === "array" || base.type.kind === "function") {
      parser.fail("CF1104", span, `a C function cannot return ${printType(base.type)}`, "return a pointer");
    }
    return { type: { kind: "function", signature: signatureType(base.type, params, variadic) }, constant: false };
  };
}

/** One parameter; arrays and functions become pointers, as C adjusts them (C11 section 6.7.6.3). */
function readParameter(parser: DeclarationParser): Parameter {
  const start = parser.token;
  const { name, type, constant, atLeast } = parser.declaration();
  const span = parser.since(start);
  const spelled = parser.peek(-1).text === "]" || parser.scope.definitions !== undefined;
  if (type.kind === "void")
    parser.fail("CF1104", span, "a parameter cannot be void", "an empty list is `()` or `(void)`");
  if (type.kind === "array" && !spelled) {
    parser.fail("CF1104", span, "C does not pass arrays by value", `use CPointer(${printType(type.of)})`);
  }
  if (type.kind === "array") {
    const pointer = parameter(pointerType(type.of, constant), name);
    return atLeast === undefined ? pointer : { ...pointer, atLeast };
  }
  return parameter(type.kind === "function" ? pointerType(type, false) : type, name);
}
