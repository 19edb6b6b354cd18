// esbuild runs plugins before it reads TypeScript, so the plugin has it take the types away first, file by file. Nothing
// but decorators is lowered: that is for the build itself.
import { readFileSync } from "node:fs";

interface Options {
  readonly absWorkingDir?: string;
  readonly tsconfig?: string;
  readonly tsconfigRaw?: unknown;
  readonly jsx?: unknown;
  readonly jsxFactory?: unknown;
  readonly jsxFragment?: unknown;
  readonly jsxImportSource?: unknown;
  readonly jsxDev?: unknown;
  readonly define?: unknown;
}

/** What the plugin uses of esbuild, whose types it does not depend on. */
export interface EsbuildBuild {
  readonly initialOptions: Options;
  readonly esbuild: {
    transform(code: string, options: object): Promise<{ readonly code: string; readonly map: string }>;
  };
}

export async function eraseTypes(
  { initialOptions, esbuild }: EsbuildBuild,
  code: string,
  file: string,
): Promise<{ readonly code: string; readonly map: string }> {
  const { tsconfig, jsx, jsxFactory, jsxFragment, jsxImportSource, jsxDev } = initialOptions;
  const tsconfigRaw =
    initialOptions.tsconfigRaw ?? (tsconfig === undefined ? undefined : readFileSync(tsconfig, "utf8"));
  const given = Object.entries({ tsconfigRaw, jsx, jsxFactory, jsxFragment, jsxImportSource, jsxDev });
  return esbuild.transform(code, {
    ...Object.fromEntries(given.filter(([, value]) => value !== undefined)),
    loader: /\.[cm]?ts$/.test(file) ? "ts" : file.endsWith("x") ? "tsx" : "js",
    sourcefile: file,
    sourcemap: "external",
    target: "esnext",
    // The one thing that the plugin's own parser does not read.
    supported: { decorators: false },
  });
}
