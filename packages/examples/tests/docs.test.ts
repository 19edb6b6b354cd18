// The examples in the README at the top of the repository run, are well typed, and print what they say.
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { blocksOf } from "../../core/tests/docs/documents.ts";
import { runExamples, typeErrors } from "../../core/tests/docs/run-examples.ts";

const examplesPackage = fileURLToPath(new URL("../", import.meta.url));
const typescript = blocksOf("README.md").filter((block) => block.language === "ts");

it("leaves no TypeScript unchecked", () => {
  expect(typescript.length).toBeGreaterThan(0);
  expect(typescript.filter((block) => block.mark !== "run")).toEqual([]);
});

it("has well-typed examples", () => {
  expect(typeErrors(examplesPackage, typescript)).toBe("");
}, 120_000);

it("has examples that print what they say", () => {
  for (const { block, printed, expected } of runExamples(examplesPackage, typescript)) {
    expect({ line: block.line, printed }).toEqual({ line: block.line, printed: expected });
    expect(expected.length).toBeGreaterThan(0);
  }
}, 120_000);
