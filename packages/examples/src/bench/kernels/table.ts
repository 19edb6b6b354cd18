// The kernels' table, as Markdown.
import type { KernelTimes } from "./measure.ts";

/** The largest ratio to gcc that is wanted. */
export const target = 1.15;

export function markdown(times: readonly KernelTimes[]): string {
  const head = ["kernel", "cfunc, us", "gcc, us", "ratio", "gcc, no FMA, us", "ratio", "V8, us", "V8 / cfunc"];
  const rows = times.map((t) => [
    t.what,
    microseconds(t.cfunc),
    `${microseconds(t.gcc)}${t.sameBits ? "" : " *"}`,
    ratio(t.cfunc / t.gcc),
    microseconds(t.exact),
    ratio(t.cfunc / t.exact),
    microseconds(t.v8),
    ratio(t.v8 / t.cfunc),
  ]);
  const widths = head.map((cell, k) => Math.max(cell.length, ...rows.map((row) => (row[k] ?? "").length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, k) => (k === 0 ? cell.padEnd(widths[k] ?? 0) : cell.padStart(widths[k] ?? 0))).join(" | ")} |`;
  const rule = `|${widths.map((width, k) => (k === 0 ? "-".repeat(width + 2) : `${"-".repeat(width + 1)}:`)).join("|")}|`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

const microseconds = (ns: number): string => (ns / 1000).toPrecision(3);
const ratio = (value: number): string => value.toFixed(2);
