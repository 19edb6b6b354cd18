// Lexical scopes while a function is parsed: which declaration a name refers to. Never looks outside the function.
import type { Span } from "../diagnostics/diagnostic.ts";
import type { Variable } from "./tree.ts";

export class Scopes {
  readonly variables: Variable[] = [];
  readonly freeNames: string[] = [];
  private readonly stack: Map<string, Variable>[] = [new Map()];

  /** Runs `body` in a new block scope. */
  block<T>(body: () => T): T {
    this.stack.push(new Map());
    try {
      return body();
    } finally {
      this.stack.pop();
    }
  }

  /** Declares a name; `var` goes to the function's scope, and a second `var` of a name is the same variable. */
  declare(name: string, kind: Variable["kind"], span: Span): Variable {
    const scope = kind === "var" ? this.stack[0] : this.stack.at(-1);
    const known = scope?.get(name);
    if (known !== undefined && kind === "var") return known;
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

  /** The variable a name refers to, or undefined for a free name, which is noted. */
  resolve(name: string): Variable | undefined {
    for (let i = this.stack.length - 1; i >= 0; i--) {
      const variable = this.stack[i]?.get(name);
      if (variable !== undefined) return variable;
    }
    if (!this.freeNames.includes(name)) this.freeNames.push(name);
    return undefined;
  }
}
