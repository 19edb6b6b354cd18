// What the build plugin left on a function: its text before a minifier saw it, the way back to the original file, and
// its scope. Only reads and checks it; the plugin (plugin/annotation.ts) writes it.
import { CFuncError } from "../diagnostics/error.ts";

/** The property that holds the metadata, on the function itself. */
export const metadataKey = "cfunc.metadata";
/** Metadata of another version is refused. */
export const metadataVersion = 1;

export interface BuildMetadata {
  readonly version: typeof metadataVersion;
  /** The function as an expression of JavaScript. */
  readonly text: string;
  readonly origin: BuildOrigin | undefined;
  /** What each free name of the text stands for. A function, for the variable may change, or have no value yet. */
  readonly scope: Readonly<Record<string, () => unknown>>;
}

/** A source map from `text` to the lines of the original file that hold the function. */
export interface BuildOrigin {
  /** Relative to the root of the build. */
  readonly file: string;
  /** The 1-based line that `lines` starts with. */
  readonly line: number;
  readonly lines: string;
  /** In the encoding of source maps, with one source: `lines`. */
  readonly mappings: string;
}

/**
 * The metadata of a function, where a build left some.
 * @throws CFuncError CF1208 for metadata of another version
 */
export function metadataOf(fn: object): BuildMetadata | undefined {
  const value: unknown = Object.getOwnPropertyDescriptor(fn, Symbol.for(metadataKey))?.value;
  if (value === undefined) return undefined;
  if (isMetadata(value)) return value;
  throw new CFuncError([
    {
      code: "CF1208",
      severity: "error",
      message: "cannot read the captured variables that the build plugin kept: it wrote metadata of an unknown version",
      help: "build with the plugin of the version of @cfunc/core that runs",
    },
  ]);
}

function isMetadata(value: unknown): value is BuildMetadata {
  if (typeof value !== "object" || value === null) return false;
  const { version, text, scope } = value as Partial<BuildMetadata>;
  return version === metadataVersion && typeof text === "string" && typeof scope === "object";
}
