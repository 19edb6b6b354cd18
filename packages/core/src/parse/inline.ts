// Inner functions: each call is replaced by the function's body, parsed anew in the scopes where it was declared.
import type { Expression, SpreadElement } from "acorn";
import type { SourceText, Span } from "../diagnostics/diagnostic.ts";
import { assignedNames } from "./constants.ts";
import { hoistVars } from "./hoist.ts";
import type { ExpressionParser } from "./parse-expression.ts";
import type { StatementParser } from "./parse-statement.ts";
import { fail, reject } from "./reject.ts";
import type { InnerFunction, Scopes } from "./scope.ts";
import type { Expr, Stmt } from "./tree.ts";

/** Calls of calls of calls multiply; past this many the function would not fit a processor's cache anyway. */
const maxCalls = 2000;

export class Inliner {
  private readonly source: SourceText;
  private readonly scopes: Scopes;
  private readonly expressions: ExpressionParser;
  private readonly statements: StatementParser;
  private readonly active: InnerFunction["node"][] = [];
  private calls = 0;

  constructor(source: SourceText, scopes: Scopes, expressions: ExpressionParser, statements: StatementParser) {
    this.source = source;
    this.scopes = scopes;
    this.expressions = expressions;
    this.statements = statements;
  }

  call({ name, node, scopes, ahead }: InnerFunction, args: readonly (Expression | SpreadElement)[], span: Span): Expr {
    if (ahead) fail(this.source, "CF1302", span, `\`${name}\` is called before it is declared`, "declare it first");
    this.refuse(name, node, span);
    const values = args.map((arg) => this.expressions.expression(arg));
    if (values.length < node.params.length) {
      fail(
        this.source,
        "CF1302",
        span,
        `\`${name}\` takes ${node.params.length} arguments, but ${values.length} are given`,
        "pass every argument",
      );
    }
    this.calls += 1;
    this.active.push(node);
    try {
      return this.scopes.within(scopes, () => {
        const { body } = node;
        const assigned = assignedNames(body);
        const params = values.map((init, i): Stmt => this.parameter(node.params[i], init, assigned));
        hoistVars(body, this.scopes);
        const statements: Stmt[] =
          body.type === "BlockStatement"
            ? this.statements.body(body.body)
            : [{ kind: "return", span: spanOf(body), value: this.expressions.expression(body) }];
        return { kind: "inline", span, name, params, body: statements };
      });
    } finally {
      this.active.pop();
    }
  }

  /** A parameter that the body never assigns is a constant, so that it can be an array view. */
  private parameter(
    param: InnerFunction["node"]["params"][number] | undefined,
    init: Expr,
    assigned: ReadonlySet<string>,
  ): Stmt {
    // an argument too many is evaluated for its effects
    if (param === undefined)
      return { kind: "declare", span: init.span, variable: this.scopes.hidden("extra", init.span), init };
    if (param.type !== "Identifier") return reject(this.source, param);
    return {
      kind: "declare",
      span: spanOf(param),
      variable: this.scopes.declare(param.name, assigned.has(param.name) ? "let" : "const", spanOf(param)),
      init,
    };
  }

  private refuse(name: string, node: InnerFunction["node"], span: Span): void {
    if (node.async)
      fail(this.source, "CF1302", spanOf(node), "an async function does not compile", "native code cannot wait");
    if (node.generator)
      fail(this.source, "CF1302", spanOf(node), "a generator does not compile", "fill an array instead");
    if (this.active.includes(node)) {
      const help = "move it out of the callback: captured functions may call themselves";
      fail(this.source, "CF1302", span, `the inner function \`${name}\` calls itself`, help);
    }
    if (this.calls >= maxCalls) {
      const help = "move inner functions out of the callback: captured functions are compiled once";
      fail(this.source, "CF1302", span, `more than ${maxCalls} calls of inner functions`, help);
    }
  }
}

const spanOf = (node: { start: number; end: number }): Span => ({ start: node.start, end: node.end });
