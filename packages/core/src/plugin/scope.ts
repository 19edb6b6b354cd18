// The scope of a function as JavaScript: an object with a function for each free name, which the bundler and the
// minifier rename together with the variables. The names are those that the compiler itself will ask for.
import { type AnyNode, parseExpressionAt } from "acorn";
import { sourceText } from "../diagnostics/source-text.ts";
import { parse } from "../parse/parse.ts";

export interface ScopeText {
  readonly names: readonly string[];
  /** The text of an object literal. */
  readonly scope: string;
}

/** @param namespaces the module's namespace imports: of them only the members that the text uses are kept */
export function scopeOf(text: string, namespaces: ReadonlySet<string>): ScopeText {
  const names = freeNames(text);
  if (names.length === 0) return { names, scope: "{}" };
  const members = membersOf(text, namespaces);
  const entries = names.map((name) => {
    const used = members.get(name);
    const value = used && `({ ${[...used].map((member) => `${member}: ${name}.${member}`).join(", ")} })`;
    return `${JSON.stringify(name)}: () => ${value ?? name}`;
  });
  return { names, scope: `{ ${entries.join(", ")} }` };
}

/** None for a text that does not compile: its diagnostic comes when it is to be compiled, and asks for no name. */
function freeNames(text: string): readonly string[] {
  try {
    return parse(sourceText("<function>", text)).freeNames;
  } catch {
    return [];
  }
}

/** The members of each namespace that a function uses, where it uses nothing else of it. */
function membersOf(text: string, namespaces: ReadonlySet<string>): Map<string, Set<string>> {
  const members = new Map<string, Set<string>>();
  const whole = new Set<string>();
  const visit = (node: AnyNode): void => {
    if (node.type === "Identifier" && namespaces.has(node.name)) whole.add(node.name);
    if (node.type === "MemberExpression" && !node.computed) {
      const { object, property } = node;
      if (object.type !== "Identifier" || property.type !== "Identifier") visit(object);
      else if (namespaces.has(object.name))
        members.set(object.name, (members.get(object.name) ?? new Set()).add(property.name));
      return;
    }
    for (const child of Object.values(node).flat()) if (isNode(child)) visit(child);
  };
  visit(parseExpressionAt(text, 0, { ecmaVersion: "latest" }));
  for (const name of whole) members.delete(name);
  return members;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}
