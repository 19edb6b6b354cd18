// The build plugin by itself: what it annotates, what the compiler makes of it. The matrix runs it under bundlers.
import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, describe, expect, it } from "vitest";
import { cfunc } from "../../src/index.ts";
import { annotate } from "../../src/plugin/annotate.ts";
import cfuncPlugin from "../../src/plugin/index.ts";
import { capture } from "../../src/source/capture.ts";
import { readFunctionText } from "../../src/source/index.ts";
import { metadataOf } from "../../src/source/metadata.ts";
import { makeProject, temporaryFolder } from "./project-folder.ts";

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const modules = ["@cfunc/core"];
const annotated = (code: string) =>
  annotate(code, { file: "/project/src/a.js", root: "/project" }, modules, undefined)?.code;

/** Annotates a module and runs it, with a `cfunc` that gives back the function itself. */
let count = 0;
async function load(code: string): Promise<Record<string, never>> {
  const output = annotated(`import { cfunc } from "@cfunc/core";\n${code}`);
  const file = path.join(folder, `${count++}.mjs`);
  const stub = "const cfunc = (_, fn) => fn;";
  writeFileSync(file, String(output).replace('import { cfunc } from "@cfunc/core";', stub));
  return import(/* @vite-ignore */ pathToFileURL(file).href);
}

describe("the plugin annotates", () => {
  it.each([
    ["a renamed import", 'import { cfunc as compile } from "@cfunc/core"; compile("int(int)", (x) => x);'],
    ["a namespace", 'import * as core from "@cfunc/core"; core.cfunc("int(int)", function (x) { return x; });'],
    ["a function by its name", 'import { cfunc } from "@cfunc/core"; const f = (x) => x; cfunc("int(int)", f);'],
  ])("%s", (_, code) => expect(annotated(code)).toContain('Symbol.for("cfunc.metadata")'));

  it.each([
    ["another module's", 'import { cfunc } from "elsewhere"; cfunc("int(int)", (x) => x);'],
    ["another function", 'import { load } from "@cfunc/core"; load("int(int)", (x) => x);'],
    ["what cannot compile", 'import { cfunc } from "@cfunc/core"; cfunc("int(int)", async (x) => x);'],
  ])("but not %s", (_, code) => expect(annotated(code)).toBeUndefined());

  it("only what a namespace is used for", () => {
    const start = 'import * as all from "./all.js"; import { cfunc } from "@cfunc/core";';
    expect(annotated(`${start} cfunc("int(int)", (x) => all.f(x) + all.n);`)).toContain(
      '"all": () => ({ f: all.f, n: all.n })',
    );
    expect(annotated(`${start} cfunc("int(int)", (x) => all.f(x) + all[x]);`)).toContain('"all": () => all }');
  });

  it("functions that a function uses, and they keep their names", async () => {
    const { f } = await load(`
      export const f = cfunc("double(double)", (x) => first(x) + unused);
      const unused = 1;
      function first(x) { return second(x) }
      const second = (x) => 3 * x, third = (x) => x;
    `);
    const first = held(f, "first") as (x: number) => number;
    expect(first.name).toBe("first");
    expect(metadataOf(first)?.text).toBe("function first(x) { return second(x) }");
    const second = held(first, "second") as (x: number) => number;
    expect(second.name).toBe("second");
    expect(metadataOf(second)?.text).toBe("(x) => 3 * x");
    expect(cfunc("double(double)", f)(2)).toBe(7);
  });
});

/** What a function captured under a name. */
function held(fn: object, name: string): unknown {
  const binding = capture(fn, [name]).get(name);
  if (binding?.kind !== "value") throw new Error(`${name} is ${binding?.kind}`);
  return binding.value;
}

/** A function as a minifier leaves it: nothing of what it says is what it was. */
function minified(metadata: object): (x: number) => number {
  const k = 2;
  const fn = (e: number) => e * k;
  return Object.assign(fn, {
    [Symbol.for("cfunc.metadata")]: { version: 1, origin: undefined, scope: {}, ...metadata },
  });
}

