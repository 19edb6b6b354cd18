// The examples in the documents run, are well typed, and print what they say.
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { blocksOf } from "./documents.ts";
import { runExamples, typeErrors } from "./run-examples.ts";

const core = fileURLToPath(new URL("../../", import.meta.url));
// The README at the top uses every package: packages/examples runs it.
const documents = [
  "packages/core/README.md",
  "docs/language.md",
  "docs/native-calls.md",
  "docs/c-types.md",
  "docs/remarks.md",
];

describe.each(documents)("%s", (document) => {
  const examples = blocksOf(document).filter((block) => block.language === "ts" && block.mark === "run");

  it("leaves no TypeScript unchecked", () => {
    expect(examples.length).toBeGreaterThan(0);
    const marks = blocksOf(document).filter(
      (block) => block.language === "ts" && !["run", "refused"].includes(block.mark),
    );
    expect(marks).toEqual([]);
  });

  it("has well-typed examples", () => {
    expect(typeErrors(core, examples)).toBe("");
  }, 120_000);

  it("has examples that print what they say", () => {
    const results = runExamples(core, examples);
    for (const { block, printed, expected } of results) {
      expect({ line: block.line, printed }).toEqual({ line: block.line, printed: expected });
      expect(expected.length).toBeGreaterThan(0);
    }
  }, 120_000);
});
