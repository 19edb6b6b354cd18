// Calls of inner functions. One that never calls itself is expanded: its body, parsed anew in the scopes where it was
// declared, takes the place of the call. A recursive one becomes a function of its own, which is given the variables
// around it that it uses (lambda lifting; Johnsson, "Lambda Lifting", 1985), and so does every one when expanding has made
// the callback much longer than it is written. Which way is taken changes no result.
import type { Expression, SpreadElement } from "acorn";
import type { SourceText, Span } from "../diagnostics/diagnostic.ts";
import { assignedNames } from "./constants.ts";
import { hoistVars } from "./hoist.ts";
import type { ExpressionParser } from "./parse-expression.ts";
import type { StatementParser } from "./parse-statement.ts";
import { Recursion } from "./recursion.ts";
import { fail, reject } from "./reject.ts";
import { Frame, type InnerFunction, type Scopes } from "./scope.ts";
import type { CallExpr, Capture, Expr, FunctionTree, LocalExpr, Stmt, Variable } from "./tree.ts";

/** Calls of calls of calls multiply: how many characters of bodies are expanded, and how many for each that is written. */
const [roomAtLeast, roomPerCharacter] = [10_000, 3];

/** An inner function of its own; its tree is complete when the whole callback is parsed. */
interface Lifted {
  readonly frame: Frame;
  readonly tree: FunctionTree;
  readonly captures: Capture[];
}
/** A call of one, and the function that calls. */
interface LiftedCall {
  readonly from: Frame;
  readonly target: Lifted;
  readonly captured: LocalExpr[];
  readonly span: Span;
}

export class InnerFunctions {
  private readonly source: SourceText;
  private readonly scopes: Scopes;
  private readonly expressions: ExpressionParser;
  private readonly statements: StatementParser;
  private readonly recursion = new Recursion();
  private readonly lifted = new Map<InnerFunction, Lifted>();
  private readonly liftedCalls: LiftedCall[] = [];
  /** How many more characters of bodies may be expanded. */
  private room: number;

  constructor(source: SourceText, scopes: Scopes, expressions: ExpressionParser, statements: StatementParser) {
    this.source = source;
    this.scopes = scopes;
    this.expressions = expressions;
    this.statements = statements;
    this.room = Math.max(roomAtLeast, roomPerCharacter * source.text.length);
  }

  call(inner: InnerFunction, args: readonly (Expression | SpreadElement)[], span: Span): Expr {
    this.refuse(inner, args.length, span);
    const values = args.map((arg) => this.expressions.expression(arg));
    const length = inner.node.end - inner.node.start;
    const called =
      length > this.room || this.recursion.isRecursive(inner)
        ? this.callLifted(inner, values, span)
        : this.expand(inner, values, span);
    if (inner.guard === undefined) return called;
    const variable = this.scopes.own(this.scopes.frame, inner.guard);
    return { kind: "sequence", span, exprs: [{ kind: "local", span, variable }, called] };
  }

  /** What every lifted function captures, itself or for those that it calls: known when everything is parsed. */
  finish(): void {
    for (let grew = true; grew; ) {
      grew = false;
      for (const { from, target } of this.liftedCalls) {
        for (const [variable, theirs] of target.frame.captured) {
          const before = from.variables.length;
          const own = this.scopes.own(from, variable);
          const assigns = target.frame.assigned.has(theirs) && !from.assigned.has(own);
          if (assigns) from.assigned.add(own);
          grew ||= assigns || from.variables.length > before;
        }
      }
    }
    for (const { frame, captures } of this.lifted.values()) {
      for (const variable of frame.captured.values()) {
        captures.push({ variable, written: frame.assigned.has(variable) });
      }
    }
    for (const { from, target, captured, span } of this.liftedCalls) {
      for (const variable of target.frame.captured.keys()) {
        captured.push({ kind: "local", span, variable: this.scopes.own(from, variable) });
      }
    }
  }

  private callLifted(inner: InnerFunction, args: readonly Expr[], span: Span): CallExpr {
    const target = this.lifted.get(inner) ?? this.lift(inner);
    const captured: LocalExpr[] = [];
    this.liftedCalls.push({ from: this.scopes.frame, target, captured, span });
    return { kind: "call", span, callee: { kind: "inner", span, fn: target.tree, captured }, args };
  }

  private lift(inner: InnerFunction): Lifted {
    const { name, node, scopes } = inner;
    const frame = new Frame();
    const [params, body, captures]: [Variable[], Stmt[], Capture[]] = [[], [], []];
    const { source } = this;
    const { variables } = frame;
    const { freeNames } = this.scopes;
    const tree: FunctionTree = { source, span: spanOf(node), name, params, captures, body, variables, freeNames };
    const lifted: Lifted = { frame, tree, captures };
    // before its body, which calls it
    this.lifted.set(inner, lifted);
    this.scopes.within(scopes, frame, () => {
      for (const param of node.params) {
        if (param.type !== "Identifier") return reject(source, param);
        params.push(this.scopes.declare(param.name, "param", spanOf(param)));
      }
      body.push(...this.body(inner));
    });
    return lifted;
  }

  private expand(inner: InnerFunction, args: readonly Expr[], span: Span): Expr {
    const { name, node, scopes } = inner;
    this.room -= node.end - node.start;
    return this.scopes.within(scopes, this.scopes.frame, () => {
      const assigned = assignedNames(node.body);
      const params = args.map((init, i): Stmt => this.parameter(node.params[i], init, assigned));
      return { kind: "inline", span, name, params, body: this.body(inner) };
    });
  }

  private body({ node: { body } }: InnerFunction): Stmt[] {
    hoistVars(body, this.scopes);
    return body.type === "BlockStatement"
      ? this.statements.body(body.body)
      : [{ kind: "return", span: spanOf(body), value: this.expressions.expression(body) }];
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

  private refuse({ name, node, ahead }: InnerFunction, given: number, span: Span): void {
    if (ahead) fail(this.source, "CF1302", span, `\`${name}\` is called before it is declared`, "declare it first");
    if (node.async)
      fail(this.source, "CF1302", spanOf(node), "an async function does not compile", "native code cannot wait");
    if (node.generator)
      fail(this.source, "CF1302", spanOf(node), "a generator does not compile", "fill an array instead");
    if (given < node.params.length) {
      const message = `\`${name}\` takes ${node.params.length} arguments, but ${given} are given`;
      fail(this.source, "CF1302", span, message, "pass every argument");
    }
  }
}

const spanOf = (node: { start: number; end: number }): Span => ({ start: node.start, end: node.end });
