// Lexical scopes while a function is parsed: which declaration a name refers to. Never looks outside the function.
import type {
  AnonymousFunctionDeclaration,
  ArrowFunctionExpression,
  FunctionDeclaration,
  FunctionExpression,
} from "acorn";
import type { Span } from "../diagnostics/diagnostic.ts";
import type { Variable } from "./tree.ts";

/** A function declared inside the function, with the scopes that it sees. */
export interface InnerFunction {
  readonly kind: "function";
  readonly name: string;
  readonly node: ArrowFunctionExpression | FunctionExpression | FunctionDeclaration | AnonymousFunctionDeclaration;
  readonly scopes: readonly Map<string, Binding>[];
  /** Its declaration stands further down: it cannot be called yet. */
  readonly ahead?: true;
}
export type Binding = Variable | InnerFunction;

export class Scopes {
  readonly variables: Variable[] = [];
  readonly freeNames: string[] = [];
  private stack: readonly Map<string, Binding>[] = [new Map()];
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

  /** Runs `body` in a new function scope inside the scopes of `stack`: those where an inner function was declared. */
  within<T>(stack: readonly Map<string, Binding>[], body: () => T): T {
    const [outer, outerFunction] = [this.stack, this.functionScope];
    this.functionScope = new Map();
    this.stack = [...stack, this.functionScope];
    try {
      return body();
    } finally {
      this.stack = outer;
      this.functionScope = outerFunction;
    }
  }

  /** Declares an inner function in the current scope. */
  declareFunction(name: string, node: InnerFunction["node"]): void {
    this.stack.at(-1)?.set(name, { kind: "function", name, node, scopes: this.stack });
  }
  /** The same for `const f = ...`, which its block knows from the start but which is not there yet. */
  declareFunctionAhead(name: string, node: InnerFunction["node"]): void {
    this.stack.at(-1)?.set(name, { kind: "function", name, node, scopes: this.stack, ahead: true });
  }

  /** Declares a name that its block knows from the start, before the declaration gives it a value. */
  declareAhead(name: string, kind: "const" | "let", span: Span): void {
    this.ahead.add(this.declare(name, kind, span));
  }

  /** Declares a name; `var` goes to the function's scope, and a second `var` of a name is the same variable. */
  declare(name: string, kind: Variable["kind"], span: Span): Variable {
    const scope = kind === "var" ? this.functionScope : this.stack.at(-1);
    const known = scope?.get(name);
    if (known !== undefined && known.kind !== "function" && (kind === "var" || this.ahead.delete(known))) return known;
    const variable: Variable = { id: this.variables.length, name, kind, span };
    this.variables.push(variable);
    scope?.set(name, variable);
    return variable;
  }

  /** A variable that no name in the source refers to: what a construct needs to keep a value in. */
  hidden(hint: string, span: Span): Variable {
    const variable: Variable = { id: this.variables.length, name: hint, kind: "const", span };
    this.variables.push(variable);
    return variable;
  }

  /** What a name refers to, or undefined for a free name, which is noted. */
  resolve(name: string): Binding | undefined {
    for (let i = this.stack.length - 1; i >= 0; i--) {
      const binding = this.stack[i]?.get(name);
      if (binding !== undefined) return binding;
    }
    if (!this.freeNames.includes(name)) this.freeNames.push(name);
    return undefined;
  }
}
