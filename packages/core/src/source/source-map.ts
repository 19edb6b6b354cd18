// Source maps: from a place in generated text to the file a person wrote. Reads maps from data URLs and files, and
// originals from the map or from disk. Nothing is fetched from anywhere else, and what cannot be read is absent.
import type * as tracing from "@jridgewell/trace-mapping";
import { LineIndex } from "../diagnostics/source-text.ts";

export interface OriginalFile {
  /** A path, relative to the working directory where it lies inside of it. */
  readonly name: string;
  /** Absent where the original is not on this machine. */
  readonly text: string | undefined;
  readonly lines: LineIndex | undefined;
}

/** A mapped token: its place in the generated text and in the original, all 0-based. */
export interface Segment {
  readonly line: number;
  readonly column: number;
  readonly file: OriginalFile;
  readonly originalLine: number;
  readonly originalColumn: number;
}

export interface OriginalFiles {
  /** The last segment at or before a place (0-based) of the generated text, if there is one on lines nearby. */
  segmentAt(line: number, column: number): Segment | undefined;
}

/** @param sourceMapURL as the script names it: a data URL, or relative to the script */
export function readSourceMap(scriptUrl: string, sourceMapURL: string): OriginalFiles | undefined {
  if (sourceMapURL === "") return undefined;
  try {
    const scriptFile = toUrl(scriptUrl);
    const mapUrl = new URL(sourceMapURL, scriptFile);
    const json = mapUrl.protocol === "data:" ? decodeDataUrl(mapUrl) : readText(mapUrl);
    if (json === undefined) return undefined;
    const { AnyMap, traceSegment } = tracer();
    // The map of a map of sections, too.
    const map = new AnyMap(json, mapUrl.protocol === "data:" ? scriptFile : mapUrl.href);
    return new MappedFiles(map, traceSegment);
  } catch {
    return undefined;
  }
}

/** A map at hand, whose sources are named as they are to be shown. */
export function originalFiles(json: string): OriginalFiles {
  const { AnyMap, traceSegment } = tracer();
  return new MappedFiles(new AnyMap(json), traceSegment);
}

/** Loaded at the first diagnostic: 10 ms that nobody else pays. */
function tracer(): typeof tracing {
  return process.getBuiltinModule("node:module").createRequire(import.meta.url)("@jridgewell/trace-mapping");
}

/** Some tools map the first line of a statement only. */
const linesBack = 20;

class MappedFiles implements OriginalFiles {
  readonly #map: tracing.TraceMap;
  readonly #trace: typeof tracing.traceSegment;
  readonly #files = new Map<number, OriginalFile>();

  constructor(map: tracing.TraceMap, trace: typeof tracing.traceSegment) {
    this.#map = map;
    this.#trace = trace;
  }

  segmentAt(line: number, column: number): Segment | undefined {
    for (let at = line; at >= Math.max(line - linesBack, 0); at--) {
      const [start, source, originalLine, originalColumn] =
        this.#trace(this.#map, at, at === line ? column : Number.POSITIVE_INFINITY) ?? [];
      if (start === undefined || source === undefined) continue;
      if (originalLine === undefined || originalColumn === undefined) continue;
      return { line: at, column: start, file: this.#file(source), originalLine, originalColumn };
    }
    return undefined;
  }

  #file(source: number): OriginalFile {
    const known = this.#files.get(source);
    if (known) return known;
    const url = this.#map.resolvedSources[source] ?? "";
    const text = this.#map.sourcesContent?.[source] ?? readText(toUrl(url));
    const file = { name: displayName(url), text, lines: text === undefined ? undefined : new LineIndex(text) };
    this.#files.set(source, file);
    return file;
  }
}

/** Scripts and maps name files by URL or by path. */
function toUrl(name: string): string {
  return name.startsWith("/") ? process.getBuiltinModule("node:url").pathToFileURL(name).href : name;
}

function decodeDataUrl({ href }: URL): string {
  const comma = href.indexOf(",");
  const data = decodeURIComponent(href.slice(comma + 1));
  return href.slice(0, comma).endsWith(";base64") ? Buffer.from(data, "base64").toString("utf8") : data;
}

function readText(url: URL | string): string | undefined {
  try {
    return process.getBuiltinModule("node:fs").readFileSync(new URL(url), "utf8");
  } catch {
    return undefined;
  }
}

/** How a file is named in messages. */
export function displayName(url: string): string {
  const { fileURLToPath } = process.getBuiltinModule("node:url");
  const path = process.getBuiltinModule("node:path");
  const file = url.startsWith("file:") ? fileURLToPath(url) : url;
  const relative = path.relative(process.cwd(), file);
  return path.isAbsolute(file) && !relative.startsWith("..") ? relative : file;
}
