// Every tutorial is run as its reader would run it, and must print what `expected-output` says. UPDATE=1 rewrites that.
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openLibrary } from "@cfunc/core/native";
import { describe, expect, test } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));
const tutorials = readdirSync(root).filter((name) => /^\d\d-/.test(name));

/** The library that a tutorial's file `needs` names and this machine lacks. */
function missing(name: string): string | undefined {
  const file = `${root}${name}/needs`;
  const library = existsSync(file) ? readFileSync(file, "utf8").trim() : null;
  try {
    openLibrary(library);
    return undefined;
  } catch {
    return library ?? undefined;
  }
}

describe.each(tutorials)("%s", (name) => {
  const lacks = missing(name);
  const expected = `${root}${name}/expected-output`;

  test("prints what its expected-output says", { timeout: 60_000 }, async ({ skip }) => {
    skip(lacks !== undefined, `no ${lacks}`);
    const { stdout } = await run(process.execPath, ["--import", "tsx", "main.ts"], { cwd: `${root}${name}` });
    // messages name the file by its path on this machine
    const output = stdout.replaceAll(`${root}${name}/`, "");
    if (process.env.UPDATE === "1") writeFileSync(expected, output);
    expect(output).toBe(readFileSync(expected, "utf8"));
  });

  test("has a README that shows the file", () => {
    expect(existsSync(`${root}${name}/README.md`)).toBe(true);
    expect(readFileSync(`${root}${name}/README.md`, "utf8")).toContain("npx tsx main.ts");
  });
});
