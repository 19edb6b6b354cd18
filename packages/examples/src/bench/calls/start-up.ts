// How long it takes until there is a function pointer: in a new process, and in one that runs already.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { cfunc } from "@cfunc/core";
import type { Row } from "../report.ts";
import { median } from "../statistics.ts";

export function startUp(): Row[] {
  const coldStart = fileURLToPath(new URL("./cold-start.js", import.meta.url));
  const starts = Array.from({ length: 9 }, (): { total: number; import: number } =>
    JSON.parse(execFileSync(process.execPath, [coldStart], { encoding: "utf8" })),
  );
  const further = Array.from({ length: 40 }, (_, i) => {
    const start = performance.now();
    const f = cfunc("float64(float64)", (t) => Math.exp(-t) / (t * t) + i, { externals: { i } });
    if (f.address === 0n) throw new Error("no address");
    return performance.now() - start;
  });
  return [
    { what: "cold start: import to first pointer", unit: "ms", value: median(starts.map((s) => s.total)), target: 150 },
    { what: "  of which import", unit: "ms", value: median(starts.map((s) => s.import)) },
    { what: "each further small function", unit: "ms", value: median(further), target: 4 },
  ];
}