describe("the compiler prefers", () => {
  const text = "(x) => x * k";

  it("externals to the metadata, and the metadata to the inspector", () => {
    const fn = minified({ text, scope: { k: () => 10 } });
    expect(cfunc("double(double)", fn)(4)).toBe(40);
    expect(cfunc("double(double)", fn, { externals: { k: 100 } })(4)).toBe(400);
    expect(cfunc("double(double)", minified({ text }))(4)).toBe(8);
  });

  it("the kind of function that was written", () => {
    const text = "function fact(n) { return n <= 1 ? 1 : n * fact(n - 1); }";
    expect(cfunc("double(double)", minified({ text }))(5)).toBe(120);
  });

  it("the variable's value of the moment", async () => {
    const { f, set } = await load(
      'let k = 1; export const set = (v) => { k = v }; export const f = cfunc("", (x) => x + k);',
    );
    expect(held(f, "k")).toBe(1);
    (set as (v: number) => void)(5);
    expect(cfunc("double(double)", f)(1)).toBe(6);
  });

  it("to say what a name without a value is", async () => {
    const { f, g } = await load(`
      export const f = cfunc("", (x) => x + undeclared);
      export const g = (() => { const g = cfunc("", (x) => x + later); if (g) return g; let later = 1; })();
    `);
    expect(() => cfunc("double(double)", f)(1)).toThrow(/CF2001.*`undeclared`/);
    expect(() => cfunc("double(double)", g)(1)).toThrow(/CF2002.*`later`/);
  });

  it("nothing of another version", () => {
    const fn = minified({ text, version: 2 });
    expect(() => cfunc("double(double)", fn)).toThrow(/CF1208.*unknown version/);
  });
});

it("needs no inspector: a minified bundle runs where the permission model forbids it", async () => {
  const project = makeProject(folder, "module");
  const code = `
    import { cfunc } from "@cfunc/core";
    const gain: number = Number(process.env.CFUNC_RUNNERS_GAIN ?? 2.5);
    function helper(x: number): number { return x + gain; }
    const f = cfunc("double(double)", (x: number): number => helper(x) * gain);
    try { console.log(f(3)); } catch (error) { console.log((error as Error & { code: string }).code); }
  `;
  const answers = [];
  for (const plugins of [[], [cfuncPlugin.esbuild()]]) {
    writeFileSync(path.join(project, "in.ts"), code);
    const entryPoints = [path.join(project, "in.ts")];
    const outfile = path.join(project, `out-${plugins.length}.mjs`);
    await build({
      entryPoints,
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      minify: true,
      external: modules,
      plugins,
    });
    const flag = process.allowedNodeEnvironmentFlags.has("--permission") ? "--permission" : "--experimental-permission";
    const flags = [flag, "--allow-addons", "--allow-fs-read=*", "--allow-fs-write=*"];
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, outfile]);
    answers.push(stdout.trim());
  }
  expect(answers).toEqual(["CF1208", "13.75"]);
}, 60_000);

it("lets decorators and other syntax of TypeScript through", async () => {
  const project = makeProject(path.join(folder, "decorated"), "module");
  const code = `
    import { cfunc } from "@cfunc/core";
    const enum Sides { Two = 2 }
    class Shapes<T extends number> {
      constructor(public x: T, private readonly y: T = x) {}
      @cfunc("double(double, double)")
      static area(a: number, b: number): number { return a * b; }
      get sum(): number { return this.x + this.y; }
    }
    const f = cfunc("double(double)", (x: number): number => (x as number) * Sides.Two);
    console.log(f(3), Shapes.area(3, 4), new Shapes(5).sum);
  `;
  const entryPoint = path.join(project, "in.ts");
  writeFileSync(entryPoint, code);
  const outfile = path.join(project, "out.mjs");
  const plugins = [cfuncPlugin.esbuild()];
  const target = "es2022";
  await build({
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    format: "esm",
    minify: true,
    external: modules,
    plugins,
    target,
  });
  const { stdout } = await promisify(execFile)(process.execPath, [outfile]);
  expect(stdout.trim()).toBe("6 12 10");
}, 60_000);

it("keeps the places, in lines that follow each other in the file", async () => {
  const { f } = await load('\nexport const f = cfunc("",\n  // a comment\n  (x) =>\n    x +\n    /* here */ gone,\n);');
  const { text, source } = readFunctionText(f);
  const lineText = "    /* here */ gone,";
  expect(source.locate(text.indexOf("gone"))).toEqual({ file: "src/a.js", line: 7, column: 16, lineText });
  expect(source.locate(0)).toEqual({ file: "src/a.js", line: 5, column: 3, lineText: "  (x) =>" });
});

it("says where it belongs when it is given TypeScript", async () => {
  const { transform } = cfuncPlugin.raw({}, { framework: "rollup", versions: {} } as never) as unknown as {
    transform: { handler(this: object, code: string, id: string): Promise<unknown> };
  };
  const warnings: string[] = [];
  const code = 'import { cfunc } from "@cfunc/core"; const n: number = 1; cfunc("int(int)", (x) => x + n);';
  const context = { warn: (message: string) => warnings.push(message) };
  expect(await transform.handler.call(context, code, "/src/a.ts")).toBeNull();
  expect(warnings).toEqual([
    expect.stringMatching(/^\/src\/a\.ts is not JavaScript yet: place the plugin after what compiles TypeScript/),
  ]);
});
