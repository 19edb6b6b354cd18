// ESTree statements -> subset tree statements. Pure.
import type { ModuleDeclaration, Statement, VariableDeclaration } from "acorn";
import type { SourceText, Span } from "../diagnostics/diagnostic.ts";
import type { ExpressionParser } from "./parse-expression.ts";
import { fail, reject } from "./reject.ts";
import type { Scopes } from "./scope.ts";
import type { Stmt } from "./tree.ts";

export class StatementParser {
  private readonly source: SourceText;
  private readonly scopes: Scopes;
  private readonly expressions: ExpressionParser;

  constructor(source: SourceText, scopes: Scopes, expressions: ExpressionParser) {
    this.source = source;
    this.scopes = scopes;
    this.expressions = expressions;
  }

  body(nodes: readonly (Statement | ModuleDeclaration)[]): Stmt[] {
    return nodes.flatMap((node) => {
      if (node.type === "ExpressionStatement" && node.directive !== undefined) return [];
      return this.statement(node);
    });
  }

  private block(node: Statement): Stmt {
    return { kind: "block", span: spanOf(node), body: this.scopes.block(() => this.statement(node)) };
  }

  private statement(node: Statement | ModuleDeclaration, label?: string): Stmt[] {
    const span = spanOf(node);
    switch (node.type) {
      case "EmptyStatement":
        return [];
      case "BlockStatement":
        return [{ kind: "block", span, body: this.scopes.block(() => this.body(node.body)) }];
      case "ExpressionStatement":
        return [{ kind: "expr", span, expr: this.expressions.expression(node.expression) }];
      case "VariableDeclaration":
        return this.declaration(node);
      case "IfStatement":
        return [
          {
            kind: "if",
            span,
            test: this.expressions.expression(node.test),
            then: this.block(node.consequent),
            otherwise: node.alternate ? this.block(node.alternate) : undefined,
          },
        ];
      case "ForStatement":
        return [
          this.scopes.block((): Stmt => {
            const { init } = node;
            const first: Stmt[] =
              init == null
                ? []
                : init.type === "VariableDeclaration"
                  ? this.declaration(init)
                  : [{ kind: "expr", span: spanOf(init), expr: this.expressions.expression(init) }];
            const test = node.test ? this.expressions.expression(node.test) : undefined;
            const update = node.update ? this.expressions.expression(node.update) : undefined;
            return {
              kind: "loop",
              span,
              label,
              init: first,
              test,
              update,
              body: this.block(node.body),
              testFirst: true,
            };
          }),
        ];
      case "WhileStatement":
      case "DoWhileStatement":
        return [
          {
            kind: "loop",
            span,
            label,
            init: [],
            test: this.expressions.expression(node.test),
            update: undefined,
            body: this.block(node.body),
            testFirst: node.type === "WhileStatement",
          },
        ];
      case "LabeledStatement":
        return this.statement(node.body, node.label.name);
      case "ReturnStatement":
        return [
          { kind: "return", span, value: node.argument ? this.expressions.expression(node.argument) : undefined },
        ];
      case "BreakStatement":
        return [{ kind: "break", span, label: node.label?.name }];
      case "ContinueStatement":
        return [{ kind: "continue", span, label: node.label?.name }];
      default:
        return reject(this.source, node);
    }
  }

  private declaration(node: VariableDeclaration): Stmt[] {
    const { kind } = node;
    if (kind !== "const" && kind !== "let" && kind !== "var") return reject(this.source, node);
    return node.declarations.map((d): Stmt => {
      if (d.id.type !== "Identifier") return reject(this.source, d.id);
      // The initialiser is read in the outer state: `let x = x` is an error of the user's that tsc reports.
      const init = d.init ? this.expressions.expression(d.init) : undefined;
      if (kind === "const" && init === undefined) fail(this.source, "CF1301", d, "a constant needs a value");
      const variable = this.scopes.declare(d.id.name, kind, spanOf(d.id));
      return { kind: "declare", span: spanOf(d), variable, init };
    });
  }
}

const spanOf = (node: { start: number; end: number }): Span => ({ start: node.start, end: node.end });
