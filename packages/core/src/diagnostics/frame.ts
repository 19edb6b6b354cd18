// The code frame: the lines of one file with their labels drawn below them, as rustc draws them. Labels on one line
// share a row of carets; a label over several lines is a bracket in the margin. Pure.
import { type DisplayLine, displayLine, Row, type Style, safe } from "./canvas.ts";
import type { PlacedLabel } from "./label-placement.ts";

/** Lines shown at each end of a long multi-line label; what lies between is left out. */
const linesAtEachEnd = 2;

interface Bracket {
  readonly label: PlacedLabel;
  /** Its column in the margin. */
  readonly slot: number;
}

export class Frame {
  readonly #gutter: number;
  readonly #primaryStyle: Style;
  readonly #lines = new Map<number, string>();
  readonly #labels: readonly PlacedLabel[];
  readonly #brackets: readonly Bracket[];
  readonly #rows: Row[] = [];

  /** @param gutter digits of the largest line number of the whole diagnostic */
  constructor(labels: readonly PlacedLabel[], gutter: number, primaryStyle: Style) {
    this.#gutter = gutter;
    this.#primaryStyle = primaryStyle;
    this.#labels = labels.filter((label) => label.line === label.endLine);
    this.#brackets = labels.filter((label) => label.line !== label.endLine).map((label, slot) => ({ label, slot }));
    for (const label of labels) for (const [line, text] of label.lines) this.#lines.set(line, text);
  }

  /** The rows of the frame, none where no line of the file could be read. */
  rows(): readonly Row[] {
    if (![...this.#lines.values()].some((text) => text !== "")) return [];
    this.#rows.push(this.#row());
    let previous: number | undefined;
    for (const line of this.#shownLines()) {
      if (previous !== undefined && line > previous + 1) this.#rows.push(this.#elision(previous));
      this.#drawLine(line);
      previous = line;
    }
    return this.#rows;
  }

  #shownLines(): number[] {
    const shown = new Set(this.#labels.map((label) => label.line));
    for (const { label } of this.#brackets) {
      for (const line of label.lines.keys()) {
        if (line < label.line + linesAtEachEnd || line > label.endLine - linesAtEachEnd) shown.add(line);
      }
    }
    return [...shown].sort((a, b) => a - b);
  }

  #drawLine(line: number): void {
    const labels = this.#labels.filter((label) => label.line === line);
    const starts = this.#brackets.filter(({ label }) => label.line === line);
    const ends = this.#brackets.filter(({ label }) => label.endLine === line);
    const columns = [
      ...labels.flatMap((label) => [label.column, label.endColumn]),
      ...starts.map(({ label }) => label.column),
      ...ends.map(({ label }) => label.endColumn),
    ];
    const text = this.#lines.get(line) ?? "";
    const display = displayLine(text, Math.min(...columns, text.length + 1), Math.max(...columns, 1));

    const row = this.#row(line);
    for (const { label, slot } of this.#brackets) {
      if (label.line < line && line <= label.endLine) this.#putMargin(row, slot, "|", label);
      if (label.line === line && startsLine(label, text)) this.#putMargin(row, slot, "/", label);
    }
    this.#rows.push(row.put(this.#textColumn, display.text));

    if (labels.length > 0) this.#underline(labels, display, line);
    for (const bracket of starts) if (!startsLine(bracket.label, text)) this.#openBracket(bracket, display, line);
    const closed = new Set<PlacedLabel>();
    for (const bracket of ends) this.#closeBracket(bracket, display, line, closed);
  }

  /** The row of carets, and below it the messages that do not fit at its end, the rightmost first. */
  #underline(labels: readonly PlacedLabel[], display: DisplayLine, line: number): void {
    const column = (n: number) => this.#textColumn + display.column(n);
    const carets = this.#marginRow(line);
    for (const label of [...labels].sort((a, b) => Number(a.primary) - Number(b.primary))) {
      const from = column(label.column);
      const width = Math.max(column(label.endColumn) - from, 1);
      carets.put(from, this.#mark(label).repeat(width), this.#style(label));
    }
    this.#rows.push(carets);

    const fromRight = [...labels].sort((a, b) => b.column - a.column || b.endColumn - a.endColumn);
    const [last, ...others] = fromRight;
    const inline = last && others.every((label) => label.endColumn <= last.endColumn) ? last : undefined;
    if (inline) this.#putMessage(carets, column(inline.endColumn), ` ${inline.message}`, inline);

    const hanging = fromRight.filter((label) => label !== inline && label.message !== "");
    if (hanging.length > 0) this.#rows.push(this.#stems(hanging, column, line));
    for (const [i, label] of hanging.entries()) {
      const row = this.#stems(hanging.slice(i + 1), column, line);
      this.#rows.push(row);
      this.#putMessage(row, column(label.column), label.message, label);
    }
  }

  #stems(labels: readonly PlacedLabel[], column: (n: number) => number, line: number): Row {
    const row = this.#marginRow(line);
    for (const label of labels) row.put(column(label.column), "|", this.#style(label));
    return row;
  }

  #openBracket({ label, slot }: Bracket, display: DisplayLine, line: number): void {
    const from = this.#marginColumn(slot) + 1;
    const to = this.#textColumn + display.column(label.column);
    const row = this.#marginRow(line);
    this.#rows.push(row.put(from, "_".repeat(to - from) + this.#mark(label), this.#style(label)));
  }

