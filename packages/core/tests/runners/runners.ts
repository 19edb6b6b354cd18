// The runners of the matrix, as data: how each makes a program of the project, and how the program is started. What
// it makes does not depend on the version of Node that runs it, so it is made once.
import path from "node:path";
import { bundleWithEsbuild, bundleWithRollup, bundleWithRspack, bundleWithVite, bundleWithWebpack } from "./bundles.ts";
import { compileWithSwc, compileWithTsc } from "./compilers.ts";
import { repository, toolbox } from "./tools.ts";

/** The two copies of the project, by the kind of their modules. */
export interface Projects {
  readonly module: string;
  readonly commonjs: string;
}

/** A program that is started with `node ...args` in a folder. */
export interface Program {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Runner {
  readonly name: string;
  /** Part of `npm test`, on the Node that runs it. */
  readonly sample?: true;
  /** What tells that the tool was there, in the text of a callback as it ran. */
  readonly mark?: RegExp;
  program(projects: Projects): Program | Promise<Program>;
}

const own = (file: string): string => path.join(repository, "node_modules", file);

const minified = /^\(\w,\w\)=>/;

function vitest(name: string, flags: readonly string[], more: Partial<Runner> = {}): Runner {
  const args = ["--root", ".", "--config", "vitest.config.ts"];
  return {
    name: `vitest, ${name}`,
    mark: /__vite_ssr_import_\d+__/,
    program: ({ module }) => ({ cwd: module, args: [own("vitest/vitest.mjs"), "run", ...args, ...flags] }),
    ...more,
  };
}

const jestProgram = (tool: NodeJS.Require) => path.join(path.dirname(tool.resolve("jest/package.json")), "bin/jest.js");

function jest(name: string, options: (tool: NodeJS.Require) => object, more: Partial<Runner> = {}): Runner {
  return {
    name: `jest, ${name}`,
    program: async ({ commonjs }) => {
      const tool = await toolbox();
      const config = { rootDir: commonjs, testMatch: ["**/in-jest.ts"], ...options(tool) };
      return {
        cwd: commonjs,
        args: [jestProgram(tool), "--runInBand", `--config=${JSON.stringify(config)}`],
      };
    },
    ...more,
  };
}

const typescriptOfJest = {
  target: "es2022",
  module: "esnext",
  moduleResolution: "bundler",
  isolatedModules: true,
  rewriteRelativeImportExtensions: false,
  esModuleInterop: true,
};

/** Jest's own modules are CommonJS, so the package is transformed as well. */
const swcForJest = (tool: NodeJS.Require) => ({
  transform: {
    "\\.[jt]s$": [
      tool.resolve("@swc/jest"),
      {
        jsc: { target: "es2022", parser: { syntax: "typescript" } },
        module: { type: "commonjs" },
        sourceMaps: "inline",
      },
    ],
  },
  transformIgnorePatterns: ["/node_modules/(?!@cfunc/)"],
});

const esbuild = (
  name: string,
  options: Parameters<typeof bundleWithEsbuild>[2],
  more: Partial<Runner> = {},
): Runner => ({
  name: `esbuild${name}`,
  program: (projects) => bundleWithEsbuild(projects, name, options),
  ...more,
});

export const runners: readonly Runner[] = [
  {
    name: "tsx",
    sample: true,
    program: ({ module }) => ({ cwd: module, args: ["--import", own("tsx/dist/loader.mjs"), "main.ts"] }),
  },
  {
    name: "tsx, v8 coverage",
    program: ({ module }) => ({
      cwd: module,
      args: ["--import", own("tsx/dist/loader.mjs"), "main.ts"],
      env: { NODE_V8_COVERAGE: path.join(module, "coverage-tsx") },
    }),
  },
  vitest("forks", ["--pool=forks"], { sample: true }),
  vitest("threads", ["--pool=threads"], { sample: true }),
  vitest("v8 coverage", ["--pool=forks", "--coverage.enabled", "--coverage.provider=v8"]),
  vitest("istanbul coverage", ["--pool=forks", "--coverage.enabled", "--coverage.provider=istanbul"], {
    mark: /cov_\w+/,
  }),
  jest("swc", swcForJest),
  jest("swc, istanbul coverage", (tool) => ({ ...swcForJest(tool), collectCoverage: true, coverageReporters: [] }), {
    mark: /cov_\w+/,
  }),
  {
    name: "jest, ts-jest, ES modules",
    program: async ({ module }) => {
      const tool = await toolbox();
      const transform = {
        "\\.ts$": [tool.resolve("ts-jest"), { useESM: true, diagnostics: false, tsconfig: typescriptOfJest }],
      };
      const config = { rootDir: module, testMatch: ["**/in-jest.ts"], extensionsToTreatAsEsm: [".ts"], transform };
      const args = [jestProgram(tool), "--runInBand", `--config=${JSON.stringify(config)}`];
      return { cwd: module, args: ["--experimental-vm-modules", ...args] };
    },
  },
  {
    name: "ts-node",
    program: async ({ commonjs }) => {
      const tool = await toolbox();
      const options = { module: "commonjs", moduleResolution: "node10", rewriteRelativeImportExtensions: false };
      const env = {
        TS_NODE_TRANSPILE_ONLY: "1",
        TS_NODE_COMPILER: tool.resolve("typescript"),
        TS_NODE_COMPILER_OPTIONS: JSON.stringify(options),
      };
      return { cwd: commonjs, args: ["-r", tool.resolve("ts-node/register"), "main.ts"], env };
    },
  },
  { name: "tsc, ES modules", sample: true, program: ({ module }) => compileWithTsc(module) },
  {
    name: "tsc, CommonJS",
    sample: true,
    mark: /\(0, \w+\.clamp\)/,
    program: ({ commonjs }) => compileWithTsc(commonjs),
  },
  { name: "swc, ES modules", program: ({ module }) => compileWithSwc(module, "es6") },
  {
    name: "swc, CommonJS",
    mark: /\(0, \w+\.clamp\)/,
    program: ({ commonjs }) => compileWithSwc(commonjs, "commonjs"),
  },
  esbuild("", {}, { sample: true }),
  esbuild(", keep-names", { keepNames: true }),
  esbuild(", minify", { minify: true }, { sample: true, mark: minified }),
  esbuild(", minify and keep-names", { minify: true, keepNames: true }, { mark: minified }),
  esbuild(", CommonJS, minify", { minify: true, format: "cjs" }, { mark: minified }),
  esbuild(", minify, with the package inside", { minify: true, packages: "bundle" }, { mark: minified }),
  esbuild(", minify, plugin", { minify: true, plugin: true }, { sample: true, mark: minified }),
  { name: "rollup and terser, plugin", mark: minified, program: (projects) => bundleWithRollup(projects) },
  { name: "vite build", mark: minified, program: (projects) => bundleWithVite(projects, false) },
  { name: "vite build, plugin", mark: minified, program: (projects) => bundleWithVite(projects, true) },
  { name: "webpack, plugin", mark: minified, program: (projects) => bundleWithWebpack(projects) },
  { name: "rspack, plugin", mark: minified, program: (projects) => bundleWithRspack(projects) },
];
