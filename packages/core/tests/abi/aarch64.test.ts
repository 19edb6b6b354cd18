// The calling convention of AArch64 against gcc and clang for it, executed in an emulator.
import { describe, expect, it } from "vitest";
import { exchangeOnAArch64, missing } from "./aarch64.ts";
import { directed } from "./directed.ts";
import { exchangeText } from "./exchange.ts";
import { samplesFrom } from "./generate.ts";

const count = process.env.CFUNC_FULL ? 750 : 150;
/** One program of more than that takes the compilers ever longer. */
const batchSize = 250;

describe.skipIf(missing !== undefined)(`AArch64 in an emulator${missing === undefined ? "" : ` (${missing})`}`, () => {
  const samples = [...directed, ...samplesFrom(1, count)];
  for (let first = 0; first < samples.length; first += batchSize) {
    const batch = samples.slice(first, first + batchSize);
    it(`${batch.length} signatures, from ${batch[0]?.name}`, { timeout: 300_000 }, () => {
      const mismatches = exchangeOnAArch64(batch);
      const texts = mismatches.map((found) => `${batch[found.sample]?.name}: ${exchangeText(found)}: ${found.lines}`);
      expect(texts).toEqual([]);
    });
  }

  it("notices a structure that begins with an odd register", () => {
    const aligned = directed.filter(({ name }) => name.startsWith("aligned to sixteen by a member, behind"));
    const mismatches = exchangeOnAArch64(aligned, { pattern: "\\bi128\\b", replacement: "[2 x i64]" });
    expect(mismatches.map(exchangeText)).toContain("gcc calls cfunc");
    expect(mismatches.map(exchangeText)).not.toContain("gcc calls clang");
  });
});
