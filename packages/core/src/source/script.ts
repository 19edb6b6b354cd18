// The script a function came from: its text and source map, read through a debugger session that is open only for
// the moment, and remembered by script. For error messages alone; a failure is an absence, never an exception.
import type inspector from "node:inspector";
import { LineIndex } from "../diagnostics/source-text.ts";
import { ask, openSession, type ScriptLocation } from "./inspector.ts";
import { type OriginalFiles, readSourceMap } from "./source-map.ts";

export interface Script {
  /** A file URL, a path, or what a tool made up. Empty where there is none. */
  readonly url: string;
  readonly text: string;
  readonly lines: LineIndex;
  /** Where the script starts in what its positions refer to: a wrapper's line and column, often 0, 0. */
  readonly startLine: number;
  readonly startColumn: number;
  readonly originals: OriginalFiles | undefined;
}

const scripts = new Map<string, Script | undefined>();

export function scriptAt({ scriptId }: ScriptLocation): Script | undefined {
  if (!scripts.has(scriptId)) scripts.set(scriptId, readScript(scriptId));
  return scripts.get(scriptId);
}

function readScript(scriptId: string): Script | undefined {
  const session = openSession();
  try {
    let info: inspector.Debugger.ScriptParsedEventDataType | undefined;
    session.on("Debugger.scriptParsed", ({ params }) => {
      if (params.scriptId === scriptId) info = params;
    });
    // Enabling tells of every script there is, before it returns.
    ask(session, "Debugger.enable", {});
    const { scriptSource: text } = ask(session, "Debugger.getScriptSource", { scriptId });
    if (info === undefined) return undefined;
    const { url, startLine, startColumn, sourceMapURL = "" } = info;
    const originals = readSourceMap(url, sourceMapURL);
    return { url, text, lines: new LineIndex(text), startLine, startColumn, originals };
  } finally {
    session.disconnect();
  }
}
