// Lexical scopes while a function is parsed: which declaration a name refers to. Never looks outside the function.
import type {
  AnonymousFunctionDeclaration,
  ArrowFunctionExpression,
  FunctionDeclaration,
  FunctionExpression,
} from "acorn";
import type { Span } from "../diagnostics/diagnostic.ts";
import type { Variable } from "./tree.ts";

export type FunctionNode =
  | ArrowFunctionExpression
  | FunctionExpression
  | FunctionDeclaration
  | AnonymousFunctionDeclaration;

/** A function declared inside the function, with the scopes that it sees. */
export interface InnerFunction {
  readonly kind: "function";
  readonly name: string;
  readonly node: FunctionNode;
  readonly scopes: readonly Scope[];
  /** Its declaration stands further down: it cannot be called yet. */
  readonly ahead?: true;
  /** Has a value once the declaration has run, which a `switch` may jump over. */
  readonly guard?: Variable;
}
export type Binding = Variable | InnerFunction;
export type Scope = Map<string, Binding>;

/** The variables of one function that is compiled on its own: the callback, or an inner function. */
export class Frame {
  readonly variables: Variable[] = [];
  /** Variables of the functions around it, and its own that stand for them. */
  readonly captured = new Map<Variable, Variable>();
  /** Its own variables that it assigns. */
  readonly assigned = new Set<Variable>();
}

export class Scopes {
  readonly freeNames: string[] = [];
  /** The function that is being parsed. */
  frame = new Frame();
  private readonly frames = new Map<Variable, Frame>();
  private stack: readonly Scope[] = [new Map()];
  /** Where `var` declares: the scope of the function that is being parsed. */
  private functionScope = this.stack[0];
  /** Declared at the start of their block, and not yet by their declaration. */
  private readonly ahead = new Set<Variable>();

  /** Runs `body` in a new block scope. */
  block<T>(body: () => T): T {
    const outer = this.stack;
    this.stack = [...outer, new Map()];
    try {
      return body();
    } finally {
      this.stack = outer;
    }
  }

  /**
   * Runs `body` in a new function scope inside the scopes of `stack`: those where an inner function was declared. The
   * variables belong to `frame`: that of the function around it, where the inner function is expanded in place.
   */
  within<T>(stack: readonly Scope[], frame: Frame, body: () => T): T {
    const [outer, outerFunction, outerFrame] = [this.stack, this.functionScope, this.frame];
    this.functionScope = new Map();
    this.stack = [...stack, this.functionScope];
    this.frame = frame;
    try {
      return body();
    } finally {
      this.stack = outer;
      this.functionScope = outerFunction;
      this.frame = outerFrame;
    }
  }

  /** Declares an inner function in the current scope, and gives the guard that its declaration sets, if it has one. */
  declareFunction(name: string, node: FunctionNode): Variable | undefined {
    const known = this.stack.at(-1)?.get(name);
    const guard = known?.kind === "function" && known.node === node ? known.guard : undefined;
    this.stack.at(-1)?.set(name, { ...this.inner(name, node), ...(guard === undefined ? {} : { guard }) });
    return guard;
  }
  /** The same for `const f = ...`, which its block knows from the start but which is not there yet. */
  declareFunctionAhead(name: string, node: FunctionNode, skippable: boolean): void {
    const guard = skippable && this.variable(this.frame, { name, kind: "const", span: spanOf(node), skippable });
    this.stack.at(-1)?.set(name, { ...this.inner(name, node), ahead: true, ...(guard ? { guard } : {}) });
  }
  /** A function that stands here. A function expression that has a name is known by it inside of itself. */
  inner(name: string, node: FunctionNode): InnerFunction {
    if (node.type !== "FunctionExpression" || node.id == null)
      return { kind: "function", name, node, scopes: this.stack };
    const own: Scope = new Map();
    const inner: InnerFunction = { kind: "function", name, node, scopes: [...this.stack, own] };
    own.set(node.id.name, inner);
    return inner;
  }

  /** Declares a name that its block knows from the start, before the declaration gives it a value. */
  declareAhead(name: string, kind: "const" | "let", span: Span, skippable: boolean): void {
    const variable = this.variable(this.frame, { name, kind, span, ...(skippable ? { skippable } : {}) });
    this.stack.at(-1)?.set(name, variable);
    this.ahead.add(variable);
  }

  /** Whether the name's declaration stands further down. */
  isAhead(name: string): boolean {
    const binding = lookUp(this.stack, name);
    return binding !== undefined && binding.kind !== "function" && this.ahead.has(binding);
  }

  /** Declares a name; `var` goes to the function's scope, and a second `var` of a name is the same variable. */
  declare(name: string, kind: Variable["kind"], span: Span): Variable {
    const scope = kind === "var" ? this.functionScope : this.stack.at(-1);
    const known = scope?.get(name);
    if (known !== undefined && known.kind !== "function" && (kind === "var" || this.ahead.delete(known))) return known;
    const variable = this.variable(this.frame, { name, kind, span });
    scope?.set(name, variable);
    return variable;
  }

  /** A variable that no name in the source refers to: what a construct needs to keep a value in. */
  hidden(hint: string, span: Span): Variable {
    return this.variable(this.frame, { name: hint, kind: "const", span });
  }

  /** What a name refers to, or undefined for a free name, which is noted. */
  resolve(name: string): Binding | undefined {
    const binding = lookUp(this.stack, name);
    if (binding !== undefined) return binding.kind === "function" ? binding : this.own(this.frame, binding);
    if (!this.freeNames.includes(name)) this.freeNames.push(name);
    return undefined;
  }

  /** A function's own variable for one that it sees: the variable itself, or one that stands for it. */
  own(frame: Frame, variable: Variable): Variable {
    if (this.frames.get(variable) === frame) return variable;
    const known = frame.captured.get(variable);
    if (known !== undefined) return known;
    const own = this.variable(frame, variable);
    frame.captured.set(variable, own);
    return own;
  }

  private variable(frame: Frame, description: Omit<Variable, "id">): Variable {
    const variable: Variable = { ...description, id: frame.variables.length };
    frame.variables.push(variable);
    this.frames.set(variable, frame);
    return variable;
  }
}

const spanOf = ({ start, end }: FunctionNode): Span => ({ start, end });

/** The innermost binding of a name. */
export function lookUp(scopes: readonly Scope[], name: string): Binding | undefined {
  for (let i = scopes.length - 1; i >= 0; i--) {
    const binding = scopes[i]?.get(name);
    if (binding !== undefined) return binding;
  }
  return undefined;
}
