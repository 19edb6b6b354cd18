// Minifiers write `let` for `const`, one character less, and join declarations. A `let` that nothing assigns again is
// a constant, and is made one on the ESTree: array views and structures have to be constants. Pure.
import type { AnyNode, VariableDeclaration, VariableDeclarator } from "acorn";

/** A tree whose constants are declared with `const`; it shares what did not change with the tree that was given. */
export function restoreConstants(tree: AnyNode): AnyNode {
  return restore(tree, assignedNames(tree));
}

/** The names that a function assigns or declares with `var`, by name alone. */
export function assignedNames(node: AnyNode): ReadonlySet<string> {
  const assigned = new Set<string>();
  collectAssigned(node, assigned);
  return assigned;
}

/** By name alone: a name that is assigned anywhere in the function is a variable everywhere in it. */
function collectAssigned(node: AnyNode, assigned: Set<string>): void {
  if (node.type === "VariableDeclaration" && node.kind === "var") {
    for (const { id } of node.declarations) collectNames(id, assigned);
  }
  if (node.type === "AssignmentExpression") collectNames(node.left, assigned);
  if (node.type === "UpdateExpression") collectNames(node.argument, assigned);
  if (node.type === "ForOfStatement" || node.type === "ForInStatement") {
    if (node.left.type !== "VariableDeclaration") collectNames(node.left, assigned);
  }
  for (const child of Object.values(node).flat()) if (isNode(child)) collectAssigned(child, assigned);
}

/** Every name in a pattern, be it the target or only a part of one (`a[i]`): too many names do no harm. */
function collectNames(pattern: AnyNode, names: Set<string>): void {
  if (pattern.type === "Identifier") names.add(pattern.name);
  else if (pattern.type === "MemberExpression") return;
  else for (const child of Object.values(pattern).flat()) if (isNode(child)) collectNames(child, names);
}

function restore(node: AnyNode, assigned: ReadonlySet<string>): AnyNode {
  const changes: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    const restored = restorePart(value, assigned);
    if (restored !== value) changes[key] = restored;
  }
  const restored = Object.keys(changes).length === 0 ? node : { ...node, ...changes };
  if (restored.type !== "ForOfStatement" || restored.left.type !== "VariableDeclaration") return restored;
  const { left } = restored;
  if (left.kind !== "let" || !left.declarations.every((declarator) => isConstant(declarator, assigned)))
    return restored;
  return { ...restored, left: { ...left, kind: "const" } };
}

function restorePart(value: unknown, assigned: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return restoreList(value, assigned);
  return isNode(value) ? restore(value, assigned) : value;
}

function restoreList(list: readonly unknown[], assigned: ReadonlySet<string>): readonly unknown[] {
  const restored = list.flatMap((item): readonly unknown[] =>
    isNode(item) ? split(restore(item, assigned), assigned) : [item],
  );
  const same = restored.length === list.length && restored.every((item, i) => item === list[i]);
  return same ? list : restored;
}

/** A statement, or the constants and the variables of one `let`, in their order. */
function split(node: AnyNode, assigned: ReadonlySet<string>): readonly AnyNode[] {
  if (node.type !== "VariableDeclaration" || node.kind !== "let") return [node];
  const isOne = (declarator: VariableDeclarator) => declarator.init != null && isConstant(declarator, assigned);
  if (!node.declarations.some(isOne)) return [node];
  return node.declarations.map(
    (declarator): VariableDeclaration => ({
      ...node,
      kind: isOne(declarator) ? "const" : "let",
      declarations: [declarator],
    }),
  );
}

function isConstant({ id }: VariableDeclarator, assigned: ReadonlySet<string>): boolean {
  const names = new Set<string>();
  collectNames(id, names);
  return [...names].every((name) => !assigned.has(name));
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}
