// ARCHITECTURE.md follows one function through every stage. What it shows is what the stages make: UPDATE=1 rewrites it.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { runModule } from "../native/child.ts";
import { blocksOf, read, repository } from "./documents.ts";

const document = "ARCHITECTURE.md";
/** A block that shows a stage is marked `stage:ir`; one that depends on LLVM's version `stage:assembly llvm-22`. */
const mark = /^stage:(\w+)(?: llvm-(\d+))?$/;

interface Walkthrough {
  readonly version: number;
  readonly stages: Readonly<Record<string, string>>;
  readonly results: readonly number[];
  readonly javascript: readonly number[];
}

let walk: Walkthrough;
beforeAll(() => {
  const { status, stdout, stderr } = runModule("./walkthrough.ts", import.meta.url);
  if (status !== 0) throw new Error(stderr);
  walk = JSON.parse(stdout);
  if (process.env.UPDATE === "1") update();
}, 60_000);

function update(): void {
  const fence = /^(```\w* stage:(\w+)(?: llvm-\d+)?)\n[\s\S]*?^```$/gm;
  const updated = read(document).replaceAll(fence, (whole, head: string, stage: string) => {
    const text = walk.stages[stage];
    return text === undefined ? whole : `${head.replace(/llvm-\d+/, `llvm-${walk.version}`)}\n${text}\`\`\``;
  });
  writeFileSync(join(repository, document), updated);
}

const shown = blocksOf(document).flatMap((block) => {
  const [, stage, version] = mark.exec(block.mark) ?? [];
  return stage === undefined ? [] : [{ stage, version: version === undefined ? undefined : Number(version) }];
});

describe("the walk through the pipeline", () => {
  it.for(shown)("shows $stage as it is", ({ stage, version }, context) => {
    if (version !== undefined && version !== walk.version) {
      context.skip(`the document shows LLVM ${version}, this is LLVM ${walk.version}`);
    }
    const block = blocksOf(document).find((b) => mark.exec(b.mark)?.[1] === stage);
    expect(block?.text).toBe(walk.stages[stage]);
  });

  it("shows every stage", () => {
    expect(shown.map(({ stage }) => stage).toSorted()).toEqual(Object.keys(walk.stages).toSorted());
  });

  it("shows the function that is walked", () => {
    const written = readFileSync(new URL("./walkthrough-function.ts", import.meta.url), "utf8");
    const block = blocksOf(document).find((b) => b.mark === "walkthrough");
    expect(written.replace(/^\/\/.*\n/, "").replace("export ", "")).toContain(block?.text);
  });

  it("computes what JavaScript computes", () => {
    expect(walk.results).toEqual(walk.javascript);
    expect(walk.results).toEqual([15, 100, 7]);
  });
});
