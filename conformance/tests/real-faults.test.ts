// The detectors with real native code: vectors that crash, hang, write where they should not, or leave memory behind, run
// by drivers of the suite. Each is caught, and the cells after it still pass.
import { describe, expect, it } from "vitest";
import type { Verdict } from "../src/runner/check.ts";
import { ownFolders } from "../src/runner/read.ts";
import { runSuite } from "../src/suite.ts";
import { toyFolders } from "./toy-suite.ts";

const float64 = (...values: readonly number[]) => ({ $array: { type: "float64", values } });
const p = { $pointer: "p" };
const nothing = { result: { $undefined: true } };

/** The verdicts of a driver of the suite for the cases of one vector. */
async function verdicts(
  driver: string,
  call: object,
  cases: readonly object[],
  family = "toy",
): Promise<readonly Verdict[]> {
  const vector = { version: 1, family, name: "faulty", about: "A fault on purpose", call, cases };
  const { vectors, expectations, schema } = toyFolders({ vectors: [vector] });
  const { drivers } = ownFolders();
  const { result } = await runSuite({
    folders: { schema, vectors, drivers, expectations },
    selection: { only: [], drivers: [driver] },
    limits: { requestMs: 3000 },
  });
  expect(result.problems).toEqual([]);
  return result.cells.map(({ verdict }) => verdict);
}

describe.each(["compiled", "c"])("the driver %s", (driver) => {
  it("dies of a null pointer, and goes on", async () => {
    const call = { kind: "callback", signature: "float64(CPointer(float64))", source: "(p) => p[0]" };
    const good = { arguments: [p], memory: { p: float64(2.5) }, expect: { result: 2.5 } };
    const bad = { arguments: [null], expect: { result: 0 } };
    const [first, second, third] = await verdicts(driver, call, [good, bad, good]);
    expect(second).toMatchObject({
      kind: "fail",
      outcome: "crash",
      detail: expect.stringContaining("died of SIGSEGV"),
    });
    expect([first?.kind, third?.kind]).toEqual(["pass", "pass"]);
  });

  it("hangs in a loop without end, and goes on", async () => {
    const source =
      "(n) => {\n  let steps = 0;\n  while (n !== 1) {\n    n = n * 2;\n    if (n > 1e6) n = 3;\n    steps++;\n  }\n  return steps;\n}";
    const call = { kind: "callback", signature: "float64(float64)", source };
    const good = { arguments: [1], expect: { result: 0 } };
    const [first, second, third] = await verdicts(driver, call, [
      good,
      { arguments: [5], expect: { result: 0 } },
      good,
    ]);
    expect(second).toMatchObject({ kind: "fail", outcome: "hang" });
    expect([first?.kind, third?.kind]).toEqual(["pass", "pass"]);
  });

  it("is seen to write beyond a block, before one, and into one that must not change", async () => {
    const source = "(p, i) => {\n  p[i] = 7;\n}";
    const call = { kind: "callback", signature: "void(CPointer(float64), int32)", source };
    const one = (i: number) => ({ arguments: [p, i], memory: { p: float64(1, 2) }, expect: nothing });
    const found = await verdicts(driver, call, [one(2), one(-1), one(1)]);
    expect(found.map((verdict) => verdict.kind === "fail" && verdict.detail)).toEqual([
      "bytes around the block p were changed",
      "bytes around the block p were changed",
      expect.stringMatching(/^p: expected .*\[1,2\].*, got .*\[1,7\]/),
    ]);
  });

  it("is seen to return the wrong value", async () => {
    const call = { kind: "callback", signature: "int8(int8)", source: "(x) => x + 1" };
    const [verdict] = await verdicts(driver, call, [{ arguments: [127], expect: { result: 128 } }]);
    expect(verdict).toMatchObject({
      outcome: "mismatch",
      detail: expect.stringMatching(/^result: expected 128, got -128/),
    });
  });

  it("is seen to return one part of a structure wrong, and one bit of a complex number", async () => {
    const point = {
      kind: "callback",
      signature: "Point(Point)",
      declarations: "typedef struct { double x, y; } Point;",
      source: "(p) => ({ x: p.x, y: p.y + 1 })",
    };
    const whole = { arguments: [{ x: 1, y: 2 }], expect: { result: { x: 1, y: 2 } } };
    const negated = { kind: "callback", signature: "complex64(complex64)", source: "(z) => ({ re: -z.re, im: z.im })" };
    const zero = { arguments: [{ re: 0, im: 1 }], expect: { result: { re: 0, im: 1 } } };
    const found = [...(await verdicts(driver, point, [whole])), ...(await verdicts(driver, negated, [zero]))];
    expect(found.map((verdict) => verdict.kind === "fail" && verdict.detail)).toEqual([
      'result: expected {"x":1,"y":2}, got {"x":1,"y":3}',
      expect.stringMatching(/^result: expected .*, got .*-0/),
    ]);
  });
});

