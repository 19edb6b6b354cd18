// Constant expressions of C: arithmetic, comparison, conditional, casts, `sizeof`, `_Alignof`, `offsetof`, characters and
// the names of constants, computed in C's types. C11 section 6.6; the operators of 6.5.3 to 6.5.15. Pure.
import type { Span } from "../diagnostics/diagnostic.ts";
import type { CType, FieldType } from "../types/ctype.ts";
import { memberOf } from "../types/members.ts";
import { printType } from "../types/print.ts";
import type { TokenCursor } from "./cursor.ts";
import { type CInteger, type CNumber, characterOf, integer, numberOf } from "./literals.ts";

/** What an expression asks the parser of declarations. */
export interface TypeReader {
  /** The type name that begins here, or undefined where none does. */
  optionalType(): CType | undefined;
  constant(name: string): CNumber | undefined;
  /** Bytes of a type, and its alignment. Throws CF1104 at `at` for a type that has none. */
  layoutOf(type: CType, at: Span): { readonly size: number; readonly align: number };
}

const levels: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["|"],
  ["^"],
  ["&"],
  ["==", "!="],
  ["<", ">", "<=", ">="],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "%"],
];
const precedence: ReadonlyMap<string, number> = new Map(levels.flatMap((ops, level) => ops.map((op) => [op, level])));

/** An expression whose value must be an integer. Throws CF1101 at what is none. */
export function constantExpression(cursor: TokenCursor, types: TypeReader): CInteger {
  const start = cursor.token;
  const value = conditional(cursor, types);
  if (value.kind === "integer") return value;
  return cursor.fail("CF1101", cursor.since(start), "expected an integer constant, not a floating point number");
}

/** An expression whose value may be floating point as well, as `#define` has them. */
export function conditional(cursor: TokenCursor, types: TypeReader): CNumber {
  return cursor.nested(() => {
    const condition = binary(cursor, types, 0);
    if (!cursor.accept("?")) return condition;
    const yes = conditional(cursor, types);
    cursor.expect(":");
    const no = conditional(cursor, types);
    const [a, b] = balanced(yes, no);
    return isTrue(condition) ? a : b;
  });
}

const isTrue = (n: CNumber): boolean => (n.kind === "integer" ? n.value !== 0n : n.value !== 0);
const truth = (value: boolean): CInteger => integer(value ? 1n : 0n);

function binary(cursor: TokenCursor, types: TypeReader, least: number): CNumber {
  let left = unary(cursor, types);
  for (;;) {
    const operator = cursor.token;
    const level = operator.kind === "punctuation" ? precedence.get(operator.text) : undefined;
    if (level === undefined || level < least) return left;
    cursor.next();
    const right = binary(cursor, types, level + 1);
    left = apply(operator.text, left, right) ?? noValue(cursor, operator.text, operator);
  }
}

function noValue(cursor: TokenCursor, operator: string, at: { start: number; end: number }): never {
  return cursor.fail(
    "CF1101",
    at,
    operator === "/" || operator === "%" ? "a constant is divided by zero" : `\`${operator}\` has no value here`,
  );
}

/** The usual arithmetic conversions (C11 section 6.3.1.8). */
function balanced(a: CNumber, b: CNumber): readonly [CNumber, CNumber] {
  if (a.kind === "floating" || b.kind === "floating") return [floating(Number(a.value)), floating(Number(b.value))];
  const bits = Math.max(a.bits, b.bits) === 64 ? 64 : 32;
  const signed = !((!a.signed && a.bits === bits) || (!b.signed && b.bits === bits));
  return [integer(a.value, bits, signed), integer(b.value, bits, signed)];
}

const floating = (value: number): CNumber => ({ kind: "floating", value });

function apply(operator: string, left: CNumber, right: CNumber): CNumber | undefined {
  if (operator === "&&") return truth(isTrue(left) && isTrue(right));
  if (operator === "||") return truth(isTrue(left) || isTrue(right));
  if (operator === "<<" || operator === ">>") return shift(operator, left, right);
  const [a, b] = balanced(left, right);
  switch (operator) {
    case "==":
      return truth(a.value === b.value);
    case "!=":
      return truth(a.value !== b.value);
    case "<":
      return truth(a.value < b.value);
    case ">":
      return truth(a.value > b.value);
    case "<=":
      return truth(a.value <= b.value);
    case ">=":
      return truth(a.value >= b.value);
  }
  if (a.kind === "floating" || b.kind === "floating") {
    const result = floatResult(operator, Number(a.value), Number(b.value));
    return result === undefined ? undefined : floating(result);
  }
  const result = integerResult(operator, a.value, b.value);
  return result === undefined ? undefined : integer(result, a.bits, a.signed);
}

function shift(operator: string, left: CNumber, right: CNumber): CNumber | undefined {
  if (left.kind === "floating" || right.kind === "floating") return undefined;
  if (right.value < 0n || right.value >= BigInt(left.bits)) return undefined;
  return integer(operator === "<<" ? left.value << right.value : left.value >> right.value, left.bits, left.signed);
}

