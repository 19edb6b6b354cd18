// Destructuring, as the declarations and assignments it stands for: `const [a, b] = row` reads `row` once into a hidden
// constant, then its elements. Values that do not exist in native code, such as defaults and rests, are refused. Pure.
import type { ArrayPattern, Expression, ObjectPattern, Pattern } from "acorn";
import type { SourceText, Span } from "../diagnostics/diagnostic.ts";
import type { ExpressionParser } from "./parse-expression.ts";
import { fail, reject } from "./reject.ts";
import type { Scopes } from "./scope.ts";
import type { Expr, Stmt, Variable } from "./tree.ts";

/** What is done with a value once it is known which part of the pattern takes it. */
type Bind = (pattern: Pattern, value: Expr) => Stmt[];

export class PatternParser {
  private readonly source: SourceText;
  private readonly scopes: Scopes;
  private readonly expressions: ExpressionParser;

  constructor(source: SourceText, scopes: Scopes, expressions: ExpressionParser) {
    this.source = source;
    this.scopes = scopes;
    this.expressions = expressions;
  }

  /** `const pattern = init`. */
  declare(pattern: Pattern, init: Expression, kind: Exclude<Variable["kind"], "param">): Stmt[] {
    const bind: Bind = (part, value) => {
      if (part.type !== "Identifier") return this.spread(part, value, bind);
      return [
        {
          kind: "declare",
          span: spanOf(part),
          variable: this.scopes.declare(part.name, kind, spanOf(part)),
          init: value,
        },
      ];
    };
    return this.destructure(pattern, init, bind);
  }

  /** `const pattern` whose value is an expression of ours: the element of a `for..of`. */
  declareFrom(pattern: Pattern, value: Expr, kind: Exclude<Variable["kind"], "param">): Stmt[] {
    if (pattern.type === "Identifier") {
      const variable = this.scopes.declare(pattern.name, kind, spanOf(pattern));
      return [{ kind: "declare", span: spanOf(pattern), variable, init: value }];
    }
    const bind: Bind = (part, v) => this.declareFrom(part, v, kind);
    return this.spread(pattern, value, bind);
  }

  /** `pattern = value` as a statement. All values are read before anything is assigned: `[a, b] = [b, a]` swaps. */
  assign(pattern: Pattern, value: Expression): Stmt[] {
    const assignments: Stmt[] = [];
    const bind: Bind = (part, read) => {
      if (part.type === "ArrayPattern" || part.type === "ObjectPattern") return this.spread(part, read, bind);
      const span = spanOf(part);
      const kept = this.scopes.hidden("value", span);
      const target = this.expressions.target(part);
      const expr: Expr = {
        kind: "assign",
        span,
        target,
        value: { kind: "local", span, variable: kept },
        compound: false,
      };
      assignments.push({ kind: "expr", span, expr });
      return [{ kind: "declare", span, variable: kept, init: read }];
    };
    return [...this.destructure(pattern, value, bind), ...assignments];
  }

  /** Literals are taken apart as they are written; anything else is read through a hidden constant. */
  private destructure(pattern: Pattern, init: Expression, bind: Bind): Stmt[] {
    if (pattern.type === "ArrayPattern" && init.type === "ArrayExpression") {
      if (init.elements.length < pattern.elements.length) this.tooFew(pattern);
      const values = init.elements.map((e) => {
        if (e === null || e.type === "SpreadElement") return reject(this.source, e ?? init);
        return e;
      });
      return pattern.elements.flatMap((part, i) => {
        const value = values[i];
        return part === null || value === undefined ? [] : this.destructure(part, value, bind);
      });
    }
    if (pattern.type === "ObjectPattern" && init.type === "ObjectExpression") {
      return this.properties(pattern).flatMap(({ key, part }) => {
        const given = init.properties.find(
          (p) => p.type === "Property" && p.key.type === "Identifier" && p.key.name === key,
        );
        if (given?.type !== "Property")
          return fail(this.source, "CF1302", part, `the literal has no property \`${key}\``);
        return this.destructure(part, given.value, bind);
      });
    }
    return bind(pattern, this.expressions.expression(init));
  }

  private spread(pattern: Pattern, value: Expr, bind: Bind): Stmt[] {
    const span = spanOf(pattern);
    if (pattern.type !== "ArrayPattern" && pattern.type !== "ObjectPattern") return reject(this.source, pattern);
    const whole = this.scopes.hidden("parts", span);
    const object: Expr = { kind: "local", span, variable: whole };
    const read: Stmt = { kind: "declare", span, variable: whole, init: value };
    if (pattern.type === "ObjectPattern") {
      const parts = this.properties(pattern).flatMap(({ key, part }) =>
        bind(part, { kind: "member", span: spanOf(part), object, name: key }),
      );
      return [read, ...parts];
    }
    const parts = pattern.elements.flatMap((part, i) => {
      if (part === null) return [];
      const at = spanOf(part);
      return bind(part, { kind: "index", span: at, object, index: { kind: "number", span: at, value: i } });
    });
    return [read, ...parts];
  }

  private properties(pattern: ObjectPattern): { readonly key: string; readonly part: Pattern }[] {
    return pattern.properties.map((p) => {
      if (p.type !== "Property" || p.computed || p.key.type !== "Identifier") return reject(this.source, p);
      return { key: p.key.name, part: p.value };
    });
  }

  private tooFew(pattern: ArrayPattern): never {
    return fail(this.source, "CF1302", pattern, "the pattern has more elements than the literal");
  }
}

const spanOf = (node: { start: number; end: number }): Span => ({ start: node.start, end: node.end });
