// Text -> subset tree. acorn parses JavaScript; this stage keeps what can compile and refuses the rest (CF13xx).
// It knows syntax and scopes only: no types, no captured values. Pure.
import {
  type AnyNode,
  type ArrowFunctionExpression,
  type Expression,
  type FunctionExpression,
  parseExpressionAt,
} from "acorn";
import type { SourceText } from "../diagnostics/diagnostic.ts";
import { hoistVars } from "./hoist.ts";
import { withinStack } from "./nesting.ts";
import { normalize } from "./normalize.ts";
import { ExpressionParser } from "./parse-expression.ts";
import { StatementParser } from "./parse-statement.ts";
import { fail, reject } from "./reject.ts";
import { Scopes } from "./scope.ts";
import type { FunctionTree, Stmt } from "./tree.ts";

/** Parses the text of one function. Throws a `CFuncError` with CF1301 (not JavaScript) or CF1302 (does not compile). */
export function parse(source: SourceText): FunctionTree {
  return withinStack(source, { start: 0, end: 1 }, () => parseWhole(source));
}

function parseWhole(source: SourceText): FunctionTree {
  const fn = functionNode(source);
  if (fn.async)
    fail(source, "CF1302", head(fn), "an async function does not compile", "native code cannot wait; drop `async`");
  if (fn.generator) fail(source, "CF1302", head(fn), "a generator does not compile", "fill an array instead");
  const scopes = new Scopes();
  const expressions = new ExpressionParser(source, scopes);
  const statements = new StatementParser(source, scopes, expressions);
  const params = fn.params.map((param) => {
    if (param.type !== "Identifier") return reject(source, param);
    return scopes.declare(param.name, "param", param);
  });
  hoistVars(fn.body, scopes);
  const body: Stmt[] =
    fn.body.type === "BlockStatement"
      ? statements.body(fn.body.body)
      : [{ kind: "return", span: span(fn.body), value: expressions.expression(fn.body) }];
  statements.innerFunctions.finish();
  return {
    source,
    span: span(fn),
    name: fn.type === "FunctionExpression" ? fn.id?.name : undefined,
    params,
    captures: [],
    body,
    variables: scopes.frame.variables,
    freeNames: scopes.freeNames,
  };
}

function functionNode(source: SourceText): ArrowFunctionExpression | FunctionExpression {
  let node: Expression;
  try {
    node = parseExpressionAt(source.text, 0, { ecmaVersion: "latest" });
  } catch (error) {
    if (!(error instanceof SyntaxError) || error.message.includes("stack space")) throw error;
    const at = "pos" in error && typeof error.pos === "number" ? error.pos : 0;
    const message = error.message.replace(/ \(\d+:\d+\)$/, "");
    return fail(source, "CF1301", { start: at, end: at + 1 }, `the function's text does not parse: ${message}`);
  }
  const normal: AnyNode = normalize(node, source);
  if (normal.type !== "ArrowFunctionExpression" && normal.type !== "FunctionExpression") return reject(source, normal);
  return normal;
}

const span = (node: { start: number; end: number }) => ({ start: node.start, end: node.end });

/** The function's first characters, so that a frame does not underline its whole body. */
const head = (fn: { start: number; body: { start: number } }) => ({ start: fn.start, end: fn.body.start });
