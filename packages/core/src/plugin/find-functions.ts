// Where a module gives functions to `cfunc`, and which functions it declares. Knows imports and names; looks into no
// function for what it uses.
import type {
  AnyNode,
  ArrowFunctionExpression,
  CallExpression,
  Expression,
  FunctionDeclaration,
  FunctionExpression,
  Program,
  SpreadElement,
} from "acorn";

export type FunctionNode = ArrowFunctionExpression | FunctionExpression | FunctionDeclaration;

export interface CompiledFunctions {
  /** Function expressions that are arguments of `cfunc`. */
  readonly given: readonly FunctionNode[];
  /** Functions that are given to `cfunc` by a name that the module declares. */
  readonly named: readonly string[];
  /** The functions that the module declares at its top level. */
  readonly declared: ReadonlyMap<string, DeclaredFunction>;
  /** The names of imported namespaces. */
  readonly namespaces: ReadonlySet<string>;
}

export interface DeclaredFunction {
  readonly node: FunctionNode;
  /** Where a statement may refer to it: before it if it is hoisted, else right after it. */
  readonly attachAt: number;
}

export function findFunctions(program: Program, modules: readonly string[]): CompiledFunctions {
  const imports = findImports(program, modules);
  const given: FunctionNode[] = [];
  const named: string[] = [];
  visit(program, (node) => {
    if (node.type !== "CallExpression" || !imports.isCFunc(node.callee)) return;
    const fn = node.arguments[1];
    if (isFunction(fn)) given.push(fn);
    else if (fn?.type === "Identifier") named.push(fn.name);
  });
  return { given, named, declared: findDeclared(program), namespaces: imports.namespaces };
}

interface Imports {
  isCFunc(callee: CallExpression["callee"]): boolean;
  readonly namespaces: ReadonlySet<string>;
}

function findImports({ body }: Program, modules: readonly string[]): Imports {
  const names = new Set<string>();
  const owners = new Set<string>();
  const namespaces = new Set<string>();
  for (const node of body) {
    if (node.type !== "ImportDeclaration") continue;
    const counts = modules.includes(String(node.source.value));
    for (const specifier of node.specifiers) {
      const { name } = specifier.local;
      if (specifier.type === "ImportNamespaceSpecifier") {
        namespaces.add(name);
        if (counts) owners.add(name);
      }
      if (!counts || specifier.type !== "ImportSpecifier") continue;
      const { imported } = specifier;
      if ((imported.type === "Identifier" ? imported.name : imported.value) === "cfunc") names.add(name);
    }
  }
  return {
    namespaces,
    isCFunc(callee) {
      if (callee.type === "Identifier") return names.has(callee.name);
      if (callee.type !== "MemberExpression" || callee.object.type !== "Identifier") return false;
      const { property, computed } = callee;
      return owners.has(callee.object.name) && !computed && property.type === "Identifier" && property.name === "cfunc";
    },
  };
}

function findDeclared({ body }: Program): Map<string, DeclaredFunction> {
  const declared = new Map<string, DeclaredFunction>();
  // Functions are hoisted as imports are; what stands before has to be directives.
  const top = body.find((node) => !("directive" in node && node.directive))?.start ?? 0;
  for (const statement of body) {
    const isExport = statement.type === "ExportNamedDeclaration" || statement.type === "ExportDefaultDeclaration";
    const node = isExport ? statement.declaration : statement;
    if (node?.type === "FunctionDeclaration" && node.id && !node.async && !node.generator) {
      declared.set(node.id.name, { node: node as FunctionDeclaration, attachAt: top });
    }
    if (node?.type !== "VariableDeclaration") continue;
    for (const { id, init } of node.declarations) {
      if (id.type === "Identifier" && isFunction(init)) declared.set(id.name, { node: init, attachAt: statement.end });
    }
  }
  return declared;
}

/** A function that can be compiled at all. */
function isFunction(
  node: Expression | SpreadElement | null | undefined,
): node is ArrowFunctionExpression | FunctionExpression {
  if (node?.type !== "ArrowFunctionExpression" && node?.type !== "FunctionExpression") return false;
  return !node.async && !node.generator;
}

function visit(node: AnyNode, see: (node: AnyNode) => void): void {
  see(node);
  for (const child of Object.values(node).flat()) if (isNode(child)) visit(child, see);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}
