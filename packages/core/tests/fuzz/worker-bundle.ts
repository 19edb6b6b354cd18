// Makes one file of the worker and all of the compiler's source, which starts in a tenth of a second, and in which a
// mutant can be planted. The file stands in `dist`, where imports of packages resolve, and is removed at the end.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import type { Mutant } from "./mutants.ts";

export interface WorkerBundle {
  readonly path: string;
  remove(): void;
}

const packageFolder = fileURLToPath(new URL("../../", import.meta.url));

/** @throws Error where a mutant's text does not occur exactly once in its file */
export async function bundleWorker(mutant?: Mutant): Promise<WorkerBundle> {
  mkdirSync(`${packageFolder}dist`, { recursive: true });
  const folder = mkdtempSync(`${packageFolder}dist/fuzz-`);
  const path = `${folder}/worker.mjs`;
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    await build({
      entryPoints: [fileURLToPath(new URL("./worker.ts", import.meta.url))],
      outfile: path,
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      packages: "external",
      sourcemap: "inline",
      sourcesContent: false,
      logLevel: "silent",
      plugins: mutant === undefined ? [] : [planting(mutant)],
    });
    return { path, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Replaces the mutant's text while its file is read; the file itself stays as it is. */
function planting(mutant: Mutant): Plugin {
  const path = `${packageFolder}src/${mutant.file}`;
  return {
    name: mutant.name,
    setup: ({ onLoad, onEnd }) => {
      let planted = false;
      onLoad({ filter: /\.ts$/ }, (args) => {
        if (args.path !== path) return undefined;
        planted = true;
        return { contents: mutated(mutant), loader: "ts" };
      });
      onEnd(() => {
        if (!planted) throw new Error(`the mutant \`${mutant.name}\` changes ${mutant.file}, which nothing imports`);
      });
    },
  };
}

/** The text of the mutant's file with the mistake in it. */
export function mutated({ name, file, original, mistake }: Mutant): string {
  const parts = readFileSync(`${packageFolder}src/${file}`, "utf8").split(original);
  if (parts.length !== 2) {
    throw new Error(
      `the mutant \`${name}\` no longer applies: its text occurs ${parts.length - 1} times in src/${file}, not once\n${original}`,
    );
  }
  return parts.join(mistake);
}
