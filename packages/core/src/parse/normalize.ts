// Undoes on the ESTree what test runners, bundlers and transpilers do to a function's text, so that the stages after
// this one see what was written: calls without their wrappers, no counters, no helpers. A rewrite never changes what
// a program computes; nodes keep the positions of the text they came from. Pure.
import type {
  AnyNode,
  CallExpression,
  Expression,
  MemberExpression,
  Node,
  SpreadElement,
  UnaryExpression,
} from "acorn";
import type { SourceText } from "../diagnostics/diagnostic.ts";
import { restoreConstants } from "./constants.ts";
import { refuseLowered } from "./lowering.ts";

/**
 * A tree without the traces of tools; it shares what did not change with the tree that was given.
 * @throws CFuncError CF1207 where the text was lowered to a JavaScript so old that it needs helper functions
 */
export function normalize(tree: AnyNode, source: SourceText): AnyNode {
  refuseLowered(tree, source);
  return restoreConstants(rewriteOne(tree));
}

/** `undefined`: the node was a tool's own statement, to be left out. */
function rewrite(node: AnyNode): AnyNode | undefined {
  return isToolStatement(node) ? undefined : undo(withChildren(node));
}

/** The node with its children rewritten: itself, where none changed. */
function withChildren(node: AnyNode): AnyNode {
  const changes: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    const rewritten = Array.isArray(value) ? rewriteList(value) : isNode(value) ? rewriteOne(value) : value;
    if (rewritten !== value) changes[key] = rewritten;
  }
  return Object.keys(changes).length === 0 ? node : { ...node, ...changes };
}

function rewriteList(list: readonly unknown[]): readonly unknown[] {
  // Lists have holes (`[, a]`), which stay.
  const rewritten = list.flatMap((item) => (isNode(item) ? (rewrite(item) ?? []) : [item]));
  const same = rewritten.length === list.length && rewritten.every((item, i) => item === list[i]);
  return same ? list : rewritten;
}

/** A child that cannot be left out becomes an empty statement. */
function rewriteOne(node: AnyNode): AnyNode {
  return rewrite(node) ?? { type: "EmptyStatement", ...placeOf(node) };
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

function placeOf({ start, end }: Node): { start: number; end: number } {
  return { start, end };
}

/** `"use strict"`, which means nothing here; a counter; esbuild's `__name(f, "f")` after a declared function. */
function isToolStatement(node: AnyNode): boolean {
  if (node.type !== "ExpressionStatement") return false;
  const { expression, directive } = node;
  if (typeof directive === "string" || isCounter(expression)) return true;
  return (
    expression.type === "CallExpression" && isKeptName(expression) && expression.arguments[0]?.type === "Identifier"
  );
}

/** The rules, by the kind of node; its children are rewritten already. */
function undo(node: AnyNode): AnyNode {
  switch (node.type) {
    case "CallExpression":
      return undoCall(node);
    case "SequenceExpression": {
      // istanbul counts the branches of an expression: `(cov_1().b[0][0]++, x)`.
      const expressions = node.expressions.filter((expression) => !isCounter(expression));
      const [only] = expressions;
      if (expressions.length === node.expressions.length || only === undefined) return node;
      return expressions.length === 1 ? only : { ...node, expressions };
    }
    case "MemberExpression":
      return undoQuotedMember(node);
    case "UnaryExpression":
      return undoShortLiteral(node);
    case "IfStatement":
      // Also what stays of istanbul's `else { cov_1().b[0][1]++; }`.
      return node.alternate?.type === "BlockStatement" && node.alternate.body.length === 0
        ? { ...node, alternate: null }
        : node;
    default:
      return node;
  }
}

function undoCall(node: CallExpression): AnyNode {
  const [first, second] = node.arguments;
  if (isKeptName(node) && first !== undefined) return first;
  // sucrase: `_nullishCoalesce(a, () => b)` for `a ?? b`.
  if (
    isNamed(node.callee, /^_nullishCoalesce\d*$/) &&
    isExpression(first) &&
    second?.type === "ArrowFunctionExpression"
  ) {
    if (second.body.type !== "BlockStatement") {
      return { type: "LogicalExpression", left: first, operator: "??", right: second.body, ...placeOf(node) };
    }
  }
  const callee = undoCallee(node.callee);
  // sucrase calls imported functions with `.call(void 0, ...)`.
  if (callee.type === "MemberExpression" && callee.object.type !== "Super" && isProperty(callee, "call")) {
    if (isNamed(first, /^undefined$/)) return { ...node, callee: callee.object, arguments: node.arguments.slice(1) };
  }
  return callee === node.callee ? node : { ...node, callee };
}

/** `(0, lib.f)` and webpack's `Object(lib.f)`, which keep `this` out of a call of an import. */
function undoCallee(callee: CallExpression["callee"]): CallExpression["callee"] {
  if (callee.type === "SequenceExpression" && callee.expressions.length === 2) {
    const [zero, fn] = callee.expressions;
    if (zero?.type === "Literal" && zero.value === 0 && fn !== undefined) return fn;
  }
  if (callee.type === "CallExpression" && isNamed(callee.callee, /^Object$/) && callee.arguments.length === 1) {
    const [fn] = callee.arguments;
    if (fn?.type === "MemberExpression") return fn;
  }
  return callee;
}

/** esbuild (and tsx with it) keeps the names of functions with `__name(fn, "fn")`. */
function isKeptName({ callee, arguments: [, name, ...more] }: CallExpression): boolean {
  return (
    isNamed(callee, /^__name\d*$/) && name?.type === "Literal" && typeof name.value === "string" && more.length === 0
  );
}

function isNamed(node: AnyNode | undefined, name: RegExp): boolean {
  return node?.type === "Identifier" && name.test(node.name);
}

function isExpression(node: Expression | SpreadElement | undefined): node is Expression {
  return node !== undefined && node.type !== "SpreadElement";
}

function isProperty({ property, computed }: MemberExpression, name: string): boolean {
  return !computed && property.type === "Identifier" && property.name === name;
}

/** istanbul's counters of statements, functions and branches: `cov_1().s[3]++`, `cov_1.b["0"][1]++`. */
function isCounter(node: Expression): boolean {
  if (node.type !== "UpdateExpression" || node.operator !== "++") return false;
  let at: AnyNode = node.argument;
  while (at.type === "MemberExpression" && at.computed) at = at.object;
  if (at === node.argument || at.type !== "MemberExpression") return false;
  if (!["s", "f", "b", "bT"].some((kind) => at.type === "MemberExpression" && isProperty(at, kind))) return false;
  const root = at.object.type === "CallExpression" ? at.object.callee : at.object;
  return isNamed(root, /^_*cov_\w+$/);
}

/** webpack and minifiers: `ns["default"]` for `ns.default`. */
function undoQuotedMember(node: MemberExpression): MemberExpression {
  const { property, computed } = node;
  if (!computed || property.type !== "Literal" || typeof property.value !== "string") return node;
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(property.value)) return node;
  return { ...node, computed: false, property: { type: "Identifier", name: property.value, ...placeOf(property) } };
}

/** Minifiers and transpilers: `!0`, `!1` and `void 0`. */
function undoShortLiteral(node: UnaryExpression): AnyNode {
  const value = node.argument.type === "Literal" ? node.argument.value : undefined;
  if (node.operator === "!" && (value === 0 || value === 1)) {
    return { type: "Literal", value: value === 0, raw: String(value === 0), ...placeOf(node) };
  }
  if (node.operator === "void" && value === 0) return { type: "Identifier", name: "undefined", ...placeOf(node) };
  return node;
}
