// The front end runs in a browser, stages know only what comes before them, and folders do not import each other in
// circles: checked on the imports of every module.
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { folderCycles, folderOf, importGraph, reachable } from "./imports.ts";

const graph = importGraph();
const modules = [...graph.keys()];
const textOf = (module: string) => readFile(new URL(`../../src/${module}`, import.meta.url), "utf8");

const pure = [
  "types",
  "c",
  "parse",
  "check",
  "ir",
  "lower",
  "verify",
  "emit",
  "diagnostics",
  "contract",
  "frontend.ts",
];
/** Packages without Node modules of their own. */
const purePackages = ["acorn"];

describe("pure modules", () => {
  it("reach no Node module and no impure folder", () => {
    const roots = modules.filter((module) => pure.includes(folderOf(module)));
    expect(roots.length).toBeGreaterThan(60);
    const impure = [...reachable(graph, roots)].filter(([name]) =>
      graph.has(name) ? !pure.includes(folderOf(name)) : !purePackages.includes(name),
    );
    expect(impure.map(([, way]) => way)).toEqual([]);
  });

  it("touch no Node global", async () => {
    const found: string[] = [];
    for (const module of modules.filter((name) => pure.includes(folderOf(name)))) {
      const code = (await textOf(module)).replace(/^\s*(\/\/|\*|\/\*).*$/gm, "");
      if (/\b(process|Buffer|require|__dirname)[.(]/.test(code)) found.push(module);
    }
    expect(found).toEqual([]);
  });
});

describe("stages", () => {
  /** What each stage may import at run time; types flow freely. */
  const mayImport: Readonly<Record<string, readonly string[]>> = {
    diagnostics: [],
    types: ["diagnostics", "c"],
    c: ["diagnostics", "types"],
    parse: ["diagnostics", "types"],
    check: ["diagnostics", "types", "parse"],
    ir: ["diagnostics", "types"],
    lower: ["diagnostics", "types", "parse", "check", "ir"],
    verify: ["types", "ir"],
    emit: ["types", "ir"],
    source: ["diagnostics", "types"],
    contract: ["diagnostics", "types"],
  };

  for (const [stage, allowed] of Object.entries(mayImport)) {
    it(`${stage}/ imports ${allowed.join(", ") || "nothing"}`, () => {
      const others = modules
        .filter((module) => folderOf(module) === stage)
        .flatMap((module) => (graph.get(module) ?? []).map((name) => ({ module, name })))
        .filter(({ name }) => graph.has(name) && ![stage, ...allowed].includes(folderOf(name)));
      expect(others.map(({ module, name }) => `${module} -> ${name}`)).toEqual([]);
    });
  }

  it("only llvm/ loads ffi-rs", async () => {
    const loaders: string[] = [];
    for (const module of modules) if (/["']ffi-rs["']/.test(await textOf(module))) loaders.push(module);
    expect(new Set(loaders.map(folderOf))).toEqual(new Set(["llvm"]));
  });
});

it("folders do not import each other in circles, but for two pairs", () => {
  // A prototype is a signature made of C types, and names types by their C names; native code hands out pointers, and
  // memory is allocated by native code.
  expect(folderCycles(graph)).toEqual(["c <-> types", "memory <-> native"]);
});

it("the graph is not empty and follows imports", () => {
  const fromCFunc = reachable(graph, ["cfunc.ts"]);
  expect(fromCFunc.has("emit/emit.ts")).toBe(true);
  expect([...fromCFunc.keys()].some((name) => name.startsWith("node:"))).toBe(true);
});
