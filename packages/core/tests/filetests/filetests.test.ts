// Runs every filetest: `<stage>/<name>.ts`, see filetest.ts. Files in `lower/` are also compared with the intermediate
// representation in `<name>.ir`, files in `emit/` with the LLVM text in `<name>.ll`; UPDATE=1 writes those.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { compile, errorOf, type FileTest, problem, readFileTest } from "./filetest.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const stages = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

for (const { name: stage } of stages) {
  const files = readdirSync(`${folder}${stage}`).filter((name) => name.endsWith(".ts"));
  describe.runIf(files.length > 0)(stage, () => {
    for (const name of files) describe(name, () => filetest(stage, `${folder}${stage}/${name}`));
  });
}

function filetest(stage: string, path: string): void {
  const file = readFileTest(path);
  for (const fn of file.functions) {
    it(fn.name, () => {
      const [wanted] = fn.errors;
      const error = errorOf(file, fn);
      if (wanted !== undefined || error !== undefined) {
        expect(error === undefined ? "compiles" : `${error.code} in line ${error.line}`, error?.message).toBe(
          wanted === undefined ? "compiles" : `${wanted.code} in line ${wanted.line}`,
        );
        return;
      }
      if (stage === "run") expect(fn.checks.length, "a function without a check").toBeGreaterThan(0);
      const compiled = compile(file, fn);
      expect(fn.checks.map((check) => problem(file, fn, compiled, check)).filter((p) => p !== undefined)).toEqual([]);
    });
  }
  if (stage === "lower") golden(path, "ir", file, (f) => f.inspectIR());
  if (stage === "emit") golden(path, "ll", file, (f) => withoutTarget(f.inspectLLVM({ optimized: false })));
}

/** What depends on the machine: its layout, its processor. */
const withoutTarget = (text: string): string =>
  text.replace(/^target .*\n/gm, "").replace(/ "target-cpu"="[^"]*"/g, "");

function golden(
  path: string,
  extension: string,
  file: FileTest,
  print: (f: ReturnType<typeof compile>) => string,
): void {
  it(extension, () => {
    const good = file.functions.filter((fn) => fn.errors.length === 0);
    const actual = good.map((fn) => print(compile(file, fn)).replace(/\bcfunc_(\w+)\.\d+\b/g, "cfunc_$1")).join("\n");
    const goldenPath = path.replace(/ts$/, extension);
    const { UPDATE } = process.env;
    if (UPDATE === "1") writeFileSync(goldenPath, actual);
    expect(existsSync(goldenPath), `${goldenPath} is missing; write it with UPDATE=1`).toBe(true);
    expect(actual).toBe(readFileSync(goldenPath, "utf8"));
  });
}
