// Diagnostics as text: code, message, original position, code frame, hint. Plain text unless colours are asked for;
// whether a terminal wants them is decided elsewhere (source/color.ts). Pure.
import { Row, type Style, safe } from "./canvas.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { Frame } from "./frame.ts";
import { type PlacedLabel, placeLabel } from "./label-placement.ts";

export interface RenderOptions {
  /** ANSI colours. Default: none. */
  readonly color?: boolean;
}

/** The text of diagnostics as a person reads them, a blank line between two. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], options: RenderOptions = {}): string {
  const color = options.color ?? false;
  return diagnostics
    .map((diagnostic) =>
      rowsOf(diagnostic)
        .map((row) => row.toString(color))
        .join("\n"),
    )
    .join("\n\n");
}

function rowsOf(diagnostic: Diagnostic): Row[] {
  const style: Style = diagnostic.severity;
  const [firstLine = "", ...moreLines] = safe(diagnostic.message).split("\n");
  const title = new Row()
    .put(0, `${diagnostic.severity}[${diagnostic.code}]`, style)
    .append(":", "bold")
    .append(` ${firstLine}`, "bold");
  const rows = [title, ...moreLines.map((line) => new Row().put(0, line, "bold"))];

  const labels = placedLabels(diagnostic);
  const gutter = String(Math.max(1, ...labels.map((label) => label.endLine))).length;
  for (const [i, inFile] of byFile(labels).entries()) {
    // The place of the diagnostic itself, or of the first label in a further file.
    const [label] = inFile;
    const place = `${safe(label.file)}:${label.line}:${label.column}`;
    rows.push(new Row().put(1 + gutter, i === 0 ? "-->" : ":::", "gutter").append(` ${place}`));
    rows.push(...new Frame(inFile, gutter, style).rows());
  }
  if (diagnostic.help !== undefined) rows.push(...helpRows(diagnostic.help, gutter));
  return rows;
}

function placedLabels({ primary, related = [] }: Diagnostic): PlacedLabel[] {
  const placed = related.map((label) => placeLabel(label, false));
  return primary === undefined ? placed : [placeLabel(primary, true), ...placed];
}

type FileLabels = [PlacedLabel, ...PlacedLabel[]];

/** Labels by file in the order of their first label: the primary label opens the first group. */
function byFile(labels: readonly PlacedLabel[]): FileLabels[] {
  const files = new Map<string, FileLabels>();
  for (const label of labels) {
    const group = files.get(label.file);
    if (group) group.push(label);
    else files.set(label.file, [label]);
  }
  return [...files.values()];
}

function helpRows(help: string, gutter: number): Row[] {
  const start = gutter + 2;
  return safe(help)
    .split("\n")
    .map((line, i) =>
      i === 0
        ? new Row().put(start, "=", "gutter").append(" help:", "bold").append(` ${line}`)
        : new Row().put(start + "= help: ".length, line),
    );
}
