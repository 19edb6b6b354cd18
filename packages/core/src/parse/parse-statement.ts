// ESTree statements -> subset tree statements. Pure.
import type {
  ArrayPattern,
  Expression,
  ForOfStatement,
  ModuleDeclaration,
  ObjectPattern,
  Statement,
  SwitchStatement,
  ThrowStatement,
  VariableDeclaration,
} from "acorn";
import type { SourceText, Span } from "../diagnostics/diagnostic.ts";
import { hoistBlock, isFunction } from "./hoist.ts";
import { InnerFunctions } from "./inner-functions.ts";
import type { ExpressionParser } from "./parse-expression.ts";
import { PatternParser } from "./parse-pattern.ts";
import { fail, reject } from "./reject.ts";
import type { Scopes } from "./scope.ts";
import type { BinaryExpr, Expr, LocalExpr, Stmt } from "./tree.ts";

export class StatementParser {
  readonly innerFunctions: InnerFunctions;
  private readonly source: SourceText;
  private readonly scopes: Scopes;
  private readonly expressions: ExpressionParser;
  private readonly patterns: PatternParser;

  constructor(source: SourceText, scopes: Scopes, expressions: ExpressionParser) {
    this.source = source;
    this.scopes = scopes;
    this.expressions = expressions;
    this.patterns = new PatternParser(source, scopes, expressions);
    this.innerFunctions = new InnerFunctions(source, scopes, expressions, this);
    expressions.callInner = (inner, args, span) => this.innerFunctions.call(inner, args, span);
  }

  body(nodes: readonly (Statement | ModuleDeclaration)[]): Stmt[] {
    hoistBlock(nodes, this.scopes);
    return this.list(nodes);
  }

  private list(nodes: readonly (Statement | ModuleDeclaration)[]): Stmt[] {
    return nodes.flatMap((node) => {
      if (node.type === "ExpressionStatement" && node.directive !== undefined) return [];
      return this.statement(node);
    });
  }

  private block(node: Statement): Stmt {
    return { kind: "block", span: spanOf(node), body: this.scopes.block(() => this.statement(node)) };
  }

  private statement(node: Statement | ModuleDeclaration, labels: readonly string[] = []): Stmt[] {
    const span = spanOf(node);
    switch (node.type) {
      case "EmptyStatement":
      case "FunctionDeclaration":
        return [];
      case "BlockStatement":
        return [{ kind: "block", span, body: this.scopes.block(() => this.body(node.body)) }];
      case "ExpressionStatement":
        if (node.expression.type === "AssignmentExpression" && isPattern(node.expression.left)) {
          const { left, right } = node.expression;
          return [{ kind: "block", span, body: this.patterns.assign(left, right) }];
        }
        return [{ kind: "expr", span, expr: this.expressions.expression(calledForNothing(node.expression)) }];
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
            if (init?.type === "VariableDeclaration") this.hoistCounters(init);
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
              labels,
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
            labels,
            init: [],
            test: this.expressions.expression(node.test),
            update: undefined,
            body: this.block(node.body),
            testFirst: node.type === "WhileStatement",
          },
        ];
      case "ForOfStatement":
        return [this.scopes.block(() => this.forOf(node, labels))];
      case "SwitchStatement":
        return [this.scopes.block(() => this.switch(node, labels))];
      case "LabeledStatement": {
        const all = [...labels, node.label.name];
        if (/^(For|ForOf|While|DoWhile|Switch|Labeled)Statement$/.test(node.body.type))
          return this.statement(node.body, all);
        const [outermost, ...inner] = all;
        const body = this.statement(node.body);
        const block = (label: string | undefined, within: Stmt[]): Stmt[] =>
          label === undefined ? within : [{ kind: "block", span, label, body: within }];
        return block(
          outermost,
          inner.reduceRight((within, label) => block(label, within), body),
        );
      }
      case "ThrowStatement":
        return [this.throw(node)];
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

  private hoistCounters(init: VariableDeclaration): void {
    const fn = init.declarations.find((d) => d.init != null && isFunction(d.init));
    if (fn !== undefined) {
      const message = "a function that a loop declares with its counter sees the counter's first value only";
      fail(this.source, "CF1302", fn, message, "declare it before the loop, or in its body");
    }
    hoistBlock([init], this.scopes);
  }

  private declaration(node: VariableDeclaration): Stmt[] {
    const { kind } = node;
    if (kind !== "const" && kind !== "let" && kind !== "var") return reject(this.source, node);
    return node.declarations.flatMap((d): Stmt[] => {
      if (d.id.type !== "Identifier") {
        if (!d.init)
          return fail(
            this.source,
            "CF1301",
            d,
            "a destructuring declaration needs a value",
            "write `= ...` after the pattern",
          );
        return this.patterns.declare(d.id, d.init, kind);
      }
      if (d.init && isFunction(d.init) && kind !== "var") {
        const guard = this.scopes.declareFunction(d.id.name, d.init);
        if (guard === undefined) return [];
        const span = spanOf(d);
        return [{ kind: "declare", span, variable: guard, init: { kind: "boolean", span, value: true } }];
      }
      // The initialiser is read in the outer state: `let x = x` is an error of the user's that tsc reports.
      const init = d.init ? this.expressions.expression(d.init) : undefined;
      if (kind === "const" && init === undefined)
        fail(this.source, "CF1301", d, "a constant needs a value", "write `= ...` after the name");
      const variable = this.scopes.declare(d.id.name, kind, spanOf(d.id));
      // `var x;` says nothing: the variable was there before, and keeps its value
      if (kind === "var" && init === undefined) return [];
      return [{ kind: "declare", span: spanOf(d), variable, init }];
    });
  }

