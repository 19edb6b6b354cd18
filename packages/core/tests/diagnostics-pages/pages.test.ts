// Every code has a page, every page's failing example yields exactly its code and prints what the page says, and the
// fixed example is well typed, runs, and prints what its comments say. `UPDATE=1` writes what is printed.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { codes } from "../../src/diagnostics/codes.ts";
import { repository } from "../docs/documents.ts";
import { typeErrors } from "../docs/run-examples.ts";
import { exempt } from "./exempt.ts";
import { groups, indexText } from "./groups.ts";
import { type Example, folder, readPages, writePrinted } from "./page.ts";
import { type Outcome, runExamples } from "./run-examples.ts";

const core = fileURLToPath(new URL("../../", import.meta.url));
const update = process.env.UPDATE === "1";
const pages = readPages();
const all = pages.flatMap((page) => [...page.fail, ...page.ok]);
const outcomes = new Map<Example, Outcome>();

beforeAll(() => {
  runExamples(all).forEach((outcome, i) => {
    const example = all[i];
    if (example !== undefined) outcomes.set(example, outcome);
  });
  if (!update) return;
  for (const page of pages) {
    const [fail] = page.fail;
    const printed = fail === undefined ? undefined : outcomes.get(fail);
    if (printed !== undefined) writePrinted(page, printed.message);
  }
}, 240_000);

/** The outcome of an example that is known to be there. */
function outcomeOf(example: Example | undefined): Outcome {
  const outcome = example === undefined ? undefined : outcomes.get(example);
  if (outcome === undefined) throw new Error("the example did not run");
  return outcome;
}

it("there is a page for every code, and a code for every page", () => {
  expect(pages.map(({ code }) => code).sort()).toEqual(Object.keys(codes).sort());
});

it("the index lists every code in its group", () => {
  const file = join(repository, folder, "README.md");
  const text = readFileSync(file, "utf8");
  const table = /(?<=<!-- codes -->\n\n)[\s\S]*(?=\n<!-- end of codes -->)/;
  if (update) writeFileSync(file, text.replace(table, indexText));
  else expect(table.exec(text)?.[0]).toBe(indexText());
  for (const code of Object.keys(codes)) expect(groups.filter((group) => group.has(code)).length).toBeGreaterThan(0);
});

it("every exemption is needed, and the test it names produces the code", () => {
  for (const [code, { test }] of Object.entries(exempt)) {
    const page = pages.find((p) => p.code === code);
    expect([code, page?.fail.length]).toEqual([code, 0]);
    const file = join(core, "tests", test);
    expect(existsSync(file) && readFileSync(file, "utf8").includes(code)).toBe(true);
  }
});

it("the fixed examples are well typed", () => {
  const blocks = pages.flatMap((page) => page.ok.map(({ block }) => block));
  expect(typeErrors(core, blocks)).toBe("");
}, 240_000);

describe.each(pages.filter(({ code }) => !Object.hasOwn(exempt, code)))("$code", (page) => {
  const { code, title, fail, ok, printed } = page;

  it("is titled as the table of codes says", () => {
    expect(title).toBe(`${code}: ${codes[code as keyof typeof codes]}`);
  });

  it("has an example that yields it, with the message of the page", () => {
    expect([fail.length, printed.length]).toEqual([1, 1]);
    const outcome = outcomeOf(fail[0]);
    expect(outcome.code, outcome.message).toBe(code);
    if (!update) expect(outcome.message).toBe(printed[0]?.text.trimEnd());
  });

  it("has a fixed example that runs", () => {
    expect(ok.length).toBeGreaterThan(0);
    for (const example of ok) {
      const outcome = outcomeOf(example);
      expect(outcome.code, outcome.message).toBe("none");
      const expected = [...example.block.text.matchAll(/\/\/ => (.*)$/gm)].map(([, value = ""]) => value.trim());
      expect(expected.length).toBeGreaterThan(0);
      expect(outcome.printed).toEqual(expected);
    }
  });
});

describe.each(pages.filter(({ code }) => Object.hasOwn(exempt, code)))(
  "$code, which has no failing example",
  (page) => {
    it("is titled as the table of codes says, and says why there is none", () => {
      const { code, title, document } = page;
      expect(title).toBe(`${code}: ${codes[code as keyof typeof codes]}`);
      expect(readFileSync(join(repository, document), "utf8")).toContain("has no failing example");
    });
  },
);
