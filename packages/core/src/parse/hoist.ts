// Names are known from the start of the scope they belong to: `var` in the whole function, wherever it stands; `let`,
// `const` and functions in their block. Reading one before its declaration is then no reading of a name further out.
import type { AnyNode, ArrowFunctionExpression, FunctionExpression, Pattern } from "acorn";
import type { Span } from "../diagnostics/diagnostic.ts";
import type { Scopes } from "./scope.ts";

export function hoistVars(body: AnyNode, scopes: Scopes): void {
  const visit = (node: AnyNode): void => {
    if (/Function|Class/.test(node.type)) return;
    if (node.type === "VariableDeclaration" && node.kind === "var") {
      for (const { id } of node.declarations) eachName(id, (name, span) => scopes.declare(name, "var", span));
    }
    for (const child of Object.values(node)) {
      for (const item of Array.isArray(child) ? child : [child]) if (isNode(item)) visit(item);
    }
  };
  visit(body);
}

/** The statements of one block. A `switch` has one for all of its cases, and can jump over declarations (`skippable`). */
export function hoistBlock(nodes: readonly AnyNode[], scopes: Scopes, skippable = false): void {
  for (const node of nodes) {
    if (node.type === "FunctionDeclaration" && node.id !== null) scopes.declareFunction(node.id.name, node);
    if (node.type !== "VariableDeclaration" || (node.kind !== "const" && node.kind !== "let")) continue;
    for (const { id, init } of node.declarations) {
      const { kind } = node;
      if (init != null && isFunction(init) && id.type === "Identifier") {
        scopes.declareFunctionAhead(id.name, init, skippable);
      } else eachName(id, (name, span) => scopes.declareAhead(name, kind, span, skippable));
    }
  }
}

export const isFunction = (node: AnyNode): node is ArrowFunctionExpression | FunctionExpression =>
  node.type === "ArrowFunctionExpression" || node.type === "FunctionExpression";

function eachName(pattern: Pattern, visit: (name: string, span: Span) => void): void {
  switch (pattern.type) {
    case "Identifier":
      visit(pattern.name, { start: pattern.start, end: pattern.end });
      return;
    case "ArrayPattern":
      for (const part of pattern.elements) if (part !== null) eachName(part, visit);
      return;
    case "ObjectPattern":
      for (const p of pattern.properties) if (p.type === "Property") eachName(p.value, visit);
  }
}

const isNode = (value: unknown): value is AnyNode =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
