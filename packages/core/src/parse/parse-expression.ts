// ESTree expressions -> subset tree expressions. Pure.
import type {
  AnyNode,
  AssignmentProperty,
  Expression,
  ObjectExpression,
  PrivateIdentifier,
  Property,
  SpreadElement,
  Super,
} from "acorn";
import type { SourceText, Span } from "../diagnostics/diagnostic.ts";
import { isFunction } from "./hoist.ts";
import { fail, reject } from "./reject.ts";
import type { InnerFunction, Scopes } from "./scope.ts";
import type { BinaryExpr, BinaryOp, Expr, Target } from "./tree.ts";

const binaryOps: ReadonlySet<string> = new Set<BinaryOp>([
  "+",
  "-",
  "*",
  "/",
  "%",
  "**",
  "&",
  "|",
  "^",
  "<<",
  ">>",
  ">>>",
  "<",
  "<=",
  ">",
  ">=",
  "==",
  "!=",
  "===",
  "!==",
]);

export class ExpressionParser {
  private readonly source: SourceText;
  private readonly scopes: Scopes;

  constructor(source: SourceText, scopes: Scopes) {
    this.source = source;
    this.scopes = scopes;
  }

  expression(node: Expression | SpreadElement | Super | PrivateIdentifier): Expr {
    const span: Span = { start: node.start, end: node.end };
    switch (node.type) {
      case "Literal":
        return this.literal(node, span);
      case "Identifier":
        return this.name(node.name, span);
      case "ParenthesizedExpression":
        return this.expression(node.expression);
      case "UnaryExpression":
        return this.unary(node.operator, node.argument, node, span);
      case "BinaryExpression":
        return {
          kind: "binary",
          span,
          op: this.binaryOp(node.operator, node),
          left: this.expression(node.left),
          right: this.expression(node.right),
        };
      case "LogicalExpression":
        return {
          kind: "logical",
          span,
          op: node.operator,
          left: this.expression(node.left),
          right: this.expression(node.right),
        };
      case "ConditionalExpression":
        return {
          kind: "conditional",
          span,
          test: this.expression(node.test),
          then: this.expression(node.consequent),
          otherwise: this.expression(node.alternate),
        };
      case "AssignmentExpression":
        return this.assignment(node.operator, this.target(node.left), node.right, node, span);
      case "UpdateExpression": {
        const target = this.target(node.argument);
        const op = node.operator === "++" ? "+" : "-";
        const value: BinaryExpr = { kind: "binary", span, op, left: target, right: { kind: "number", span, value: 1 } };
        return { kind: "update", span, target, value, prefix: node.prefix };
      }
      case "SequenceExpression":
        return { kind: "sequence", span, exprs: node.expressions.map((e) => this.expression(e)) };
      case "MemberExpression":
        if (node.computed) {
          return { kind: "index", span, object: this.expression(node.object), index: this.expression(node.property) };
        }
        if (node.property.type !== "Identifier") return reject(this.source, node.property);
        return { kind: "member", span, object: this.expression(node.object), name: node.property.name };
      case "CallExpression":
        if (node.optional)
          fail(
            this.source,
            "CF1302",
            node,
            "an optional call does not compile to native code",
            "compare with null first",
          );
        if (node.callee.type === "Identifier") {
          const inner = this.scopes.resolve(node.callee.name);
          if (inner?.kind === "function") return this.callInner(inner, node.arguments, span);
        }
        if (isFunction(node.callee)) {
          const name = (node.callee.type === "FunctionExpression" && node.callee.id?.name) || "the function";
          return this.callInner(this.scopes.inner(name, node.callee), node.arguments, span);
        }
        return {
          kind: "call",
          span,
          callee: this.expression(node.callee),
          args: node.arguments.map((a) => this.expression(a)),
        };
      case "ArrayExpression":
        return {
          kind: "array",
          span,
          elements: node.elements.map((e) =>
            e === null
              ? fail(this.source, "CF1302", node, "an array literal with holes does not compile", "write every element")
              : this.expression(e),
          ),
        };
      case "ObjectExpression":
        return this.object(node, span);
      default:
        return reject(this.source, node);
    }
  }

  private object(node: ObjectExpression, span: Span): Expr {
    const properties = node.properties.map((property) => {
      if (property.type !== "Property") return reject(this.source, property);
      const help = "write the fields as `name: value`";
      if (property.kind !== "init" || property.method)
        return fail(this.source, "CF1302", property, "a method or a getter does not compile to native code", help);
      return { name: propertyName(this.source, property), value: this.expression(property.value) };
    });
    const twice = node.properties.find((_, i) => properties.findIndex(({ name }) => name === properties[i]?.name) < i);
    if (twice !== undefined) fail(this.source, "CF1302", twice, "an object has this field twice", "leave one out");
    return { kind: "object", span, properties };
  }