  #closeBracket({ label, slot }: Bracket, display: DisplayLine, line: number, closed: Set<PlacedLabel>): void {
    const from = this.#marginColumn(slot) + 1;
    const to = this.#textColumn + display.column(label.endColumn - 1);
    const row = this.#marginRow(line, closed);
    closed.add(label);
    row.put(from - 1, "|", this.#style(label)).put(from, "_".repeat(to - from) + this.#mark(label), this.#style(label));
    this.#rows.push(row);
    this.#putMessage(row, to + 1, ` ${label.message}`, label);
  }

  /** A message may have several lines: the further ones stand below its first. */
  #putMessage(first: Row, column: number, message: string, label: PlacedLabel): void {
    const indent = message.length - message.trimStart().length;
    safe(message.trim())
      .split("\n")
      .forEach((text, i) => {
        if (text === "") return;
        const row = i === 0 ? first : this.#row();
        if (i > 0) this.#rows.push(row);
        row.put(column + indent, text, this.#style(label));
      });
  }

  #elision(line: number): Row {
    const row = new Row().put(0, "...", "gutter");
    for (const { label, slot } of this.#brackets) {
      if (label.line <= line && line < label.endLine) this.#putMargin(row, slot, "|", label);
    }
    return row;
  }

  /** A row below `line` with the bars of every bracket that is open there. */
  #marginRow(line: number, closed: ReadonlySet<PlacedLabel> = new Set()): Row {
    const row = this.#row();
    for (const { label, slot } of this.#brackets) {
      const opened = label.line < line || (label.line === line && startsLine(label, this.#lines.get(line) ?? ""));
      if (opened && line <= label.endLine && !closed.has(label)) this.#putMargin(row, slot, "|", label);
    }
    return row;
  }

  #row(line?: number): Row {
    const number = (line === undefined ? "" : String(line)).padStart(this.#gutter);
    return new Row().put(0, ` ${number} |`, "gutter");
  }

  #putMargin(row: Row, slot: number, bar: string, label: PlacedLabel): void {
    row.put(this.#marginColumn(slot), bar, this.#style(label));
  }

  #marginColumn(slot: number): number {
    return this.#gutter + 4 + 2 * slot;
  }

  get #textColumn(): number {
    return this.#marginColumn(this.#brackets.length);
  }

  #mark(label: PlacedLabel): string {
    return label.primary ? "^" : "-";
  }

  #style(label: PlacedLabel): Style {
    return label.primary ? this.#primaryStyle : "related";
  }
}

function startsLine(label: PlacedLabel, text: string): boolean {
  return text.slice(0, label.column - 1).trim() === "";
}
