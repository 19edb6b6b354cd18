// Recognises text that a transpiler lowered to a JavaScript which needs helper functions (ES5, ES2015): what was
// written cannot be told from it, so it is refused with advice. Old syntax alone (`var`, `function`) is fine. Pure.
import type { AnyNode } from "acorn";
import type { SourceText } from "../diagnostics/diagnostic.ts";
import { CFuncError } from "../diagnostics/error.ts";

/** Helpers of TypeScript (and tslib) and of esbuild; a bundler may number them. */
const doubleUnderscore =
  /^__(?:async(?:Generator|Delegator|Values)?|await(?:er)?|generator|values|read|rest|objRest|spread(?:Arrays?|Values|Props)?|assign|extends|makeTemplateObject|template|forAwait|yieldStar|classPrivateField(?:Get|Set|In)|private(?:Get|Set|Add|Method|Wrapper|In)|decorate\w*|runInitializers|addDisposableResource|disposeResources|using|callDispose)\d*$/;

/** Helpers of Babel (camel case), swc (snake case) and sucrase. */
const singleUnderscore =
  /^_(?:async_?to_?generator|wrap_?async_?generator|await_?async_?generator|sliced_?to_?array|to_?consumable_?array|to_?array|create_?for_?of_?iterator_?helper(?:_?loose)?|object_?spread(?:2|_?props)?|object_?without_?properties(?:_?loose)?|array_?like_?to_?array|ts_(?:generator|values|decorate)|regenerator\w*|type_?of|class_?call_?check|create_?class|define_?property|extends|tagged_?template_?literal|class_?private_?\w+|optionalChain(?:Delete)?)\d*$/i;

function isHelper(name: string): boolean {
  return doubleUnderscore.test(name) || singleUnderscore.test(name) || name === "regeneratorRuntime";
}

/** What stands for `this` and `arguments` of the function around an arrow function that became a plain one. */
const lexicalStandIns: ReadonlySet<string> = new Set(["_this", "_arguments"]);

/** @throws CFuncError CF1207, pointing at the first helper */
export function refuseLowered(tree: AnyNode, source: SourceText): void {
  const declared = new Set<string>();
  const standIns: Named[] = [];
  walk(tree, (node, parent) => {
    if (parent?.type === "VariableDeclarator" && parent.id === node && node.type === "Identifier")
      declared.add(node.name);
    if (node.type !== "Identifier") return;
    const isMember = parent?.type === "MemberExpression" && parent.property === node && !parent.computed;
    // `tslib_1.__values`; a single underscore before a member's name is a habit of people.
    if (isMember ? doubleUnderscore.test(node.name) : isHelper(node.name)) throw lowered(node, source);
    if (!isMember && lexicalStandIns.has(node.name)) standIns.push(node);
  });
  const foreign = standIns.find(({ name }) => !declared.has(name));
  if (foreign) throw lowered(foreign, source);
}

interface Named {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

function walk(node: AnyNode, visit: (node: AnyNode, parent?: AnyNode) => void, parent?: AnyNode): void {
  visit(node, parent);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit, node);
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

function lowered({ name, start, end }: Named, source: SourceText): CFuncError {
  return new CFuncError([
    {
      code: "CF1207",
      severity: "error",
      message: "this function was lowered to an older JavaScript before it was run",
      primary: { source, span: { start, end }, message: `\`${name}\` is a helper that stands for newer syntax` },
      help: 'raise the target to ES2022 ("target" in tsconfig.json, or in the options of the bundler or test runner)',
    },
  ]);
}