  /** `for (const x of a)`: a counted loop over a hidden view and a hidden counter. */
  private forOf(node: ForOfStatement, labels: readonly string[]): Stmt {
    const span = spanOf(node);
    const { left } = node;
    if (node.await)
      fail(
        this.source,
        "CF1302",
        node,
        "`for await` does not compile to native code",
        "native code cannot wait; drop `await`",
      );
    if (left.type !== "VariableDeclaration" || left.declarations[0] === undefined) {
      return fail(this.source, "CF1302", left, "this needs a declaration", "write `for (const x of a)`");
    }
    const { id } = left.declarations[0];
    const kind = left.kind === "let" || left.kind === "var" ? left.kind : "const";
    const at = spanOf(node.right);
    // what is iterated cannot use the variable
    hoistBlock([left], this.scopes);
    const over = this.scopes.hidden("over", at);
    const counter = this.scopes.hidden("counter", at);
    // what holds of the counter differs from use to use, so that each is a node of its own
    const view = (): Expr => ({ kind: "local", span: at, variable: over });
    const i = (): LocalExpr => ({ kind: "local", span: at, variable: counter });
    const counted = i();
    const one = (value: number): Expr => ({ kind: "number", span: at, value });
    const first: Stmt[] = [
      { kind: "declare", span: at, variable: over, init: this.expressions.expression(node.right), iterates: true },
      { kind: "declare", span: at, variable: counter, init: one(0) },
    ];
    const length: Expr = { kind: "member", span: at, object: view(), name: "length" };
    const element: Expr = { kind: "index", span: at, object: view(), index: i() };
    const next: BinaryExpr = { kind: "binary", span: at, op: "+", left: counted, right: one(1) };
    const body = this.scopes.block((): Stmt[] => [
      ...this.patterns.declareFrom(id, element, kind),
      this.block(node.body),
    ]);
    return {
      kind: "loop",
      span,
      labels,
      init: first,
      test: { kind: "binary", span: at, op: "<", left: i(), right: length },
      update: { kind: "update", span: at, target: counted, value: next, prefix: true },
      body: { kind: "block", span: spanOf(node.body), body },
      testFirst: true,
    };
  }

  private throw({ argument, ...node }: ThrowStatement): Stmt {
    const isError = argument.type === "NewExpression" || argument.type === "CallExpression";
    const text = isError ? argument.arguments[0] : undefined;
    const message =
      text === undefined ? "" : text.type === "Literal" && typeof text.value === "string" ? text.value : undefined;
    const named = isError && argument.callee.type === "Identifier" && errorNames.has(argument.callee.name);
    if (!isError || !named || message === undefined || argument.arguments.length > 1) {
      const help = 'native code cannot build an error: write `throw new Error("a literal text")`';
      return fail(this.source, "CF1302", argument, "this cannot be thrown from native code", help);
    }
    const errorName = argument.callee.type === "Identifier" ? argument.callee.name : "Error";
    return { kind: "throw", span: spanOf(node), errorName, message };
  }

  private switch(node: SwitchStatement, labels: readonly string[]): Stmt {
    const span = spanOf(node);
    const at = spanOf(node.discriminant);
    const variable = this.scopes.hidden("switched", at);
    const value = (): LocalExpr => ({ kind: "local", span: at, variable });
    const init = this.expressions.expression(node.discriminant);
    hoistBlock(
      node.cases.flatMap((c) => c.consequent),
      this.scopes,
      true,
    );
    const cases = node.cases.map((c) => ({
      test: c.test
        ? ({
            kind: "binary",
            span: spanOf(c.test),
            op: "===",
            left: value(),
            right: this.expressions.expression(c.test),
          } as const)
        : undefined,
      body: this.list(c.consequent),
    }));
    return {
      kind: "block",
      span,
      body: [
        { kind: "declare", span: at, variable, init },
        { kind: "switch", span, labels, cases },
      ],
    };
  }
}

/** What can be thrown; the classes every JavaScript engine has. */
const errorNames: ReadonlySet<string> = new Set([
  "Error",
  "RangeError",
  "TypeError",
  "EvalError",
  "SyntaxError",
  "ReferenceError",
  "URIError",
]);

/** What minifiers write around a function that is called where it stands: `!function () { ... }()`. */
const calledForNothing = (node: Expression): Expression =>
  node.type === "UnaryExpression" && node.argument.type === "CallExpression" && /^(!|void)$/.test(node.operator)
    ? node.argument
    : node;

const isPattern = (node: { type: string }): node is ArrayPattern | ObjectPattern =>
  node.type === "ArrayPattern" || node.type === "ObjectPattern";

const spanOf = (node: { start: number; end: number }): Span => ({ start: node.start, end: node.end });
