// The product of a run as text: the matrix of families and drivers, the reasons of what was skipped and of what failed as
// expected, and each failure with the line that runs it alone. Pure.
import type { Verdict } from "../runner/check.ts";
import type { Cell, RunResult } from "../runner/run.ts";
import type { Colour, Paint } from "./paint.ts";

type Kind = Verdict["kind"];

/** In the order of a cell's text. */
const labels: Readonly<Record<Kind, { readonly short: string; readonly colour: Colour }>> = {
  pass: { short: "pass", colour: "green" },
  "expected-fail": { short: "xfail", colour: "yellow" },
  skip: { short: "skip", colour: "gray" },
  fail: { short: "FAIL", colour: "red" },
  "unexpected-pass": { short: "UNEXPECTED PASS", colour: "red" },
};
const kinds = Object.keys(labels) as readonly Kind[];

export type Counts = Readonly<Record<Kind, number>>;

export function count(cells: readonly Cell[]): Counts {
  const counts = { pass: 0, "expected-fail": 0, skip: 0, fail: 0, "unexpected-pass": 0 };
  for (const { verdict } of cells) counts[verdict.kind]++;
  return counts;
}

export const familyOf = ({ key }: Cell): string => key.slice(0, key.indexOf("/"));

/** Whether the run has to fail. */
export function failed({ cells, problems, interrupted }: RunResult): boolean {
  const { fail, "unexpected-pass": unexpected } = count(cells);
  return fail + unexpected + problems.length > 0 || interrupted;
}

export function renderReport(result: RunResult, paint: Paint): string {
  const { cells, problems, interrupted } = result;
  const sections = [renderMatrix(cells, paint), reasons(cells, "expected-fail", paint), reasons(cells, "skip", paint)];
  const bad = cells.filter(({ verdict }) => verdict.kind === "fail" || verdict.kind === "unexpected-pass");
  sections.push(...grouped(bad).map((cells) => renderFailures(cells, paint)));
  sections.push(...problems.map((problem) => paint("red", `FAIL ${problem}`)));
  if (interrupted) sections.push(paint("red", "interrupted: what is above is not everything"));
  sections.push(summary(cells, paint));
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

export function renderMatrix(cells: readonly Cell[], paint: Paint): string {
  const drivers = [...new Set(cells.map(({ driver }) => driver))];
  const families = [...new Set(cells.map(familyOf))];
  const rows = families.map((family) => {
    const inside = (driver: string) => cells.filter((cell) => familyOf(cell) === family && cell.driver === driver);
    return [family, ...drivers.map((driver) => cellText(count(inside(driver))))];
  });
  const table = [["", ...drivers], ...rows];
  const widths = table[0]?.map((_, i) => Math.max(...table.map((row) => row[i]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]) =>
    row
      .map((text, i) => text.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd();
  const painted = (text: string) =>
    text.replace(/\d+ (pass|xfail|skip|FAIL|UNEXPECTED PASS)/g, (one, short: string) => {
      const label = Object.values(labels).find((known) => known.short === short);
      return label === undefined ? one : paint(label.colour, one);
    });
  return table.map((row, i) => (i === 0 ? paint("bold", line(row)) : painted(line(row)))).join("\n");
}

function cellText(counts: Counts): string {
  const parts = kinds.filter((kind) => counts[kind] > 0).map((kind) => `${counts[kind]} ${labels[kind].short}`);
  return parts.join(" ");
}

/** One line a driver and reason, with the cells it is for. */
function reasons(cells: readonly Cell[], kind: "skip" | "expected-fail", paint: Paint): string {
  const grouped = new Map<string, string[]>();
  for (const { key, driver, verdict } of cells) {
    if (verdict.kind !== kind) continue;
    const title = `${driver}: ${verdict.reason}`;
    grouped.set(title, [...(grouped.get(title) ?? []), key]);
  }
  if (grouped.size === 0) return "";
  const lines = [...grouped].map(([title, keys]) => `  ${title} (${few(keys)})`);
  return [paint("bold", kind === "skip" ? "skipped" : "failed as expected"), ...lines].join("\n");
}

function few(keys: readonly string[]): string {
  if (keys.length <= 3) return keys.join(", ");
  return `${keys.slice(0, 2).join(", ")} and ${keys.length - 2} more`;
}

/** Cells of one vector and driver that fail alike. */
function grouped(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const { key, driver, verdict } = cell;
    const alike = JSON.stringify([key.slice(0, key.lastIndexOf("/")), driver, verdict.kind, detailOf(cell)]);
    groups.set(alike, [...(groups.get(alike) ?? []), cell]);
  }
  return [...groups.values()];
}

function renderFailures(cells: readonly Cell[], paint: Paint): string {
  const [first, ...others] = cells;
  if (first === undefined) return "";
  const { key, driver, verdict } = first;
  const alike = others.length === 0 ? "" : `, and ${others.length} more cases of it alike`;
  const title = `${paint("red", `${labels[verdict.kind].short} ${key} ${driver}`)}${alike}`;
  return `${title}\n${indent(detailOf(first))}\n  to run it alone: ${rerun(first)}`;
}

/** The command that runs a cell alone. */
export const rerun = ({ key, driver }: Cell): string => `npm run conformance -- --only ${key} --driver ${driver}`;

/** What went wrong in a cell; empty where nothing did. */
export function detailOf({ verdict }: Cell): string {
  if (verdict.kind === "fail") return verdict.detail;
  return verdict.kind === "unexpected-pass" ? `it passes, and was expected to fail: ${verdict.reason}` : "";
}

const indent = (text: string) =>
  text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");

function summary(cells: readonly Cell[], paint: Paint): string {
  const counts = count(cells);
  const parts = kinds.map((kind) => {
    const text = `${counts[kind]} ${labels[kind].short}`;
    return counts[kind] > 0 ? paint(labels[kind].colour, text) : text;
  });
  return `${cells.length} cells: ${parts.join(", ")}`;
}
