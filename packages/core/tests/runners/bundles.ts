// Bundlers that make one file of the whole project, minified or not, with or without the build plugin. The package
// stays outside, but where a runner wants it inside.
import path from "node:path";
import { type BuildOptions, build as runEsbuild } from "esbuild";
import { build as runVite } from "vite";
import cfuncPlugin from "../../src/plugin/index.ts";
import type { Program, Projects } from "./runners.ts";
import { toolbox } from "./tools.ts";

const external = ["@cfunc/core"];

interface EsbuildVariant {
  readonly minify?: boolean;
  readonly keepNames?: boolean;
  readonly format?: "esm" | "cjs";
  readonly packages?: "bundle";
  readonly plugin?: boolean;
}

export async function bundleWithEsbuild(
  { module }: Projects,
  name: string,
  { packages, plugin = false, ...variant }: EsbuildVariant,
): Promise<Program> {
  const outfile = `out-esbuild/main${name.replace(/\W+/g, "-")}.${variant.format === "cjs" ? "cjs" : "mjs"}`;
  const inside: BuildOptions =
    packages === "bundle"
      ? {
          external: ["ffi-rs"],
          banner: {
            js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
          },
        }
      : { external };
  await runEsbuild({
    absWorkingDir: module,
    entryPoints: ["main.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "es2022",
    sourcemap: "linked",
    logLevel: "error",
    plugins: plugin ? [cfuncPlugin.esbuild()] : [],
    ...inside,
    ...variant,
  });
  return { cwd: module, args: ["--enable-source-maps", outfile] };
}

/** TypeScript by swc, then the build plugin, then terser. */
export async function bundleWithRollup({ module }: Projects): Promise<Program> {
  const tool = await toolbox();
  const { default: swc } = tool("@rollup/plugin-swc");
  const { default: terser } = tool("@rollup/plugin-terser");
  const jsc = { target: "es2022", parser: { syntax: "typescript" } };
  const bundle = await tool("rollup").rollup({
    input: path.join(module, "main.ts"),
    external: [...external, /^node:/],
    plugins: [swc({ swc: { swcrc: false, jsc, sourceMaps: true } }), cfuncPlugin.rollup({ root: module })],
  });
  const file = "out-rollup/main.mjs";
  const plugins = [terser({ module: true, maxWorkers: 1 })];
  await bundle.write({ file: path.join(module, file), format: "es", sourcemap: true, plugins });
  await bundle.close();
  return { cwd: module, args: [file] };
}

export async function bundleWithVite({ module }: Projects, plugin: boolean): Promise<Program> {
  const outDir = `out-vite${plugin ? "-plugin" : ""}`;
  await runVite({
    root: module,
    configFile: false,
    logLevel: "error",
    plugins: plugin ? [cfuncPlugin.vite()] : [],
    ssr: { external },
    build: {
      ssr: "main.ts",
      outDir,
      minify: true,
      sourcemap: true,
      target: "es2022",
      rolldownOptions: { external, output: { entryFileNames: "main.mjs" } },
    },
  });
  return { cwd: module, args: [`${outDir}/main.mjs`] };
}

export async function bundleWithWebpack(projects: Projects): Promise<Program> {
  const tool = await toolbox();
  const loader = tool.resolve("swc-loader");
  return pack(tool("webpack"), projects, "out-webpack", loader, cfuncPlugin.webpack());
}

export async function bundleWithRspack(projects: Projects): Promise<Program> {
  const { rspack } = (await toolbox())("@rspack/core");
  return pack(rspack, projects, "out-rspack", "builtin:swc-loader", cfuncPlugin.rspack());
}

type Packer = (
  options: object,
  done: (error: unknown, stats?: { toString(options: object): string; hasErrors(): boolean }) => void,
) => void;

async function pack(
  packer: Packer,
  { module }: Projects,
  folder: string,
  loader: string,
  plugin: unknown,
): Promise<Program> {
  const jsc = { target: "es2022", parser: { syntax: "typescript" } };
  const options = {
    context: module,
    entry: "./main.ts",
    mode: "production",
    target: "node20",
    devtool: "source-map",
    experiments: { outputModule: true },
    output: { path: path.join(module, folder), filename: "main.mjs", module: true, library: { type: "module" } },
    externals: { "@cfunc/core": "module @cfunc/core" },
    module: { rules: [{ test: /\.ts$/, loader, options: { jsc } }] },
    plugins: [plugin],
  };
  await new Promise<void>((resolve, reject) =>
    packer(options, (error, stats) => {
      if (error || stats?.hasErrors()) reject(error ?? new Error(stats?.toString({ all: false, errors: true })));
      else resolve();
    }),
  );
  return { cwd: module, args: [`${folder}/main.mjs`] };
}
