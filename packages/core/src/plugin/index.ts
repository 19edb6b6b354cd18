// @cfunc/core/plugin: the build plugin for vite, rollup, rolldown, esbuild, webpack and rspack. Keeps the functions that
// are given to `cfunc`, with their scopes and original positions, from what a minifier does to them. Only the build
// runs it; a program never imports it.
import remapping from "@jridgewell/remapping";
import { createUnplugin, type NativeBuildContext, type UnpluginInstance } from "unplugin";
import { annotate, type OriginalSource } from "./annotate.ts";
import { type EsbuildBuild, eraseTypes } from "./esbuild.ts";

export interface CFuncPluginOptions {
  /** The modules, as imports name them, whose `cfunc` counts: add those of yours that export it again. */
  readonly modules?: readonly string[];
  /** Diagnostics name files relative to this folder. Default: the root that the bundler knows. */
  readonly root?: string;
}

const sources = /\.[cm]?[jt]sx?$/;

/** What the hooks of bundlers offer beyond what is common to all of them. */
interface HookContext {
  getNativeBuildContext?: (() => NativeBuildContext) | undefined;
  getCombinedSourcemap?: () => unknown;
  warn(message: string): void;
}

const plugin: UnpluginInstance<CFuncPluginOptions | undefined, false> = createUnplugin((options = {}) => {
  const { modules = ["@cfunc/core"] } = options;
  let root = options.root ?? process.cwd();
  const erased = new Set<string>();

  async function transform(context: HookContext, code: string, id: string) {
    const file = id.replace(/[?#].*$/, "");
    if (!modules.some((name) => code.includes(name))) return null;
    const native = context.getNativeBuildContext?.();
    if (native?.framework === "esbuild") {
      const build = native.build as unknown as EsbuildBuild;
      const program = await eraseTypes(build, code, file);
      const original = { file, root: options.root ?? build.initialOptions.absWorkingDir ?? root };
      const result = annotate(program.code, original, modules, program.map);
      // esbuild took the types away, be there something to annotate or not.
      erased.add(file);
      return result ? { code: result.code, map: remapping([result.map, program.map], () => null).toString() } : program;
    }
    const original: OriginalSource = { file, root: options.root ?? rootOf(native) ?? root };
    try {
      return annotate(code, original, modules, mapSoFar(context, native));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      context.warn(
        `${file} is not JavaScript yet: place the plugin after what compiles TypeScript and decorators (${error.message})`,
      );
      return null;
    }
  }

  return {
    name: "cfunc",
    transform: {
      filter: { id: { include: sources } },
      handler(code, id) {
        return transform(this as unknown as HookContext, code, id);
      },
    },
    vite: {
      configResolved(config) {
        root = options.root ?? config.root;
      },
    },
    esbuild: {
      onLoadFilter: sources,
      loader: (_, id) => (erased.has(id) ? "js" : loaderOf(id)),
    },
  };
});

export default plugin;

/** From the original file to what the plugin was given, where an earlier plugin or loader made a map. */
function mapSoFar(context: HookContext, native: NativeBuildContext | undefined): unknown {
  if (native?.framework === "webpack" || native?.framework === "rspack") return native.inputSourceMap;
  return context.getCombinedSourcemap?.();
}

function rootOf(native: NativeBuildContext | undefined): string | undefined {
  if (native?.framework === "webpack" || native?.framework === "rspack") return native.compiler.context;
  return undefined;
}

function loaderOf(file: string): "js" | "jsx" | "ts" | "tsx" {
  const [, typed, markup] = /\.[cm]?([jt])s(x?)$/.exec(file) ?? [];
  return `${typed === "t" ? "t" : "j"}s${markup === "x" ? "x" : ""}`;
}
