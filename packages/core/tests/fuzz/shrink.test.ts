// Shrinking finds the part that matters, and keeps what must not be cut.
import { describe, expect, it } from "vitest";
import { programOf } from "./generate/program.ts";
import { wholeOf } from "./program.ts";
import { shrink } from "./shrink.ts";
import { at, e, index, list, render, s } from "./tree.ts";

const limits = () => ({ attempts: 5000, deadline: Date.now() + 30_000 });

describe("shrink", () => {
  it("cuts everything but what fails", async () => {
    const noise = Array.from({ length: 20 }, (_, i) => s`noise(${e`${i} + ${e`x`}`});`);
    const fault = s`if (${e`a < b`}) { ${s`crash(${e`(${e`1`} + ${e`bug`})`});`} }`;
    const tree = list([list([...noise, fault, ...noise]), list(noise)]);
    const small = await shrink(tree, async (candidate) => /crash\(.*bug/.test(render(candidate)), limits());
    expect(render(small)).toBe("crash(bug);");
  });

  it("never replaces a place by what stands in its brackets, nor an index by what it masks", async () => {
    const place = at`p[${index`((${e`xyz`}) & 7)`}]`;
    const tree = list([s`${place} = ${e`(1 + bug)`};`]);
    const seen: string[] = [];
    await shrink(
      tree,
      async (candidate) => {
        seen.push(render(candidate));
        return false;
      },
      limits(),
    );
    expect(seen).toContain("p[0] = (1 + bug);");
    expect(seen).toContain("p[((0) & 7)] = (1 + bug);");
    expect(seen.filter((text) => /^xyz|p\[xyz\]|p\[\(xyz\)\]/.test(text))).toEqual([]);
  });

  it("asks no more often than it may", async () => {
    let asked = 0;
    const never = async () => {
      asked += 1;
      return false;
    };
    await shrink(wholeOf(programOf(1)), never, { attempts: 7, deadline: Infinity });
    expect(asked).toBe(7);
  });
});
