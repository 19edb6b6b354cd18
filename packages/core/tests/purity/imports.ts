// What every module of core imports at run time: `import type` is erased, everything else is not. Reads the sources as
// text; runs none of them.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const src = fileURLToPath(new URL("../../src", import.meta.url));

/** Module, by its path in `src` -> what it imports: paths in `src`, and names of packages and of Node modules. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

export function importGraph(): ImportGraph {
  const modules = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  return new Map(modules.map((name) => [name, importsOf(name)]));
}

function importsOf(module: string): string[] {
  const found: string[] = [];
  const add = (specifier: ts.Node | undefined): void => {
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return;
    const { text } = specifier;
    found.push(text.startsWith(".") ? relative(src, join(src, dirname(module), text)) : text);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword) {
      add(node.moduleSpecifier);
    } else if (ts.isExportDeclaration(node) && !node.isTypeOnly) add(node.moduleSpecifier);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(module, readFileSync(join(src, module), "utf8"), ts.ScriptTarget.ES2022));
  return found;
}

/** The folder of a module, or the module itself where it is in none. */
export const folderOf = (module: string): string => module.split("/")[0] ?? module;

/** Every module and package that the given modules bring with them, each with one way there. */
export function reachable(graph: ImportGraph, from: readonly string[]): Map<string, string> {
  const ways = new Map(from.map((module) => [module, module]));
  for (const [module, way] of ways) {
    for (const next of graph.get(module) ?? []) if (!ways.has(next)) ways.set(next, `${way} -> ${next}`);
  }
  return ways;
}

/** Pairs of folders that each import the other, directly or through a third. */
export function folderCycles(graph: ImportGraph): string[] {
  const folders = new Map<string, Set<string>>();
  for (const [module, imports] of graph) {
    const of = folders.get(folderOf(module)) ?? new Set();
    folders.set(folderOf(module), of);
    for (const name of imports) if (graph.has(name) && folderOf(name) !== folderOf(module)) of.add(folderOf(name));
  }
  const leadsTo = (from: string): Set<string> => {
    const seen = new Set<string>(folders.get(from));
    for (const at of seen) for (const next of folders.get(at) ?? []) seen.add(next);
    return seen;
  };
  const names = [...folders.keys()].sort();
  return names.flatMap((a) =>
    names.filter((b) => a < b && leadsTo(a).has(b) && leadsTo(b).has(a)).map((b) => `${a} <-> ${b}`),
  );
}
