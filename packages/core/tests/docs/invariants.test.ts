// The invariants of ARCHITECTURE.md that can be read off import statements.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, it } from "vitest";
import { repository } from "./documents.ts";

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const packages = [
  "packages/core",
  "packages/rust-bridge",
  "packages/python-compat",
  "packages/examples",
  "conformance",
];

const sourcesIn = (folder: string): string[] =>
  readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sourcesIn(path);
    return entry.name.endsWith(".ts") ? [path] : [];
  });

/** What a file imports; files of its own package as paths from the top of the repository. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(repository, file), "utf8");
  const statement =
    /^(?:import|export)\s+(type\s)?[^;"']*?from\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm;
  return [...text.matchAll(statement)].map(([, type, from, bare, dynamic]) => {
    const target = from ?? bare ?? dynamic ?? "";
    const to = target.startsWith(".") ? relative(repository, join(repository, dirname(file), target)) : target;
    return { from: file, to, typeOnly: type !== undefined };
  });
}

const core = sourcesIn("packages/core/src").flatMap(importsOf);

it("keeps the pure stages free of Node modules and of the stages that look at the world", () => {
  const pure = /^packages\/core\/src\/(types|c|parse|check|ir|lower|verify|emit|contract|ownership)\//;
  const allowed =
    /^(acorn$|packages\/core\/src\/(types|c|parse|check|ir|lower|verify|emit|contract|ownership|diagnostics)\/)/;
  const imports = core.filter(({ from, typeOnly }) => pure.test(from) && !typeOnly);
  expect(imports.length).toBeGreaterThan(100);
  expect(imports.filter(({ to }) => !allowed.test(to))).toEqual([]);
});

it("keeps everything that @cfunc/core/frontend loads free of Node modules", () => {
  const seen = new Set<string>();
  const outside: Import[] = [];
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const found of importsOf(file)) {
      if (found.typeOnly) continue;
      if (found.to.startsWith("packages/")) visit(found.to);
      else if (found.to !== "acorn") outside.push(found);
    }
  };
  visit("packages/core/src/frontend.ts");
  expect(seen.size).toBeGreaterThan(50);
  expect(outside).toEqual([]);
});

it("never calls an earlier stage from a later one", () => {
  const entries = /\/(parse\/parse|check\/check|lower\/lower|verify\/verify|emit\/emit)\.ts$/;
  const callers = core.filter(({ from, to, typeOnly }) => {
    const sameStage = dirname(from) === dirname(to);
    return (
      entries.test(to) && !typeOnly && !sameStage && !/\/(compile|cfunc|frontend)\.ts$|\/(plugin|remarks)\//.test(from)
    );
  });
  expect(callers).toEqual([]);
});

it("imports ffi-rs in one file", () => {
  const files = sourcesIn("packages/core/src").filter((file) =>
    /(?:import|require)[^\n]*\("ffi-rs"\)|from "ffi-rs"/.test(readFileSync(join(repository, file), "utf8")),
  );
  expect(files).toEqual(["packages/core/src/llvm/c-library.ts"]);
});

it("lets packages depend on each other in one direction", () => {
  const order = ["core", "rust-bridge", "python-compat", "conformance", "examples"];
  const wrong = packages.flatMap((folder) => {
    const own = order.indexOf(folder.split("/").at(-1) ?? "");
    return sourcesIn(`${folder}/src`)
      .flatMap(importsOf)
      .filter(({ to }) => to.startsWith("@cfunc/") && order.indexOf(to.split("/")[1] ?? "") >= own);
  });
  expect(wrong).toEqual([]);
});
