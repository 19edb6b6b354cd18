// How the demo prints. Headings are bold on terminals, unless NO_COLOR is set.
import { styleText } from "node:util";

const isPlain = !process.stdout.isTTY || (process.env.NO_COLOR ?? "") !== "";

export function heading(text: string): void {
  console.log(`\n${isPlain ? text : styleText("bold", text)}`);
}

export function table(rows: readonly (readonly string[])[]): void {
  const widths = rows.reduce<number[]>((w, row) => row.map((cell, i) => Math.max(w[i] ?? 0, cell.length)), []);
  for (const row of rows)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("   ")
        .trimEnd(),
    );
}
