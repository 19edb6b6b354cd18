// The benchmark's table.

export interface Row {
  readonly what: string;
  readonly unit: "ns" | "ms";
  readonly value: number | undefined;
  readonly peer?: string;
  readonly peerValue?: number | undefined;
  /** With a peer: the largest ratio wanted; without: the largest value. */
  readonly target?: number;
}

export function printRows(rows: readonly Row[]): void {
  const cells = rows.map((row) => {
    const ratio = row.peerValue === undefined || row.value === undefined ? undefined : row.value / row.peerValue;
    const reached =
      row.target === undefined ? "" : (ratio ?? row.value ?? Infinity) <= row.target ? "reached" : "MISSED";
    return [
      row.what,
      row.value === undefined ? "" : `${format(row.value)} ${row.unit}`,
      row.peer === undefined ? "" : `${row.peer} ${format(row.peerValue ?? Number.NaN)} ${row.unit}`,
      ratio === undefined ? "" : `ratio ${ratio.toFixed(2)}`,
      row.target === undefined ? "" : `target <= ${row.target}${ratio === undefined ? ` ${row.unit}` : "x"}`,
      reached,
    ];
  });
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...cells.map((row) => (row[column] ?? "").length)));
  for (const row of cells)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
}

/** The rows that have a peer, as a Markdown table. */
export function markdownTable(rows: readonly Row[]): string {
  const lines = rows.flatMap(({ what, unit, value, peer, peerValue, target }) =>
    value === undefined || peer === undefined || peerValue === undefined
      ? []
      : [
          [
            what,
            `${format(value)} ${unit}`,
            `${peer}, ${format(peerValue)} ${unit}`,
            (value / peerValue).toFixed(2),
            target === undefined ? "" : `${target}`,
          ],
        ],
  );
  const head = ["what", "cfunc", "peer", "ratio", "wanted, at most"];
  return [head, ["---", "---:", "---:", "---:", "---:"], ...lines]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

const format = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2));
