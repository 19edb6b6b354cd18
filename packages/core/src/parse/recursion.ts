// Which inner functions can call themselves, directly or through others. By the names that are called in their text:
// a name that means something else where it stands makes a function recursive that is not, which does no harm. Pure.
import type { AnyNode } from "acorn";
import { type FunctionNode, type InnerFunction, lookUp } from "./scope.ts";

export class Recursion {
  private readonly known = new Map<FunctionNode, boolean>();
  private readonly names = new Map<FunctionNode, readonly string[]>();

  isRecursive(inner: InnerFunction): boolean {
    const known = this.known.get(inner.node);
    if (known !== undefined) return known;
    const seen = new Set<FunctionNode>();
    const pending: InnerFunction[] = [inner];
    let found = false;
    for (let next = pending.pop(); next !== undefined && !found; next = pending.pop()) {
      for (const name of this.calledNames(next.node)) {
        const callee = lookUp(next.scopes, name);
        if (callee?.kind !== "function") continue;
        found ||= callee.node === inner.node;
        if (seen.has(callee.node)) continue;
        seen.add(callee.node);
        pending.push(callee);
      }
    }
    this.known.set(inner.node, found);
    return found;
  }

  private calledNames(node: FunctionNode): readonly string[] {
    const known = this.names.get(node);
    if (known !== undefined) return known;
    const names = new Set<string>();
    const visit = (at: AnyNode): void => {
      if (at.type === "CallExpression" && at.callee.type === "Identifier") names.add(at.callee.name);
      for (const child of Object.values(at).flat()) if (isNode(child)) visit(child);
    };
    visit(node.body);
    this.names.set(node, [...names]);
    return [...names];
  }
}

const isNode = (value: unknown): value is AnyNode =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
