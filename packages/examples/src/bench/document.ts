// Puts measured tables into docs/performance.md, between the markers that name them: `--docs` after a benchmark's name.
import { readFileSync, writeFileSync } from "node:fs";
import { machine } from "./machine.ts";

const file = new URL("../../../../docs/performance.md", import.meta.url);

/** Replaces the section between `<!-- begin name -->` and `<!-- end name -->`. Throws where it is missing. */
export function document(name: string, body: string): void {
  const text = readFileSync(file, "utf8");
  const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no section ${name}`);
  const { cpu, node, date } = machine();
  const section = `${begin}\n\n${body}\n\nMeasured on ${date}: ${cpu}, Node ${node}.\n\n`;
  writeFileSync(file, text.slice(0, from) + section + text.slice(to));
}