describe("the ledger", () => {
  const allocate = { do: "allocate", with: "start_procedure", arguments: ["{}"], as: "answer" };
  const free = (status: string, message?: string) => ({
    do: "free",
    of: "answer",
    with: "free_mem",
    expect: { status, message },
  });
  const clean = { twin: "clean", steps: [allocate, free("ok")], live: [] };
  const already = "free_mem: {answer} was already released by free_mem (event {n}, thread {n})";

  /** What the second scenario, a faulty twin, is told. */
  async function told(steps: readonly object[], live: readonly string[] = []): Promise<string> {
    const call = { kind: "ownership" };
    const cases = [clean, { twin: "faulty", steps, live }];
    const [first, second] = await verdicts("compiled", call, JSON.parse(JSON.stringify(cases)), "ownership");
    expect(first).toEqual({ kind: "pass" });
    return second?.kind === "fail" ? second.detail : (second?.kind ?? "nothing");
  }

  it("passes a double release that it catches", async () => {
    expect(await told([allocate, free("ok"), free("already_released", already)])).toBe("pass");
  });

  it("fails where a fault is expected and nothing is wrong", async () => {
    expect(await told([allocate, free("already_released", already)])).toMatch(
      /^step 2, free: expected already_released, got \{"status":"ok","message":""\}/,
    );
    expect(await told([allocate, free("ok")], ["answer"])).toMatch(
      /expected answer to be live, the ledger names nothing/,
    );
  });

  it("fails where something is left that nobody expects", async () => {
    const other = { ...allocate, as: "other" };
    expect(await told([allocate, other, free("ok"), free("already_released", already)])).toMatch(
      /^at the end: expected nothing to be live, the ledger names string #\d+ \(\d+ bytes, made by start_procedure/,
    );
  });

  it("fails where the message names another allocation", async () => {
    const other = { ...allocate, as: "other" };
    const wrong = already.replace("{answer}", "{other}");
    const freeOther = { ...free("ok"), of: "other" };
    expect(await told([allocate, other, freeOther, free("ok"), free("already_released", wrong)])).toMatch(
      /^step 5, free: expected the message .* got "free_mem: string #\d+/,
    );
  });
});

describe("C functions of vectors", () => {
  const call = {
    kind: "c",
    function: "call",
    signature: "int32(CFunction(int32(int32)), int32)",
    source: "int32_t call(int32_t (*f)(int32_t), int32_t x) { return f(x); }",
    closures: { f: { signature: "int32(int32)", source: "(x) => { if (x > 1) throw new Error('two'); return x; }" } },
  };
  const one = (x: number, expected: object) => ({ arguments: [{ $closure: "f" }, x], expect: expected });

  it("pass with the right exception; fail with another one, with none, and with one that nobody expects", async () => {
    const found = await verdicts("compiled", call, [
      one(2, { throws: "two" }),
      one(2, { throws: "three" }),
      one(1, { result: 1, throws: "two" }),
      one(2, { result: 0 }),
      one(1, { result: 1, refused: { f: "CF5003" } }),
    ]);
    expect(found.map((verdict) => verdict.kind === "fail" && verdict.detail)).toEqual([
      false,
      "exception: expected three, got two",
      "exception: expected two, got none",
      "the driver tells no result\nexception: expected none, got two",
      "why the closure f did not run: expected CF5003, got none",
    ]);
  });

  it("fail with a text that is no C", async () => {
    const bad = {
      ...call,
      source: "int32_t call(int32_t x) { return y; }",
      closures: undefined,
      signature: "int32(int32)",
    };
    const [verdict] = await verdicts("compiled", bad, [{ arguments: [1], expect: { result: 1 } }]);
    expect(verdict).toMatchObject({ outcome: "error", detail: expect.stringContaining("does not compile") });
  });
});
