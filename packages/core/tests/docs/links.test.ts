// Links and file paths in the documents lead somewhere.
import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { anchorsOf, type Link, linksOf, markdownIn, pathsOf, repository } from "./documents.ts";

const tops = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "packages/core/README.md"];
const documents = [...tops, ...markdownIn("docs")];

/** What is wrong with a link, or undefined. Addresses of the web are not visited. */
function problem({ document, line, target }: Link): string | undefined {
  if (/^[a-z]+:/.test(target)) return undefined;
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? document : normalize(join(dirname(document), path));
  if (!existsSync(join(repository, file))) return `${document}:${line}: there is no ${file}`;
  if (anchor === undefined || anchorsOf(file).includes(anchor)) return undefined;
  return `${document}:${line}: ${file} has no heading #${anchor}`;
}

describe.each(documents)("%s", (document) => {
  it("links to what exists", () => {
    expect(linksOf(document).flatMap((link) => problem(link) ?? [])).toEqual([]);
  });

  it("names files that exist", () => {
    const missing = pathsOf(document).filter(({ target }) => !existsSync(join(repository, target)));
    expect(missing).toEqual([]);
  });
});

it("indexes every decision record", () => {
  const linked = linksOf("docs/adr/README.md").map(({ target }) => join("docs/adr", target));
  const records = markdownIn("docs/adr").filter((path) => /\/\d{4}-/.test(path));
  expect(records.length).toBeGreaterThan(0);
  expect(records.filter((path) => !linked.includes(path))).toEqual([]);
});
