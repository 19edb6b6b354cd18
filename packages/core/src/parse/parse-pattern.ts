// Destructuring, as the declarations and assignments it stands for. First every value of the right side is read, in the
// order it is written, into hidden constants; then the parts of the pattern take theirs, in the pattern's order. Values
// that do not exist in native code, such as defaults and rests, are refused. Pure.
import type { ArrayExpression, ArrayPattern, Expression, ObjectExpression, ObjectPattern, Pattern } from "acorn";
import type { SourceText, Span } from "../diagnostics/diagnostic.ts";
import { type ExpressionParser, propertyName } from "./parse-expression.ts";
import { fail, reject } from "./reject.ts";
import type { Scopes } from "./scope.ts";
import type { Expr, Stmt, Variable } from "./tree.ts";

/** What is done with a value once it is known which part of the pattern takes it. */
type Bind = (pattern: Pattern, value: Expr) => Stmt[];
type Kind = Exclude<Variable["kind"], "param">;
interface Part {
  readonly key: string;
  readonly part: Pattern;
}

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
  declare(pattern: Pattern, init: Expression, kind: Kind): Stmt[] {
    return this.destructure(pattern, init, (part, value) => this.declareFrom(part, value, kind));
  }

  /** `const pattern` whose value is an expression of ours: the element of a `for..of`. */
  declareFrom(pattern: Pattern, value: Expr, kind: Kind): Stmt[] {
    if (pattern.type !== "Identifier") return this.spread(pattern, value, (p, v) => this.declareFrom(p, v, kind));
    const variable = this.scopes.declare(pattern.name, kind, spanOf(pattern));
    return [{ kind: "declare", span: spanOf(pattern), variable, init: value }];
  }

  /** `pattern = value` as a statement: `[a, b] = [b, a]` swaps. */
  assign(pattern: Pattern, value: Expression): Stmt[] {
    const bind: Bind = (part, read) => {
      if (part.type === "ArrayPattern" || part.type === "ObjectPattern") return this.spread(part, read, bind);
      const [span, target] = [spanOf(part), this.expressions.target(part)];
      return [{ kind: "expr", span, expr: { kind: "assign", span, target, value: read, compound: false } }];
    };
    return this.destructure(pattern, value, bind);
  }

  private destructure(pattern: Pattern, init: Expression, bind: Bind): Stmt[] {
    const reads: Stmt[] = [];
    const taken = this.match(pattern, init, bind, reads);
    return [...reads, ...taken];
  }

  /** Notes how the values are read, and gives what is done with them then. A literal is taken apart as it is written. */
  private match(pattern: Pattern, init: Expression, bind: Bind, reads: Stmt[]): Stmt[] {
    if (pattern.type === "ArrayPattern" && init.type === "ArrayExpression")
      return this.elements(pattern, init, bind, reads);
    if (pattern.type === "ObjectPattern" && init.type === "ObjectExpression")
      return this.fields(pattern, init, bind, reads);
    return bind(pattern, this.kept(init, reads));
  }

  private kept(init: Expression, reads: Stmt[]): Expr {
    const span = spanOf(init);
    const variable = this.scopes.hidden("value", span);
    reads.push({ kind: "declare", span, variable, init: this.expressions.expression(init) });
    return { kind: "local", span, variable };
  }

  /** A value that no part of the pattern takes is computed all the same. */
  private unused(init: Expression, reads: Stmt[]): void {
    reads.push({ kind: "expr", span: spanOf(init), expr: this.expressions.expression(init) });
  }

  private elements(pattern: ArrayPattern, init: ArrayExpression, bind: Bind, reads: Stmt[]): Stmt[] {
    if (init.elements.length < pattern.elements.length) {
      const help = "leave out the variables that have no value";
      fail(this.source, "CF1302", pattern, "the pattern has more elements than the literal", help);
    }
    return init.elements.flatMap((value, i) => {
      const part = pattern.elements[i];
      if (value === null)
        return fail(this.source, "CF1302", init, "an array literal with holes does not compile", "write every element");
      if (value.type === "SpreadElement" || part?.type === "RestElement")
        return reject(this.source, part?.type === "RestElement" ? part : value);
      if (part != null) return this.match(part, value, bind, reads);
      this.unused(value, reads);
      return [];
    });
  }

  private fields(pattern: ObjectPattern, init: ObjectExpression, bind: Bind, reads: Stmt[]): Stmt[] {
    const parts = this.properties(pattern);
    const bound = new Map<Part, Stmt[]>();
    const given = init.properties.map((p) => {
      if (p.type !== "Property") return reject(this.source, p);
      return { key: propertyName(this.source, p), value: p.value };
    });
    for (const [i, { key, value }] of given.entries()) {
      const takers = parts.filter((part) => part.key === key);
      const [only, ...others] = takers;
      const isReplaced = given.slice(i + 1).some((later) => later.key === key);
      if (only === undefined || isReplaced) this.unused(value, reads);
      else if (others.length === 0) bound.set(only, this.match(only.part, value, bind, reads));
      else {
        const read = this.kept(value, reads);
        for (const taker of takers) bound.set(taker, bind(taker.part, { ...read }));
      }
    }
    return parts.flatMap((part) => {
      const help = "give it a value in the literal, or leave it out of the pattern";
      return (
        bound.get(part) ?? fail(this.source, "CF1302", part.part, `the literal has no property \`${part.key}\``, help)
      );
    });
  }

  /** Takes apart what is no literal: it is read once, and each part of it when the pattern gets there. */
  private spread(pattern: Pattern, value: Expr, bind: Bind): Stmt[] {
    const span = spanOf(pattern);
    if (pattern.type !== "ArrayPattern" && pattern.type !== "ObjectPattern") return reject(this.source, pattern);
    const whole = this.scopes.hidden("parts", span);
    // facts belong to nodes: each use is one of its own
    const object = (): Expr => ({ kind: "local", span, variable: whole });
    const read: Stmt = { kind: "declare", span, variable: whole, init: value };
    if (pattern.type === "ObjectPattern") {
      const parts = this.properties(pattern).flatMap(({ key, part }) =>
        bind(part, { kind: "member", span: spanOf(part), object: object(), name: key }),
      );
      return [read, ...parts];
    }
    const parts = pattern.elements.flatMap((part, i) => {
      if (part === null) return [];
      const at = spanOf(part);
      return bind(part, { kind: "index", span: at, object: object(), index: { kind: "number", span: at, value: i } });
    });
    return [read, ...parts];
  }

  private properties(pattern: ObjectPattern): readonly Part[] {
    return pattern.properties.map((p) =>
      p.type === "Property" ? { key: propertyName(this.source, p), part: p.value } : reject(this.source, p),
    );
  }
}

const spanOf = (node: { start: number; end: number }): Span => ({ start: node.start, end: node.end });