function floatResult(operator: string, a: number, b: number): number | undefined {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    default:
      return undefined;
  }
}

function integerResult(operator: string, a: bigint, b: bigint): bigint | undefined {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return b === 0n ? undefined : a / b;
    case "%":
      return b === 0n ? undefined : a % b;
    case "|":
      return a | b;
    case "^":
      return a ^ b;
    case "&":
      return a & b;
    default:
      return undefined;
  }
}

function unary(cursor: TokenCursor, types: TypeReader): CNumber {
  return cursor.nested(() => {
    const token = cursor.token;
    switch (token.text) {
      case "+":
      case "-":
      case "~":
      case "!": {
        cursor.next();
        const value = unary(cursor, types);
        if (token.text === "!") return truth(!isTrue(value));
        if (token.text === "+") return value;
        if (value.kind === "floating") {
          return token.text === "-" ? floating(-value.value) : noValue(cursor, token.text, token);
        }
        return integer(token.text === "-" ? -value.value : ~value.value, value.bits, value.signed);
      }
      case "(":
        return parenthesized(cursor, types);
      case "sizeof":
      case "_Alignof":
      case "alignof":
      case "__alignof__":
      case "__alignof":
        return measured(cursor, types);
      case "__builtin_offsetof":
      case "offsetof":
        return offset(cursor, types);
      case "__extension__":
        cursor.next();
        return unary(cursor, types);
    }
    return primary(cursor, types);
  });
}

function primary(cursor: TokenCursor, types: TypeReader): CNumber {
  const token = cursor.token;
  const value =
    token.kind === "number"
      ? numberOf(token.text)
      : token.kind === "character"
        ? characterOf(token.text)
        : token.kind === "word"
          ? types.constant(token.text)
          : undefined;
  if (value !== undefined) {
    cursor.next();
    return value;
  }
  const message =
    token.kind === "number"
      ? `\`${token.text}\` is not a number`
      : token.kind === "character"
        ? `${token.text} is not a character`
        : token.kind === "word"
          ? `\`${token.text}\` is not a constant`
          : `expected a constant ${cursor.before()}`;
  return cursor.fail("CF1101", token, message);
}

/** A cast, or an expression in parentheses. */
function parenthesized(cursor: TokenCursor, types: TypeReader): CNumber {
  const open = cursor.expect("(");
  const type = types.optionalType();
  if (type === undefined) {
    const inner = conditional(cursor, types);
    cursor.expect(")");
    return inner;
  }
  cursor.expect(")");
  const span = cursor.since(open);
  const value = unary(cursor, types);
  return cast(value, type) ?? cursor.fail("CF1101", span, `a constant is not cast to ${printType(type)}`);
}

function cast(value: CNumber, type: CType): CNumber | undefined {
  if (type.kind === "float") return floating(type.bits === 32 ? Math.fround(Number(value.value)) : Number(value.value));
  if (type.kind === "bool") return truth(isTrue(value));
  if (type.kind !== "int" && type.kind !== "pointer") return undefined;
  const whole = value.kind === "integer" ? value.value : toBigint(value.value);
  if (whole === undefined) return undefined;
  if (type.kind === "pointer") return integer(whole, 64, false);
  const narrow = type.signed ? BigInt.asIntN(type.bits, whole) : BigInt.asUintN(type.bits, whole);
  // What is narrower than int is promoted to int.
  return type.bits >= 32 ? integer(narrow, type.bits === 64 ? 64 : 32, type.signed) : integer(narrow);
}

const toBigint = (value: number): bigint | undefined =>
  Number.isFinite(value) ? BigInt(Math.trunc(value)) : undefined;

/** `sizeof(T)`, `_Alignof(T)`: a size_t. Of an expression, only the type of a constant is known. */
function measured(cursor: TokenCursor, types: TypeReader): CNumber {
  const word = cursor.next();
  if (cursor.token.text === "(") {
    const before = cursor.mark();
    cursor.next();
    const type = types.optionalType();
    if (type !== undefined) {
      cursor.expect(")");
      const { size, align } = types.layoutOf(type, cursor.since(word));
      return integer(BigInt(word.text === "sizeof" ? size : align), 64, false);
    }
    cursor.reset(before);
  }
  const value = unary(cursor, types);
  return integer(value.kind === "integer" ? BigInt(value.bits / 8) : 8n, 64, false);
}

/** `offsetof(T, a.b)`. */
function offset(cursor: TokenCursor, types: TypeReader): CNumber {
  cursor.next();
  cursor.expect("(");
  const start = cursor.token;
  let type = types.optionalType();
  if (type === undefined) return cursor.fail("CF1101", start, `expected a type ${cursor.before()}`);
  cursor.expect(",");
  let bytes = 0;
  do {
    const name = cursor.next();
    const found: FieldType | undefined = memberOf(type, name.text);
    if (found === undefined) return cursor.fail("CF1101", name, `${printType(type)} has no member \`${name.text}\``);
    bytes += found.offset;
    type = found.type;
  } while (cursor.accept("."));
  cursor.expect(")");
  return integer(BigInt(bytes), 64, false);
}
