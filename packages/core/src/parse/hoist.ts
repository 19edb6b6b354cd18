// `var` declarations belong to the whole function, wherever they stand: they are declared before its body is parsed.
import type { AnyNode, Pattern } from "acorn";
import type { Scopes } from "./scope.ts";

export function hoistVars(body: AnyNode, scopes: Scopes): void {
  const visit = (node: AnyNode): void => {
    if (/Function|Class/.test(node.type)) return;
    if (node.type === "VariableDeclaration" && node.kind === "var") {
      for (const { id } of node.declarations) declareNames(id, scopes);
    }
    for (const child of Object.values(node)) {
      for (const item of Array.isArray(child) ? child : [child]) if (isNode(item)) visit(item);
    }
  };
  visit(body);
}

function declareNames(pattern: Pattern, scopes: Scopes): void {
  switch (pattern.type) {
    case "Identifier":
      scopes.declare(pattern.name, "var", { start: pattern.start, end: pattern.end });
      return;
    case "ArrayPattern":
      for (const part of pattern.elements) if (part !== null) declareNames(part, scopes);
      return;
    case "ObjectPattern":
      for (const p of pattern.properties) if (p.type === "Property") declareNames(p.value, scopes);
  }
}

const isNode = (value: unknown): value is AnyNode =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
