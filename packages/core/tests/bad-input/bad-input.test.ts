// Every kind of bad input is answered with a diagnostic: its code, the position in the file that the person wrote, the
// code around it and what to do. Nothing ends the process: all mistakes are made in one.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runModule } from "../native/child.ts";
import { cases } from "./answers.ts";
import type { Report } from "./run-cases.ts";

const source = readFileSync(new URL("./cases.ts", import.meta.url), "utf8").split("\n");

/** The first line of code after the comment `mistake: <name>`; 0 where there is none. */
function lineOf(name: string): number {
  const comment = source.findIndex((line) => line.trim() === `// mistake: ${name}`);
  return comment < 0 ? 0 : source.findIndex((line, i) => i > comment && !/^\s*\/\//.test(line)) + 1;
}

const { status, stdout, stderr } = runModule("./run-cases.ts", import.meta.url);
const lines = stdout.trim().split("\n");
const reports = new Map(
  lines
    .filter((line) => line.startsWith("{"))
    .map((line) => [(JSON.parse(line) as Report).name, JSON.parse(line) as Report]),
);

it("no mistake ends the process", () => {
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(lines.at(-1)).toBe("alive");
  expect([...reports.keys()].sort()).toEqual(Object.keys(cases).sort());
});

describe.each(Object.entries(cases))("%s", (name, { code, says }) => {
  const report = reports.get(name);

  it(`is ${code}`, () => {
    expect(report?.code, report?.text).toBe(code);
    for (const part of says) expect(report?.text).toContain(part);
  });

  it.runIf(/^CF[12]/.test(code))("says what to do", () => {
    expect(report?.help ?? "", report?.text).not.toBe("");
    expect(report?.text).toContain(`= help: ${report?.help?.split("\n")[0]}`);
  });

  it.runIf(lineOf(name) > 0)("points at the original line and shows it", () => {
    const line = lineOf(name);
    expect(report?.text).toMatch(new RegExp(`--> .*cases\\.ts:${line}:\\d+`));
    // the line is shown, maybe with a bracket before it where the mistake spans several
    expect(report?.text).toContain(source[line - 1]?.trim().slice(0, 40));
  });

  it("shows nothing of LLVM's", () => expect(report?.text).not.toMatch(/<stdin>|%t\d|LLVM ERROR|define /));
});
