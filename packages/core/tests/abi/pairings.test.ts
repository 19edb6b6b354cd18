// The calling convention against gcc and clang: callers, callees and callbacks of each, in every pairing, exchange values
// whose every byte names its value and position. `npm run abi` runs as many more as one likes.
import { describe, expect, it } from "vitest";
import { llvm } from "../../src/llvm/index.ts";
import { typeNames } from "../../src/types/names.ts";
import { campaign, type Failure } from "./campaign.ts";
import { clang, gcc, install } from "./compilers.ts";
import { directed } from "./directed.ts";
import { exchangeText } from "./exchange.ts";
import { sampleOf } from "./generate.ts";
import { check, sides } from "./isolated.ts";
import { report } from "./report.ts";

const count = process.env.CFUNC_FULL ? 2000 : 500;
const reports = (failures: readonly Failure[]): string =>
  failures.map((failure) => report(failure, llvm().target())).join("\n\n");

describe.skipIf(gcc === undefined)(`calling conventions${gcc === undefined ? ` (${install.gcc})` : ""}`, () => {
  const without = clang === undefined ? ` (${install.clang})` : "";

  it(`${count} random signatures, each of ${sides.join(", ")} calls each${without}`, { timeout: 600_000 }, async () => {
    const totals = await campaign(count, sampleOf);
    expect(reports(totals.failures)).toBe("");
    expect(totals.signatures).toBe(count);
    // each pair of compilers twice, but for what cannot be variadic
    const compilers = sides.length - 1;
    expect(totals.exchanges).toBeGreaterThan(count * compilers * (2 * compilers - 1));
  });
});

describe.skipIf(gcc === undefined)("signatures that somebody thought of", () => {
  it(`${directed.length} of them`, async () => {
    const { mismatches } = await check(directed);
    const texts = mismatches.map((found) => `${directed[found.sample]?.name}: ${exchangeText(found)}: ${found.lines}`);
    expect(texts).toEqual([]);
  });
});

describe.skipIf(gcc === undefined)("mistakes in our code", () => {
  const found = async (pattern: string, replacement: string): Promise<string> => {
    const { failures } = await campaign(8, sampleOf, { fault: { pattern, replacement }, mostFailures: 1 });
    return reports(failures);
  };

  it("floats in a general register: made small", { timeout: 300_000 }, async () => {
    const text = await found("<2 x float>", "i64");
    expect(text).toMatch(/were sent, .* arrived/);
    // nothing is left but two floats, as an argument or as the result
    expect(text).toMatch(/^ {2}C {6}(struct A \{ float \w+; float \w+; \};|.*float _Complex.*|.*float f0\[2\].*)$/m);
    expect(text.match(/<2 x float>/g)?.length).toBe(4);
  });

  it("an address instead of a structure: ends the process, which is noticed", { timeout: 300_000 }, async () => {
    const text = await found("byval\\(\\[\\d+ x i8\\]\\) align \\d+", "");
    expect(text).toMatch(/the process ended with SIG|arrived/);
    expect(text).toMatch(/^ {2}clang +define .*byval/m);
  });

  it.skipIf(clang === undefined)("a small integer that its caller does not extend", async () => {
    const params = [typeNames.int32, typeNames.int8].map((type) => ({ type }));
    const signature = { result: typeNames.void, params, variadic: false };
    const fault = { pattern: "\\bsignext\\b", replacement: "zeroext" };
    const { mismatches } = await check([{ name: "a small integer", signature, extra: [] }], { fault });
    expect(mismatches.map(({ lines }) => lines)).toContainEqual(["p1: -122 was sent, its register holds 134"]);
  });
});
