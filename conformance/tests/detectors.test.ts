// The detectors are tested as well: every way in which a driver or a vector can be wrong turns a cell red, the run goes
// on, and the run as a whole fails.
import { describe, expect, it } from "vitest";
import { failed, renderReport } from "../src/report/matrix.ts";
import type { Verdict } from "../src/runner/check.ts";
import { runToys, toyVector } from "./toy-suite.ts";

const plain = (_: string, text: string) => text;

/** What a driver with this fault gets for the three cases. */
async function verdicts(fault: string): Promise<readonly Verdict[]> {
  const { result } = await runToys({ drivers: { toy: fault } });
  expect(failed(result)).toBe(fault !== "none");
  return result.cells.map(({ verdict }) => verdict);
}

it("passes a driver without faults, started once", async () => {
  const { result } = await runToys({});
  expect(result.cells.map(({ key, verdict }) => [key, verdict.kind])).toEqual([
    ["toy/double/1", "pass"],
    ["toy/double/2", "pass"],
    ["toy/double/3", "pass"],
  ]);
  expect(result.restarts).toEqual({ good: 0 });
  expect(failed(result)).toBe(false);
});

describe("a fault in the second of three cases fails that case alone", () => {
  const faults = [
    ["wrong-value", "mismatch", /^result: expected 4, got 5, \d+ ulp away$/],
    ["no-result", "mismatch", /^the driver tells no result$/],
    ["overrun", "mismatch", /^bytes around the block p were changed$/],
    ["leak", "mismatch", /^string #1, made by f, is still live$/],
    ["error", "error", /^the driver reports CF9999: something went wrong$/],
    ["crash", "crash", /^died of SIGSEGV\nabout to die$/],
    ["exit", "crash", /^ended with code 3$/],
    ["hang", "hang", /^no answer within 1\.5 s$/],
    ["no-json", "garbage", /^a line that is not JSON: "Segmentation fault, or so"$/],
    ["no-message", "garbage", /rusult/],
    ["other-id", "garbage", /^an answer to request 3 where 2 was asked/],
  ] as const;
  it.each(faults)("%s", async (fault, outcome, detail) => {
    const [first, second, third] = await verdicts(fault);
    expect([first?.kind, third?.kind]).toEqual(["pass", "pass"]);
    expect(second).toMatchObject({ kind: "fail", outcome });
    expect(second?.kind === "fail" && second.detail).toMatch(detail);
  });
});

describe("a driver that does not start fails every cell", () => {
  const faults = [
    ["no-hello", "crash", /ended with code 7/],
    ["other-name", "garbage", /the driver somebody/],
    ["says-nothing", "garbage", /required property 'diagnostic'/],
    ["cannot-prepare", "garbage", /cannot prepare: there is no room/],
  ] as const;
  it.each(faults)("%s", async (fault, outcome, detail) => {
    const all = await verdicts(fault);
    expect(all).toHaveLength(3);
    for (const verdict of all) {
      expect(verdict).toMatchObject({ kind: "fail", outcome });
      expect(verdict.kind === "fail" && verdict.detail).toMatch(detail);
    }
  });
});

it("fails the run for a driver that dies when all is answered", async () => {
  const { result } = await runToys({ drivers: { toy: "dies-at-the-end", good: "none" } });
  expect(result.cells.every(({ verdict }) => verdict.kind === "pass")).toBe(true);
  expect(result.problems).toEqual(["the driver toy, all its answers given, died of SIGABRT"]);
  expect(failed(result)).toBe(true);
});

it("lets other drivers finish, whatever one does", async () => {
  const { result } = await runToys({ drivers: { crashing: "crash", hanging: "hang", good: "none" } });
  const kinds = result.cells.map(({ driver, verdict }) => `${driver} ${verdict.kind}`);
  expect(kinds).toEqual([
    ...["crashing pass", "crashing fail", "crashing pass"],
    ...["hanging pass", "hanging fail", "hanging pass"],
    ...["good pass", "good pass", "good pass"],
  ]);
  expect(result.restarts).toEqual({ crashing: 1, hanging: 1, good: 0 });
});

describe("expectations", () => {
  const expectation = (outcome: string) => ({
    driver: "toy",
    cells: ["toy/double/2"],
    outcome,
    reason: "the toy driver is broken on purpose",
  });

  it("make a failure one that was expected", async () => {
    const { result } = await runToys({ drivers: { toy: "crash" }, expectations: [expectation("crash")] });
    expect(result.cells.map(({ verdict }) => verdict.kind)).toEqual(["pass", "expected-fail", "pass"]);
    expect(failed(result)).toBe(false);
  });

  it("fail the run when the cell passes", async () => {
    const { result } = await runToys({ drivers: { toy: "none" }, expectations: [expectation("mismatch")] });
    expect(result.cells.map(({ verdict }) => verdict.kind)).toEqual(["pass", "unexpected-pass", "pass"]);
    expect(failed(result)).toBe(true);
    expect(renderReport(result, plain)).toContain("UNEXPECTED PASS toy/double/2 toy");
  });

  it("fail the run when the cell fails in another way", async () => {
    const { result } = await runToys({ drivers: { toy: "crash" }, expectations: [expectation("mismatch")] });
    expect(result.cells[1]?.verdict).toMatchObject({ kind: "fail", outcome: "crash" });
    expect(failed(result)).toBe(true);
  });
});

it("notices a vector that expects the wrong value", async () => {
  const cases = [{ arguments: [1], expect: { result: 3 } }];
  const { result } = await runToys({ vectors: [{ ...toyVector, cases }] });
  expect(result.cells[0]?.verdict).toMatchObject({
    kind: "fail",
    detail: expect.stringContaining("expected 3, got 2"),
  });
});

it("prints a line that runs a failed cell alone, and nothing but text without a terminal", async () => {
  const { result } = await runToys({ drivers: { toy: "wrong-value" } });
  const text = renderReport(result, plain);
  expect(text).toContain("FAIL toy/double/2 toy");
  expect(text).toContain("npm run conformance -- --only toy/double/2 --driver toy");
  expect(text).toContain("3 cells: 2 pass, 0 xfail, 0 skip, 1 FAIL, 0 UNEXPECTED PASS");
});

it("stops when it is told to, and says that it did", async () => {
  const stop = new AbortController();
  const begun = Date.now();
  setTimeout(() => stop.abort(), 700);
  const { result } = await runToys(
    { drivers: { toy: "hang" } },
    { signal: stop.signal, limits: { requestMs: 60_000, startMs: 10_000 } },
  );
  expect(Date.now() - begun).toBeLessThan(10_000);
  expect(result.interrupted).toBe(true);
  expect(failed(result)).toBe(true);
});