  /** Set by the statement parser, which parses the bodies of inner functions. */
  callInner: (inner: InnerFunction, args: readonly (Expression | SpreadElement)[], span: Span) => Expr = (
    _inner,
    _args,
    span,
  ) => fail(this.source, "CF1302", span, "an inner function cannot be called here");

  private literal(node: AnyNode & { type: "Literal" }, span: Span): Expr {
    const value = node.value;
    if (typeof value === "number") return { kind: "number", span, value };
    if (typeof value === "boolean") return { kind: "boolean", span, value };
    if (typeof value === "bigint") return { kind: "bigint", span, value };
    if (typeof value === "string") return { kind: "string", span, value };
    if (value === null && !node.regex && node.bigint == null) return { kind: "null", span };
    return fail(
      this.source,
      "CF1302",
      node,
      "a regular expression does not compile to native code",
      "compare character codes",
    );
  }

  private name(name: string, span: Span): Expr {
    const found = this.scopes.resolve(name);
    if (found === undefined && name === "arguments") {
      fail(this.source, "CF1302", span, "`arguments` does not compile to native code", "name the parameters");
    }
    if (found?.kind === "function") {
      const help = "inner functions can be called, but not passed on or kept; move it out of the callback";
      return fail(this.source, "CF1302", span, `the inner function \`${name}\` is used as a value`, help);
    }
    return found === undefined ? { kind: "free", span, name } : { kind: "local", span, variable: found };
  }

  private unary(op: string, operand: Expression, node: Expression, span: Span): Expr {
    if (op === "-" || op === "+" || op === "!" || op === "~") {
      const value = this.expression(operand);
      if (op === "-" && value.kind === "number") return { kind: "number", span, value: -value.value };
      if (op === "-" && value.kind === "bigint") return { kind: "bigint", span, value: -value.value };
      return { kind: "unary", span, op, operand: value };
    }
    // `void 0` is how minifiers write undefined
    if (op === "void" && operand.type === "Literal") return { kind: "free", span, name: "undefined" };
    return this.noOperator(op, node);
  }

  private binaryOp(op: string, node: Expression): BinaryOp {
    return isBinaryOp(op) ? op : this.noOperator(op, node);
  }

  private noOperator(op: string, node: Expression): never {
    const message = `the operator \`${op}\` does not compile to native code`;
    return fail(this.source, "CF1302", node, message, instead[op]);
  }

  private assignment(operator: string, target: Target, right: Expression, node: Expression, span: Span): Expr {
    if (operator === "=") return { kind: "assign", span, target, value: this.expression(right), compound: false };
    const op = operator.slice(0, -1);
    if (isBinaryOp(op)) {
      const value: Expr = { kind: "binary", span, op, left: target, right: this.expression(right) };
      return { kind: "assign", span, target, value, compound: true };
    }
    if (op === "&&" || op === "||" || op === "??") {
      const value: Expr = { kind: "logical", span, op, left: target, right: this.expression(right) };
      return { kind: "assign", span, target, value, compound: true };
    }
    return this.noOperator(operator, node);
  }

  /** What an assignment writes to. */
  target(node: AnyNode): Target {
    if (node.type !== "Identifier" && node.type !== "MemberExpression") return reject(this.source, node);
    const expr = this.expression(node);
    if (expr.kind === "local") {
      const { kind, name } = expr.variable;
      if (kind === "const")
        fail(this.source, "CF1303", node, `\`${name}\` is a constant and cannot be assigned`, "declare it with `let`");
      this.scopes.frame.assigned.add(expr.variable);
      return this.scopes.isAhead(name) ? { ...expr, early: true } : expr;
    }
    if (expr.kind === "index" || expr.kind === "member") return expr;
    const what = expr.kind === "free" ? `\`${expr.name}\` is captured` : "this";
    return fail(
      this.source,
      "CF1303",
      node,
      `${what} and cannot be assigned in compiled code`,
      "captured values are frozen when the function is compiled; write through a pointer parameter instead",
    );
  }
}

/** The name of a property that is written down: `x`, `"x"`. */
export function propertyName(source: SourceText, { key, computed, start, end }: Property | AssignmentProperty): string {
  if (!computed && key.type === "Identifier" && key.name !== "__proto__") return key.name;
  if (!computed && key.type === "Literal" && typeof key.value === "string" && key.value !== "__proto__")
    return key.value;
  return fail(source, "CF1302", { start, end }, "this property has no plain name", "write `name: value`");
}

/** What to write instead of an operator. */
const instead: Readonly<Record<string, string>> = {
  typeof: "types are known from the signature: drop the test",
  delete: "store a value that means nothing is there",
  void: "write the expression as a statement of its own",
  in: "compare numbers",
  instanceof: "types are known from the signature: drop the test",
};

const isBinaryOp = (op: string): op is BinaryOp => binaryOps.has(op);
