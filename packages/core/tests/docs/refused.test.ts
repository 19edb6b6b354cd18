// Every line of a "```text refused" block is refused with the code that its comment names, and nothing worse happens.
import { describe, expect, it } from "vitest";
import * as cfuncApi from "../../src/index.ts";
import { blocksOf } from "./documents.ts";

const { CFuncError } = cfuncApi;

/** What the lines of the document may name. */
const scope = { ...cfuncApi, name: "Ada", table: Float64Array.of(1, 2, 3), date: new Date(0) };

interface Refusal {
  readonly at: string;
  readonly code: string;
  readonly text: string;
}

const refusals: readonly Refusal[] = ["docs/language.md"].flatMap((document) =>
  blocksOf(document)
    .filter((block) => block.mark === "refused")
    .flatMap((block) =>
      [...block.text.matchAll(/^(.+?)\s*\/\/ (CF\d{4})$/gm)].map(([, text = "", code = ""]) => ({
        at: `${document}:${block.line}`,
        code,
        text,
      })),
    ),
);

/** Compiles what the text makes; the address is asked for, because captured values are read then. */
function codeOf(text: string): string {
  const make = new Function(...Object.keys(scope), `return ${text}`);
  try {
    make(...Object.values(scope)).address;
    return "compiles";
  } catch (error) {
    return error instanceof CFuncError ? error.code : String(error);
  }
}

describe("what the language reference says is refused", () => {
  it("has examples", () => expect(refusals.length).toBeGreaterThan(20));

  it("has a code on every line", () => {
    const lines = blocksOf("docs/language.md")
      .filter((block) => block.mark === "refused")
      .flatMap((block) => block.text.split("\n").filter((line) => line !== ""));
    expect(lines.length).toBe(refusals.length);
  });

  it.each(refusals)("$code $text", ({ code, text }) => {
    expect(codeOf(text)).toBe(code);
  });
});
